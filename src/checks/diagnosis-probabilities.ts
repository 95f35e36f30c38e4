/** What the diagnosing stage found out about the probabilities of both runs. */

import type { ProbabilityTask, SliceProbabilities } from '../classes/index.ts';

/** A row whose probabilities cannot be used, and why. */
export interface BadProbabilities {
  /** `file:line`, of the first such rows, at most 5. */
  readonly places: readonly string[];
  readonly rows: number;
  /** What is wrong with them, such as `do not sum to 1`. */
  readonly fault: string;
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
  /** Confidence level of every interval. */
  readonly level: number;
}
