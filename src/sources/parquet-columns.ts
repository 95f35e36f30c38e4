/** Reads the schema of a Parquet file; the engine reads its rows. */

import type { SchemaTree } from 'hyparquet';
import { DataError } from '../errors.ts';

/** What is known of a Parquet file before an engine reads it. */
export interface ParquetShape {
  /** Names of values: a struct's fields as dotted names, a list or map under its own name. */
  readonly columns: readonly string[];
  readonly rows: number;
}

/** @throws DataError where the file is no whole Parquet file */
export async function readParquetShape(path: string, label: string): Promise<ParquetShape> {
  // Loaded only for Parquet: other runs start faster without it.
  const { asyncBufferFromFile, parquetMetadataAsync, parquetSchema } = await import('hyparquet');
  try {
    const metadata = await parquetMetadataAsync(await asyncBufferFromFile(path));
    return {
      columns: parquetSchema(metadata).children.flatMap((column) => names(column, '')),
      rows: Number(metadata.num_rows),
    };
  } catch (cause) {
    throw new DataError(
      {
        message: `the file is not a whole Parquet file (${cause instanceof Error ? cause.message : String(cause)})`,
        hint: 'make or copy the file again',
        where: { file: label },
      },
      { cause },
    );
  }
}

function names({ element, children }: SchemaTree, prefix: string): readonly string[] {
  const name = `${prefix}${element.name}`;
  const kind = element.logical_type?.type ?? element.converted_type;
  const isStruct = children.length > 0 && kind !== 'LIST' && kind !== 'MAP' && kind !== 'MAP_KEY_VALUE';
  return isStruct ? children.flatMap((child) => names(child, `${name}.`)) : [name];
}
