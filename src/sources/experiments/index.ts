export { isMetricName } from './column-names.ts';
export { compareBytes } from './compare-bytes.ts';
export { metricValue } from './metric-value.ts';
export { type ExperimentsRequest, openExperiments } from './open-experiments.ts';
export type {
  Curve,
  Damage,
  ExperimentRun,
  ExperimentSet,
  MlflowConnection,
  RunDataset,
  RunStatus,
} from './types.ts';
