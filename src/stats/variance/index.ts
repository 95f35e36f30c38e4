export { type ExplainedVariance, explainedVariance } from './explained-variance.ts';
export { type GroupedValues, type GroupSums, groupSums } from './group-sums.ts';
export { permutationHomogeneityP } from './permutation-homogeneity.ts';
