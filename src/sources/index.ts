/** Readers of recorded result files: what is in them, and their rows as results. */

export {
  type Curve,
  compareBytes,
  type Damage,
  type ExperimentRun,
  type ExperimentSet,
  type ExperimentsRequest,
  isMetricName,
  type MlflowConnection,
  metricValue,
  openExperiments,
  type RunDataset,
  type RunStatus,
} from './experiments/index.ts';
export { differs } from './importers/import-notes.ts';
export { IMPORTED_COLUMNS } from './importers/imported-columns.ts';
export { IMPORTER_NAMES, type ImporterName } from './importers/importer.ts';
export type { ImportSummary, MetricSummary, OwnNumber, RunSummary } from './importers/notebook.ts';
export type { ReadImport } from './importers/read-import.ts';
export { callSteps, messageSteps } from './importers/records/index.ts';
export { rowsOfRuns, runsNamed } from './importers/rows-of-runs.ts';
export type { ExpectedTranscript, RowCells, Transcript, TranscriptStep } from './importers/transcript.ts';
export type { TranscriptReader } from './importers/transcript-reader.ts';
export { type OpenedImport, openImport } from './open-import.ts';
export { type OpenedRecords, openRecords, type RecordsRequest } from './open-records.ts';
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
export type { RawRow } from './raw-rows.ts';
export { chooseRunHint, type RunSide } from './run-choice.ts';
export { unknownCases } from './run-roles.ts';
