/** What to count (the plan) and what comes back. */
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
