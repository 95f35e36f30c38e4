export { type KendallCorrelation, kendall } from './kendall.ts';
export { type Correlation, pearson } from './pearson.ts';
export { type RankCorrelation, spearman } from './spearman.ts';
