/** What an import understood, as one document. */

import type { ImporterName, ImportSummary, OpenedImport } from '../../sources/index.ts';
import { VERSION } from '../../version.ts';

/** The document of `slicewise import`. */
export interface ImportReport extends ImportSummary {
  readonly document: 'import';
  readonly version: string;
  readonly format: ImporterName;
  /** What people call the tool. */
  readonly tool: string;
  readonly files: readonly string[];
  readonly bytes: number;
  /** Files of a folder that are not the tool's. */
  readonly leftOut: readonly string[];
  readonly columns: readonly string[];
  readonly rows: number;
  /** Rows that were scored or failed with an error: what a gate can use. */
  readonly usableRows: number;
  readonly written: { readonly file: string; readonly rows: number; readonly run: string | null } | null;
}

/**
 * The document of an opened import.
 *
 * @param written where the rows went, if anywhere
 */
export function importReport(opened: OpenedImport, written: ImportReport['written']): ImportReport {
  const { format, label, files, bytes, leftOut, notes, read } = opened;
  const { summary, columns } = read;
  const sum = (count: (run: ImportSummary['runs'][number]) => number): number =>
    summary.runs.reduce((total, run) => total + count(run), 0);
  return {
    document: 'import',
    version: VERSION,
    format,
    tool: label,
    files,
    bytes,
    leftOut,
    columns,
    rows: sum(({ rows }) => rows),
    usableRows: sum(({ scored, errors }) => scored + errors),
    ...summary,
    notes: [...notes, ...summary.notes],
    written,
  };
}
