/** In how many texts a word occurs, counted by hash in bounded memory, and the TF-IDF weights that follow. */

import { countTexts } from './text-counts.ts';
import { wordHashes } from './tokenize.ts';

/** Counters of document frequency; two words that share one only make each other look more common. */
const COUNTERS = 1 << 20;

/** What is known of a set of texts once all were added. */
export interface TermFrequencies {
  readonly texts: number;
  /** Texts that hold a word with this hash. */
  textsWith(hash: number): number;
}

/** Counts texts one by one, each word once per text. Memory is 8 MB, however many texts come. */
export function countTerms(): TermFrequencies & { add(text: string): void } {
  const counts = countTexts(COUNTERS);
  return {
    get texts() {
      return counts.texts;
    },
    textsWith: counts.textsWith,
    add: (text) => counts.add(wordHashes(text)),
  };
}

/** One word of a text with its weight. */
export interface TermWeight {
  readonly hash: number;
  readonly weight: number;
}

/**
 * TF-IDF weights of the words of one text, by first occurrence: count x (ln((1 + texts) / (1 + textsWith)) + 1), divided by
 * the length of the whole vector, so that squares add up to 1. These are scikit-learn's defaults.
 *
 * @returns empty for a text without words
 */
export function termWeights(text: string, frequencies: TermFrequencies): readonly TermWeight[] {
  const counts = new Map<number, number>();
  for (const hash of wordHashes(text)) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  let squares = 0;
  const raw = [...counts].map(([hash, count]) => {
    const weight = count * (Math.log((1 + frequencies.texts) / (1 + frequencies.textsWith(hash))) + 1);
    squares += weight * weight;
    return { hash, weight };
  });
  const length = Math.sqrt(squares);
  return raw.map(({ hash, weight }) => ({ hash, weight: weight / length }));
}

/** Texts from which on words can be too common to tell texts apart. */
const LEAST_TEXTS = 20;

/** Whether a word can tell texts apart: it stands in at most half of them, or there are fewer than 20. */
export function isTelling(hash: number, { texts, textsWith }: TermFrequencies): boolean {
  return texts < LEAST_TEXTS || textsWith(hash) * 2 <= texts;
}
