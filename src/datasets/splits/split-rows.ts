/** What a split builder sees of the rows: one item each, with its text, label and the columns to hold out by. */

import { foundText, foundTexts } from '../../cases/index.ts';
import { DataError, type Problem } from '../../errors.ts';
import { compareText } from '../../slices/index.ts';
import { openRecords, type RecordsRequest } from '../../sources/index.ts';
import { textOf } from './cell-text.ts';

/** One row. */
export interface SplitItem {
  /** The case id, else `row N` by its place among all rows, from 1. */
  readonly id: string;
  readonly text: string | null;
  readonly label: string | null;
  /** Texts of the asked columns; null where a row has none. */
  readonly values: ReadonlyMap<string, string | null>;
}

/** All rows of the files: in code point order of their ids, so that the order of the rows decides nothing. */
export interface SplitRows {
  readonly items: readonly SplitItem[];
  /** The same items in the order of the rows. */
  readonly asWritten: readonly SplitItem[];
  readonly files: readonly string[];
  readonly textColumn: string | null;
  readonly labelColumn: string | null;
  readonly notes: readonly string[];
}

/** Which columns to read. */
export interface SplitRowsRequest {
  readonly records: Pick<RecordsRequest, 'files' | 'cwd' | 'stdin' | 'from'>;
  /** Null takes the column that is known by its name. */
  readonly id: string | null;
  readonly text: string | null;
  readonly label: string | null;
  /** Further columns. */
  readonly columns: readonly string[];
}

/**
 * Reads the rows.
 *
 * @throws DataError for columns that do not exist and for ids that stand twice, all at once
 */
export async function readSplitRows({
  records,
  id,
  text,
  label,
  columns,
}: SplitRowsRequest): Promise<SplitRows> {
  const opened = await openRecords({
    ...records,
    mapping: {
      ...(id === null ? {} : { caseId: id }),
      ...(text === null ? {} : { input: text }),
      ...(label === null ? {} : { expected: label }),
    },
  });
  const missing = columns.filter((column) => !opened.columns.includes(column));
  if (missing.length > 0) {
    throw new DataError(
      missing.map((column) => ({
        message: `no row has the column ${foundText(column)}; the columns are ${foundTexts(opened.columns, 20)}`,
      })),
    );
  }
  const { caseId, input, expected } = opened.mapping;
  const items: SplitItem[] = [];
  const places = new Map<string, { readonly file: string; readonly line: number }>();
  const problems: Problem[] = [];
  for await (const chunk of opened.rows()) {
    const cell = (column: string | undefined, row: number): string | null =>
      column === undefined ? null : textOf(chunk.columns.get(column)?.[row]);
    chunk.lines.forEach((line, row) => {
      const own = cell(caseId, row);
      const name = own ?? `row ${items.length + 1}`;
      const first = places.get(name);
      if (first !== undefined) {
        problems.push({
          message: `the id ${foundText(name)} stands here and in ${first.file}, line ${first.line}`,
          hint: 'splits are lists of ids, so each must be one row: slicewise data check --clean OUT leaves repeated rows out',
          where: { file: chunk.file, line, field: caseId ?? 'row' },
        });
      } else places.set(name, { file: chunk.file, line });
      items.push({
        id: name,
        text: cell(input, row),
        label: cell(expected, row),
        values: new Map(columns.map((column) => [column, cell(column, row)])),
      });
    });
  }
  if (problems.length > 0) throw new DataError(problems);
  return {
    items: caseId === undefined ? items : items.toSorted((a, b) => compareText(a.id, b.id)),
    asWritten: items,
    files: opened.files,
    textColumn: input ?? null,
    labelColumn: expected ?? null,
    notes: [
      ...opened.notes,
      ...(caseId === undefined
        ? [
            'no column is known as the case id, so rows are known by their place: `row 1`, `row 2`; in another order they are split in another way',
          ]
        : []),
    ],
  };
}
