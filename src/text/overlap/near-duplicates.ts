/** Near-duplicates within one set of texts: every pair at a threshold, exactly, as groups of equal sets and edges between them. */

import { type GramKind, readGramKind } from './gram-kind.ts';
import { createGramReader } from './gram-reader.ts';
import { growingInts } from './growing.ts';
import { compareGrams } from './literal-grams.ts';
import { exactRatio, leastDifferent, type Ratio, reaches } from './ratio.ts';
import { resolvePacks } from './resolve-packs.ts';
import { type JoinedPairs, selfJoin } from './self-join.ts';
import { createSetGroups } from './set-groups.ts';
import type { CollectedTexts, GroupEdge, NearDuplicateOptions, NearDuplicates } from './text-groups.ts';
import {
  type ComparedPairs,
  closeTexts,
  countShared,
  repeatedTexts,
  type TextPair,
  type TextPairs,
  verified,
} from './verification.ts';

/** Collects texts one by one; they need not be kept. */
export interface NearDuplicateBuilder {
  readonly texts: number;
  /** Adds the next text. */
  add(text: string): void;
  /** Adds the next text as another thread has hashed it; `low` is read where the text is long enough to be stored. */
  addHashed(text: HashedSet): void;
  readonly grams: GramKind;
  readonly ratio: Ratio;
  /** Grams from which on a text is stored. */
  readonly leastStored: number;
  /** What was added, before anything is compared. The sets are the builder's own memory: whoever gives them away has ended it. */
  collected(): CollectedTexts;
  /** @param textOf gives a text again, so that what is reported is verified; null where texts are gone */
  finish(textOf: ((text: number) => string) | null): NearDuplicates;
}

/** A text as the set of its grams: how many, their fingerprint, and their hashes. */
export interface HashedSet {
  readonly tokens: number;
  readonly count: number;
  readonly sumLow: number;
  readonly sumHigh: number;
  readonly low: Int32Array;
}

/** What texts are compared by where nobody says otherwise. */
export const DEFAULT_GRAMS: GramKind = readGramKind('word3')!;
export const DEFAULT_THRESHOLD = 0.995;

/**
 * A builder. For each different set it keeps 28 bytes, and the grams of those texts alone that are long enough to be close to
 * another text without being equal: at 0.995 those with at least 199 grams.
 *
 * @throws RangeError for a threshold that is none
 */
export function createNearDuplicates(wanted: NearDuplicateOptions = {}): NearDuplicateBuilder {
  const options = {
    threshold: DEFAULT_THRESHOLD,
    grams: DEFAULT_GRAMS,
    minTokens: 0,
    skip: null,
    packsFrom: Number.POSITIVE_INFINITY,
    ...wanted,
  };
  const ratio = exactRatio(options.threshold);
  const least = leastDifferent(ratio);
  const reader = createGramReader(options.grams);
  const found = createSetGroups();
  const groupOf = growingInts();
  const firstText = growingInts();
  const members = growingInts();
  const stored = growingInts();
  const starts = growingInts();
  starts.push(0);
  const grams = growingInts();
  const addHashed = (text: HashedSet): void => {
    if (text.count === 0 || text.tokens < options.minTokens) {
      groupOf.push(-1);
      return;
    }
    const before = found.count;
    const group = found.find(text.sumLow, text.sumHigh, text.count);
    groupOf.push(group);
    if (group < before) {
      members.values[group]!++;
      return;
    }
    firstText.push(groupOf.length - 1);
    members.push(1);
    if (text.count < least) return;
    stored.push(group);
    grams.pushAll(text.low, text.count);
    starts.push(grams.length);
  };
  const collected = (): CollectedTexts => ({
    equal: {
      options,
      texts: groupOf.length,
      groupOf: groupOf.values.slice(0, groupOf.length),
      groups: found.count,
      firstText: firstText.values.slice(0, firstText.length),
      members: members.values.slice(0, members.length),
    },
    sets: { count: stored.length, starts: starts.values, grams: grams.values },
    stored: stored.values,
    ratio,
  });
  return {
    get texts() {
      return groupOf.length;
    },
    grams: options.grams,
    ratio,
    leastStored: least,
    addHashed,
    add: (text: string) => {
      reader.read(text, options.skip);
      addHashed(reader);
    },
    collected,
    finish: (textOf: ((text: number) => string) | null) => {
      const hashed = collected();
      if (textOf === null) {
        const { pairs } = selfJoin(hashed.sets, ratio, Number.POSITIVE_INFINITY);
        return { ...hashed.equal, edges: hashedEdges(hashed, pairs), packs: [], verified: false };
      }
      const joined = selfJoin(hashed.sets, ratio, options.packsFrom);
      const compared = compareGrams(reader, options.skip);
      const compare = (pairs: TextPairs): ComparedPairs => {
        const pairAt = (pair: number): TextPair => [textOf(pairs.ones[pair]!), textOf(pairs.others[pair]!)];
        return { ...pairs, ...countShared(compared, pairs.ones.length, pairAt) };
      };
      const packs = resolvePacks(hashed, joined, textOf, reader);
      return verified(
        hashed,
        compare(repeatedTexts(hashed.equal)),
        compare(closeTexts(hashed, joined.pairs)),
        packs,
      );
    },
  };
}

/** Near-duplicates among texts in memory, verified on their grams. */
export function findNearDuplicates(
  texts: readonly string[],
  options: NearDuplicateOptions = {},
): NearDuplicates {
  const builder = createNearDuplicates(options);
  for (const text of texts) builder.add(text);
  return builder.finish((text) => texts[text]!);
}

function hashedEdges({ stored, sets, ratio }: CollectedTexts, pairs: JoinedPairs): readonly GroupEdge[] {
  const edges: GroupEdge[] = [];
  for (let pair = 0; pair < pairs.count; pair++) {
    const [a, b] = [pairs.first[pair]!, pairs.second[pair]!];
    const one = new Set(sets.grams.subarray(sets.starts[a]!, sets.starts[a + 1]!));
    const other = sets.grams.subarray(sets.starts[b]!, sets.starts[b + 1]!);
    let intersection = 0;
    for (const gram of other) if (one.has(gram)) intersection++;
    const union = sets.starts[a + 1]! - sets.starts[a]! + other.length - intersection;
    if (!reaches(ratio, intersection, union)) continue;
    edges.push({ first: stored[a]!, second: stored[b]!, intersection, union });
  }
  return edges;
}
