/** Writes one run's rows as Parquet. */

import { type Cell, type ColumnMapping, caseKey } from '../../cases/index.ts';
import { compareText } from '../../slices/index.ts';
import { cellText, hashedText } from '../cell.ts';
import { type FileColumn, listColumn, numberColumn, textColumn, writeColumns } from '../parquet-file.ts';
import { hashedColumns, WRITTEN, WRITTEN_NAMES, writtenMapping } from '../written-columns.ts';
import type { CaseTable, SideCases } from './case-table.ts';

/** See `Engine.writeRows`. */
export async function writeSide(
  table: CaseTable,
  side: SideCases,
  file: string,
  options: { readonly texts: boolean },
): Promise<ColumnMapping> {
  await writeColumns(file, writtenColumns(table, side, options.texts));
  return writtenMapping(side.rows.mapping);
}

function writtenColumns(table: CaseTable, side: SideCases, texts: boolean): readonly FileColumn[] {
  const { rows, order } = side;
  // `order` already runs by case and trial.
  const inOrder = <T>(column: readonly T[]): T[] => Array.from(order, (row) => column[row]!);
  const hashKeys = !texts && caseKey(rows.mapping) === 'input';
  const keys = inOrder(rows.caseId);
  const errors = inOrder(rows.status).map((status) => (status === 'error' ? 'error' : null));
  const hashed = hashedColumns(rows.mapping, texts);
  const attributes = [...rows.columns.keys()]
    .sort(compareText)
    .filter((name) => !WRITTEN_NAMES.has(name))
    .map((name) => {
      const cells = inOrder(rows.columns.get(name)!);
      if (hashed.has(name)) return textColumn(name, cells.map(hashedCell));
      return table.listColumns.has(name) ? listColumn(name, cells) : textColumn(name, cells);
    });
  return [
    textColumn(WRITTEN.caseId, hashKeys ? keys.map(hashedText) : keys),
    textColumn(WRITTEN.trial, inOrder(rows.trial)),
    numberColumn(WRITTEN.passed, inOrder(rows.passed)),
    textColumn(WRITTEN.error, errors),
    ...attributes,
  ];
}

function hashedCell(cell: Cell): string | null {
  const text = cellText(cell);
  return text === null ? null : hashedText(text);
}
