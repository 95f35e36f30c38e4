/** What the pages of a report know about where they are shown. */

import {
  cellWidth,
  cutNames,
  type PageColumn,
  type PageFormat,
  type TerminalView,
  visible,
} from '../../reports/index.ts';

/** Room and taste of the place where a page is shown. */
export interface ReportView {
  /** Columns of a line; Markdown has as many as it needs. */
  readonly columns: number;
  readonly ascii: boolean;
  /** Every row is shown. */
  readonly all: boolean;
  /** Blank rows set groups of a table apart. */
  readonly blankRows: boolean;
}

const MARKDOWN_COLUMNS = 100;

/** The room that a format has. */
export function reportView(format: PageFormat, view: Partial<TerminalView>): ReportView {
  if (format === 'markdown') return { columns: MARKDOWN_COLUMNS, ascii: false, all: false, blankRows: false };
  return { columns: 80, ascii: false, all: false, ...view, blankRows: true };
}

/** Cells of a bar in a table whose other columns take about 80; 0 where there is no room for one. */
export function barCells({ columns }: ReportView): number {
  const room = columns - 82;
  return room < 8 ? 0 : Math.min(30, room);
}

/** A name is cut to no less. */
const LEAST_NAME = 8;

/** Blanks between two columns of a page. */
const GAP = 2;

/**
 * Puts two names into the first cell of each row, each cut on its own to the room that the rest of the rows leaves.
 *
 * @param columns of the table, the one of the names first
 * @param rows the other cells
 */
export function withTwoNames(
  columns: readonly PageColumn[],
  rows: readonly (readonly string[])[],
  pairs: readonly (readonly [first: string, second: string])[],
  between: string,
  { columns: width, ascii, blankRows }: ReportView,
): readonly (readonly string[])[] {
  if (!blankRows) return rows.map((row, i) => [pairs[i]!.join(between), ...row]);
  const taken = columns
    .slice(1)
    .map(({ header }, c) => GAP + Math.max(cellWidth(header), ...rows.map((row) => cellWidth(row[c]!))))
    .reduce((sum, size) => sum + size, 0);
  const room = Math.max(2 * LEAST_NAME, width - taken - between.length);
  const longest = (side: 0 | 1) => Math.max(0, ...pairs.map((pair) => cellWidth(visible(pair[side]))));
  const first = Math.min(longest(0), Math.max(Math.floor(room / 2), room - longest(1)));
  const cut = (side: 0 | 1, cells: number) =>
    cutNames(
      pairs.map((pair) => visible(pair[side])),
      cells,
      ascii ? '~' : '…',
    );
  const [left, right] = [cut(0, first), cut(1, room - first)];
  return rows.map((row, i) => [`${left[i]}${between}${right[i]}`, ...row]);
}
