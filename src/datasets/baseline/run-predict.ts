/** `slicewise baseline predict`: answers rows with a saved model and writes them as a run that every command reads. */

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Cell, createProblemLog, foundText, foundTexts, type RowChunk } from '../../cases/index.ts';
import { DataError, UsageError } from '../../errors.ts';
import { accuracyOf, loadTextClassifier, type Prediction, type TextClassifier } from '../../models/index.ts';
import { type OpenedRecords, openRecords } from '../../sources/index.ts';
import type { Estimate } from '../../stats/index.ts';
import { writeWhole } from '../sample/write-files.ts';
import { textOf } from '../splits/cell-text.ts';
import type { PredictRequest } from './baseline-request.ts';
import { columnReader } from './read-labelled.ts';

/** What answering rows says. */
export interface PredictReport {
  readonly version: 1;
  readonly files: readonly string[];
  readonly model: string;
  readonly rows: number;
  /** Rows with a true label, and how many of them were answered rightly; null without a label column. */
  readonly accuracy: Estimate | null;
  readonly unlabelled: number;
  /** Rows of which every column of the model is empty. */
  readonly empty: number;
  /** Labels of the rows that the model never learnt, with their rows, most first. */
  readonly unknownLabels: readonly { readonly label: string; readonly rows: number }[];
  /** How often each label was answered, in the model's order. */
  readonly answered: readonly { readonly label: string; readonly rows: number }[];
  readonly out: string;
  readonly notes: readonly string[];
}

/** Columns of the written run; a column of the data with such a name is replaced. */
const WRITTEN = ['case_id', 'expected', 'predicted', 'passed', 'probabilities'] as const;

/** Digits of a probability that are written. */
const DIGITS = 9;

/** Columns that a run is made of. */
interface RunColumns {
  readonly id: string | undefined;
  readonly label: string | undefined;
  readonly others: readonly string[];
}

/**
 * Answers rows and writes them: id, true label where there is one, answer, verdict, probabilities, and every other column as it is,
 * so that the run can be cut into slices. Nothing is written where anything is wrong.
 *
 * @throws DataError for a model that cannot be read, columns that it needs and that are missing, and ids that stand twice; UsageError for
 * columns to leave out that are none
 */
export async function runBaselinePredict(request: PredictRequest): Promise<PredictReport> {
  const { records, model, out } = request;
  const classifier = await readModel(model, records.cwd);
  const opened = await openRecords({ ...records, mapping: {} });
  const { data } = classifier;
  const named = [request.id, request.label].filter((name) => name !== null);
  const missing = [
    ...data.columns
      .filter(({ name }) => !opened.columns.includes(name))
      .map(({ name }) => `the model reads the column ${foundText(name)}, and no row has it`),
    ...named
      .filter((name) => !opened.columns.includes(name))
      .map((name) => `no row has the column ${foundText(name)}`),
  ];
  if (missing.length > 0) {
    const found = foundTexts(opened.columns, 20);
    throw new DataError(missing.map((message) => ({ message: `${message}; the columns are ${found}` })));
  }
  const columns = runColumns(opened, request);
  const { rows, reader } = await readAll(opened, columns, data.columns);
  const predictions = classifier.predict(reader.columns());
  const text = rows
    .map((row, at) => `${JSON.stringify(runRow(row, predictions[at]!, data.labels))}\n`)
    .join('');
  await writeWhole([{ path: resolve(records.cwd, out), text }]);
  return reportOf(request, opened, classifier, rows, predictions, reader.empty());
}

async function readModel(model: string, cwd: string): Promise<TextClassifier> {
  const text = await readFile(resolve(cwd, model), 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new DataError({
      message: `${model} cannot be read (${error.code ?? error.message})`,
      hint: 'name the file that slicewise baseline train wrote',
      where: { file: model },
    });
  });
  return loadTextClassifier(text, model);
}

