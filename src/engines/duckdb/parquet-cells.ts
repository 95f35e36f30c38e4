/** Reads single columns of a Parquet file as texts, and writes a copy of the file that has further columns. */

import { rm } from 'node:fs/promises';
import type { Cell, ResultChunk } from '../../cases/index.ts';
import { DataError } from '../../errors.ts';
import { listColumn, numberColumn, textColumn, writeColumns } from '../parquet-file.ts';
import { identifier, listLiteral, textLiteral } from '../sql/literal.ts';
import { type Database, type DatabaseValue, openDatabase } from './database.ts';
import { describeParquet, readParquetSql } from './parquet-columns.ts';

/** Rows of one chunk. */
const ROWS = 20_000;

/** Which rows and columns to read. */
export interface ParquetCellsRequest {
  readonly file: string;
  /** Columns to read; those that the file lacks are left out. */
  readonly columns: readonly string[];
  /** Column of the case id, read as text; null gives empty ids. */
  readonly caseId: string | null;
  /** Only rows whose column has this text; null reads all. */
  readonly run: { readonly column: string; readonly text: string } | null;
  /** Reads only some rows: every so many of the file, or those of so many cases. All unless told. */
  readonly only?: { readonly every: number } | { readonly ids: readonly string[] };
}

/**
 * Rows in the order of the file, with nothing read of them but the columns asked for; trial and outcome are empty.
 *
 * @throws DataError where the file cannot be read as Parquet
 */
export async function* readParquetCells(request: ParquetCellsRequest): AsyncGenerator<ResultChunk> {
  const { file, columns, caseId, run, only = { every: 1 } } = request;
  const database = await openDatabase();
  try {
    await database.confine([file]);
    const known = await describeParquet(database, file);
    const wanted = columns.filter((name) => known.has(name));
    const select = [
      'r.file_row_number',
      ...[caseId, ...wanted].map((name) => known.get(name ?? '')?.sql ?? 'NULL'),
    ];
    const ofRun =
      run === null ? '' : ` AND ${known.get(run.column)?.sql ?? 'NULL'} = ${textLiteral(run.text)}`;
    const [[rows]] = (await database.rows(`SELECT count(*) FROM ${readParquetSql([file])} AS r`)) as [
      [number],
    ];
    const isWanted =
      'ids' in only
        ? ` AND ${known.get(caseId ?? '')?.sql ?? 'NULL'} IN (SELECT unnest(${listLiteral(only.ids)}))`
        : only.every > 1
          ? ` AND r.file_row_number % ${only.every} = 0`
          : '';
    // Few rows of each case come in one chunk.
    const step = 'ids' in only ? Math.max(1, rows) : ROWS * only.every;
    for (let from = 0; from < rows; from += step) {
      const range = `r.file_row_number >= ${from} AND r.file_row_number < ${from + step}${ofRun}${isWanted}`;
      const found = await database.columns(
        `SELECT ${select.join(', ')} FROM ${readParquetSql([file])} AS r WHERE ${range} ORDER BY 1`,
      );
      if ((found[0]?.length ?? 0) > 0) yield chunkOf(file, wanted, found);
    }
  } finally {
    database.close();
  }
}

function chunkOf(
  file: string,
  wanted: readonly string[],
  [places = [], ids = [], ...cells]: readonly (readonly DatabaseValue[])[],
): ResultChunk {
  const lines = places.map((place) => Number(place) + 1);
  return {
    file,
    lines,
    caseId: ids.map((id) => (typeof id === 'string' ? id : '')),
    trial: lines.map(() => ''),
    status: lines.map(() => 'unscored'),
    passed: lines.map(() => null),
    attributes: new Map(wanted.map((name, index) => [name, (cells[index] ?? []).map(cellOf)])),
  };
}

function cellOf(value: DatabaseValue): Cell {
  if (value === null) return null;
  return Array.isArray(value) ? value.filter((one) => one !== null).map(String) : String(value);
}

/** Name of the row number in the file of further columns. */
const ROW = '__row';

/**
 * Writes a copy of a Parquet file with further columns; columns of the same name are replaced.
 *
 * @param columns one cell for each row of the file, in its order
 * @param out written whole or not at all
 * @throws DataError where the file has columns that hide its row numbers
 */
export async function widenParquet(
  file: string,
  columns: ReadonlyMap<string, readonly Cell[]>,
  out: string,
): Promise<void> {
  const database = await openDatabase();
  const further = `${out}.columns`;
  try {
    await database.confine([file, further, out]);
    const known = [...(await describeParquet(database, file)).keys()];
    if (known.some((name) => name.toLowerCase() === 'file_row_number')) {
      throw new DataError({
        message: `${file} has a column file_row_number, so derived columns cannot be put beside its rows`,
        hint: 'give that column another name',
        where: { file, field: 'file_row_number' },
      });
    }
    const rows = columns.values().next().value?.length ?? 0;
    await writeColumns(further, [
      numberColumn(
        ROW,
        Array.from({ length: rows }, (_, row) => row),
      ),
      ...[...columns].map(([name, cells]) =>
        (cells.some(Array.isArray) ? listColumn : textColumn)(name, cells),
      ),
    ]);
    await copyWidened(database, { file, further, out, known, columns: [...columns.keys()] });
  } finally {
    database.close();
    await rm(further, { force: true });
  }
}

async function copyWidened(
  database: Database,
  names: { file: string; further: string; out: string; known: readonly string[]; columns: readonly string[] },
): Promise<void> {
  const replaced = names.columns.filter((name) => names.known.includes(name));
  const own = replaced.length === 0 ? 'r.*' : `r.* EXCLUDE (${replaced.map(identifier).join(', ')})`;
  const added = names.columns.map((name) => `d.${identifier(name)}`).join(', ');
  await database.run(
    `COPY (SELECT ${own}, ${added} FROM ${readParquetSql([names.file])} AS r ` +
      `JOIN ${readParquetSql([names.further])} AS d ON d.${ROW} = r.file_row_number ORDER BY d.${ROW}) ` +
      `TO ${textLiteral(names.out)} (FORMAT parquet, COMPRESSION zstd)`,
  );
}
