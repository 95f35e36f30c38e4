/** What to count (the plan) and what comes back. */

export {
  CASE_CLASSES,
  type CaseClass,
  type CaseOrder,
  type CasePage,
  type CasePlan,
  type CaseRow,
  foldCase,
  type ListedCase,
  PAGE_LIMIT,
  SEARCHED_ROLES,
  type SliceFilter,
  SNIPPET_LENGTH,
} from './case-plan.ts';
export type { OutcomeCell, SideOutcome } from './cell.ts';
export {
  CLASS_RATE_METRICS,
  CLASS_SCORE_METRICS,
  type ClassMeasure,
  type ClassRateMetric,
  type ClassScoreMetric,
  classBounds,
  classMetricId,
  isClassRate,
} from './class-measure.ts';
export type { CodedColumn, CodedTable, CodedValue, TablePlan } from './coded-table.ts';
export {
  type AnswerFilter,
  isAnswered,
  type LabelAnswer,
  type LabelCells,
  type LabelCounts,
  type LabelledCases,
  type LabelledPlan,
  type LabelPlan,
  type LabelSlice,
  NO_LABEL,
} from './label-counts.ts';
export {
  boundsOf,
  caseValue,
  directionOf,
  hasError,
  isOutcomeMeasure,
  isRate,
  type Measure,
  type OutcomeMeasure,
} from './metric.ts';
export { metricName } from './metric-name.ts';
export { compareCells, compareOutcomes, directionOfChange, meanOf, outcomeValue } from './outcome.ts';
export {
  type CountPlan,
  type FlipPlan,
  type FlippedCase,
  numberColumn,
  type SliceCount,
  type UnitMeasure,
  type UnitPlan,
  type UnitTable,
} from './plan.ts';
export {
  isBinary,
  type Tally,
  type TallyRules,
  tallyCells,
  type ValueCount,
  type ValuePair,
} from './tally.ts';
