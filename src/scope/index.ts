/** Scope: which slices and metrics one comparison looks at, from configuration and profile. */
export { nearest } from './check-columns.ts';
export { defaultMetric } from './default-metric.ts';
export { type DetectedDimensions, detectDimensions } from './dimensions.ts';
export { exploredGroupings } from './explored.ts';
export { ALL_CASES, allCases, allGrouping, REMAINDER, resolveScope } from './resolve.ts';
export { settledColumns } from './settled-columns.ts';
export { rulesOf, type Scope, type ScopedGrouping } from './types.ts';
