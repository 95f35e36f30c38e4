/** Sets of ranked grams, asked by the rarest grams of another set: prefix, length and position filters, then an exact count. */

import { growingInts } from './growing.ts';
import { leastShared, leastSize, type Ratio } from './ratio.ts';

/** Sets one after the other; the members of each are ranks, ascending: rarest first. */
export interface RankedSets {
  readonly count: number;
  readonly starts: Int32Array;
  readonly members: Int32Array;
}

/** A set of hashes that is close, by its number. */
export interface CloseSet {
  readonly set: number;
  readonly intersection: number;
  readonly union: number;
  /** Members of the indexed set. */
  readonly size: number;
}

/** One question at a time: begin, add the ranks of a set, find. */
export interface Postings {
  begin(): void;
  /** Adds a gram that no set has. */
  addUnknown(): void;
  add(rank: number): void;
  /** Sets that reach the ratio with what was added, in order of number. */
  find(): readonly CloseSet[];
}

/** State of a set that the position filter has ruled out. */
const RULED_OUT = -1;

/** @param grams number of ranks */
export function createPostings(sets: RankedSets, grams: number, ratio: Ratio): Postings {
  const { starts, members } = sets;
  const sizeOf = (set: number): number => starts[set + 1]! - starts[set]!;
  const { heads, owners, places } = indexPrefixes(sets, grams, ratio);
  const shared = new Int32Array(sets.count);
  const marks = new Int32Array(grams);
  const touched = growingInts();
  let known = new Int32Array(256);
  let count = 0;
  let unknown = 0;
  let question = 0;

  const countShared = (set: number): number => {
    let found = 0;
    for (let at = starts[set]!; at < starts[set + 1]!; at++) if (marks[members[at]!] === question) found++;
    return found;
  };

  const lookUp = (size: number, least: number): void => {
    // Grams that no set has are the rarest of all and come first.
    const probed = size - least + 1 - unknown;
    for (let at = 0; at < probed; at++) {
      const rank = known[at]!;
      for (let entry = heads[rank]!; entry < heads[rank + 1]!; entry++) {
        const set = owners[entry]!;
        const before = shared[set]!;
        if (before === RULED_OUT) continue;
        if (before === 0) touched.push(set);
        const other = sizeOf(set);
        const rest = Math.min(count - at, other - places[entry]!);
        const isPossible =
          other >= least &&
          leastSize(ratio, other) <= size &&
          before + rest >= leastShared(ratio, size, other);
        shared[set] = isPossible ? before + 1 : RULED_OUT;
      }
    }
  };

  return {
    begin: () => {
      count = 0;
      unknown = 0;
    },
    addUnknown: () => {
      unknown++;
    },
    add: (rank) => {
      if (count === known.length) {
        const larger = new Int32Array(count * 2);
        larger.set(known);
        known = larger;
      }
      known[count++] = rank;
    },
    find: () => {
      const size = count + unknown;
      const least = leastSize(ratio, size);
      if (size === 0 || count < least) return [];
      known.subarray(0, count).sort();
      lookUp(size, least);
      if (touched.length === 0) return [];
      question++;
      for (let at = 0; at < count; at++) marks[known[at]!] = question;
      const found: CloseSet[] = [];
      for (const set of touched.values.subarray(0, touched.length)) {
        if (shared[set] !== RULED_OUT) {
          const intersection = countShared(set);
          const other = sizeOf(set);
          found.push({ set, intersection, union: size + other - intersection, size: other });
        }
        shared[set] = 0;
      }
      touched.clear();
      return found.sort((a, b) => a.set - b.set);
    },
  };
}

/** For each rank the sets that have it among their rarest, and where. */
function indexPrefixes(
  { count, starts, members }: RankedSets,
  grams: number,
  ratio: Ratio,
): { readonly heads: Int32Array; readonly owners: Int32Array; readonly places: Int32Array } {
  const heads = new Int32Array(grams + 1);
  const prefixOf = (set: number): number => {
    const size = starts[set + 1]! - starts[set]!;
    return size - leastSize(ratio, size) + 1;
  };
  for (let set = 0; set < count; set++) {
    for (let at = 0; at < prefixOf(set); at++) heads[members[starts[set]! + at]! + 1]!++;
  }
  for (let rank = 0; rank < grams; rank++) heads[rank + 1]! += heads[rank]!;
  const next = heads.slice();
  const owners = new Int32Array(heads[grams] ?? 0);
  const places = new Int32Array(owners.length);
  for (let set = 0; set < count; set++) {
    for (let at = 0; at < prefixOf(set); at++) {
      const entry = next[members[starts[set]! + at]!]!++;
      owners[entry] = set;
      places[entry] = at;
    }
  }
  return { heads, owners, places };
}
