/** What is known of a classification, slice by slice and class by class: estimates with intervals, before and after. */

import type { SliceKey } from '../slices/index.ts';
import type { Average, Estimate, ZeroOverZero } from '../stats/index.ts';

/** `paired`: the runs share cases, and only these count. `unpaired`: they share none. */
export type ClassPairing = 'paired' | 'unpaired' | 'single run';

/** One metric of both runs. `baseline` and `delta` are null without a baseline; `delta` is candidate minus baseline. */
export interface Compared {
  readonly baseline: Estimate | null;
  readonly candidate: Estimate;
  readonly delta: Estimate | null;
  /**
   * Two-sided p of "no change": exact McNemar for recall, specificity and accuracy of paired runs (Fisher of unpaired ones),
   * paired swaps of answers else; null where untested.
   */
  readonly pValue: number | null;
}

/** The metrics of one class. `support` cases truly are of the class. 0/0 is an estimate of null with a reason. */
export interface ClassFigures {
  readonly label: string;
  /** Compared cases of the class; of unpaired runs those of the candidate. */
  readonly support: number;
  /** Cases that each run answered with the class. */
  readonly predicted: { readonly baseline: number | null; readonly candidate: number };
  readonly precision: Compared;
  readonly recall: Compared;
  readonly specificity: Compared;
  readonly fScore: Compared;
}

/** How per-class values become one. */
export interface ClassAverage {
  readonly average: Average;
  /** What a 0/0 of a class counts as. */
  readonly undefinedAs: ZeroOverZero;
  readonly precision: Compared;
  readonly recall: Compared;
  readonly fScore: Compared;
  /** Classes whose precision, recall or F in the candidate is 0/0, and how many classes there are. */
  readonly undefinedClasses: number;
  readonly classes: number;
}

/**
 * Everything about the classes of one slice. Rows sum: n + unlabelled + edited + onlyBaseline + onlyCandidate = cases of the
 * slice (of unpaired runs: n is the candidate's, and onlyCandidate is 0).
 */
export interface SliceClasses {
  readonly key: SliceKey;
  readonly pairing: ClassPairing;
  /** Labels are sets: accuracy is that of exactly the right set, and MCC and kappa are null. */
  readonly multiLabel: boolean;
  /** Cases with a true label and an answer, an abstention or an error of each run that exists. */
  readonly n: number;
  readonly unlabelled: number;
  readonly edited: number;
  readonly onlyBaseline: number;
  readonly onlyCandidate: number;
  /** Cases without a predicted label: they count as wrong. */
  readonly abstained: { readonly baseline: number | null; readonly candidate: number };
  readonly errors: { readonly baseline: number | null; readonly candidate: number };
  readonly accuracy: Compared;
  readonly balancedAccuracy: Compared;
  readonly mcc: Compared;
  readonly kappa: Compared;
  /** By support, largest first, then label in code point order. Labels that are only predicted come last, support 0. */
  readonly classes: readonly ClassFigures[];
  readonly averages: readonly ClassAverage[];
}

/** One kind of mistake: cases of class `expected` answered as `predicted` (null: not answered). */
export interface ConfusionPair {
  readonly key: SliceKey;
  readonly expected: string;
  readonly predicted: string | null;
  /** Compared cases of class `expected`. */
  readonly support: number;
  readonly baseline: number | null;
  readonly candidate: number;
  /** Cases that make the mistake only in one run; null where runs are unpaired or alone. */
  readonly onlyBaseline: number | null;
  readonly onlyCandidate: number | null;
  readonly rate: Compared;
  /** Exact two-sided p, Holm-adjusted over the tested cells of the family; null where the cell is not tested. */
  readonly adjusted: number | null;
  /** The rate at least doubled, the adjusted p is at most .05 and the interval excludes no change. */
  readonly alarm: boolean;
}

/** Kinds of mistakes of one family of tests. */
export interface Confusions {
  /** Alarms first, then by cases of the candidate, largest first, then expected and predicted in code point order. */
  readonly pairs: readonly ConfusionPair[];
  /** Cells that could show a change at all, over which Holm adjusts. */
  readonly tested: number;
  /** Pairs that are not listed because a slice has too many; none of them alarms. */
  readonly unlisted: number;
}
