/** One answer, four formats: for terminals, pull requests, machines and spreadsheets. */

import { csvCell } from '../csv.ts';
import { markdownPage } from './markdown-page.ts';
import type { CsvTable, Page } from './page.ts';
import { type TerminalView, terminalPage } from './terminal-page.ts';

export const PAGE_FORMATS = ['terminal', 'markdown', 'json', 'csv'] as const;

export type PageFormat = (typeof PAGE_FORMATS)[number];

/** What the formats show: the page for people, the document for machines, the main table for spreadsheets. */
export interface PageSource {
  readonly page: () => Page;
  readonly document: unknown;
  readonly csv: () => CsvTable;
}

/**
 * The answer as text in one format. Numbers are only spelled here.
 *
 * @example renderPage({ page: () => page, document: result, csv: () => [['slice', 'n']] }, 'csv') // 'slice,n\r\n'
 */
export function renderPage(source: PageSource, format: PageFormat, view: Partial<TerminalView> = {}): string {
  switch (format) {
    case 'terminal':
      return terminalPage(source.page(), { columns: 80, ascii: false, all: false, ...view });
    case 'markdown':
      return markdownPage(source.page());
    case 'json':
      return `${harmless(JSON.stringify(source.document, null, 2))}\n`;
    case 'csv':
      return source
        .csv()
        .map((row) => `${row.map(csvCell).join(',')}\r\n`)
        .join('');
  }
}

/** JSON leaves DEL and the C1 controls as they are, and terminals obey some of them; the escape means the same text. */
function harmless(text: string): string {
  return text.replace(
    /[\u007f-\u009f]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
