export { type ExperimentsView, renderExperiments } from './experiments-page.ts';
export type { ExperimentsReport } from './experiments-report.ts';
export type { MetricDirection } from './metric-choice.ts';
export { type RunExperimentsRequest, runExperiments } from './run-experiments.ts';
export type { Fingerprint } from './run-fields.ts';
