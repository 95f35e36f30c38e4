/** Classification and retrieval metrics as functions of counts. */
export {
  type Average,
  type AverageOptions,
  type AverageValue,
  averageRate,
  type ZeroOverZero,
} from './averages.ts';
export { type BootstrapCellsInput, bootstrapCells, isHeavy } from './bootstrap-cells.ts';
export { ABSENT_ANSWER, type CellSampler, cellSampler } from './cell-sampler.ts';
export {
  type CellStatistics,
  observedStatistics,
  pairedMetrics,
  type TallyMetrics,
} from './cell-statistics.ts';
export { type ClassRate, fScore, jaccard, precision, recall, specificity } from './class-rates.ts';
export { confusionTable, type KappaEstimate, type KappaWeights, kappaOfTable } from './confusion.ts';
export { accuracy, balancedAccuracy, hammingLoss, kappa, mcc, type OverallScore } from './overall-scores.ts';
export { CELLS_PER_CLASS, type PairedAnswers, pairedClassTables } from './paired-tables.ts';
export {
  type Json,
  jsonParts,
  matchJson,
  matchLists,
  matchSpans,
  type PartCounts,
  type PartRates,
  partRates,
  type Span,
} from './parts.ts';
export {
  type Gain,
  ndcgAtK,
  precisionAtK,
  type Ranking,
  recallAtK,
  reciprocalRank,
  topKHit,
} from './ranked.ts';
export { type SwapCellsInput, swapCells } from './swap-cells.ts';
export {
  type AnswerSpace,
  type Answers,
  addAnswer,
  type ClassTally,
  clearTally,
  emptyTally,
  tallyAnswers,
} from './tally.ts';
