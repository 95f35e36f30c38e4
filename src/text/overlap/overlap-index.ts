/** Finds, for any text that comes by, the texts of one set that are close to it: only that one set is kept in memory. */

import type { GramKind } from './gram-kind.ts';
import { growingInts } from './growing.ts';
import { createHashSet, type HashSet } from './hash-set.ts';
import { type CloseSet, createPostings, type RankedSets } from './postings.ts';
import { type Ratio, reaches } from './ratio.ts';
import { createSetGroups } from './set-groups.ts';

/** A text as a set of hashes: what a `GramReader` gives, or a file of hashes. */
export interface HashedText {
  readonly tokens: number;
  readonly count: number;
  readonly low: Int32Array;
  readonly high: Int32Array;
}

/** How the texts of the set are compared. */
export interface OverlapIndexOptions {
  readonly grams: GramKind;
  /** Jaccard index from which on a text is reported. */
  readonly ratio: Ratio;
  /** Texts of fewer tokens are not compared. */
  readonly minTokens: number;
  readonly boilerplate: BoilerplateRule;
}

/** Grams in more than this share of the different texts, and in more than so many, say nothing about a single one. */
export interface BoilerplateRule {
  /** From 0 to 1; 1 strips nothing. */
  readonly share: number;
  readonly texts: number;
}

/** Why a text is in no set: too few tokens, or nothing but boilerplate. */
export const LEFT_OUT = { short: -1, boilerplate: -2 } as const;

/** The texts of one set, ready to be asked. */
export interface OverlapIndex {
  /** Set of each text that was added; equal sets are one. Or why it has none, see `LEFT_OUT`. */
  readonly setOf: Int32Array;
  readonly sets: number;
  /** Grams that were stripped; they count in no set of either side. */
  readonly boilerplate: HashSet;
  /** The sets that reach the ratio with this text, in order of their number. */
  probe(text: HashedText): readonly CloseSet[];
}

/** Collects the texts of one set. */
export interface OverlapIndexBuilder {
  add(text: HashedText): void;
  finish(): OverlapIndex;
}

/** An index of texts that are added one by one; only their hashes are kept. */
export function createOverlapIndex(options: OverlapIndexOptions): OverlapIndexBuilder {
  const dictionary = createHashSet();
  const distinct = createSetGroups();
  const groupOf = growingInts();
  const starts = growingInts();
  const ids = growingInts();
  return {
    add: (text) => {
      if (text.count === 0 || text.tokens < options.minTokens) {
        groupOf.push(LEFT_OUT.short);
        return;
      }
      const before = distinct.count;
      const group = findSet(distinct, text.count, (k) => [text.low[k]!, text.high[k]!]);
      groupOf.push(group);
      if (group < before) return;
      starts.push(ids.length);
      for (let k = 0; k < text.count; k++) ids.push(dictionary.add(text.low[k]!, text.high[k]!));
    },
    finish: () => {
      starts.push(ids.length);
      const found = { groups: distinct.count, starts: starts.values, ids: ids.values };
      const counts = new Int32Array(dictionary.size);
      for (let at = 0; at < ids.length; at++) counts[found.ids[at]!]!++;
      const { common, boilerplate } = findBoilerplate(dictionary, counts, found.groups, options.boilerplate);
      const { setOfGroup, sets } = strip(found, common, dictionary);
      const ranks = rankIds(counts);
      const index = createPostings(rankSets(sets, ranks), dictionary.size, options.ratio);
      return {
        setOf: groupOf.values
          .slice(0, groupOf.length)
          .map((group) => (group < 0 ? group : setOfGroup[group]!)),
        sets: sets.length,
        boilerplate,
        probe: (text) => {
          if (text.tokens < options.minTokens) return [];
          index.begin();
          for (let k = 0; k < text.count; k++) {
            const id = dictionary.find(text.low[k]!, text.high[k]!);
            if (id < 0) index.addUnknown();
            else if (common[id] === 0) index.add(ranks[id]!);
          }
          return index
            .find()
            .filter(({ intersection, union }) => reaches(options.ratio, intersection, union));
        },
      };
    },
  };
}

/** The number of a set, by the order-free sum of its hashes. */
function findSet(
  groups: ReturnType<typeof createSetGroups>,
  count: number,
  hashOf: (k: number) => readonly [number, number],
): number {
  let sumLow = 0;
  let sumHigh = 0;
  for (let k = 0; k < count; k++) {
    const [low, high] = hashOf(k);
    sumLow = (sumLow + low) | 0;
    sumHigh = (sumHigh + high) | 0;
  }
  return groups.find(sumLow, sumHigh, count);
}

/** Marks the grams that stand in too many of the different texts. */
function findBoilerplate(
  dictionary: HashSet,
  counts: Int32Array,
  groups: number,
  { share, texts }: BoilerplateRule,
): { readonly common: Uint8Array; readonly boilerplate: HashSet } {
  const most = Math.max(texts, share * groups);
  const common = new Uint8Array(dictionary.size);
  const boilerplate = createHashSet(16);
  for (let id = 0; id < dictionary.size; id++) {
    if (counts[id]! <= most) continue;
    common[id] = 1;
    boilerplate.add(dictionary.low[id]!, dictionary.high[id]!);
  }
  return { common, boilerplate };
}

interface FoundGroups {
  readonly groups: number;
  readonly starts: Int32Array;
  readonly ids: Int32Array;
}

/** Groups without boilerplate; those that become equal are one set. */
function strip(
  { groups, starts, ids }: FoundGroups,
  common: Uint8Array,
  dictionary: HashSet,
): { readonly setOfGroup: Int32Array; readonly sets: readonly Int32Array[] } {
  const known = createSetGroups();
  const sets: Int32Array[] = [];
  const setOfGroup = new Int32Array(groups);
  for (let group = 0; group < groups; group++) {
    const left = ids.subarray(starts[group]!, starts[group + 1]!).filter((id) => common[id] === 0);
    if (left.length === 0) {
      setOfGroup[group] = LEFT_OUT.boilerplate;
      continue;
    }
    const { low, high } = dictionary;
    const set = findSet(known, left.length, (k) => [low[left[k]!]!, high[left[k]!]!]);
    if (set === sets.length) sets.push(left);
    setOfGroup[group] = set;
  }
  return { setOfGroup, sets };
}

/** Rank of each gram: rare ones first, equally rare ones by number. */
function rankIds(counts: Int32Array): Int32Array {
  const keys = Float64Array.from(counts, (count, id) => count * 0x1_0000_0000 + id).sort();
  const ranks = new Int32Array(counts.length);
  keys.forEach((key, rank) => {
    ranks[key % 0x1_0000_0000] = rank;
  });
  return ranks;
}

function rankSets(sets: readonly Int32Array[], ranks: Int32Array): RankedSets {
  const starts = new Int32Array(sets.length + 1);
  sets.forEach((set, number) => {
    starts[number + 1] = starts[number]! + set.length;
  });
  const members = new Int32Array(starts[sets.length] ?? 0);
  sets.forEach((set, number) => {
    members.set(set.map((id) => ranks[id]!).sort(), starts[number]!);
  });
  return { count: sets.length, starts, members };
}
