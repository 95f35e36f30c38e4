/** Reads the rows of a Parquet file as every other reader hands them on, some thousand at a time. */

import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import type { Cell, RowChunk } from '../cases/index.ts';
import { DataError } from '../errors.ts';
import { CHUNK_ROWS, createChunkBuilder } from './chunk-builder.ts';

/** Objects below this many names stay JSON text. */
const DEEPEST_NAME = 6;

/**
 * The rows in chunks; lines are row numbers from 1. Structs become dotted names, lists of texts list cells, other lists JSON.
 *
 * @param only names of columns to read; all where left out
 * @throws DataError where the file is damaged
 */
export async function* readParquetRows(
  path: string,
  label: string,
  only?: readonly string[],
): AsyncGenerator<RowChunk> {
  const { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, parquetSchema } = await import(
    'hyparquet'
  );
  try {
    const file = await asyncBufferFromFile(path);
    const metadata = await parquetMetadataAsync(file);
    const compressors = {
      GZIP: (input: Uint8Array) => new Uint8Array(gunzipSync(input)),
      ZSTD: (input: Uint8Array) => new Uint8Array(zstdDecompressSync(input)),
    };
    const builder = createChunkBuilder(label);
    const columns = parquetSchema(metadata)
      .children.map(({ element }) => element.name)
      .filter((name) => only?.some((one) => one === name || one.startsWith(`${name}.`)) !== false);
    const rows = Number(metadata.num_rows);
    for (let rowStart = 0; rowStart < rows; rowStart += CHUNK_ROWS) {
      const rowEnd = Math.min(rows, rowStart + CHUNK_ROWS);
      const objects = await parquetReadObjects({ file, metadata, columns, rowStart, rowEnd, compressors });
      for (const [at, object] of objects.entries()) {
        const characters = setCells(builder, object, '', 0);
        builder.endRow(rowStart + at + 1, characters);
        if (builder.isFull()) yield builder.take()!;
      }
    }
    const last = builder.take();
    if (last !== null) yield last;
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    throw new DataError(
      {
        message: `the Parquet file cannot be read (${cause instanceof Error ? cause.message : String(cause)})`,
        hint: 'make or copy the file again',
        where: { file: label },
      },
      { cause },
    );
  }
}

function setCells(
  builder: ReturnType<typeof createChunkBuilder>,
  object: Readonly<Record<string, unknown>>,
  prefix: string,
  depth: number,
): number {
  let characters = 0;
  for (const [key, value] of Object.entries(object)) {
    const name = `${prefix}${key}`;
    if (isStruct(value) && depth < DEEPEST_NAME) {
      characters += setCells(builder, value, `${name}.`, depth + 1);
      continue;
    }
    const cell = cellOf(value);
    builder.set(builder.column(name), cell);
    characters += cell === null ? 1 : cell.length;
  }
  return characters;
}

function isStruct(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Date) &&
    !ArrayBuffer.isView(value)
  );
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value) && value.every((part) => typeof part === 'string')) return value;
  if (typeof value === 'object') return JSON.stringify(value, (_, part: unknown) => plain(part));
  return String(value);
}

function plain(value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
