/** Making and reading data sets: importing the results of other tools, writing runs in their formats. */
export {
  EXPORT_TARGETS,
  type ExportRequest,
  type ExportSummary,
  type ExportTarget,
  exportRun,
  type Loss,
  lossText,
} from './export/index.ts';
export { importLine } from './import/import-page.ts';
export type { ImportReport } from './import/import-report.ts';
export { type ImportRequest, renderImport, runImport } from './import/run-import.ts';
export { renderTags, runTag, type TagReport, type TagRequest } from './tag/index.ts';
