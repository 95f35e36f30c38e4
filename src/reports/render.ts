/** One document, many views: the registry of output formats. */

import type { Report } from '../gate/index.ts';
import { renderCsv } from './csv.ts';
import { renderAnnotations } from './github.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit/junit.ts';
import { renderMarkdown } from './markdown/markdown.ts';
import { renderSarif } from './sarif.ts';
import { renderTerminal, type TerminalOptions } from './terminal/terminal.ts';

export const FORMATS = ['terminal', 'markdown', 'json', 'junit', 'sarif', 'csv', 'github'] as const;

export type Format = (typeof FORMATS)[number];

/** Only the terminal looks at these. Defaults: 80 columns, no colour, Unicode, a screenful. */
export type ReportOptions = Partial<TerminalOptions>;

type Renderer = (report: Report, options: ReportOptions) => string;

const RENDERERS: Readonly<Record<Format, Renderer>> = {
  terminal: (report, options) =>
    renderTerminal(report, { columns: 80, color: false, ascii: false, all: false, ...options }),
  markdown: (report) => renderMarkdown(report),
  json: renderJson,
  junit: renderJunit,
  sarif: renderSarif,
  csv: renderCsv,
  github: renderAnnotations,
};

/**
 * The report as text in one format. Nothing is computed: every number comes from the document and is only spelled here.
 *
 * @throws InternalError (json only) where the document holds a number that is not finite
 * @example renderReport(report, 'terminal', { columns: 80 }) // 'Ship?     BLOCK: refund_flow lost 7 of 47 ...'
 */
export function renderReport(report: Report, format: Format, options: ReportOptions = {}): string {
  return RENDERERS[format](report, options);
}
