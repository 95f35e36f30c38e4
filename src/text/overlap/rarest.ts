/** Selects the rarest grams of a set: what a set must share something of with any set that is close to it. */

/** The rarest grams of the set that was looked at last, rarest first; grams that are equally rare by their hash. */
export interface Rarest {
  readonly hashes: Int32Array;
  /**
   * @param from first place of the set in `grams`
   * @param size members of the set
   * @param wanted how many are selected, at most `size`
   */
  select(grams: Int32Array, from: number, size: number, wanted: number): void;
}

/** Counters of how many sets have a gram, by hash; grams that share a counter are ordered as if equally rare. */
const COUNTERS = 1 << 22;

/** Above so many wanted grams the whole set is sorted. */
const INSERTED = 48;

/** Counts the grams of all sets. Any order is right as long as it is the same for every set: a good one only saves time. */
export function countGrams(grams: Int32Array, length: number): Int32Array {
  const counts = new Int32Array(COUNTERS);
  for (let at = 0; at < length; at++) counts[grams[at]! & (COUNTERS - 1)]!++;
  return counts;
}

/** A selector over grams that were counted. */
export function createRarest(counts: Int32Array): Rarest {
  let hashes = new Int32Array(1024);
  let ranks = new Int32Array(1024);
  const sortAll = (grams: Int32Array, from: number, size: number, wanted: number): void => {
    const keys = new Float64Array(size);
    for (let k = 0; k < size; k++) {
      const hash = grams[from + k]!;
      keys[k] = counts[hash & (COUNTERS - 1)]! * 0x1_0000_0000 + (hash + 0x8000_0000);
    }
    keys.sort();
    for (let k = 0; k < wanted; k++) hashes[k] = (keys[k]! % 0x1_0000_0000) - 0x8000_0000;
  };
  const insert = (grams: Int32Array, from: number, size: number, wanted: number): void => {
    let kept = 0;
    for (let k = from; k < from + size; k++) {
      const hash = grams[k]!;
      const rank = counts[hash & (COUNTERS - 1)]!;
      let at = kept;
      if (kept === wanted) {
        const last = kept - 1;
        if (rank > ranks[last]! || (rank === ranks[last] && hash >= hashes[last]!)) continue;
        at = last;
      } else kept++;
      while (at > 0 && (ranks[at - 1]! > rank || (ranks[at - 1] === rank && hashes[at - 1]! > hash))) {
        ranks[at] = ranks[at - 1]!;
        hashes[at] = hashes[at - 1]!;
        at--;
      }
      ranks[at] = rank;
      hashes[at] = hash;
    }
  };
  return {
    get hashes() {
      return hashes;
    },
    select: (grams, from, size, wanted) => {
      if (wanted > hashes.length) {
        [hashes, ranks] = [new Int32Array(wanted * 2), new Int32Array(wanted * 2)];
      }
      if (wanted > INSERTED) sortAll(grams, from, size, wanted);
      else insert(grams, from, size, wanted);
    },
  };
}
