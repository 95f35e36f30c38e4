/** Predictions for every row by a model that never saw it: the rows are read once, and a model is fitted without each fold. */

import { fitRows } from './fit-rows.ts';
import { assignFolds } from './folds.ts';
import { classifierOptions } from './options.ts';
import { type ModelRows, readLabelledRows } from './read-rows.ts';
import { predictionOf, probabilitiesOf, scoreRow } from './softmax/predict.ts';
import type { CrossFitted, FoldOptions, GivenClassifierOptions, Prediction } from './types.ts';

/**
 * Out-of-fold predictions. Vocabulary, rarities, weights and calibration of a fold's model come from the other folds alone; only the
 * cuts of number columns are made on all rows (from values, never from labels). A class without rows in the other folds is
 * never predicted for its fold.
 *
 * @throws UsageError as `fitTextClassifier`, and for folds that cannot be
 */
export function crossFit(
  rows: ModelRows,
  labels: readonly string[],
  folding: FoldOptions,
  given: GivenClassifierOptions = {},
): CrossFitted {
  const options = classifierOptions(given);
  const read = readLabelledRows(rows, labels, options, folding.groups ?? null);
  const fold = assignFolds(read.classes, folding, options.seed);
  const all = Int32Array.from(labels.keys());
  const predictions: Prediction[] = new Array(labels.length);
  for (let held = 0; held < folding.folds; held++) {
    const fitted = fitRows(
      read,
      all.filter((row) => fold[row] !== held),
      options,
    );
    for (const row of all) {
      if (fold[row] !== held) continue;
      const scores = scoreRow(fitted.linear, fitted.sparse, row);
      const probabilities = probabilitiesOf(scores, read.classCount, fitted.calibration);
      predictions[row] = predictionOf(read.labels, probabilities);
    }
  }
  return { labels: read.labels, predictions, fold };
}
