/** A page as GitHub Markdown; names are code, so that nothing in them comes alive. */

import { visible } from '../format/visible.ts';
import { code, prose } from '../markdown/escape.ts';
import type { Page, PageSection, PageTable } from './page.ts';

/** The page as Markdown, ending in a line break. */
export function markdownPage(page: Page): string {
  const blocks = [
    page.answers.map(({ label, text }) => `**${label}** ${prose(text)}`).join('  \n'),
    ...(page.sections ?? []).flatMap(sectionText),
    ...page.tables.filter(({ rows }) => rows.length > 0).flatMap(tableText),
    pasteText(page.paste ?? []),
    page.notes.map((note) => `- ${prose(note)}`).join('\n'),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** A fence longer than any in the text, so that nothing in it can close it. */
function pasteText(lines: readonly string[]): string {
  if (lines.length === 0) return '';
  const longest = Math.max(
    2,
    ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)),
  );
  const fence = '`'.repeat(longest + 1);
  return [`${fence}yaml`, ...lines.map(visible), fence].join('\n');
}

function sectionText({ title, lines }: PageSection): string[] {
  return [`#### ${code(title)}`, lines.map(({ label, text }) => `- **${label}:** ${prose(text)}`).join('\n')];
}

function tableText({ title, columns, rows }: PageTable): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const table = [
    line(columns.map(({ header }) => header)),
    line(columns.map(({ align }) => (align === 'left' ? '---' : '---:'))),
    ...rows.map(([name, ...cells]) => line([name === '' ? '' : code(name), ...cells])),
  ].join('\n');
  return title === null ? [table] : [prose(title), table];
}
