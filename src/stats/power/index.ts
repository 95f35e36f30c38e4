export { connorPairs, miettinenPairs, type PairedSizeInput, pairedDetectableDrop } from './connor.ts';
export { casesNeeded, type DetectionGoal, type Movement, minimumDetectableDrop } from './detectable.ts';
export { type McNemarDesign, type McNemarVariant, mcnemarPower } from './mcnemar-power.ts';
export { noncentralTSf, type PairedT, pairedTPower } from './paired-t-power.ts';
export {
  cohenH,
  cohenHPower,
  proportionCases,
  proportionPower,
  type Sides,
  type TwoProportions,
} from './two-proportions.ts';
