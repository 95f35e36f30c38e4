export type { Alternative, TestResult } from './alternative.ts';
export { barnardTest } from './barnard.ts';
export { binomialExactP } from './binomial-exact.ts';
export { boschlooTest, type UnconditionalResult } from './boschloo.ts';
export { attainableFisherDropP, fisherMidP, fisherP, oddsRatio } from './fisher.ts';
export { mannWhitneyTest } from './mann-whitney.ts';
export {
  asymptoticChange,
  attainableDropP,
  exactChangeP,
  exactDropP,
  midChangeP,
  midDropP,
  smallestDropP,
} from './mcnemar.ts';
export {
  type PairedNonInferiority,
  pairedNonInferiority,
  type UnpairedNonInferiority,
  unpairedNonInferiority,
} from './non-inferiority.ts';
export { signFlipExactTest } from './sign-flip.ts';
export { pairedTTest, welchTTest } from './t-tests.ts';
export { wilcoxonApproximateTest, wilcoxonExactTest } from './wilcoxon.ts';
