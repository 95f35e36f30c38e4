/** Which texts are nearly the same: within one set, between two, and by long runs of words. */
export { nearDuplicateComponents, type TextCluster, textClusters } from './components.ts';
export { type GramKind, gramName, gramWords, readGramKind } from './gram-kind.ts';
export {
  createNearDuplicates,
  DEFAULT_GRAMS,
  DEFAULT_THRESHOLD,
  findNearDuplicates,
  type GroupEdge,
  type NearDuplicateBuilder,
  type NearDuplicateOptions,
  type NearDuplicates,
} from './near-duplicates.ts';
export { flatText } from './token-lanes.ts';
