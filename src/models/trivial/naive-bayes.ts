/** Multinomial naive Bayes on counts of words: the oldest simple model of texts, fitted by counting. */

import type { EncodedRows } from '../features/encode.ts';

/** Added to every count, so that a word that a class never had does not rule the class out (Laplace). */
const SMOOTHING = 1;

/** What is counted. */
export interface BayesInput {
  readonly encoded: EncodedRows;
  readonly featureCount: number;
  readonly classes: Int32Array;
  readonly classCount: number;
  /** The rows to learn from, each once. */
  readonly rows: Int32Array;
}

/** Scores of one encoded row: log of share of the class times shares of the words, up to a constant. */
export type BayesScores = (row: number) => Float64Array;

/**
 * Fits by one pass over the rows. Features of categories and bins of numbers count as words do. A class without rows has a score of
 * minus infinity.
 */
export function fitNaiveBayes({ encoded, featureCount, classes, classCount, rows }: BayesInput): BayesScores {
  const counts = new Float64Array(featureCount * classCount);
  const totals = new Float64Array(classCount);
  const sizes = new Float64Array(classCount);
  const seen = new Uint8Array(featureCount);
  const { offsets, ids, blocks } = encoded;
  for (const row of rows) {
    const code = classes[row]!;
    sizes[code]!++;
    for (let at = offsets[row * blocks]!; at < offsets[(row + 1) * blocks]!; at++) {
      counts[ids[at]! * classCount + code]! += encoded.counts[at]!;
      totals[code]! += encoded.counts[at]!;
      seen[ids[at]!] = 1;
    }
  }
  const features = seen.reduce((sum, one) => sum + one, 0);
  const prior = sizes.map((size) => Math.log(size / rows.length));
  const size = totals.map((total) => Math.log(total + SMOOTHING * features));
  return (row) => {
    const scores = Float64Array.from(prior);
    for (let at = offsets[row * blocks]!; at < offsets[(row + 1) * blocks]!; at++) {
      if (seen[ids[at]!] === 0) continue;
      const base = ids[at]! * classCount;
      for (let c = 0; c < classCount; c++) {
        scores[c] = scores[c]! + encoded.counts[at]! * (Math.log(counts[base + c]! + SMOOTHING) - size[c]!);
      }
    }
    return scores;
  };
}
