/** Making and reading data sets: importing the results of other tools. */
export { importLine } from './import/import-page.ts';
export type { ImportReport } from './import/import-report.ts';
export { type ImportRequest, renderImport, runImport } from './import/run-import.ts';
