/** What is asked of one slice on one set of rows, and what is answered. */

import type { Estimate } from '../stats/index.ts';
import type { ErrorKind, SliceQuestion, SliceTestMethod } from './slice-tests.ts';

/** How rows are tested. */
export interface RowTestOptions {
  readonly question: SliceQuestion;
  readonly kind: ErrorKind;
  /** Confidence level of intervals, in (0, 1). */
  readonly level: number;
  /** Sign flips where the test cannot be exact. */
  readonly flips: number;
  /** Whole number from 0 to 2^53 - 1. */
  readonly seed: number;
}

/** The numbers of one slice on one set of rows. */
export interface RowTest {
  readonly cases: number;
  /** Independent units: cases, or clusters with a case in the slice. */
  readonly units: number;
  /** Mean error in the slice, and among the rows it is compared with (null where the other run is what it is compared with). */
  readonly rate: Estimate;
  readonly rest: Estimate | null;
  /** Mean error in the other run; null without one. */
  readonly before: number | null;
  /** The difference that the question is about; above 0 speaks for it. */
  readonly difference: Estimate;
  /** One-sided; null where the test is undefined, and then `reason` says why. */
  readonly p: number | null;
  readonly method: SliceTestMethod | 'sign flip' | 'cluster-robust t';
  /** The smallest p-value that this number of units could reach. */
  readonly smallestP: number;
  readonly reason?: string;
}
