/** Tables of results with exact numbers, for tests, benches and examples: seeded, pure, ours. */
export { ARTICLE_CONFIG, type ArticleOptions, articleSpecs, articleTable } from './article-table.ts';
export {
  changedJudge,
  clearWinBesideTinySlices,
  oneSuccessNineErrors,
  oneTrialLost,
  sameCasesTwice,
  tenRepeatsOfFive,
} from './bar-checks.ts';
export { longInputs, randomColumns } from './dimensions.ts';
export { type PairOptions, pairSlices, type SliceSpec } from './paired-slices.ts';
export {
  breakingCurve,
  languages,
  lowSource,
  lowTopic,
  plantedRegression,
  shuffledTopics,
} from './planted.ts';
export { quantization } from './quantization.ts';
export { hashText, randomStream, shareOf, shuffle } from './random.ts';
export { inOtherOrder, type ResultRow, type RunPair, toCsv, toJsonl, writePair } from './rows.ts';
export { shiftedSources, sitesOfTexts, type TextRow } from './shifted.ts';
export {
  smallReleases,
  splitHalves,
  type UnchangedOptions,
  type UnchangedSlice,
  unchangedCounts,
} from './small-releases.ts';
export { type SmallSliceOptions, smallN } from './small-slices.ts';
export { type WinOrNoise, winOrNoise } from './win-or-noise.ts';
