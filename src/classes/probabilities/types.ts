/** What is known of the probabilities of a classifier, slice by slice: proper scores, ranking, calibration, before and after. */

import type { SliceKey } from '../../slices/index.ts';
import type {
  BrierParts,
  CalibrationError,
  ClassProbabilities,
  CurveValue,
  Estimate,
  ReliabilityBin,
} from '../../stats/index.ts';
import type { Compared } from '../types.ts';

/**
 * What a probability says: `binary`, that the case is of the positive class; `answer`, that the answer of the run (its predicted
 * label, else its most probable one) is right, where there are three classes or more.
 */
export type ProbabilityTask = 'binary' | 'answer';

/** One value per case, in one order for all arrays; NaN where the run has none. */
export interface RunScores {
  /** Probability in [0, 1] of the event. */
  readonly probability: Float64Array;
  /** 1 where the event happened, 0 where not. */
  readonly event: Float64Array;
  /** 1 where the answer is the true label, else 0. */
  readonly right: Float64Array;
  /** Brier score: 0..1 for `binary` (of the positive class alone), 0..2 else (sum over the classes). */
  readonly brier: Float64Array;
  /** Log loss in nats, clipped as `logLossOf` says. */
  readonly logLoss: Float64Array;
  /** Rank of the true label among the probabilities, from 1 (`trueRank`). */
  readonly trueRank: Float64Array;
  /** All probabilities of every case, for `answer`; null where there are too many to keep, and for `binary`. */
  readonly classes: ClassProbabilities | null;
}

/** The cases of one slice. */
export interface ScoredCases {
  readonly task: ProbabilityTask;
  readonly baseline: RunScores | null;
  readonly candidate: RunScores;
  /** Cluster code per case; null where cases stand alone. */
  readonly cluster: Int32Array | null;
  /** Labels that the probabilities are about. */
  readonly labels: number;
}

/** How to compare: the confidence level of the intervals, and the seed of the redrawn labels. */
export interface CompareSettings {
  readonly level: number;
  readonly seed: number;
}

/** How far the probabilities of one run are to be believed. */
export interface Calibration {
  /** Mean probability minus share of events: above 0 promises too much. */
  readonly inTheLarge: Estimate;
  /** Two-sided p of "mean probability and share of events are the same". */
  readonly inTheLargeP: number | null;
  /** Slope of the logistic recalibration: below 1 is overconfident, above 1 too timid. Undefined where classes are separated. */
  readonly slope: Estimate;
  /** Intercept of the same fit, in logits. */
  readonly intercept: Estimate;
  /** Expected calibration error with equal-mass bins, less what chance alone gives; a picture, never a verdict. */
  readonly error: CalibrationError;
  /** The calibration error that most other tools print: ten bins of equal width, nothing taken away. */
  readonly publishedError: number | null;
  /** The Brier score of the event as calibration, discrimination and what cannot be known. */
  readonly parts: BrierParts;
  /** Bars of the reliability diagram; empty below 50 cases. */
  readonly bins: readonly ReliabilityBin[];
  /** The isotonic (never falling) curve through the same cases; empty below 50 cases. */
  readonly curve: readonly CurveValue[];
}

/** Everything about the probabilities of one slice. */
export interface ProbabilityFigures {
  readonly task: ProbabilityTask;
  /** Cases with a true label and usable probabilities in each run that exists; all figures are about these. */
  readonly n: number;
  /** Share of right answers on these cases; the difference by Tango, or Student's t over clusters. */
  readonly accuracy: Compared;
  readonly brier: Compared;
  readonly logLoss: Compared;
  /** Cases whose true label had a probability so small that the log loss was clipped. */
  readonly clipped: { readonly baseline: number | null; readonly candidate: number };
  /** Share of cases whose true label is among the k most probable ones, for k = 2, 3, 5, 10 below the number of labels. */
  readonly topK: readonly { readonly k: number; readonly rate: Compared }[];
  /** ROC AUC of the positive class by DeLong, and its average precision; null for `answer`. */
  readonly auc: Compared | null;
  readonly averagePrecision: Compared | null;
  /**
   * Macro ROC AUC of the labels, each against the rest and each pair (Hand and Till); null for `binary`, where there are more than 200
   * labels, or more than 5 million cases times labels.
   */
  readonly classAuc: { readonly againstRest: Compared; readonly pairwise: Compared } | null;
  readonly calibration: { readonly baseline: Calibration | null; readonly candidate: Calibration };
}

/** The probabilities of one slice. `n` + `without` = cases that are in the runs that exist and not edited. */
export interface SliceProbabilities extends ProbabilityFigures {
  readonly key: SliceKey;
  /** Cases without a true label or without usable probabilities in a run. */
  readonly without: number;
}
