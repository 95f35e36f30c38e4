/** Facts about texts: words, tokens, language, script, marks, readability, conversations, points and clusters of points. */
export {
  type FoundNeighbours,
  findNeighbours,
  INDEX_FROM,
  type NeighbourOptions,
} from './approximate-neighbours.ts';
export { countRuns, RUN_WORDS, type RunCounts } from './boilerplate.ts';
export { adjustedRand, type ChosenK, chooseK, type Stability } from './choose-k.ts';
export { clusterNames } from './cluster-names.ts';
export { type ContentKind, type Conversation, readConversation } from './conversation.ts';
export {
  DIVERGENCE_DEFAULTS,
  type Divergence,
  type DivergenceOptions,
  textDivergence,
} from './divergence.ts';
export {
  DIMENSIONS,
  EMBEDDING_METHOD,
  embedInto,
  embedTexts,
  scaleToOne,
  type Vectors,
  vectorsFrom,
} from './embed.ts';
export { type Clustering, type ClusterOptions, kMeans, nearestCentre } from './k-means.ts';
export { LANGUAGE_METHOD, type LanguageDetector, loadLanguageDetector } from './language.ts';
export { createNearestSearch, type NearestSearch } from './nearest-search.ts';
export { type Neighbours, nearestNeighbours } from './neighbours.ts';
export * from './overlap/index.ts';
export { type Readability, readability } from './readability.ts';
export { DOMINANT_SHARE, SCRIPTS, type TextScript, textScript } from './scripts.ts';
export { openTextModel, type TextModel } from './sentence-embedding.ts';
export { countTerms, type TermFrequencies, type TermWeight, termWeights } from './term-frequencies.ts';
export { countTexts, type TextCounts } from './text-counts.ts';
export { hasCode, hasNumber, hasUrl } from './text-marks.ts';
export { cheapTokenCount } from './token-count.ts';
export { eachWord, normalizeText, wordHashes, words } from './tokenize.ts';
export { isBlank, isPlainLine, isPlainText, type TypedText, typedProblems } from './typed-text.ts';
