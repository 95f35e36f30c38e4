/** The numbers behind a figure, as CSV and Markdown. */

import { csvCell } from '../../../src/reports/csv.ts';
import { prose } from '../../../src/reports/markdown/escape.ts';

/** What a figure shows, as a table; null is an empty cell. */
export interface FigureTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** RFC 4180; cells that a spreadsheet would compute are defused. */
export function tableCsv({ columns, rows }: FigureTable): string {
  return [columns, ...rows]
    .map((row) => row.map((cell) => csvCell(cell)).join(','))
    .join('\r\n')
    .concat('\r\n');
}

/** A GitHub table; foreign text does nothing in it. */
export function tableMarkdown({ columns, rows }: FigureTable): string {
  const line = (cells: readonly (string | number | null)[]) =>
    `| ${cells.map((cell) => (cell === null ? '' : prose(String(cell)))).join(' | ')} |`;
  return [line(columns), `|${columns.map(() => '---').join('|')}|`, ...rows.map(line), ''].join('\n');
}
