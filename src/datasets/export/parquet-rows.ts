/** Reads the rows of Parquet files as text cells, for exports: engines read Parquet themselves and hand on counts only. */

import {
  type Cell,
  type ColumnMapping,
  interpretRows,
  type ProblemLog,
  type ResultChunk,
  type RowChunk,
} from '../../cases/index.ts';
import { DataError } from '../../errors.ts';

/** Rows read at once. */
const BATCH = 10_000;

/**
 * The interpreted rows. Numbers and booleans are spelled as JSON spells them, times as ISO 8601, structs are dotted names,
 * other nested values JSON.
 *
 * @param files paths
 * @throws DataError where a file cannot be decoded; problems of rows go to the log
 */
export async function* readParquetResults(
  files: readonly string[],
  about: { readonly mapping: ColumnMapping; readonly run: string | null },
  log: ProblemLog,
): AsyncGenerator<ResultChunk> {
  yield* interpretRows(chunksOf(files), about, log);
}

async function* chunksOf(files: readonly string[]): AsyncGenerator<RowChunk> {
  const { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } = await import('hyparquet');
  for (const file of files) {
    try {
      const buffer = await asyncBufferFromFile(file);
      const metadata = await parquetMetadataAsync(buffer);
      const total = Number(metadata.num_rows);
      for (let start = 0; start < total; start += BATCH) {
        const end = Math.min(total, start + BATCH);
        const rows = await parquetReadObjects({ file: buffer, metadata, rowStart: start, rowEnd: end });
        yield chunkOf(file, rows, start);
      }
    } catch (cause) {
      throw new DataError(
        {
          message: `the Parquet file cannot be read for an export (${cause instanceof Error ? cause.message : String(cause)})`,
          hint: 'write it without compression or with snappy, or name a text file',
          where: { file },
        },
        { cause },
      );
    }
  }
}

function chunkOf(file: string, rows: readonly Record<string, unknown>[], start: number): RowChunk {
  const columns = new Map<string, Cell[]>();
  rows.forEach((row, index) => {
    for (const [name, cell] of cellsOf('', row)) {
      const cells = columns.get(name) ?? new Array<Cell>(rows.length).fill(null);
      cells[index] = cell;
      columns.set(name, cells);
    }
  });
  return { file, columns, lines: rows.map((_, index) => start + index + 1) };
}

function* cellsOf(
  prefix: string,
  fields: Readonly<Record<string, unknown>>,
): Generator<readonly [string, Cell]> {
  for (const [key, value] of Object.entries(fields)) {
    const name = `${prefix}${key}`;
    if (value === null || value === undefined) yield [name, null];
    else if (Array.isArray(value)) yield [name, listOf(value)];
    else if (value instanceof Date) yield [name, value.toISOString()];
    else if (typeof value !== 'object') yield [name, String(value)];
    else if (ArrayBuffer.isView(value))
      yield [name, Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')];
    else yield* cellsOf(`${name}.`, value as Record<string, unknown>);
  }
}

function listOf(values: readonly unknown[]): Cell {
  const isFlat = values.every((value) => ['string', 'number', 'bigint', 'boolean'].includes(typeof value));
  return isFlat
    ? values.map(String)
    : JSON.stringify(values, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}
