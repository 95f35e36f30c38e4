/** Which share of a text is boilerplate: runs of words that stand in many other texts as well. */

import { countTexts } from './text-counts.ts';
import { finish, wordHashes } from './tokenize.ts';

/** Words of a run. */
export const RUN_WORDS = 8;

const COUNTERS = 1 << 22;

/** Smallest number of texts in which a run must stand, and smallest share of them. */
const LEAST_TEXTS = 5;
const LEAST_SHARE = 0.01;

/** Counts of runs over a set of texts. */
export interface RunCounts {
  readonly texts: number;
  /** Adds a text; texts that are equal should be added once. */
  add(text: string): void;
  /** Share of the runs of the text that are boilerplate, from 0 to 1; null for a text of fewer than 8 words. */
  shareOf(text: string): number | null;
}

/**
 * Counts in how many texts each run of 8 words stands, by hash: 33 MB, however many texts come. A run is boilerplate where it
 * stands in at least 5 texts and 1 % of all. Runs that share a counter (1 pair in 4 million) count together.
 */
export function countRuns(): RunCounts {
  const counts = countTexts(COUNTERS);
  return {
    get texts() {
      return counts.texts;
    },
    add: (text) => counts.add(runsOf(text)),
    shareOf: (text) => {
      const many = Math.max(LEAST_TEXTS, Math.ceil(LEAST_SHARE * counts.texts));
      let runs = 0;
      let common = 0;
      for (const hash of runsOf(text)) {
        runs++;
        if (counts.textsWith(hash) >= many) common++;
      }
      return runs === 0 ? null : common / runs;
    },
  };
}

/** The hash of each run. An array and no generator: this is called for every text there is. */
function runsOf(text: string): Int32Array {
  const hashes = wordHashes(text);
  const runs = new Int32Array(Math.max(0, hashes.length - RUN_WORDS + 1));
  for (let at = 0; at < runs.length; at++) {
    let hash = 0;
    for (let word = at; word < at + RUN_WORDS; word++)
      hash = Math.imul(hash ^ hashes[word]!, 0x9e3779b1) ^ (hash >>> 15);
    runs[at] = finish(hash);
  }
  return runs;
}
