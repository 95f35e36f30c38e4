/** Predictions for every row by a classifier that never saw it. */

import { foldSplits, heldOutPredictions } from './held-out.ts';
import { classifierOptions } from './options.ts';
import type { ModelRows } from './read-rows.ts';
import type { CrossFitted, FoldOptions, GivenClassifierOptions } from './types.ts';

/**
 * Out-of-fold predictions of the text classifier. A class without rows in the other folds is next to never predicted for its fold.
 *
 * @throws UsageError as `fitTextClassifier`, and for folds that cannot be
 */
export function crossFit(
  rows: ModelRows,
  labels: readonly string[],
  folding: FoldOptions,
  given: GivenClassifierOptions = {},
): CrossFitted {
  const splits = foldSplits(labels, folding, classifierOptions(given).seed);
  const groups = folding.groups ?? null;
  const found = heldOutPredictions(rows, labels, splits, 'logistic', given, groups);
  const fold = new Int32Array(labels.length);
  splits.forEach(({ test }, held) => {
    for (const row of test) fold[row] = held;
  });
  return { labels: found.labels, predictions: found.predictions.map((one) => one!), fold };
}
