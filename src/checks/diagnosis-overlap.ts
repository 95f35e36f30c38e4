/** What the cases of the eval set share with data that the system has seen: training rows, examples of a prompt. */

import type { Estimate } from '../stats/index.ts';

/** Which data overlap with the eval set. */
export type OverlapStore = 'train' | 'fewShot';

/** `exact`: equal but for case, white space and width. `near`: at or above the threshold. `similar`: below it, a notice. */
export type Closeness = 'exact' | 'near' | 'similar';

/** A row of a file. */
export interface RowPlace {
  readonly file: string;
  readonly line: number;
}

/** A case beside a row that is close to it. */
export interface OverlapPair {
  readonly closeness: Closeness;
  readonly caseId: string;
  readonly row: RowPlace;
  /** Grams that both have, that either has, and that the smaller one has: Jaccard index and containment with their counts. */
  readonly intersection: number;
  readonly union: number;
  readonly smaller: number;
  /** Null where a side has no label. */
  readonly caseLabel: string | null;
  readonly rowLabel: string | null;
  /** Null where the row's text is not there, as in a file of hashes. */
  readonly caseText: string | null;
  readonly rowText: string | null;
}

/** The score of one run with the cases that overlap, without them, and on them alone. */
export interface OverlapScore {
  readonly all: Estimate;
  readonly clean: Estimate;
  readonly overlapping: Estimate;
  /** Clean minus overlapping, as two groups of different cases; null where values are no verdicts. */
  readonly gap: Estimate | null;
}

/** What is left out of the count, by reason. */
export interface LeftOutTexts {
  /** Cases without a text, or with its hash alone. */
  readonly withoutText: number;
  /** Cases of too few words, and how many of them stand in the data word for word. */
  readonly short: number;
  readonly shortEqual: number;
  /** Cases that are nothing but boilerplate. */
  readonly onlyBoilerplate: number;
  /** Rows of the data without a text. */
  readonly rowsWithoutText: number;
}

/** A case of too few words that is equal to a row. */
export interface ShortCopy {
  readonly caseId: string;
  /** The first such row. */
  readonly row: RowPlace;
  readonly caseLabel: string | null;
  readonly rowLabel: string | null;
}

/** How much the eval set and one set of data overlap. */
export interface StoreOverlap {
  readonly store: OverlapStore;
  readonly files: readonly string[];
  readonly rows: number;
  /** All cases, and those that were compared. */
  readonly cases: number;
  readonly compared: number;
  readonly leftOut: LeftOutTexts;
  /** Cases of too few words that are equal to a row, in the order of the rows; a list to read, nothing follows from it. */
  readonly shortCopies: readonly ShortCopy[];
  /** Grams that stand in too many cases to say anything. */
  readonly boilerplateGrams: number;
  readonly grams: string;
  readonly threshold: number;
  readonly notice: number;
  /** Texts of fewer words stand apart. */
  readonly minWords: number;
  /** Grams in more than this share of the cases are boilerplate. */
  readonly boilerplateShare: number;
  /** Cases by the closest row that they have. */
  readonly casesBy: Readonly<Record<Closeness, number>>;
  readonly pairsBy: Readonly<Record<Closeness, number>>;
  /** Cases that are exact or near, by id in code point order. */
  readonly overlapping: readonly string[];
  /** Of these, cases with a row of another label, and of the same label. */
  readonly conflicting: readonly string[];
  readonly sameLabel: number;
  /** Overlapping cases that fail in the older run (the only one where there is one), and how many pass in the newer. */
  readonly failing: number;
  readonly failingNowPass: number | null;
  /** Closest first; the rest is counted in `pairsBy`. */
  readonly pairs: readonly OverlapPair[];
  /** Rows that are exact or near: what to remove. */
  readonly remove: readonly RowPlace[];
  readonly metric: string | null;
  readonly candidate: OverlapScore | null;
  readonly baseline: OverlapScore | null;
  /** Whether grams were compared as texts; otherwise by hashes. */
  readonly verified: boolean;
}

/** Cases whose expected answer is what a model had drafted. */
export interface DraftLabels {
  readonly column: string;
  /** Cases with a draft and an expected answer, and those where both are equal. */
  readonly cases: number;
  readonly equal: number;
  /** Pass rates of the candidate where the label is the draft, and where a person changed it. */
  readonly passEqual: Estimate | null;
  readonly passChanged: Estimate | null;
}

/** What was looked at, and what could not be. */
export interface OverlapDiagnosis {
  readonly stores: readonly StoreOverlap[];
  readonly drafts: readonly DraftLabels[];
  /** Why a configured store could not be compared. */
  readonly notComparable: readonly { readonly store: OverlapStore; readonly reason: string }[];
}
