export {
  type Attainable,
  continuousAttainable,
  discreteAttainable,
  fisherAttainable,
  mcnemarAttainable,
} from './attainable.ts';
export {
  type CombinedP,
  cauchyCombination,
  fisherCombination,
  mudholkarGeorgeCombination,
  pearsonCombination,
  stoufferCombination,
  tippettCombination,
} from './combine.ts';
export type { PValues } from './family.ts';
export type { FlipHypothesis } from './flip-hypothesis.ts';
export { type HalfBinomial, halfBinomial, halfBinomialMidP, halfBinomialSf } from './half-binomial.ts';
export { hommel } from './hommel.ts';
export { type JointFlips, type JointP, jointMinP } from './joint-min-p.ts';
export { meinshausen, type Tree } from './meinshausen.ts';
export { type DiscreteHypothesis, minPDiscrete } from './min-p-discrete.ts';
export { bonferroniMinimum, simes } from './simes.ts';
export { bonferroni, sidak } from './single-step.ts';
export { holm, holmSidak } from './step-down.ts';
export { benjaminiHochberg, benjaminiYekutieli, hochberg } from './step-up.ts';
export { type Tarone, tarone } from './tarone.ts';
