/** What the probabilities of one row are worth, given its true label and its answer. */

import { brierOf, brierOfClasses, logLossOf, trueRank } from '../../stats/index.ts';
import type { ProbabilityLabels } from './labels.ts';

/** The scores of one row. */
export interface RowScores {
  /** Of the positive label where there are at most two labels; else of the answer. */
  readonly probability: number;
  /** 1 where that is the true label, else 0. */
  readonly event: number;
  /** 1 where the answer is the true label, else 0. */
  readonly right: number;
  readonly brier: number;
  readonly logLoss: number;
  readonly trueRank: number;
  /** Probability of the answer. */
  readonly confidence: number;
}

/**
 * Scores of a row. Its answer is the predicted label, or the most probable one where none is predicted; of equally probable ones
 * the positive, else the first.
 *
 * @param vector one probability per label, sum 1
 * @param truth the true label
 * @param predicted the predicted label; null where there is none
 * @returns null where the true label is beyond the labels that are counted
 */
export function scoreRow(
  vector: Float64Array,
  labels: ProbabilityLabels,
  truth: string,
  predicted: string | null,
): RowScores | null {
  const at = labels.indexOf(truth);
  if (at === undefined) return null;
  const answer = (predicted === null ? undefined : labels.indexOf(predicted)) ?? mostProbable(vector, labels);
  const { positive } = labels;
  const right = answer === at ? 1 : 0;
  const confidence = vector[answer]!;
  const isBinary = positive !== null;
  const probability = isBinary ? vector[positive]! : confidence;
  const event = isBinary ? (at === positive ? 1 : 0) : right;
  return {
    ...{ probability, event, right, confidence },
    brier: isBinary ? brierOf(probability, event) : brierOfClasses(vector, at),
    logLoss: logLossOf(vector[at]!),
    trueRank: trueRank(vector, at),
  };
}

function mostProbable(vector: Float64Array, { positive }: ProbabilityLabels): number {
  let best = positive ?? 0;
  for (let at = 0; at < vector.length; at++) if (vector[at]! > vector[best]!) best = at;
  return best;
}
