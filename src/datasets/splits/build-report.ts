/** What `slicewise splits build` found and wrote. */

import type { NoSplit, Shift } from './split-plan.ts';

/** One split in numbers; test, train and the reasons add up to all cases. */
export interface SplitReport {
  readonly name: string;
  readonly shift: Shift;
  readonly definition: string;
  readonly test: number;
  readonly train: number;
  readonly alike: number;
  readonly later: number;
  readonly unknown: number;
  /** Test cases with a near-duplicate in training once leaks are closed. */
  readonly leaks: number;
  /** Share of each class among the test cases and among the training cases. */
  readonly classes: readonly { readonly label: string; readonly test: number; readonly train: number }[];
  /** Classes that training has and the test has not, and the other way round. */
  readonly onlyTrain: number;
  readonly onlyTest: number;
}

/** Folds in numbers. */
export interface FoldReport {
  readonly folds: number;
  readonly groups: number;
  /** Cases in each fold. */
  readonly sizes: readonly number[];
  /** The class whose share differs most between folds. */
  readonly widest: { readonly label: string; readonly lowest: number; readonly highest: number } | null;
}

/** The whole report. */
export interface SplitsReport {
  readonly format: 'slicewise-splits';
  readonly version: 1;
  readonly files: readonly string[];
  readonly cases: number;
  readonly unlabelled: number;
  readonly withoutText: number;
  readonly labels: number;
  readonly seed: number;
  readonly threshold: number;
  /** Groups of near-duplicates with two cases or more, and the cases in them. */
  readonly duplicates: { readonly groups: number; readonly cases: number };
  readonly splits: readonly SplitReport[];
  readonly folds: FoldReport | null;
  readonly none: readonly NoSplit[];
  /** Shifts with fewer than two splits: one says nothing about the next. */
  readonly untested: readonly Shift[];
  readonly output: string | null;
  readonly directory: string | null;
  readonly notes: readonly string[];
}
