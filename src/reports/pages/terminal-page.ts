/** A page for terminals: plain text of at most so many columns, names cut, nothing that steers a display. */

import { visible } from '../format/visible.ts';
import { cellWidth, cutEnd, cutNames, pad } from '../terminal/width.ts';
import { wrap } from '../terminal/wrap.ts';
import type { Page, PageSection, PageTable } from './page.ts';

/** How wide, and how much of long tables. */
export interface TerminalView {
  readonly columns: number;
  readonly ascii: boolean;
  readonly all: boolean;
}

const LABEL = 10;
const LEAST_WIDTH = 40;
/** From here on a wide table may run over: whoever pipes a report wants its columns. */
const TABLE_WIDTH = 80;
const LEAST_NAME = 8;
const GAP = 2;
const SECTION_INDENT = 2;

/** The page as text, ending in a line break. */
export function terminalPage(page: Page, view: TerminalView): string {
  const width = Math.max(LEAST_WIDTH, view.columns);
  const blocks = [
    page.answers.flatMap(({ label, text }) =>
      wrap(visible(text), { width, first: pad(label, LABEL, 'left'), indent: LABEL }),
    ),
    ...shownSections(page, view).map((section) => sectionLines(section, width)),
    leftOut(page, view),
    ...page.tables.filter(({ rows }) => rows.length > 0).map((table) => tableLines(table, width, view)),
    (page.paste ?? []).map(visible),
    page.notes.flatMap((note) => wrap(visible(note), { width, first: '- ', indent: 2 })),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function shownSections({ sections = [] }: Page, { all }: TerminalView): readonly PageSection[] {
  return sections.filter(({ isMore }) => all || isMore !== true);
}

function leftOut(page: Page, view: TerminalView): readonly string[] {
  const left = (page.sections ?? []).length - shownSections(page, view).length;
  return left === 0 ? [] : [`and ${left} more (--all shows them)`];
}

function sectionLines({ title, lines }: PageSection, width: number): string[] {
  const label = SECTION_INDENT + Math.max(...lines.map((line) => cellWidth(line.label))) + GAP;
  return [
    ...wrap(visible(title), { width, first: '', indent: SECTION_INDENT }),
    ...lines.flatMap((line) =>
      wrap(visible(line.text), {
        width,
        first: pad(`${' '.repeat(SECTION_INDENT)}${line.label}`, label, 'left'),
        indent: label,
      }),
    ),
  ];
}

function tableLines(table: PageTable, width: number, { ascii, all }: TerminalView): string[] {
  const { columns, title } = table;
  const rows = all ? table.rows : table.rows.slice(0, table.most);
  const mark = ascii ? '~' : '…';
  const widths = columns.map(({ header }, i) =>
    Math.max(cellWidth(header), ...rows.map((row) => cellWidth(i === 0 ? visible(row[i]) : row[i]))),
  );
  const others = widths.slice(1).reduce((sum, size) => sum + size + GAP, 0);
  const nameWidth = Math.min(widths[0], Math.max(LEAST_NAME, width - others));
  if (nameWidth + others > width && width < TABLE_WIDTH) return stackedLines(table, rows, width, mark);
  const names = cutNames(
    rows.map(([name]) => visible(name)),
    nameWidth,
    mark,
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => pad(cell, i === 0 ? nameWidth : widths[i], columns[i].align))
      .join(' '.repeat(GAP))
      .trimEnd();
  return [
    ...titleLines(title, width),
    line(columns.map(({ header }, i) => (i === 0 ? cutEnd(header, nameWidth, mark) : header))),
    ...rows.map((row, i) => line([names[i], ...row.slice(1)])),
    ...restLines(table, rows),
  ];
}

/** A table that is too wide for a narrow terminal: the name of each row, and below it every cell with its header. */
function stackedLines(table: PageTable, rows: PageTable['rows'], width: number, mark: string): string[] {
  const headers = table.columns.slice(1).map(({ header }) => header);
  const names = cutNames(
    rows.map(([name]) => visible(name)),
    width,
    mark,
  );
  return [
    ...titleLines(table.title, width),
    ...rows.flatMap((row, at) => {
      const cells = row.slice(1).flatMap((cell, i) => (cell === '' ? [] : [`${headers[i]} ${cell}`.trim()]));
      const indent = { width, first: ' '.repeat(SECTION_INDENT), indent: SECTION_INDENT };
      return [names[at]!, ...(cells.length === 0 ? [] : wrap(cells.join(', '), indent))];
    }),
    ...restLines(table, rows),
  ];
}

function titleLines(title: string | null, width: number): readonly string[] {
  return title === null ? [] : wrap(visible(title), { width, first: '', indent: SECTION_INDENT });
}

function restLines(table: PageTable, rows: PageTable['rows']): readonly string[] {
  const left = table.rows.length - rows.length;
  return left > 0 ? [`and ${left} more (--all shows them)`] : [];
}
