/** Studies of the gate itself: what it can see, how often it errs, and what other gates would have done. */
export { type AaRequest, type AaResult, runAa } from './aa/aa.ts';
export type { AaMode, SliceAlarms } from './aa/mode.ts';
export { adoptingFile, checkAdopted, foundSlice, whyNotAdopted } from './discover/adoptable.ts';
export { readTexts } from './discover/case-texts.ts';
export { type ChosenColumn, chooseColumns, derivable, type LeftColumn } from './discover/choose-columns.ts';
export { idsOf, runDiscover } from './discover/discover.ts';
export { measureOf, toEstimate } from './discover/error-scale.ts';
export { tellingWords } from './discover/lost-cases.ts';
export { associate, columnName } from './discover/overview.ts';
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
export type {
  Associations,
  DiscoveredSliceReport,
  DiscoverResult,
  ModeReport,
  SliceCondition,
} from './discover/result.ts';
export { type SearchColumn, searchColumns } from './discover/search-columns.ts';
export { type SearchedCases, searchedCases } from './discover/searched-cases.ts';
export { type FamiliesRequest, type FamiliesResult, runFamilies } from './families/families.ts';
export type { Outcome } from './outcome.ts';
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
export { judgePast, type PastRelease } from './tune/past.ts';
export { currentSetting, type PolicySetting, type Tunable } from './tune/setting.ts';
export {
  type Misses,
  type SettingTrial,
  startTrial,
  type TuneRequest,
  type TuneResult,
  tryPolicy,
} from './tune/tune.ts';
export { renderStudy, type StudyResult } from './views/render.ts';
