/** A page for terminals: plain text of at most so many columns, names cut, nothing that steers a display. */

import { visible } from '../format/visible.ts';
import { cellWidth, cutNames, pad } from '../terminal/width.ts';
import { wrap } from '../terminal/wrap.ts';
import type { Page, PageSection, PageTable } from './page.ts';

/** How wide, and how much of long tables. */
export interface TerminalView {
  readonly columns: number;
  readonly ascii: boolean;
  readonly all: boolean;
}

const LABEL = 10;
const LEAST_WIDTH = 60;
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
  const widths = columns.map(({ header }, i) =>
    Math.max(cellWidth(header), ...rows.map((row) => cellWidth(i === 0 ? visible(row[i]) : row[i]))),
  );
  const others = widths.slice(1).reduce((sum, size) => sum + size + GAP, 0);
  const nameWidth = Math.min(widths[0], Math.max(LEAST_NAME, width - others));
  const names = cutNames(
    rows.map(([name]) => visible(name)),
    nameWidth,
    ascii ? '~' : '…',
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => pad(cell, i === 0 ? nameWidth : widths[i], columns[i].align))
      .join(' '.repeat(GAP))
      .trimEnd();
  const left = table.rows.length - rows.length;
  return [
    ...(title === null ? [] : wrap(visible(title), { width, first: '', indent: SECTION_INDENT })),
    line(columns.map(({ header }) => header)),
    ...rows.map((row, i) => line([names[i], ...row.slice(1)])),
    ...(left > 0 ? [`and ${left} more (--all shows them)`] : []),
  ];
}
