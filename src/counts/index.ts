/** What to count (the plan) and what comes back. */

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
export { compareCells, compareOutcomes, directionOfChange, meanOf, passShare } from './outcome.ts';
export type {
  CountPlan,
  FlipPlan,
  FlippedCase,
  OutcomeCell,
  SideOutcome,
  SliceCount,
  UnitMeasure,
  UnitPlan,
  UnitTable,
} from './plan.ts';
export {
  isBinary,
  type Tally,
  type TallyRules,
  tallyCells,
  type ValueCount,
  type ValuePair,
} from './tally.ts';
