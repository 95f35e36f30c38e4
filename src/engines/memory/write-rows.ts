/** Writes one run's rows as Parquet. */

import type { SchemaElement } from 'hyparquet';
import type { Cell, ColumnMapping } from '../../cases/index.ts';
import { compareText } from '../../slices/index.ts';
import { cellText, hashedText } from '../cell.ts';
import { hashedColumns, WRITTEN, WRITTEN_NAMES, writtenMapping } from '../written-columns.ts';
import type { CaseTable, SideCases } from './case-table.ts';

interface WrittenColumn {
  readonly name: string;
  readonly data: readonly unknown[];
  readonly schema: readonly SchemaElement[];
}

/** See `Engine.writeRows`. */
export async function writeSide(
  table: CaseTable,
  side: SideCases,
  file: string,
  options: { readonly texts: boolean },
): Promise<ColumnMapping> {
  const { parquetWriteFile } = await import('hyparquet-writer');
  const columns = writtenColumns(table, side, options.texts);
  parquetWriteFile({
    filename: file,
    columnData: columns.map(({ name, data }) => ({ name, data: [...data] })),
    schema: [{ name: 'root', num_children: columns.length }, ...columns.flatMap(({ schema }) => schema)],
  });
  return writtenMapping(side.rows.mapping);
}

function writtenColumns(table: CaseTable, side: SideCases, texts: boolean): readonly WrittenColumn[] {
  const { rows, order } = side;
  // `order` already runs by case and trial.
  const inOrder = <T>(column: readonly T[]): T[] => Array.from(order, (row) => column[row]!);
  const hashKeys = !texts && rows.mapping.caseId === undefined;
  const keys = inOrder(rows.caseId);
  const columns: WrittenColumn[] = [
    textColumn(WRITTEN.caseId, hashKeys ? keys.map(hashedText) : keys),
    textColumn(WRITTEN.trial, inOrder(rows.trial)),
    { name: WRITTEN.passed, data: inOrder(rows.passed), schema: [optional(WRITTEN.passed, 'INT32')] },
    textColumn(
      WRITTEN.error,
      inOrder(rows.status).map((status) => (status === 'error' ? 'error' : null)),
    ),
  ];
  const hashed = hashedColumns(rows.mapping, texts);
  for (const name of [...rows.columns.keys()].sort(compareText)) {
    if (WRITTEN_NAMES.has(name)) continue;
    const cells = inOrder(rows.columns.get(name)!);
    if (hashed.has(name)) columns.push(textColumn(name, cells.map(hashedCell)));
    else if (table.listColumns.has(name)) columns.push(listColumn(name, cells));
    else columns.push(textColumn(name, cells));
  }
  return columns;
}

function hashedCell(cell: Cell): string | null {
  const text = cellText(cell);
  return text === null ? null : hashedText(text);
}

function optional(name: string, type: 'INT32' | 'BYTE_ARRAY'): SchemaElement {
  return {
    name,
    type,
    repetition_type: 'OPTIONAL',
    ...(type === 'BYTE_ARRAY' ? { converted_type: 'UTF8' } : {}),
  };
}

function textColumn(name: string, data: readonly Cell[]): WrittenColumn {
  return { name, data, schema: [optional(name, 'BYTE_ARRAY')] };
}

function listColumn(name: string, data: readonly Cell[]): WrittenColumn {
  return {
    name,
    data,
    schema: [
      { name, repetition_type: 'OPTIONAL', converted_type: 'LIST', num_children: 1 },
      { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
      optional('element', 'BYTE_ARRAY'),
    ],
  };
}
