export { flakiness, isFlaky } from './flakiness.ts';
export { passAtK, passHatK } from './pass-at-k.ts';
export { type VarianceComponents, varianceComponents } from './variance-components.ts';
