/** `slicewise experiments log`: writes a gate's report into the MLflow run that it is about. */

import { resolve } from 'node:path';
import { countOf, type Page, type PageFormat, renderPage, renderReport } from '../../../reports/index.ts';
import type { MlflowConnection } from '../../../sources/index.ts';
import { gateFigures } from './gate-figures.ts';
import type { LoggedFile, LogResult } from './log-result.ts';
import { logToFolder } from './log-to-folder.ts';
import { logToServer } from './log-to-server.ts';
import { readGateReport } from './read-gate-report.ts';

/** What to write where. */
export interface LogRequest {
  readonly report: string;
  readonly runId: string;
  readonly cwd: string;
  /** A server, or a folder relative to `cwd`. */
  readonly to: MlflowConnection | string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What was written. */
export interface LogReport extends LogResult {
  readonly verdict: string;
  readonly run: string;
  readonly to: string;
}

/**
 * Writes metrics per slice, tags of the verdict, and the report as a file of the run (JSON and Markdown).
 *
 * @throws DataError for what is no report, and where MLflow refuses; UsageError for runs that do not exist
 */
export async function runLog(request: LogRequest): Promise<LogReport> {
  const { runId, cwd, to, now } = request;
  const { report, bytes } = await readGateReport(request.report, cwd);
  const figures = gateFigures(report);
  const files: readonly LoggedFile[] = [
    { name: 'slicewise/report.json', bytes, type: 'application/json' },
    {
      name: 'slicewise/report.md',
      bytes: Buffer.from(renderReport(report, 'markdown')),
      type: 'text/markdown',
    },
  ];
  const result =
    typeof to === 'string'
      ? await logToFolder(resolve(cwd, to), runId, figures, files, now)
      : await logToServer(to, runId, figures, files, now);
  return { ...result, verdict: report.verdict, run: runId, to: typeof to === 'string' ? to : to.address };
}

/** The answer as text. */
export function renderLog(report: LogReport, format: PageFormat): string {
  const page = (): Page => ({
    answers: [
      { label: 'Logged', text: `${report.verdict} into run ${report.run} of ${report.to}` },
      {
        label: 'Written',
        text: `${countOf(report.metrics, 'metric')}, ${countOf(report.tags, 'tag')}${report.files.length === 0 ? '' : `, ${report.files.join(', ')}`}`,
      },
    ],
    tables: [],
    notes: report.notes,
  });
  const csv = () => [
    ['run_id', 'verdict', 'metrics', 'tags', 'files'],
    [report.run, report.verdict, report.metrics, report.tags, report.files.join(' ')],
  ];
  return renderPage({ page, document: report, csv }, format);
}
