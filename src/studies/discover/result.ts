/** What `slicewise discover` answers, as plain data. Rates are those of the metric, not of the error. */

import type { ContrastWord, SearchMode, SliceOrder } from '../../discovery/index.ts';
import type { Estimate } from '../../stats/index.ts';
import type { LeftColumn } from './choose-columns.ts';
import type { ConfirmedBy, FoundState } from './find-by-halves.ts';
import type { DiscoverCorrection, SearchPlan } from './request.ts';

/** One condition of a slice. */
export interface SliceCondition {
  readonly column: string;
  readonly value: string;
  /** `plan=free`. */
  readonly name: string;
  /** How the dimension is defined. */
  readonly definition: string;
  /** What it adds to the difference between the slice and all cases, in the metric's unit (Shapley value); negative is worse. */
  readonly contribution: number | null;
}

/** A slice that overlaps another or adds nothing to it. */
export interface FoldedSlice {
  readonly name: string;
  readonly cases: number;
  /** Share of the cases of both together that they share. */
  readonly overlap: number;
  readonly state: FoundState;
}

/** A case that failed, with the nearest one that did not. */
export interface LostCase {
  readonly id: string;
  readonly nearestPassing: { readonly id: string; readonly distance: number } | null;
}

/** How a change of all cases splits between this slice and the others; null sides where a run has no case of it. */
export interface SliceMix {
  readonly shareBefore: number;
  readonly shareAfter: number;
  readonly rateBefore: number | null;
  readonly rateAfter: number | null;
  /** What the change inside adds to the change of all cases, and what the change of its share adds. */
  readonly inside: number;
  readonly mix: number;
}

/** One slice that was found. */
export interface DiscoveredSliceReport {
  readonly mode: SearchMode;
  readonly name: string;
  readonly state: FoundState;
  readonly confirmedBy: ConfirmedBy | null;
  readonly reason: string | null;
  readonly conditions: readonly SliceCondition[];
  /** In the language of `slices: where`; null where it has no words for the slice. */
  readonly predicate: string | null;
  readonly sql: string | null;
  /** Among all cases. */
  readonly cases: number;
  readonly share: number;
  /** Cases whose numbers follow: those that had no part in finding the slice. */
  readonly shownOn: 'held-out half' | 'all cases';
  readonly shownCases: number;
  readonly rate: Estimate;
  /** All other cases of the same half; null where the slice is compared with its own past. */
  readonly rest: Estimate | null;
  readonly before: number | null;
  /** To the rest, or to the old run: of the metric, so that worse is negative where more is better. */
  readonly difference: Estimate;
  readonly method: string;
  readonly p: number | null;
  readonly adjustedP: number | null;
  /** Where it was found: too good to be true, for comparison only. */
  readonly found: { readonly cases: number; readonly rate: number | null } | null;
  /** Errors beyond what the rate of the other cases would give, among all cases; a sum of losses for graded metrics. */
  readonly errorsTooMany: number;
  readonly errorShare: number | null;
  /** Whether a conjunction is proved worse than each of its parents. */
  readonly beyondParents: boolean | null;
  readonly folded: readonly FoldedSlice[];
  readonly lost: {
    readonly total: number;
    readonly what: string;
    readonly cases: readonly LostCase[];
  } | null;
  readonly words: readonly ContrastWord[] | null;
  readonly mix: SliceMix | null;
}

/** One mode: what was looked at, and what was found. */
export interface ModeReport {
  readonly mode: SearchMode;
  readonly alpha: number;
  readonly searchedCases: number;
  readonly heldOutCases: number | null;
  /** Slices with enough cases that were counted, and combinations that bounds excluded, per level. */
  readonly levels: readonly { readonly level: number; readonly counted: number; readonly pruned: number }[];
  readonly enumerated: number;
  /** Slices that the search handed on, single values tested beside them on all cases, and tests that could be made. */
  readonly candidates: number;
  readonly singles: number;
  readonly tested: number;
  readonly confirmed: number;
}

/** A dimension by what it explains of the metric. */
export interface RankedColumn {
  readonly name: string;
  readonly gated: boolean;
  readonly values: number;
  readonly explained: Estimate;
  readonly worst: { readonly label: string; readonly rate: Estimate } | null;
  readonly proposed: boolean;
  readonly reason: string | null;
}

/** A node of the error tree, in depth-first order. */
export interface TreeLine {
  readonly depth: number;
  readonly condition: string;
  readonly cases: number;
  readonly rate: Estimate;
  readonly errorShare: number | null;
  readonly stopped: string | null;
}

/** Two dimensions crossed. */
export interface CrossedColumns {
  readonly rows: string;
  readonly columns: string;
  readonly rowLabels: readonly string[];
  readonly columnLabels: readonly string[];
  /** Null rate: no case lies there. */
  readonly cells: readonly (readonly {
    readonly cases: number;
    readonly rate: number | null;
    readonly lower: number | null;
    readonly upper: number | null;
    readonly errorShare: number | null;
  }[])[];
}

/** A curve over the length of a text, with its change point. */
export interface LengthCurve {
  readonly column: string;
  readonly slice: string;
  readonly cases: number;
  readonly between: readonly [string, string] | null;
  readonly earliest: string | null;
  readonly latest: string | null;
  readonly rateBefore: number | null;
  readonly rateBeyond: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly adjustedP: number | null;
  readonly confirmed: boolean;
  readonly reason: string | null;
}

/** Which dimensions go together: corrected Cramer's V, and with the metric. */
export interface Associations {
  readonly columns: readonly string[];
  readonly pairs: readonly (readonly (number | null)[])[];
  readonly withMetric: readonly (number | null)[];
}

/** The answer. */
export interface DiscoverResult {
  readonly study: 'discover';
  readonly schemaVersion: '1.0';
  /**
   * Digest of the results that were searched: a gate on the same results does not gate slices found in them. Null for more than
   * 200,000 cases unless slices are adopted.
   */
  readonly foundOn: string | null;
  readonly metric: string;
  readonly runs: 'one run' | 'two runs';
  readonly cases: number;
  readonly casesLeftOut: number;
  readonly overall: { readonly rate: number | null; readonly before: number | null; readonly errors: number };
  readonly settings: {
    readonly level: number;
    readonly top: number;
    readonly minCases: number;
    readonly order: SliceOrder;
    readonly weight: number;
    readonly search: SearchPlan;
    readonly correction: DiscoverCorrection;
    readonly alpha: number;
    readonly seed: number;
  };
  readonly columns: number;
  readonly modes: readonly ModeReport[];
  readonly slices: readonly DiscoveredSliceReport[];
  readonly dimensions: readonly RankedColumn[];
  readonly tree: readonly TreeLine[];
  readonly crossed: CrossedColumns | null;
  readonly lengths: readonly LengthCurve[];
  readonly associations: Associations | null;
  readonly rare: readonly { readonly column: string; readonly values: number; readonly cases: number }[];
  readonly definitions: readonly { readonly column: string; readonly definition: string }[];
  readonly notSearched: readonly LeftColumn[];
  readonly notes: readonly string[];
}
