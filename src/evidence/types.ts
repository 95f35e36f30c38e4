/** What is known of one slice and one metric: estimates, tests and power, before any rule is applied. */

import type { MetricConfig, SliceRules } from '../config/index.ts';
import type { Tally } from '../counts/index.ts';
import type { ScopedGrouping } from '../scope/index.ts';
import type { SliceKey } from '../slices/index.ts';
import type { Estimate } from '../stats/index.ts';

/** How the two runs are compared. */
export type Pairing = 'paired' | 'unpaired' | 'single run';

/** A test of "the candidate is no worse", one-sided in the direction of loss. */
export interface LossTest {
  /** `exact McNemar`, `sign flip`, `Fisher exact`, ... */
  readonly name: string;
  /** Null until the joint resampling has been run (graded scores, clusters). */
  readonly pValue: number | null;
  readonly pValueTwoSided: number | null;
  /** Mid-p of the one-sided test, for nomination; equals `pValue` where the test is not discrete. */
  readonly midP: number | null;
  /** Largest attainable p-value not above t under the null, 0 where there is none. */
  readonly attainable: (t: number) => number;
}

/** Evidence about the floor of one slice. */
export interface FloorEvidence {
  readonly floor: number;
  readonly baselineObserved: number | null;
  readonly candidateObserved: number;
  /** One-sided exact p against "the candidate is at least as good as the floor". */
  readonly pValue: number;
  /** 1 - P(worse than the floor) under a Jeffreys prior, or the same p for metrics that are not rates. */
  readonly posteriorDoubt: number;
}

export interface SliceEvidence {
  readonly key: SliceKey;
  readonly scoped: ScopedGrouping;
  readonly metric: MetricConfig;
  readonly rules: SliceRules;
  readonly direction: 'higher' | 'lower';
  readonly margin: number;
  readonly tally: Tally;
  /** Cases behind the decision: compared pairs, or usable candidate cases without pairing. */
  readonly n: number;
  /** Fewest cases from which the metric has a value; absent where one is enough. A slice with fewer has no test either. */
  readonly leastCases?: number;
  /** Cases that got worse and better. */
  readonly lost: number;
  readonly gained: number;
  readonly baseline: Estimate | null;
  readonly candidate: Estimate | null;
  readonly delta: Estimate | null;
  /** How much worse the candidate is, in the metric's unit; negative where it is better. */
  readonly loss: number | null;
  readonly test: LossTest | null;
  /** One-sided p of "the loss is at least the margin" (Tango or its relatives); small means non-inferior. */
  readonly nonInferiorityP: number | null;
  readonly floor: FloorEvidence | null;
  /** Of clustered cases: the variance of one case's difference that independent cases would need for the same error. */
  readonly caseVariance?: number | null;
}
