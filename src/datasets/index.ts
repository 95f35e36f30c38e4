/** Making and reading data sets: importing the results of other tools, writing runs in their formats. */
export {
  type PredictReport,
  type PredictRequest,
  renderPredictions,
  renderTraining,
  runBaselinePredict,
  runBaselineTrain,
  type TrainReport,
  type TrainRequest,
} from './baseline/index.ts';
export { renderCheck } from './check/check-page.ts';
export type { DataCheckReport, Reason } from './check/check-report.ts';
export type { DataCheckRequest } from './check/check-request.ts';
export { runCheck } from './check/run-check.ts';
export {
  describeExperiments,
  type ExperimentsReport,
  type ExperimentsView,
  type Fingerprint,
  type ImbalanceReport,
  type ImbalanceRequest,
  type LogReport,
  type LogRequest,
  type MetricDirection,
  type RunExperimentsRequest,
  renderExperiments,
  renderImbalance,
  renderLog,
  runExperiments,
  runImbalance,
  runLog,
} from './experiments/index.ts';
export {
  EXPORT_TARGETS,
  type ExportRequest,
  type ExportSummary,
  type ExportTarget,
  exportRun,
  type Loss,
  lossText,
} from './export/index.ts';
export { renderForecast } from './forecast/forecast-page.ts';
export { type ForecastReport, type ForecastRequest, runForecast } from './forecast/run-forecast.ts';
export { importLine } from './import/import-page.ts';
export type { ImportReport } from './import/import-report.ts';
export { type ImportRequest, renderImport, runImport } from './import/run-import.ts';
export type { LogsReport } from './logs/logs-report.ts';
export type { Period } from './logs/periods.ts';
export { renderLogs } from './logs/render-logs.ts';
export { type LogsRequest, runLogs } from './logs/run-logs.ts';
export { renderOverlap } from './overlap/overlap-page.ts';
export type { OverlapReport } from './overlap/overlap-report.ts';
export type { OverlapRequest, SideRequest } from './overlap/overlap-request.ts';
export { runOverlap } from './overlap/run-overlap.ts';
export { OVERLAP_EXIT_CODES, type OverlapVerdict } from './overlap/verdict.ts';
export { writeHashes } from './overlap/write-hashes.ts';
export { type EstimateReport, estimateWorksheet, renderEstimate } from './sample/estimate-worksheet.ts';
export { runSample } from './sample/run-sample.ts';
export { renderSample } from './sample/sample-page.ts';
export type { SampleReport } from './sample/sample-report.ts';
export {
  CASE_FORMATS,
  type CaseFormat,
  DESIGNS,
  type Design,
  type SampleRequest,
  type WantedDesign,
} from './sample/sample-request.ts';
export { renderSplits } from './splits/build-page.ts';
export type { SplitsReport } from './splits/build-report.ts';
export type { BuildRequest } from './splits/build-request.ts';
export { renderSplitsCheck } from './splits/check-page.ts';
export type { CheckRequest, SplitsCheckReport } from './splits/check-request.ts';
export { runSplitsBuild } from './splits/run-build.ts';
export { runSplitsCheck } from './splits/run-check.ts';
export { renderTags, runTag, type TagReport, type TagRequest } from './tag/index.ts';
