/** Writes columns of texts and lists to a Parquet file, without DuckDB. */

import type { SchemaElement } from 'hyparquet';
import type { Cell } from '../cases/index.ts';

/** One column, ready to be written. */
export interface FileColumn {
  readonly name: string;
  readonly data: readonly unknown[];
  readonly schema: readonly SchemaElement[];
}

/** Replaces the file. */
export async function writeColumns(file: string, columns: readonly FileColumn[]): Promise<void> {
  const { parquetWriteFile } = await import('hyparquet-writer');
  parquetWriteFile({
    filename: file,
    columnData: columns.map(({ name, data }) => ({ name, data: [...data] })),
    schema: [{ name: 'root', num_children: columns.length }, ...columns.flatMap(({ schema }) => schema)],
  });
}

/** A column of texts; null is missing. */
export function textColumn(name: string, data: readonly Cell[]): FileColumn {
  return { name, data, schema: [textElement(name)] };
}

/** A column of whole numbers; null is missing. */
export function numberColumn(name: string, data: readonly (number | null)[]): FileColumn {
  return { name, data, schema: [{ name, type: 'INT32', repetition_type: 'OPTIONAL' }] };
}

/** A column of lists of texts; null is missing. */
export function listColumn(name: string, data: readonly Cell[]): FileColumn {
  return {
    name,
    data,
    schema: [
      { name, repetition_type: 'OPTIONAL', converted_type: 'LIST', num_children: 1 },
      { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
      textElement('element'),
    ],
  };
}

function textElement(name: string): SchemaElement {
  return { name, type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL', converted_type: 'UTF8' };
}
