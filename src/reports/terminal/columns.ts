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

/** Colours of one row: of its last cell, which holds the verdict, and of everything before. */
export interface RowPaint {
  readonly body: Paint;
  readonly verdict: Paint;
}

/** Header and rows as lines, columns one blank apart, no blanks at line ends. Paint is put on after the widths are known. */
export function layOut(
  columns: readonly Column[],
  paint: (row: number) => RowPaint,
  headerPaint: Paint,
): readonly string[] {
  const widths = columns.map(columnWidth);
  const line = (cellAt: (column: Column) => string, { body, verdict }: RowPaint): string => {
    const cells = columns.map((column, index) => pad(cellAt(column), widths[index]!, column.align));
    const last = (cells.pop() ?? '').trimEnd();
    const rest = cells.map((cell) => `${cell} `).join('');
    return last === '' ? body(rest.trimEnd()) : body(rest) + verdict(last);
  };
  const rows = columns[0]?.cells.map((_, row) => line((column) => column.cells[row]!, paint(row))) ?? [];
  return [line((column) => column.header, { body: headerPaint, verdict: headerPaint }), ...rows];
}
