/** Which share of a text is boilerplate: runs of words that stand in many other texts as well. */

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
  const counts = new Uint32Array(COUNTERS);
  const lastText = new Uint32Array(COUNTERS);
  let texts = 0;
  return {
    get texts() {
      return texts;
    },
    add: (text) => {
      texts++;
      eachRun(text, (slot) => {
        if (lastText[slot] === texts) return;
        lastText[slot] = texts;
        counts[slot]!++;
      });
    },
    shareOf: (text) => {
      const many = Math.max(LEAST_TEXTS, Math.ceil(LEAST_SHARE * texts));
      let runs = 0;
      let common = 0;
      eachRun(text, (slot) => {
        runs++;
        if (counts[slot]! >= many) common++;
      });
      return runs === 0 ? null : common / runs;
    },
  };
}

function eachRun(text: string, visit: (slot: number) => void): void {
  const hashes = wordHashes(text);
  for (let at = 0; at + RUN_WORDS <= hashes.length; at++) {
    let hash = 0;
    for (let word = at; word < at + RUN_WORDS; word++)
      hash = Math.imul(hash ^ hashes[word]!, 0x9e3779b1) ^ (hash >>> 15);
    visit(finish(hash) & (COUNTERS - 1));
  }
}
