/** What is found without being asked for: which dimensions go together, the error tree, discovered slices, the map of inputs. */

import type { Estimate } from '../../stats/index.ts';
import type { DiscoveredSliceReport, ModeReport, SliceCondition } from '../../studies/index.ts';
import type { ExploreChoice, ExploreDefinition } from './explore-selection.ts';

/** Which dimensions go together: corrected Cramér's V, and the corrected correlation ratio with the metric. */
export interface ExploreAssociations {
  readonly dimensions: readonly { readonly id: string; readonly label: string }[];
  /** Null where it is undefined. */
  readonly pairs: readonly (readonly (number | null)[])[];
  readonly withMetric: readonly (number | null)[];
  /** Null where the matrix was made; else why not. */
  readonly tooMany: string | null;
}

/** A node of the error tree. Rates are those of the half of the cases that had no part in choosing the splits. */
export interface ExploreNode {
  readonly id: string;
  readonly parent: string | null;
  readonly depth: number;
  /** The last condition: `plan=free`, `not plan=free`; `all cases` for the root. Foreign text. */
  readonly condition: string;
  /** Cases of the half that reports, and of both halves. */
  readonly cases: number;
  readonly allCases: number;
  readonly rate: Estimate;
  /** Share of all errors; null where there are none. */
  readonly errorShare: number | null;
  readonly chosenOn: { readonly cases: number; readonly rate: number | null };
  /** P-value of the node's split, corrected for the splits that were possible. */
  readonly splitP: number | null;
  /** Why the node is not split. */
  readonly stopped: string | null;
  /** The node as a filter, and in words. */
  readonly choice: readonly ExploreChoice[];
  readonly definition: ExploreDefinition;
}

export interface ExploreTree {
  /** Depth first, the root first. */
  readonly nodes: readonly ExploreNode[];
  readonly minLeaf: number;
  readonly maxDepth: number;
}

/** A slice that the search found. */
export interface ExploreFoundSlice
  extends Pick<
    DiscoveredSliceReport,
    | 'mode'
    | 'name'
    | 'state'
    | 'confirmedBy'
    | 'reason'
    | 'predicate'
    | 'cases'
    | 'share'
    | 'shownOn'
    | 'shownCases'
    | 'rate'
    | 'rest'
    | 'before'
    | 'difference'
    | 'method'
    | 'adjustedP'
    | 'errorsTooMany'
    | 'errorShare'
    | 'beyondParents'
    | 'folded'
  > {
  readonly id: string;
  readonly conditions: readonly SliceCondition[];
  /** The slice with one condition less, with its rate after; empty for single conditions, nulls where it cannot be counted apart. */
  readonly parents: readonly {
    readonly name: string;
    readonly predicate: string | null;
    readonly cases: number | null;
    readonly estimate: number | null;
    readonly lower: number | null;
    readonly upper: number | null;
  }[];
  /** Why it cannot be saved; null where it can. */
  readonly whyNotSaved: string | null;
  readonly derived: readonly string[];
}

/** Where the search is. */
export type ExploreFound =
  | { readonly state: 'not started'; readonly command: string }
  | { readonly state: 'running'; readonly stage: string; readonly elapsedMs: number }
  | { readonly state: 'failed'; readonly problems: readonly string[] }
  | {
      readonly state: 'ready';
      readonly metric: string;
      readonly cases: number;
      readonly casesLeftOut: number;
      readonly minCases: number;
      readonly modes: readonly ModeReport[];
      readonly slices: readonly ExploreFoundSlice[];
      readonly notes: readonly string[];
      readonly command: string;
    };

/** A case as a point. */
export interface ExplorePoint {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly outcome: 'kept' | 'lost' | 'gained' | 'failing' | 'worse' | 'better' | 'same';
  /** Whether the filter lets it through. */
  readonly selected: boolean;
  /** The beginning of the input. Foreign text. */
  readonly text: string;
}

export interface ExploreMap {
  readonly points: readonly ExplorePoint[];
  /** How the points were made, and that near is not the same. */
  readonly method: string;
  /** What was sampled; null where every case is a point. */
  readonly sampled: string | null;
  /** Why there is no map; null where there is one. */
  readonly whyNot: string | null;
}
