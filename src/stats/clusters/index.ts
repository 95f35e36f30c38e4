export { type ClusterMean, clusterMean, effectiveCases } from './cluster-mean.ts';
export type { Contrast, ContrastInput } from './contrast.ts';
export { contrastOfMoments, type SideMoments } from './independent-contrast.ts';
export { contrastInterval, contrastP, robustContrast } from './robust-contrast.ts';
