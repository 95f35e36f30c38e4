/** Weighs the words of a mail: sublinear term frequency times inverse document frequency, scaled to length one. */

import type { WordCounts } from './tokens.ts';

/** What was learnt from the training mails: the weight of every word, 0 for words in fewer than two of them. */
export interface TfIdf {
  readonly idf: Float64Array;
}

/** A mail as a point: the words with a weight, and their weights, whose squares sum to one. */
export interface SparseVector {
  readonly words: Int32Array;
  readonly weights: Float64Array;
}

/** Learns document frequencies: idf = ln((1 + N) / (1 + df)) + 1 over N training mails. */
export function fitTfIdf(training: readonly WordCounts[], lexiconSize: number): TfIdf {
  const documents = new Int32Array(lexiconSize);
  for (const { words } of training) for (const word of words) documents[word]!++;
  const idf = Float64Array.from(documents, (df) =>
    df < 2 ? 0 : Math.log((1 + training.length) / (1 + df)) + 1,
  );
  return { idf };
}

/** Places one mail; words that the training mails did not have are left out. */
export function toVector(mail: WordCounts, { idf }: TfIdf): SparseVector {
  const words: number[] = [];
  const weights: number[] = [];
  let squares = 0;
  mail.words.forEach((word, i) => {
    const weight = (1 + Math.log(mail.counts[i]!)) * idf[word]!;
    if (weight === 0) return;
    words.push(word);
    weights.push(weight);
    squares += weight * weight;
  });
  const length = Math.sqrt(squares);
  return { words: Int32Array.from(words), weights: Float64Array.from(weights, (weight) => weight / length) };
}
