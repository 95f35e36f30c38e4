/** The grams of one set as a table, against which other sets are counted. */

import { powerOfTwo } from './hash.ts';

/** The set that was filled in last. */
export interface Members {
  /** Takes the different grams from place `from` on in the place of those before. */
  fill(grams: Int32Array, from: number, size: number): void;
  /** Whether at least `least` grams of another set are members; stops as soon as it cannot be. */
  hasShared(grams: Int32Array, from: number, size: number, least: number): boolean;
  /** How many grams of another set are members. */
  shared(grams: Int32Array, from: number, size: number): number;
}

/** An empty table, which grows with the sets. */
export function createMembers(): Members {
  let table = new Int32Array(1024);
  let stamps = new Int32Array(1024);
  let stamp = 0;
  let mask = 1023;
  const missing = (grams: Int32Array, from: number, size: number, most: number): number => {
    let found = 0;
    for (let k = from; k < from + size; k++) {
      const hash = grams[k]!;
      let slot = hash & mask;
      while (stamps[slot] === stamp && table[slot] !== hash) slot = (slot + 1) & mask;
      if (stamps[slot] !== stamp && ++found > most) return found;
    }
    return found;
  };
  return {
    fill: (grams, from, size) => {
      if (size * 2 > table.length) {
        const length = powerOfTwo(size * 2);
        [table, stamps, stamp] = [new Int32Array(length), new Int32Array(length), 0];
      }
      mask = powerOfTwo(size * 2) - 1;
      stamp++;
      for (let k = from; k < from + size; k++) {
        let slot = grams[k]! & mask;
        while (stamps[slot] === stamp) slot = (slot + 1) & mask;
        stamps[slot] = stamp;
        table[slot] = grams[k]!;
      }
    },
    hasShared: (grams, from, size, least) =>
      size >= least && missing(grams, from, size, size - least) <= size - least,
    shared: (grams, from, size) => size - missing(grams, from, size, size),
  };
}
