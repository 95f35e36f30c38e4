/** Reports: views of one document for terminals, pull requests, CI systems, spreadsheets and machines. */
export { CSV_HEADER } from './csv.ts';
export { visible, withoutControls } from './format/visible.ts';
export { renderStepSummary } from './github.ts';
export { type HistoryStyle, renderHistory } from './history.ts';
export { MARKDOWN_MARKER } from './markdown/markdown.ts';
export { FORMATS, type Format, type ReportOptions, renderReport } from './render.ts';
