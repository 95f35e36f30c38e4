/** One study, four formats: for terminals, pull requests, machines and spreadsheets. */

import { csvCell } from '../../reports/index.ts';
import type { AaResult } from '../aa/aa.ts';
import type { PowerResult } from '../power/power.ts';
import type { StrategiesResult } from '../strategies/strategies.ts';
import { aaCsv, aaPage } from './aa-page.ts';
import { markdownPage } from './markdown.ts';
import type { CsvTable, Page } from './page.ts';
import { powerCsv, powerPage } from './power-page.ts';
import { strategiesCsv, strategiesPage } from './strategies-page.ts';
import { type TerminalView, terminalPage } from './terminal.ts';

export const STUDY_FORMATS = ['terminal', 'markdown', 'json', 'csv'] as const;

export type StudyFormat = (typeof STUDY_FORMATS)[number];

/** Result of any study. */
export type StudyResult = PowerResult | AaResult | StrategiesResult;

/**
 * The result as text in one format. Numbers are only spelled here.
 *
 * @example renderStudy(await runPower(request, ports), 'markdown')
 */
export function renderStudy(
  result: StudyResult,
  format: StudyFormat,
  view: Partial<TerminalView> = {},
): string {
  switch (format) {
    case 'terminal':
      return terminalPage(pageOf(result), { columns: 80, ascii: false, all: false, ...view });
    case 'markdown':
      return markdownPage(pageOf(result));
    case 'json':
      return `${harmless(JSON.stringify(result, null, 2))}\n`;
    case 'csv':
      return csvOf(result)
        .map((row) => `${row.map(csvCell).join(',')}\r\n`)
        .join('');
  }
}

function pageOf(result: StudyResult): Page {
  switch (result.study) {
    case 'power':
      return powerPage(result);
    case 'aa':
      return aaPage(result);
    case 'strategies':
      return strategiesPage(result);
  }
}

function csvOf(result: StudyResult): CsvTable {
  switch (result.study) {
    case 'power':
      return powerCsv(result);
    case 'aa':
      return aaCsv(result);
    case 'strategies':
      return strategiesCsv(result);
  }
}

/** JSON leaves DEL and the C1 controls as they are, and terminals obey some of them; the escape means the same text. */
function harmless(text: string): string {
  return text.replace(
    /[\u007f-\u009f]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
