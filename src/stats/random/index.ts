export { type FourWords, philox4x32, philox4x32Into, seedWords } from './philox.ts';
export { poisson1FromWord, poisson1Weight, poisson1Weights } from './poisson-weight.ts';
export { createRandom, type Random } from './random.ts';
