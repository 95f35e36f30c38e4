/** The audit of logs as text in one format. */

import { type PageFormat, renderPage, type TerminalView } from '../../reports/index.ts';
import { logsCsv, logsPage } from './logs-page.ts';
import type { LogsReport } from './logs-report.ts';

/** Numbers are only spelled here. */
export function renderLogs(report: LogsReport, format: PageFormat, view: Partial<TerminalView> = {}): string {
  return renderPage(
    { page: () => logsPage(report), document: report, csv: () => logsCsv(report) },
    format,
    view,
  );
}
