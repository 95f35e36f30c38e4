/** What the pages of a report know about where they are shown. */

import type { PageFormat, TerminalView } from '../../reports/index.ts';

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
