/** Reads columns and labels once, so that any number of models can be fitted to them. */

import { UsageError } from '../errors.ts';
import { compareText } from '../slices/index.ts';
import { featureBlocks } from './features/blocks.ts';
import { encodeRows } from './features/encode.ts';
import { createGramIndex, type GramIndex } from './features/gram-index.ts';
import type { ReadRows } from './fit-rows.ts';
import { MAX_CLASSES } from './options.ts';
import type { ClassifierOptions, FeatureColumn } from './types.ts';

/** Rows of one text each, or columns. */
export type ModelRows = readonly string[] | readonly FeatureColumn[];

/** Columns as they are; texts as the one column `text`. */
export function asColumns(rows: ModelRows): readonly FeatureColumn[] {
  return isTexts(rows) ? [{ kind: 'text', name: 'text', values: rows }] : rows;
}

function isTexts(rows: ModelRows): rows is readonly string[] {
  return rows.length === 0 || typeof rows[0] === 'string';
}

/** What was read, with the names of the classes and the index of the features. */
export interface LabelledRows extends ReadRows {
  readonly columns: readonly FeatureColumn[];
  readonly labels: readonly string[];
  readonly index: GramIndex;
}

/**
 * Reads rows with their labels.
 *
 * @throws UsageError without rows, with another number of labels (or groups) than rows, or with more classes than `MAX_CLASSES`
 */
export function readLabelledRows(
  given: ModelRows,
  rowLabels: readonly string[],
  options: ClassifierOptions,
  groups: readonly string[] | null = null,
): LabelledRows {
  const columns = asColumns(given);
  const blocks = featureBlocks(columns, options);
  const rows = columns[0]!.values.length;
  if (rows === 0) throw new UsageError({ message: 'there are no rows to learn from' });
  checkLength('labels', rowLabels.length, rows);
  if (groups !== null) checkLength('groups', groups.length, rows);
  const labels = [...new Set(rowLabels)].sort(compareText);
  if (labels.length > MAX_CLASSES) {
    throw new UsageError({
      message: `${labels.length} different labels in ${rows} rows, at most ${MAX_CLASSES} can be learnt`,
      hint: 'is the label column free text, or an id?',
    });
  }
  if (options.calibrate === 'platt' && labels.length !== 2) {
    throw new UsageError({
      message: `Platt's calibration is for two classes, there are ${labels.length}`,
      hint: 'calibrate by temperature',
    });
  }
  const codeOf = new Map(labels.map((label, code) => [label, code]));
  const index = createGramIndex();
  const encoded = encodeRows(columns, blocks, index, 'add');
  return {
    columns,
    labels,
    index,
    encoded,
    blocks,
    featureCount: index.size,
    classes: Int32Array.from(rowLabels, (label) => codeOf.get(label)!),
    classCount: labels.length,
    groups,
  };
}

function checkLength(what: string, found: number, rows: number): void {
  if (found !== rows) throw new UsageError({ message: `${found} ${what} for ${rows} rows` });
}
