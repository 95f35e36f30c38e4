/** Reports: views of one document for terminals, pull requests, CI systems, spreadsheets and machines. */
export { CSV_HEADER, csvCell } from './csv.ts';
export {
  countOf,
  formatCount,
  formatP,
  formatQuantity,
  formatShare,
  formatSigned,
} from './format/numbers.ts';
export { type Scale, scaleOf } from './format/scale.ts';
export { nomineeName, quietChecks, toldFindings } from './format/sections.ts';
export { visible, withoutControls } from './format/visible.ts';
export { fewerThan } from './format/wording.ts';
export { renderStepSummary } from './github.ts';
export { type HistoryStyle, renderHistory } from './history.ts';
export { code, prose } from './markdown/escape.ts';
export { MARKDOWN_MARKER } from './markdown/markdown.ts';
export {
  type CsvTable,
  type Page,
  type PageColumn,
  type PageSection,
  type PageTable,
  percentText,
} from './pages/page.ts';
export { PAGE_FORMATS, type PageFormat, type PageSource, renderPage } from './pages/render-page.ts';
export type { TerminalView } from './pages/terminal-page.ts';
export { FORMATS, type Format, type ReportOptions, renderReport } from './render.ts';
export { cellWidth, cutNames, pad } from './terminal/width.ts';
export { wrap } from './terminal/wrap.ts';
