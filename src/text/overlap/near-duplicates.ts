/** Near-duplicates within one set of texts: every pair at a threshold, exactly, as groups of equal sets and edges between them. */

import { type GramKind, readGramKind } from './gram-kind.ts';
import { createGramReader } from './gram-reader.ts';
import { growingInts } from './growing.ts';
import type { HashSet } from './hash-set.ts';
import { compareGrams, type GramComparison } from './literal-grams.ts';
import { exactRatio, leastDifferent, type Ratio, reaches } from './ratio.ts';
import { type JoinedPairs, type StoredSets, selfJoin } from './self-join.ts';
import { createSetGroups } from './set-groups.ts';

/** How texts are compared. */
export interface NearDuplicateOptions {
  /** Jaccard index from which on two texts are near-duplicates, above 0 and at most 1. Default 0.995. */
  readonly threshold?: number;
  /** Default runs of three words. */
  readonly grams?: GramKind;
  /** Texts of fewer tokens belong to no group. Default 0. */
  readonly minTokens?: number;
  /** Grams that do not count, such as boilerplate. */
  readonly skip?: HashSet | null;
}

/** Groups of texts with equal sets of grams, and pairs of groups that are close. */
export interface NearDuplicates {
  readonly options: Required<NearDuplicateOptions>;
  /** Texts that were looked at. */
  readonly texts: number;
  /** Group of each text; -1 for texts without grams or with too few tokens. */
  readonly groupOf: Int32Array;
  readonly groups: number;
  /** The first text of each group. */
  readonly firstText: Int32Array;
  /** Texts of each group. */
  readonly members: Int32Array;
  /** Pairs of groups that reach the threshold, each once; equal sets are one group and have no edge. */
  readonly edges: readonly GroupEdge[];
  /** Whether grams were compared as texts; otherwise by their 64-bit hashes. */
  readonly verified: boolean;
}

/** Two groups and what their texts share. */
export interface GroupEdge {
  readonly first: number;
  readonly second: number;
  readonly intersection: number;
  readonly union: number;
}

/** Collects texts one by one; they need not be kept. */
export interface NearDuplicateBuilder {
  readonly texts: number;
  /** Adds the next text. */
  add(text: string): void;
  /** Adds the next text as another thread has hashed it; `low` is read where the text is long enough to be stored. */
  addHashed(text: HashedSet): void;
  readonly grams: GramKind;
  /** Grams from which on a text is stored. */
  readonly leastStored: number;
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
    starts.push(grams.length);
    grams.pushAll(text.low, text.count);
  };
  return {
    get texts() {
      return groupOf.length;
    },
    grams: options.grams,
    leastStored: least,
    addHashed,
    add: (text: string) => {
      reader.read(text, options.skip);
      addHashed(reader);
    },
    finish: (textOf: ((text: number) => string) | null) => {
      starts.push(grams.length);
      const sets: StoredSets = { count: stored.length, starts: starts.values, grams: grams.values };
      const pairs = ratio.numerator === ratio.denominator ? NO_PAIRS : selfJoin(sets, ratio);
      const result = {
        options,
        texts: groupOf.length,
        groupOf: groupOf.values.slice(0, groupOf.length),
        groups: found.count,
        firstText: firstText.values.slice(0, firstText.length),
        members: members.values.slice(0, members.length),
        verified: textOf !== null,
      };
      const compared = compareGrams(reader, options.skip);
      const groups = { pairs, stored: stored.values, firstText: firstText.values };
      const edges =
        textOf === null ? hashedEdges(groups, sets, ratio) : literalEdges(groups, compared, textOf, ratio);
      return textOf === null
        ? { ...result, edges }
        : verifyGroups({ ...result, edges }, compared, textOf, ratio);
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

const NO_PAIRS: JoinedPairs = { count: 0, first: new Int32Array(0), second: new Int32Array(0) };

interface JoinedGroups {
  readonly pairs: JoinedPairs;
  readonly stored: Int32Array;
  readonly firstText: Int32Array;
}

function literalEdges(
  { pairs, stored, firstText }: JoinedGroups,
  compared: GramComparison,
  textOf: (text: number) => string,
  ratio: Ratio,
): readonly GroupEdge[] {
  const edges: GroupEdge[] = [];
  for (let pair = 0; pair < pairs.count; pair++) {
    const first = stored[pairs.first[pair]!]!;
    const second = stored[pairs.second[pair]!]!;
    // Pairs come in the order of their second group.
    const shared = compared.share(textOf(firstText[second]!), textOf(firstText[first]!));
    if (reaches(ratio, shared.intersection, shared.union)) edges.push({ first, second, ...shared });
  }
  return edges;
}

function hashedEdges({ pairs, stored }: JoinedGroups, sets: StoredSets, ratio: Ratio): readonly GroupEdge[] {
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

/** A text whose hash lied leaves its group; it is held against it as any other. */
function verifyGroups(
  found: NearDuplicates,
  compared: GramComparison,
  textOf: (text: number) => string,
  ratio: Ratio,
): NearDuplicates {
  const { groupOf } = found;
  const firstText = [...found.firstText];
  const members = [...found.members];
  const edges = [...found.edges];
  for (let text = 0; text < groupOf.length; text++) {
    const group = groupOf[text]!;
    if (group < 0 || firstText[group] === text) continue;
    const { intersection, union } = compared.share(textOf(firstText[group]!), textOf(text));
    if (intersection === union) continue;
    members[group]!--;
    groupOf[text] = members.push(1) - 1;
    firstText.push(text);
    if (reaches(ratio, intersection, union)) {
      edges.push({ first: group, second: groupOf[text]!, intersection, union });
    }
  }
  if (members.length === found.groups) return found;
  return {
    ...found,
    groups: members.length,
    firstText: Int32Array.from(firstText),
    members: Int32Array.from(members),
    edges,
  };
}
