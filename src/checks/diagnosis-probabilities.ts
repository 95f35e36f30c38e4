/** What the diagnosing stage found out about the probabilities of both runs. */

import type { ProbabilityTask, SliceProbabilities } from '../classes/index.ts';
import type { CostThreshold, ErrorCosts, ThresholdPlace } from '../stats/index.ts';

/** Rows whose probabilities cannot be used, and why. */
export interface BadProbabilities {
  /** `file:line`, of the first such rows, at most 5. */
  readonly places: readonly string[];
  readonly rows: number;
  /** What is wrong with them, such as `do not sum to 1 (within 0.001)`. */
  readonly fault: string;
}

/** Which threshold on the probability of the positive label costs least, on the cases themselves: it flatters itself. */
export interface ThresholdChoice {
  readonly costs: ErrorCosts;
  readonly n: number;
  /** Lowest cost over all cases; the limits hold the choice when cases are drawn anew. */
  readonly best: CostThreshold & { readonly lower: number | null; readonly upper: number | null };
  /** False alarm / (false alarm + miss): the cheapest threshold if the probabilities are calibrated. */
  readonly rule: CostThreshold;
  /** Positive cases and the others, of which the places below count. */
  readonly events: number;
  readonly others: number;
  /** The ROC and precision-recall curve: at most 50 thresholds, from Infinity down. */
  readonly places: readonly ThresholdPlace[];
}

/** The probabilities of the compared runs. */
export interface ProbabilityDiagnosis {
  readonly task: ProbabilityTask;
  /** The label whose probability a single number is; null for `answer`. */
  readonly positive: string | null;
  /** All cases first, then every gated slice. */
  readonly slices: readonly SliceProbabilities[];
  /** Rows without usable probabilities, by fault, most frequent first. */
  readonly bad: {
    readonly baseline: readonly BadProbabilities[];
    readonly candidate: readonly BadProbabilities[];
  };
  /** Null for `answer`, and without a usable case. */
  readonly thresholds: {
    readonly baseline: ThresholdChoice | null;
    readonly candidate: ThresholdChoice | null;
  };
  /** Confidence level of every interval. */
  readonly level: number;
}
