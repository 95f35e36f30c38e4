/** All pairs of sets whose Jaccard index reaches a threshold: prefix, length and position filters, then a count that stops early. */

import { growingInts } from './growing.ts';
import { powerOfTwo } from './hash.ts';
import { createMembers } from './members.ts';
import { createPackMeetings, type PackMeetings } from './pack-meetings.ts';
import { findPacks, type Packs } from './packs.ts';
import { countGrams, createRarest } from './rarest.ts';
import { leastShared, leastSize, type Ratio } from './ratio.ts';
import type { StoredSets } from './stored-sets.ts';

/** Pairs of sets by number, `first` the smaller set; in order of the larger set's size. */
export interface JoinedPairs {
  readonly count: number;
  readonly first: Int32Array;
  readonly second: Int32Array;
}

/**
 * Everything that is close: pairs, sets in packs, and which sets may be close to members of a pack they do not belong to. Pairs within
 * a pack, and of a pack and a set that meets it, are not among the pairs.
 */
export interface JoinedSets {
  readonly pairs: JoinedPairs;
  readonly packs: Packs;
  readonly meetings: PackMeetings;
}

/** State of a set that the position filter has ruled out for the set that is looked at. */
const RULED_OUT = -1;

/**
 * Finds every pair. Sets are looked at by growing size; each is held against the smaller ones by its rarest grams. Hashes of 32 bits
 * can only make a pair look closer than it is, so no pair is missed, and the caller verifies what comes.
 *
 * @param ratio at 1 there is nothing to find, since equal sets are one set here
 * @param packsFrom sets from which on those of one template become a pack; Infinity for pairs alone
 */
export function selfJoin(sets: StoredSets, ratio: Ratio, packsFrom: number): JoinedSets {
  const { count, starts, grams } = sets;
  const { numerator, denominator } = ratio;
  /** Grams by which a set is found from sets that are at least as large. */
  const indexedOf = (size: number): number =>
    size === 0 ? 0 : size - Math.ceil((2 * numerator * size) / (numerator + denominator)) + 1;
  const sizeOf = (set: number): number => starts[set + 1]! - starts[set]!;
  const order = bySize(count, sizeOf);
  const counts = countGrams(grams, starts[count] ?? 0);
  const rarest = createRarest(counts);
  const packs = findPacks(sets, { ratio, least: packsFrom, counts, indexedOf });
  const { packOf } = packs;
  const meetings = createPackMeetings(sets, ratio, packs);
  const index = createIndex(order, sizeOf, indexedOf);
  const shared = new Int32Array(count);
  const touched = growingInts();
  const members = createMembers();
  const first = growingInts();
  const second = growingInts();

  /** Counts what the smaller sets have of the rarest grams, and rules out those that cannot reach the ratio any more. */
  const lookUp = (set: number, size: number, hashes: Int32Array, probed: number, least: number): void => {
    for (let at = 0; at < probed; at++) {
      const hash = hashes[at]!;
      meetings.look(set, hash);
      for (let entry = index.head(hash); entry >= 0; entry = index.next[entry]!) {
        const other = index.sets[entry]!;
        const otherSize = sizeOf(other);
        // Newer entries stand first and are never smaller: the rest of the chain is too small as well.
        if (otherSize < least) break;
        const before = shared[other]!;
        if (before === RULED_OUT || index.hashes[entry] !== hash) continue;
        if (before === 0) touched.push(other);
        const rest = Math.min(size - at, otherSize - index.places[entry]!);
        shared[other] = before + rest >= leastShared(ratio, size, otherSize) ? before + 1 : RULED_OUT;
      }
    }
  };

  /** Counts in full what is left. */
  const settle = (set: number, size: number): void => {
    let isReady = false;
    const { values, length } = touched;
    for (let k = 0; k < length; k++) {
      const other = values[k]!;
      const isPossible = shared[other] !== RULED_OUT;
      shared[other] = 0;
      if (!isPossible) continue;
      if (!isReady) members.fill(grams, starts[set]!, size);
      isReady = true;
      const otherSize = sizeOf(other);
      if (!members.hasShared(grams, starts[other]!, otherSize, leastShared(ratio, size, otherSize))) continue;
      if (packOf[set]! >= 0) {
        meetings.meet(other, packOf[set]!);
        continue;
      }
      first.push(other);
      second.push(set);
    }
    touched.clear();
  };

  for (let place = 0; place < count; place++) {
    const set = order[place]!;
    const size = sizeOf(set);
    if (size === 0) continue;
    const least = leastSize(ratio, size);
    const indexed = indexedOf(size);
    const probed = size - least + 1;
    rarest.select(grams, starts[set]!, size, probed);
    const { hashes } = rarest;
    lookUp(set, size, hashes, probed, least);
    settle(set, size);
    for (let at = 0; at < indexed; at++) {
      if (packOf[set]! >= 0) meetings.add(hashes[at]!, packOf[set]!);
      else index.add(hashes[at]!, set, at);
    }
  }
  const pairs = { count: first.length, first: first.values, second: second.values };
  return { pairs, packs, meetings: meetings.all() };
}

/** Postings of the sets' rarest grams, in chains with the newest first. */
function createIndex(
  order: Int32Array,
  sizeOf: (set: number) => number,
  indexedOf: (size: number) => number,
) {
  let total = 0;
  for (const set of order) total += indexedOf(sizeOf(set));
  const heads = new Int32Array(powerOfTwo(total * 2)).fill(-1);
  const mask = heads.length - 1;
  const next = new Int32Array(total);
  const hashes = new Int32Array(total);
  const sets = new Int32Array(total);
  const places = new Int32Array(total);
  let used = 0;
  return {
    next,
    hashes,
    sets,
    places,
    head: (hash: number): number => heads[hash & mask]!,
    add: (hash: number, set: number, place: number): void => {
      const slot = hash & mask;
      next[used] = heads[slot]!;
      hashes[used] = hash;
      sets[used] = set;
      places[used] = place;
      heads[slot] = used++;
    },
  };
}

/** Numbers of the sets by growing size, then by number. */
function bySize(count: number, sizeOf: (set: number) => number): Int32Array {
  let largest = 0;
  for (let set = 0; set < count; set++) largest = Math.max(largest, sizeOf(set));
  const places = new Int32Array(largest + 2);
  for (let set = 0; set < count; set++) places[sizeOf(set) + 1]!++;
  for (let size = 0; size <= largest; size++) places[size + 1]! += places[size]!;
  const order = new Int32Array(count);
  for (let set = 0; set < count; set++) order[places[sizeOf(set)]!++] = set;
  return order;
}
