export { conditionalTailMean } from './conditional-tail.ts';
export { harrellDavis } from './harrell-davis.ts';
export { type QuantileType, quantile, quantileOfSorted } from './quantile.ts';
