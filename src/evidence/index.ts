/** Evidence: what is known of each slice and metric before any rule is applied. */
export { answeredCells, type ClassCounts } from './class-cells.ts';
export { classOutcomes } from './class-outcomes.ts';
export { clusteredDelta, clusteredSide } from './clustered.ts';
export { type CollectInput, collectEvidence, evidenceSteps } from './collect.ts';
export { type JointInput, type JointOutcome, jointTest } from './joint.ts';
export { ownSignFlip } from './loss-test.ts';
export { differences, flipCounts, type Moments, moments } from './moments.ts';
export {
  casesToSee,
  type PowerBasis,
  powerBasis,
  powerToSee,
  type SlicePower,
  slicePower,
  slicePowers,
  smallestDropSeen,
} from './power.ts';
export {
  LEAST_SPLITS,
  type ShiftEvidence,
  type ShiftInput,
  type ShiftsEvidence,
  type SplitScore,
  shiftsEvidence,
  shiftsOf,
  splitKind,
} from './shifts.ts';
export type { FloorEvidence, LossTest, Pairing, SliceEvidence } from './types.ts';
export { unconditionalPValue } from './unconditional.ts';
export { weightedRates } from './weighted.ts';
