export { type ChiSquareTest, chiSquareTest } from './chi-square-test.ts';
export { jensenShannonDistance, populationStability, type StabilityIndex } from './distribution-distance.ts';
export { kolmogorovSmirnov, type ShiftTest } from './kolmogorov-smirnov.ts';
