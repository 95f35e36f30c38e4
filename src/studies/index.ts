/** Studies of the gate itself: what it can see, how often it errs, and what other gates would have done. */
export { type AaRequest, type AaResult, runAa } from './aa/aa.ts';
export type { AaMode, SliceAlarms } from './aa/mode.ts';
export { readTexts } from './discover/case-texts.ts';
export { runDiscover } from './discover/discover.ts';
export { tellingWords } from './discover/lost-cases.ts';
export {
  CORRECTIONS,
  DISCOVER_DEFAULTS,
  type DiscoverCorrection,
  type DiscoverOptions,
  type DiscoverRequest,
  type MinCases,
  MODES,
  ORDERS,
  SEARCHES,
  type SearchPlan,
} from './discover/request.ts';
export type { DiscoveredSliceReport, DiscoverResult } from './discover/result.ts';
export { type FamiliesRequest, type FamiliesResult, runFamilies } from './families/families.ts';
export {
  type PowerRequest,
  type PowerResult,
  powerOf,
  runPower,
  type SlicePowerRow,
  type SmallSlice,
} from './power/power.ts';
export type { SimulatedRate } from './rate.ts';
export { type Banner, classBanners } from './report/banners.ts';
export { type TrainingLabels, trainingLabels } from './report/class-training.ts';
export { runReport } from './report/report.ts';
export { type ReportMetrics, readReportMetrics } from './report/report-metrics.ts';
export {
  CLASS_METRICS,
  type ClassMetric,
  PART_KINDS,
  type PartKind,
  REPORT_DEFAULTS,
  type ReportOptions,
  type ReportRequest,
  type SpanMatch,
} from './report/request.ts';
export type { ReportResult } from './report/result.ts';
export type { NamedSlice } from './slice-name.ts';
export {
  type Catch,
  runStrategies,
  type StrategiesRequest,
  type StrategiesResult,
  type StrategyRow,
} from './strategies/strategies.ts';
export type { TargetKind } from './strategies/targets.ts';
export { renderStudy, type StudyResult } from './views/render.ts';
