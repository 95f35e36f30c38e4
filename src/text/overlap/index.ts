/** Which texts are nearly the same: within one set, between two, and by long runs of words. */
export { closeGroups, type GroupList } from './close-groups.ts';
export { nearDuplicateComponents, PACKS_FROM, type TextCluster, textClusters } from './components.ts';
export {
  type ContaminatedItem,
  type Contamination,
  type ContaminationOptions,
  type ContaminationScan,
  createContaminationScan,
} from './contamination.ts';
export { type GramKind, gramName, gramWords, readGramKind } from './gram-kind.ts';
export { createGramReader, type GramReader } from './gram-reader.ts';
export { createHashSet, type HashSet } from './hash-set.ts';
export { compareGrams, type GramComparison, literalGrams, type SharedGrams } from './literal-grams.ts';
export {
  createNearDuplicates,
  DEFAULT_GRAMS,
  DEFAULT_THRESHOLD,
  findNearDuplicates,
  type NearDuplicateBuilder,
} from './near-duplicates.ts';
export {
  type BoilerplateRule,
  createOverlapIndex,
  type HashedText,
  LEFT_OUT,
  type OverlapIndex,
  type OverlapIndexBuilder,
  type OverlapIndexOptions,
} from './overlap-index.ts';
export type { CloseSet } from './postings.ts';
export { exactRatio, type Ratio, reaches } from './ratio.ts';
export type { GroupEdge, GroupPack, NearDuplicateOptions, NearDuplicates } from './text-groups.ts';
export { findNearDuplicatesInThreads } from './threads.ts';
export { flatText } from './token-lanes.ts';
