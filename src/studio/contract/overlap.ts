/** Answers about texts that stand in more than one place: training data, examples, the eval set itself. */

import type { Estimate } from '../../stats/index.ts';

/** A side of an overlap. */
export type OverlapSide = 'train' | 'fewShot' | 'self';
export type Closeness = 'exact' | 'near' | 'similar';

/** Score of a run with all cases, and without those that overlap. */
export interface OverlapScores {
  readonly all: Estimate;
  readonly clean: Estimate;
  readonly overlapping: Estimate;
  readonly gap: Estimate | null;
}

/** What the eval set shares with one set of other data. */
export interface OverlapSummary {
  readonly store: 'train' | 'fewShot';
  readonly files: readonly string[];
  readonly rows: number;
  readonly cases: number;
  readonly compared: number;
  readonly leftOut: {
    readonly withoutText: number;
    readonly short: number;
    readonly shortEqual: number;
    readonly onlyBoilerplate: number;
    readonly rowsWithoutText: number;
  };
  readonly casesBy: Readonly<Record<Closeness, number>>;
  readonly pairsBy: Readonly<Record<Closeness, number>>;
  /** Cases that are exact or near. */
  readonly overlapping: number;
  readonly conflicting: number;
  readonly rowsToRemove: number;
  readonly threshold: number;
  readonly notice: number;
  readonly grams: string;
  readonly minWords: number;
  readonly metric: string | null;
  readonly candidate: OverlapScores | null;
  readonly baseline: OverlapScores | null;
}

/** Labels that a model drafted. */
export interface DraftSummary {
  readonly column: string;
  readonly cases: number;
  readonly equal: number;
  readonly passEqual: Estimate | null;
  readonly passChanged: Estimate | null;
}

/** What was compared, and what to configure for the rest. */
export interface OverlapOverview {
  readonly stores: readonly OverlapSummary[];
  readonly drafts: readonly DraftSummary[];
  readonly missing: readonly { readonly what: string; readonly todo: string }[];
  /** Whether the cases have texts at all. */
  readonly hasTexts: boolean;
}

/** A text cut for the screen. */
export interface CutText {
  readonly text: string;
  /** UTF-16 length of the whole; more than that of `text` where it is cut. */
  readonly length: number;
}

/** One side of a pair: a case, or a row of a file. */
export interface PairSide {
  readonly caseId: string | null;
  /** `file:line`; null for cases. */
  readonly place: string | null;
  readonly label: string | null;
  /** Null where the text is not there, as in a file of hashes. */
  readonly text: CutText | null;
}

export interface OverlapPairRow {
  readonly closeness: Closeness;
  /** Share of the word runs that either has which both have. */
  readonly jaccard: number;
  readonly left: PairSide;
  readonly right: PairSide;
  /** Both have labels, and they differ. */
  readonly conflict: boolean;
}

export interface OverlapPairParams {
  readonly side: OverlapSide;
  readonly closeness: Closeness | null;
  readonly onlyConflicts: boolean;
  /** Words that must stand in an id, label or text of the pair, whatever their case. */
  readonly search: string;
  readonly offset: number;
  /** At most 1,000. */
  readonly limit: number;
}

export interface OverlapPairPage {
  /** Pairs that match, of those that are kept. */
  readonly matching: number;
  /** Pairs that are kept to be read, and all that there are. */
  readonly kept: number;
  readonly total: number;
  readonly rows: readonly OverlapPairRow[];
}

/** Near-duplicates within the eval set. */
export interface NearDuplicateSummary {
  readonly cases: number;
  /** With the three that follow, all cases. */
  readonly compared: number;
  readonly withoutText: number;
  readonly short: number;
  readonly beyondLimit: number;
  readonly pairsBy: Readonly<Record<Closeness, number>>;
  readonly conflicts: number;
  /** Cases that repeat another, exactly or nearly. */
  readonly repeating: number;
  readonly threshold: number;
  readonly notice: number;
}
