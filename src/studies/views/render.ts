/** What each study shows in the formats of a page. */

import {
  type CsvTable,
  type Page,
  type PageFormat,
  renderPage,
  type TerminalView,
} from '../../reports/index.ts';
import type { AaResult } from '../aa/aa.ts';
import type { DiscoverResult } from '../discover/result.ts';
import type { FamiliesResult } from '../families/families.ts';
import type { PowerResult } from '../power/power.ts';
import type { ReportResult } from '../report/result.ts';
import type { StrategiesResult } from '../strategies/strategies.ts';
import { aaCsv, aaPage } from './aa-page.ts';
import { discoverCsv } from './discover-csv.ts';
import { discoverPage } from './discover-page.ts';
import { familiesCsv, familiesPage } from './families-page.ts';
import { powerCsv, powerPage } from './power-page.ts';
import { reportCsv } from './report-csv.ts';
import { reportPage } from './report-page.ts';
import { reportView } from './report-view.ts';
import { strategiesCsv, strategiesPage } from './strategies-page.ts';

/** Result of any study. */
export type StudyResult =
  | PowerResult
  | AaResult
  | StrategiesResult
  | DiscoverResult
  | FamiliesResult
  | ReportResult;

/**
 * The result as text in one format.
 *
 * @example renderStudy(await runPower(request, ports), 'markdown')
 */
export function renderStudy(
  result: StudyResult,
  format: PageFormat,
  view: Partial<TerminalView> = {},
): string {
  return renderPage(
    { page: () => pageOf(result, format, view), document: result, csv: () => csvOf(result) },
    format,
    view,
  );
}

function pageOf(result: StudyResult, format: PageFormat, view: Partial<TerminalView>): Page {
  switch (result.study) {
    case 'power':
      return powerPage(result);
    case 'aa':
      return aaPage(result);
    case 'strategies':
      return strategiesPage(result);
    case 'discover':
      return discoverPage(result);
    case 'families':
      return familiesPage(result);
    case 'report':
      return reportPage(result, reportView(format, view));
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
    case 'discover':
      return discoverCsv(result);
    case 'families':
      return familiesCsv(result);
    case 'report':
      return reportCsv(result);
  }
}
