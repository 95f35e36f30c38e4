/** Predictions for rows that a model did not learn from: the rows are read once, and a model is fitted per split. */

import { fitRows } from './fit-rows.ts';
import { assignFolds } from './folds.ts';
import { classifierOptions } from './options.ts';
import { type LabelledRows, type ModelRows, readLabelledRows } from './read-rows.ts';
import { predictionOf, probabilitiesOf, scoreRow } from './softmax/predict.ts';
import { toProbabilities } from './softmax/train.ts';
import { fitNaiveBayes } from './trivial/naive-bayes.ts';
import type { ClassifierOptions, FoldOptions, GivenClassifierOptions, Prediction } from './types.ts';

/** Rows to learn from, and rows to answer; no row is in both. */
export interface TrainTest {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** Simple models: `logistic` is the text classifier; `naive Bayes` counts words; `majority` looks at nothing. */
export type SimpleModel = 'logistic' | 'naive Bayes' | 'majority';

/**
 * The folds of these rows as splits, one per fold.
 *
 * @throws UsageError where there are fewer rows or groups than folds
 */
export function foldSplits(
  labels: readonly string[],
  folding: FoldOptions,
  seed: number,
): readonly TrainTest[] {
  const codeOf = new Map([...new Set(labels)].map((label, code) => [label, code]));
  const fold = assignFolds(
    Int32Array.from(labels, (label) => codeOf.get(label)!),
    folding,
    seed,
  );
  const all = Int32Array.from(labels.keys());
  return Array.from({ length: folding.folds }, (_, held) => ({
    train: all.filter((row) => fold[row] !== held),
    test: all.filter((row) => fold[row] === held),
  }));
}

/**
 * One prediction per row that some split tests; rows that none tests are null. Vocabulary, rarities, weights and calibration come from
 * the rows to learn from alone; only the cuts of number columns are made on all rows (from values, never from labels).
 *
 * @param groups rows of one group stay together in the folds of a calibration
 * @throws UsageError as `fitTextClassifier`
 */
export function heldOutPredictions(
  rows: ModelRows,
  labels: readonly string[],
  splits: readonly TrainTest[],
  model: SimpleModel,
  given: GivenClassifierOptions = {},
  groups: readonly string[] | null = null,
): { readonly labels: readonly string[]; readonly predictions: readonly (Prediction | null)[] } {
  const options = classifierOptions(given);
  const read = readLabelledRows(rows, labels, options, groups);
  const predictions: (Prediction | null)[] = new Array(labels.length).fill(null);
  for (const { train, test } of splits) {
    const answer = fitted(read, train, model, options);
    for (const row of test) predictions[row] = predictionOf(read.labels, answer(row));
  }
  return { labels: read.labels, predictions };
}

/** The probabilities that a model of the training rows gives for any row. */
function fitted(
  read: LabelledRows,
  train: Int32Array,
  model: SimpleModel,
  options: ClassifierOptions,
): (row: number) => Float64Array {
  if (model === 'majority') {
    const shares = classShares(read, train);
    return () => shares;
  }
  if (model === 'naive Bayes') {
    const scores = fitNaiveBayes({ ...read, rows: train });
    return (row) => {
      const probabilities = scores(row);
      toProbabilities(probabilities);
      return probabilities;
    };
  }
  const { linear, sparse, calibration } = fitRows(read, train, options);
  return (row) => probabilitiesOf(scoreRow(linear, sparse, row), read.classCount, calibration);
}

/** Shares of the classes in the training rows: the first of the most frequent is the answer. */
function classShares({ classes, classCount }: LabelledRows, train: Int32Array): Float64Array {
  const counts = new Float64Array(classCount);
  for (const row of train) counts[classes[row]!]!++;
  return counts.map((count) => count / train.length);
}
