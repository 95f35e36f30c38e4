export { type ExperimentsView, renderExperiments } from './experiments-page.ts';
export type { ExperimentsReport } from './experiments-report.ts';
export { renderImbalance } from './imbalance/imbalance-page.ts';
export type { ImbalanceReport } from './imbalance/imbalance-report.ts';
export { type ImbalanceRequest, runImbalance } from './imbalance/run-imbalance.ts';
export { type LogReport, type LogRequest, renderLog, runLog } from './log/run-log.ts';
export type { MetricDirection } from './metric-choice.ts';
export { describeExperiments, type RunExperimentsRequest, runExperiments } from './run-experiments.ts';
export type { Fingerprint } from './run-fields.ts';
