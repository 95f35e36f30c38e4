export { flakiness, isFlaky } from './flakiness.ts';
export { passAtK, passHatK } from './pass-at-k.ts';
export { mostCommon, parseTrialReducer, reduceTrials, type TrialReducer } from './reduce-trials.ts';
export { type VarianceComponents, varianceComponents } from './variance-components.ts';
