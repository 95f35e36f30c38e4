/** Columns that score the probabilities of a row. A table of data. */

/** What is scored. */
export type ProbabilityScore = 'logLoss' | 'brier' | 'confidence' | 'trueRank';

/** Scores of probabilities; lower is better but for the confidence. */
export const PROBABILITY_SCORES: readonly {
  readonly name: string;
  readonly of: ProbabilityScore;
  readonly edges: readonly number[];
  readonly definition: string;
}[] = [
  {
    ...{ name: 'log_loss', of: 'logLoss', edges: [0.05, 0.25, 0.7, 1.5, 3] },
    definition: 'log loss in nats of the true label under WHOSE probabilities, clipped at 2^-52 (36.04)',
  },
  {
    ...{ name: 'brier', of: 'brier', edges: [0.01, 0.05, 0.25, 0.5, 1] },
    definition:
      'Brier score of WHOSE probabilities: 0 to 1 with two labels (of the positive one alone), 0 to 2 with more (sum over labels)',
  },
  {
    ...{ name: 'confidence', of: 'confidence', edges: [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99] },
    definition: 'WHOSE probability of its answer (the predicted label, else the most probable one)',
  },
  {
    ...{ name: 'true_rank', of: 'trueRank', edges: [2, 3, 4, 6, 11] },
    definition: 'rank of the true label among WHOSE probabilities; equally probable labels stand before it',
  },
];
