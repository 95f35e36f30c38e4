/** From scores to answers: calibrated probabilities, and the label with the largest. */

import type { SparseRows } from '../features/sparse-rows.ts';
import type { Prediction } from '../types.ts';
import { addScores, type LinearModel, toProbabilities } from './train.ts';

/** Scores become `scale * score + shift` before they become probabilities; the shift is 0 but for Platt's line of two classes. */
export interface Calibration {
  readonly scale: number;
  readonly shift: number;
}

/** Scores as they are. */
export const NO_CALIBRATION: Calibration = { scale: 1, shift: 0 };

/** The scores of one row: one per column of the model. */
export function scoreRow(linear: LinearModel, rows: SparseRows, row: number): Float64Array {
  const scores = Float64Array.from(linear.bias);
  addScores(scores, rows, rows.offsets[row]!, rows.offsets[row + 1]!, linear.weights, linear.columns);
  return scores;
}

/** Probabilities of all classes; of a single class 1. */
export function probabilitiesOf(
  scores: Float64Array,
  classCount: number,
  { scale, shift }: Calibration,
): Float64Array {
  if (classCount === 1) return Float64Array.of(1);
  const probabilities = new Float64Array(classCount);
  if (classCount === 2) probabilities[1] = scale * scores[0]! + shift;
  else for (let c = 0; c < classCount; c++) probabilities[c] = scale * scores[c]!;
  toProbabilities(probabilities);
  return probabilities;
}

/** The most probable label; the first in code point order wins a tie. */
export function predictionOf(labels: readonly string[], probabilities: Float64Array): Prediction {
  let best = 0;
  for (let c = 1; c < labels.length; c++) if (probabilities[c]! > probabilities[best]!) best = c;
  return { label: labels[best]!, probabilities };
}
