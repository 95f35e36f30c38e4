/** Readers of recorded result files: what is in them, and their rows as results. */
export { IMPORTER_NAMES, type ImporterName } from './importers/importer.ts';
export { openRows, type RowsRequest } from './open-rows.ts';
export { openRun } from './open-run.ts';
export {
  type ImportedRun,
  type OpenedRun,
  type RunRequest,
  type RunSource,
  SOURCE_FORMATS,
  type SourceFormat,
} from './opened-run.ts';
export type { RunSide } from './run-choice.ts';
