/** Lays texts out in columns of terminal cells. */

import type { Paint } from './style.ts';
import { cellWidth, pad } from './width.ts';

/** One column of a table; every column of a table has the same number of cells. */
export interface Column {
  readonly header: string;
  readonly align: 'left' | 'right';
  readonly cells: readonly string[];
}

/** Cells that a column needs. */
export function columnWidth(column: Column): number {
  return Math.max(cellWidth(column.header), ...column.cells.map(cellWidth));
}

/**
 * Header and rows as lines, columns one blank apart, no blanks at line ends.
 * `paint` colours whole rows after they were laid out; the header is painted by `headerPaint`.
 */
export function layOut(
  columns: readonly Column[],
  paint: (row: number) => Paint,
  headerPaint: Paint,
): readonly string[] {
  const widths = columns.map(columnWidth);
  const line = (cellAt: (column: Column) => string): string =>
    columns
      .map((column, index) => pad(cellAt(column), widths[index]!, column.align))
      .join(' ')
      .trimEnd();
  const rows = columns[0]?.cells.map((_, row) => paint(row)(line((column) => column.cells[row]!))) ?? [];
  return [headerPaint(line((column) => column.header)), ...rows];
}
