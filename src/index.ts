/**
 * Slicewise as a library: the same pipeline as the command line.
 *
 * @example
 * import { renderReport, runGate } from 'slicewise';
 *
 * const report = await runGate({ baseline: 'old.jsonl', candidate: 'new.jsonl', slices: ['customer'] });
 * process.stdout.write(renderReport(report, 'terminal'));
 * process.exitCode = report.exitCode;
 */

// Gate: one call.
export {
  type GateOptions,
  type GateRun,
  openLedger,
  type RunReportOptions,
  type RunRows,
  runGate,
  runReport,
} from './api.ts';
// Classes: figures of answers in memory, costs, confused pairs, label maps, framings.
export {
  type ClassFigures,
  type ClassOptions,
  type Compared,
  type ConfusionPair,
  type CostComparison,
  type CountedAnswers,
  classFigures,
  classLevels,
  confusionPairs,
  costComparison,
  countAnswers,
  type Framings,
  type GivenAnswers,
  type LabelParents,
  mapLabels,
  onSharedOutcome,
  rankMerges,
  type SliceClasses,
  sameFor,
} from './classes/index.ts';
// Configuration: slicewise.yaml and flags.
export {
  type Config,
  configFromFlags,
  configSchema,
  DEFAULT_POLICY,
  type Flags,
  loadConfig,
  loadWaivers,
  type MetricConfig,
  mergeFlags,
  type Policy,
  type RunInput,
  type SliceConfig,
} from './config/index.ts';
// Errors: every problem found, with a place and a hint.
export {
  ConfigError,
  DataError,
  EngineError,
  formatProblem,
  InternalError,
  type Problem,
  SlicewiseError,
  UsageError,
  type Where,
} from './errors.ts';
export type { Finding, Grade, Verdict } from './findings/index.ts';

// The report document and its views.
export {
  type ExitCode,
  type NextStep,
  type OverallReport,
  REPORT_SCHEMA_VERSION,
  type Report,
  type RunReport,
  reportSchema,
  type SliceReport,
} from './gate/index.ts';
// The ledger; SQLite is loaded when one is opened.
export type { AnchorRecord, Baseline, History, HistoryQuery, Ledger } from './ledger/index.ts';
// Baselines that cost nothing, and a text classifier.
export {
  CLASSIFIER_DEFAULTS,
  type ClassifierOptions,
  crossFit,
  type FeatureColumn,
  fitTextClassifier,
  foldSplits,
  heldOutPredictions,
  loadTextClassifier,
  type Prediction,
  saveTextClassifier,
  type TextClassifier,
  type TrivialLift,
  topFeatures,
  trivialLift,
} from './models/index.ts';
// Gate: step by step, with a configuration and the outside world handed in.
export { type GateRequest, gate } from './pipeline.ts';
export type { PageFormat } from './reports/index.ts';
export { FORMATS, type Format, type ReportOptions, renderHistory, renderReport } from './reports/index.ts';
export { prepareRequest, type Wanted } from './request/index.ts';
export { type ConfirmRequest, confirm, type Ports } from './stages/index.ts';
export type { Estimate } from './stats/index.ts';
// Know your gate: what it can see, how often it errs, what other gates would have done.
export {
  type AaResult,
  type PowerResult,
  type ReportResult,
  renderStudy,
  runAa,
  runPower,
  runStrategies,
  type StrategiesResult,
} from './studies/index.ts';
// Texts that are nearly the same.
export {
  compareGrams,
  findNearDuplicates,
  type GramKind,
  type NearDuplicateOptions,
  type NearDuplicates,
  nearDuplicateComponents,
  readGramKind,
  type TextCluster,
  textClusters,
} from './text/index.ts';
export { VERSION } from './version.ts';
