export { type ClusterMean, clusterMean, effectiveCases } from './cluster-mean.ts';
