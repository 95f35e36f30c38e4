/** The gate: policy and evidence become a verdict with reasons, waivers and an exit code. */

export { adjustFamily, type Hypothesis, smallestAttainable } from './adjust.ts';
export { type Budgets, splitBudgets } from './budgets.ts';
export { type Confirmation, confirmNominees, nomineesOf, type Settled } from './confirm.ts';
export { type Judgement, type JudgeOptions, judge, MOST_CHURN_BLOCKS } from './judge.ts';
export { counted, deltaText, grouped, pText, valueText } from './numbers.ts';
export { release, releaseSteps } from './release.ts';
export type { ReleaseInput } from './release-input.ts';
export { decidingVerdict } from './release-verdict.ts';
export {
  type Answer,
  type CaseCounts,
  type CaseHistory,
  type CaseReport,
  type ExitCode,
  type NextStep,
  type OverallReport,
  type PolicyReport,
  REPORT_SCHEMA_VERSION,
  type Report,
  type ReportCounts,
  type RunReport,
  type SliceReport,
  type SliceRole,
  type TrainingMix,
  type WaiverReport,
} from './report.ts';
export { reportSchema } from './report-schema.ts';
export { exitCodeOf, rollUp } from './roll-up.ts';
export { withoutRepeats } from './same-cases.ts';
export type { SchemaNode } from './schema-node.ts';
export { shortened, sliceLabel } from './slice-name.ts';
export { trainingKey } from './slice-report.ts';
export { type Adjusted, decideSlice, reachesMargin, type SliceDecision } from './slice-verdict.ts';
export { type WaiverEntry, waiverForFinding } from './waivers.ts';
