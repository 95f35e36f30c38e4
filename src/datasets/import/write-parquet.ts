/** Writes rows as Parquet, a row group for each chunk, so that memory stays bounded. */

import type { SchemaElement } from 'hyparquet';
import type { RowChunk } from '../../cases/index.ts';
import { cellValue, type RowColumn } from './row-kinds.ts';

/** Rows of a row group at most; chunks of long texts make smaller ones. */
const GROUP_ROWS = 10_000;

/** Writes every row; missing cells are null. Columns that no row fills stay texts. */
export async function writeParquet(
  path: string,
  columns: readonly RowColumn[],
  chunks: AsyncIterable<RowChunk>,
): Promise<void> {
  const { ParquetWriter, fileWriter } = await import('hyparquet-writer');
  const schema: SchemaElement[] = [
    { name: 'root', num_children: columns.length },
    ...columns.flatMap(schemaOf),
  ];
  const writer = new ParquetWriter({ writer: fileWriter(path), schema });
  for await (const chunk of chunks) {
    writer.write({
      columnData: columns.map(({ name, kind }) => ({ name, data: valuesOf(chunk, { name, kind }) })),
      rowGroupSize: GROUP_ROWS,
    });
  }
  writer.finish();
}

function valuesOf({ columns, lines }: RowChunk, { name, kind }: RowColumn): unknown[] {
  const cells = columns.get(name);
  return lines.map((_, row) => cellValue(cells?.[row] ?? null, kind));
}

function schemaOf({ name, kind }: RowColumn): SchemaElement[] {
  if (kind === 'number') return [{ name, type: 'DOUBLE', repetition_type: 'OPTIONAL' }];
  if (kind === 'boolean') return [{ name, type: 'BOOLEAN', repetition_type: 'OPTIONAL' }];
  if (kind === 'text') return [textElement(name)];
  return [
    { name, repetition_type: 'OPTIONAL', converted_type: 'LIST', num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    textElement('element'),
  ];
}

function textElement(name: string): SchemaElement {
  return { name, type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL', converted_type: 'UTF8' };
}
