/** What is known of a classification, slice by slice and class by class: estimates with intervals, before and after. */

import type { SliceKey } from '../slices/index.ts';
import type { Estimate } from '../stats/index.ts';

/** One metric of both runs. `baseline` and `delta` are null without a baseline; `delta` is candidate minus baseline. */
export interface Compared {
  readonly baseline: Estimate | null;
  readonly candidate: Estimate;
  readonly delta: Estimate | null;
  /** Two-sided p of "no change" (exact McNemar for recall and accuracy, paired swaps of answers else); null where untested. */
  readonly pValue: number | null;
}

/** The metrics of one class. `support` cases truly are of the class. 0/0 is an estimate of null with a reason. */
export interface ClassFigures {
  readonly label: string;
  readonly support: number;
  /** Cases that each run answered with the class. */
  readonly predicted: { readonly baseline: number | null; readonly candidate: number };
  readonly precision: Compared;
  readonly recall: Compared;
  readonly specificity: Compared;
  readonly fScore: Compared;
}

/** How per-class values become one: `undefinedAs` says what a 0/0 of a class counts as. */
export interface ClassAverage {
  readonly average: 'macro' | 'micro' | 'weighted';
  readonly precision: Compared;
  readonly recall: Compared;
  readonly fScore: Compared;
  /** Classes whose precision, recall or F is 0/0 and how many of the classes they are. */
  readonly undefinedClasses: number;
  readonly classes: number;
}

/** Everything about the classes of one slice. Rows sum: labelled + unlabelled + edited + unpaired = cases. */
export interface SliceClasses {
  readonly key: SliceKey;
  /** Cases with a true label and an answer, an abstention or an error of each run that exists. */
  readonly n: number;
  readonly unlabelled: number;
  readonly edited: number;
  readonly onlyBaseline: number;
  readonly onlyCandidate: number;
  /** Cases without a predicted label in the candidate (and baseline): they count as wrong. */
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

/** One kind of mistake: cases of class `expected` answered as `predicted`. */
export interface ConfusionPair {
  readonly key: SliceKey;
  readonly expected: string;
  readonly predicted: string;
  /** Compared cases of class `expected`. */
  readonly support: number;
  readonly baseline: number | null;
  readonly candidate: number;
  /** Cases that make the mistake only in one run. */
  readonly onlyBaseline: number | null;
  readonly onlyCandidate: number | null;
  readonly rate: Compared;
  /** Exact two-sided McNemar, Holm-adjusted over the family that the result names; null without a baseline. */
  readonly adjusted: number | null;
}
