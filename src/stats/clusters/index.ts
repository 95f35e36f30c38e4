export { type ClusterMean, clusterMean, effectiveCases } from './cluster-mean.ts';
export {
  type Contrast,
  type ContrastInput,
  contrastInterval,
  contrastP,
  robustContrast,
} from './robust-contrast.ts';
