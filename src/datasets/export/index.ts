/** Runs written in the formats of other tools. */
export {
  EXPORT_TARGETS,
  type ExportRequest,
  type ExportSummary,
  type ExportTarget,
} from './export-request.ts';
export { exportRun } from './export-run.ts';
export type { RunFigures } from './figures.ts';
export { type Loss, lossText } from './losses.ts';
