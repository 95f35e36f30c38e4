/** `slicewise import`: reads the results of another tool, says what was understood, and writes the rows. */

import { resolve } from 'node:path';
import { DataError, UsageError } from '../../errors.ts';
import { type PageFormat, renderPage, type TerminalView } from '../../reports/index.ts';
import { openImport, type RunRequest, runsNamed } from '../../sources/index.ts';
import { importCsv, importPage } from './import-page.ts';
import { type ImportReport, importReport } from './import-report.ts';
import { rowFileFormat, writeImport } from './write-import.ts';

/** What to import, and where to. */
export interface ImportRequest {
  readonly files: readonly string[];
  readonly cwd: string;
  readonly stdin?: AsyncIterable<Uint8Array>;
  readonly from: RunRequest['from'];
  readonly score: string | null;
  /** The run whose rows are written, or a pattern such as `gpt2:*`; null writes all. */
  readonly run: string | null;
  /** A `.parquet` or `.jsonl` file (`.gz`, `.zst`); null writes nothing. */
  readonly output: string | null;
}

/**
 * Imports files. Nothing is written where the files have a problem or hold no run of the name.
 *
 * @throws DataError with every problem, UsageError for an ending that names no format
 */
export async function runImport(request: ImportRequest): Promise<ImportReport> {
  const { output, run, cwd } = request;
  if (output !== null) rowFileFormat(output);
  const opened = await openImport(request);
  const { runs } = opened.read.summary;
  const chosen =
    run === null
      ? null
      : runsNamed(
          runs.map((one) => one.run),
          run,
        );
  if (chosen?.length === 0) {
    throw new DataError({
      message: `there is no run ${JSON.stringify(run)}; the runs are ${runs.map((one) => JSON.stringify(one.run)).join(', ') || 'none'}`,
      hint: 'name one of these runs',
      where: { file: opened.files[0]! },
    });
  }
  if (output !== null && opened.files.some((file) => resolve(cwd, file) === resolve(cwd, output))) {
    throw new UsageError({
      message: `${output} is an input and is not written over`,
      hint: 'name another file',
    });
  }
  const hasRows = runs.some((one) => one.rows > 0);
  if (output === null || !hasRows) return importReport(opened, null);
  const rows = await writeImport(opened.read, chosen && new Set(chosen), resolve(cwd, output));
  return importReport(opened, { file: output, rows, run });
}

/** The report as text in one format. */
export function renderImport(
  report: ImportReport,
  format: PageFormat,
  view: Partial<TerminalView> = {},
): string {
  return renderPage(
    { page: () => importPage(report), document: report, csv: () => importCsv(report) },
    format,
    view,
  );
}
