/** Reads rows as columns of a model and labels. */

import { foundText, foundTexts, parseDecimal, type RowChunk } from '../../cases/index.ts';
import { DataError, type Problem } from '../../errors.ts';
import type { FeatureColumn } from '../../models/index.ts';
import { compareText } from '../../slices/index.ts';
import { openRecords, type RecordsRequest } from '../../sources/index.ts';
import { textOf } from '../splits/cell-text.ts';

/** Rows with a label, as columns; in the order of what stands in them, so that the order of the files decides nothing. */
export interface LabelledColumns {
  readonly columns: readonly FeatureColumn[];
  readonly labels: readonly string[];
  /** One per row; null where no group column is asked for. A row without a group is one of its own. */
  readonly groups: readonly string[] | null;
  readonly labelColumn: string;
  readonly files: readonly string[];
  /** Rows without a label; they are left out. */
  readonly unlabelled: number;
  /** Rows of which every column is empty; they stay, and the model answers them by the frequency of the labels. */
  readonly empty: number;
  readonly notes: readonly string[];
}

/** Which columns to read; without any the text that is known by its name. */
export interface LabelledRequest {
  readonly records: Pick<RecordsRequest, 'files' | 'cwd' | 'stdin' | 'from'>;
  readonly columns: readonly Pick<FeatureColumn, 'kind' | 'name'>[];
  readonly label: string | null;
  readonly group: string | null;
}

/**
 * Reads every row that has a label.
 *
 * @throws DataError for columns that do not exist, no label column, no text, cells of number columns that are none, and no labelled row
 */
export async function readLabelled({
  records,
  columns,
  label,
  group,
}: LabelledRequest): Promise<LabelledColumns> {
  const opened = await openRecords({ ...records, mapping: {} });
  const labelColumn = label ?? opened.mapping.expected;
  const text = opened.mapping.input;
  const wanted =
    columns.length > 0 ? columns : text === undefined ? [] : [{ kind: 'text' as const, name: text }];
  const problems: Problem[] = [
    ...(labelColumn === undefined
      ? [{ message: `no column of ${opened.files.join(', ')} is known as the label`, hint: '--label COLUMN' }]
      : []),
    ...(wanted.length === 0
      ? [{ message: `no column of ${opened.files.join(', ')} is known as the text`, hint: '--text COLUMN' }]
      : []),
    ...[
      ...wanted.map(({ name }) => name),
      ...(labelColumn === undefined ? [] : [labelColumn]),
      ...(group === null ? [] : [group]),
    ]
      .filter((name) => !opened.columns.includes(name))
      .map((name) => ({
        message: `no row has the column ${foundText(name)}; the columns are ${foundTexts(opened.columns, 20)}`,
      })),
    ...wanted
      .filter(({ name }) => name === labelColumn)
      .map(({ name }) => ({
        message: `${foundText(name)} is the label and a column to learn from`,
        hint: 'a model that reads the label learns nothing else',
      })),
  ];
  if (problems.length > 0) throw new DataError(problems);
  const reader = columnReader(wanted);
  const labels: string[] = [];
  const groups: string[] = [];
  let unlabelled = 0;
  for await (const chunk of opened.rows()) {
    chunk.lines.forEach((_, row) => {
      const own = textOf(chunk.columns.get(labelColumn!)?.[row]);
      if (own === null) {
        unlabelled++;
        return;
      }
      labels.push(own);
      // A row without a group must not meet the others without one.
      if (group !== null) groups.push(textOf(chunk.columns.get(group)?.[row]) ?? `\u0000${labels.length}`);
      reader.add(chunk, row);
    });
  }
  reader.throwIfAny();
  if (labels.length === 0) {
    throw new DataError({
      message: `no row of ${opened.files.join(', ')} has a label in ${foundText(labelColumn!)}`,
    });
  }
  const order = inOrder(reader.columns(), labels, groups);
  return {
    columns: reader.columns().map((column) => takeRows(column, order)),
    labels: order.map((row) => labels[row]!),
    groups: group === null ? null : order.map((row) => groups[row]!),
    labelColumn: labelColumn!,
    files: opened.files,
    unlabelled,
    empty: reader.empty(),
    notes: opened.notes,
  };
}

/** Places of the rows by label, cells and group; rows that agree in all of them are the same to a model. */
function inOrder(
  columns: readonly FeatureColumn[],
  labels: readonly string[],
  groups: readonly string[],
): readonly number[] {
  const cellOf = ({ values }: FeatureColumn, row: number) => values[row] ?? '';
  const compareCells = (a: string | number, b: string | number): number =>
    typeof a === 'number' && typeof b === 'number' ? a - b : compareText(String(a), String(b));
  return [...labels.keys()].sort((a, b) => {
    const byLabel = compareText(labels[a]!, labels[b]!);
    if (byLabel !== 0) return byLabel;
    for (const column of columns) {
      const byCell = compareCells(cellOf(column, a), cellOf(column, b));
      if (byCell !== 0) return byCell;
    }
    return compareText(groups[a] ?? '', groups[b] ?? '');
  });
}

function takeRows(column: FeatureColumn, rows: readonly number[]): FeatureColumn {
  return { ...column, values: rows.map((row) => column.values[row] ?? null) } as FeatureColumn;
}

/** Collects cells as columns of a model. */
export interface ColumnReader {
  add(chunk: RowChunk, row: number): void;
  columns(): readonly FeatureColumn[];
  empty(): number;
  /** @throws DataError with every cell of a number column that is no number */
  throwIfAny(): void;
}

/** Most cells that are named one by one. */
const MOST_PROBLEMS = 20;

/** A reader of these columns. Blank cells are missing; lists are read as JSON. */
export function columnReader(wanted: readonly Pick<FeatureColumn, 'kind' | 'name'>[]): ColumnReader {
  const texts = wanted.map((): (string | null)[] => []);
  const numbers = wanted.map((): (number | null)[] => []);
  const problems: Problem[] = [];
  let empty = 0;
  let bad = 0;
  return {
    add: (chunk, row) => {
      let isEmpty = true;
      wanted.forEach(({ kind, name }, at) => {
        const text = textOf(chunk.columns.get(name)?.[row]);
        if (text !== null) isEmpty = false;
        if (kind !== 'number') texts[at]!.push(text);
        else {
          const value = text === null ? null : parseDecimal(text);
          if (text !== null && value === null) {
            bad++;
            if (bad <= MOST_PROBLEMS) {
              problems.push({
                message: `${name} is ${foundText(text)}, expected a number`,
                hint: `read it as a category: --category ${name}`,
                where: { file: chunk.file, line: chunk.lines[row]!, field: name },
              });
            }
          }
          numbers[at]!.push(value);
        }
      });
      if (isEmpty) empty++;
    },
    columns: () =>
      wanted.map(
        ({ kind, name }, at): FeatureColumn =>
          kind === 'number' ? { kind, name, values: numbers[at]! } : { kind, name, values: texts[at]! },
      ),
    empty: () => empty,
    throwIfAny: () => {
      if (bad > MOST_PROBLEMS)
        problems.push({ message: `${bad - MOST_PROBLEMS} more cells that are no numbers` });
      if (problems.length > 0) throw new DataError(problems);
    },
  };
}