function runColumns(
  { columns, mapping }: OpenedRecords,
  { without, ...named }: Pick<PredictRequest, 'id' | 'label' | 'without'>,
): RunColumns {
  const id = named.id ?? mapping.caseId;
  const label = named.label ?? mapping.expected;
  const unknown = without.filter((name) => !columns.includes(name));
  if (unknown.length > 0) {
    throw new UsageError(
      unknown.map((name) => ({
        message: `--without ${foundText(name)} is no column; the columns are ${foundTexts(columns, 20)}`,
      })),
    );
  }
  const own: readonly string[] = WRITTEN;
  const others = columns.filter(
    (name) =>
      name !== id &&
      name !== label &&
      !without.includes(name) &&
      !own.some((one) => name === one || name.startsWith(`${one}.`)),
  );
  return { id, label, others };
}

/** One row of the data. */
interface DataRow {
  readonly id: string;
  readonly label: string | null;
  readonly others: Readonly<Record<string, Cell>>;
}

async function readAll(
  opened: OpenedRecords,
  { id, label, others }: RunColumns,
  inputs: TextClassifier['data']['columns'],
): Promise<{ readonly rows: readonly DataRow[]; readonly reader: ReturnType<typeof columnReader> }> {
  const reader = columnReader(inputs);
  const rows: DataRow[] = [];
  const seen = new Set<string>();
  const log = createProblemLog();
  for await (const chunk of opened.rows()) {
    chunk.lines.forEach((line, row) => {
      reader.add(chunk, row);
      const own = id === undefined ? null : textOf(chunk.columns.get(id)?.[row]);
      const name = own ?? `row ${rows.length + 1}`;
      if (seen.has(name)) {
        log.add({
          message: `the id ${foundText(name)} stands for the second time`,
          hint: 'a run has one row per case: name another column with --id',
          where: { file: chunk.file, line, field: id ?? 'row' },
        });
      }
      seen.add(name);
      rows.push({
        id: name,
        label: label === undefined ? null : textOf(chunk.columns.get(label)?.[row]),
        others: cellsOf(chunk, row, others),
      });
    });
  }
  log.throwIfAny();
  reader.throwIfAny();
  return { rows, reader };
}

function cellsOf(chunk: RowChunk, row: number, columns: readonly string[]): Record<string, Cell> {
  const cells: Record<string, Cell> = {};
  for (const column of columns) {
    const cell = chunk.columns.get(column)?.[row] ?? null;
    if (cell !== null) Object.defineProperty(cells, column, { value: cell, enumerable: true });
  }
  return cells;
}

function runRow(
  { id, label, others }: DataRow,
  { label: predicted, probabilities }: Prediction,
  labels: readonly string[],
) {
  return {
    case_id: id,
    ...others,
    ...(label === null ? {} : { expected: label }),
    predicted,
    ...(label === null ? {} : { passed: predicted === label }),
    probabilities: Object.fromEntries(
      labels.map((name, code) => [name, Number(probabilities[code]!.toPrecision(DIGITS))]),
    ),
  };
}

function reportOf(
  request: PredictRequest,
  opened: OpenedRecords,
  { labels }: TextClassifier,
  rows: readonly DataRow[],
  predictions: readonly Prediction[],
  empty: number,
): PredictReport {
  const { model, out } = request;
  const labelled = rows.filter(({ label }) => label !== null).length;
  const known = new Set(labels);
  const isRight = rows.map(({ label }, at) => (label === null ? null : label === predictions[at]!.label));
  const answered = tally(predictions.map(({ label }) => label));
  const foreign = tally(rows.flatMap(({ label }) => (label === null || known.has(label) ? [] : [label])));
  return {
    version: 1,
    files: opened.files,
    model,
    rows: rows.length,
    accuracy: labelled === 0 ? null : accuracyOf(isRight, 0.95),
    unlabelled: rows.length - labelled,
    empty,
    unknownLabels: [...foreign]
      .map(([label, count]) => ({ label, rows: count }))
      .sort((a, b) => b.rows - a.rows),
    answered: labels.map((label) => ({ label, rows: answered.get(label) ?? 0 })),
    out,
    notes: [
      ...opened.notes,
      ...(request.id === null && opened.mapping.caseId === undefined
        ? ['no column is known as the case id, so rows are known by their place: `row 1`, `row 2`']
        : []),
    ],
  };
}

function tally(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}
