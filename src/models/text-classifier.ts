/** The text classifier: TF-IDF of words and characters, categories and binned numbers, under multinomial logistic regression. */

import { UsageError } from '../errors.ts';
import type { FeatureBlock } from './features/blocks.ts';
import { encodeRows, indexOfNames } from './features/encode.ts';
import { weighRows } from './features/sparse-rows.ts';
import { featureNames } from './features/vocabulary.ts';
import { fitRows } from './fit-rows.ts';
import { classifierOptions } from './options.ts';
import { asColumns, type ModelRows, readLabelledRows } from './read-rows.ts';
import { type Calibration, predictionOf, probabilitiesOf, scoreRow } from './softmax/predict.ts';
import type { LinearModel } from './softmax/train.ts';
import type { ClassifierOptions, FeatureColumn, GivenClassifierOptions, Prediction } from './types.ts';

/** Everything that a classifier is, as plain data; `saveTextClassifier` writes it. */
export interface ClassifierData {
  /** Code point order. */
  readonly labels: readonly string[];
  /** Rows of each class that it learnt from, before any sampling. */
  readonly rowsPerLabel: readonly number[];
  readonly columns: readonly Pick<FeatureColumn, 'kind' | 'name'>[];
  readonly blocks: readonly FeatureBlock[];
  /** How each feature is written, with its block and its rarity. */
  readonly features: readonly string[];
  readonly featureBlock: Uint16Array;
  readonly rarity: Float32Array;
  readonly linear: LinearModel;
  readonly calibration: Calibration;
  readonly options: ClassifierOptions;
}

/** A fitted classifier. */
export interface TextClassifier {
  readonly data: ClassifierData;
  readonly labels: readonly string[];
  /**
   * One prediction per row.
   *
   * @throws UsageError where a column that it learnt from is missing or of another kind
   */
  predict(rows: ModelRows): readonly Prediction[];
}

/**
 * Fits a classifier. The same rows, labels and options give the same bytes.
 *
 * @param rows texts, or columns of texts, categories and numbers
 * @param labels the class of every row; no row may be without one
 * @throws UsageError for options, columns or labels that cannot be
 * @example fitTextClassifier(['lost my card', 'top up failed'], ['card', 'top-up']).predict(['card lost'])[0].label // 'card'
 */
export function fitTextClassifier(
  rows: ModelRows,
  labels: readonly string[],
  given: GivenClassifierOptions = {},
): TextClassifier {
  const options = classifierOptions(given);
  const read = readLabelledRows(rows, labels, options);
  const { vocabulary, linear, calibration } = fitRows(read, Int32Array.from(labels.keys()), options);
  const rowsPerLabel = new Array<number>(read.classCount).fill(0);
  for (const code of read.classes) rowsPerLabel[code]!++;
  return classifierFrom({
    labels: read.labels,
    rowsPerLabel,
    columns: read.columns.map(({ kind, name }) => ({ kind, name })),
    blocks: read.blocks,
    features: featureNames(read.columns, read.blocks, read.index, vocabulary),
    featureBlock: vocabulary.block,
    rarity: vocabulary.rarity,
    linear,
    calibration,
    options,
  });
}

/** The classifier that this data describes. */
export function classifierFrom(data: ClassifierData): TextClassifier {
  const { labels, blocks, features, featureBlock, rarity, linear, calibration, options } = data;
  const index = indexOfNames(features, featureBlock, blocks);
  const featureOf = Int32Array.from(features.keys());
  const predict = (rows: ModelRows): readonly Prediction[] => {
    const columns = matchingColumns(data, asColumns(rows));
    const encoded = encodeRows(columns, blocks, index, 'skip');
    const sparse = weighRows(encoded, { featureOf, rarity, blocks, sublinear: options.sublinear });
    return Array.from({ length: encoded.rows }, (_, row) =>
      predictionOf(labels, probabilitiesOf(scoreRow(linear, sparse, row), labels.length, calibration)),
    );
  };
  return { data, labels, predict };
}

/** The columns that the model knows, in its order; others are left out. A single column of texts goes by any name. */
function matchingColumns(
  { columns }: ClassifierData,
  given: readonly FeatureColumn[],
): readonly FeatureColumn[] {
  const [only] = columns;
  if (columns.length === 1 && given.length === 1 && only!.kind === given[0]!.kind) {
    return [{ ...given[0]!, name: only!.name }];
  }
  const problems: { readonly message: string }[] = [];
  const found = columns.flatMap(({ name, kind }) => {
    const column = given.find((other) => other.name === name);
    if (column === undefined)
      problems.push({ message: `the model reads the column ${name}, which is missing` });
    else if (column.kind === kind) return [column];
    else
      problems.push({
        message: `the model reads ${name} as ${kind}, the column given is of kind ${column.kind}`,
      });
    return [];
  });
  if (problems.length > 0) throw new UsageError(problems);
  return found;
}
