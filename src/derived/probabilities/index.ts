export { collectLabels, type LabelCollection } from './collect-labels.ts';
export { labelOfCell, type ProbabilityLabels, probabilityLabels } from './labels.ts';
export { type RowProbabilities, readProbabilities, SUM_TOLERANCE } from './read-row.ts';
export { type RowScores, scoreRow } from './row-scores.ts';
export { PROBABILITY_SCORES, type ProbabilityScore } from './score-columns.ts';
