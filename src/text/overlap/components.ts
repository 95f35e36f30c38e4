/** Components of near-duplicates: texts that hang together through verified pairs, and how tightly. */

import { createGramReader } from './gram-reader.ts';
import { literalSet } from './literal-grams.ts';
import { findNearDuplicates } from './near-duplicates.ts';
import type { NearDuplicateOptions, NearDuplicates } from './text-groups.ts';
import { flatText } from './token-lanes.ts';

/** Texts that hang together; a chain of close pairs may join texts that are not close. */
export interface TextCluster {
  /** Numbers of its texts, ascending. */
  readonly texts: readonly number[];
  /** Different sets of grams among them. */
  readonly sets: number;
  /** Smallest Jaccard index of any two of its sets; 1 where all are equal. Of the first `LOOKED_AT` sets where there are more. */
  readonly smallest: number;
  /** The two texts that are farthest apart. */
  readonly farthest: readonly [number, number] | null;
  /** The farthest pair is much looser than the threshold that joined its neighbours. */
  readonly isLoose: boolean;
}

/** Sets of a cluster that are compared in pairs. */
const LOOKED_AT = 100;

/** A cluster is loose where its farthest pair is so much below the threshold. */
const LOOSE = 0.1;

/** Groups from which on near-duplicates of one template are kept as a pack where nobody needs each pair. */
export const PACKS_FROM = 32;

/**
 * The component of each text, numbered from 0 in order of first appearance. Texts without any gram are alone, but for equal ones.
 *
 * @example nearDuplicateComponents(['Pay me now', 'pay ME  now!', 'no']) // Int32Array [0, 0, 1]
 */
export function nearDuplicateComponents(
  texts: readonly string[],
  options: NearDuplicateOptions = {},
): Int32Array {
  const found = findNearDuplicates(texts, { packsFrom: PACKS_FROM, ...options });
  const root = joinGroups(found);
  const names = new Map<number | string, number>();
  return Int32Array.from(found.groupOf, (group, text) => {
    const name = group < 0 ? flatText(texts[text]!) : root(group);
    const known = names.get(name);
    if (known !== undefined) return known;
    names.set(name, names.size);
    return names.size - 1;
  });
}

/**
 * Clusters of two texts and more, largest first, then by their first text.
 *
 * @param textOf gives a text by its number
 */
export function textClusters(
  found: NearDuplicates,
  textOf: (text: number) => string,
): readonly TextCluster[] {
  const root = joinGroups(found);
  const byRoot = new Map<number, { texts: number[]; groups: Set<number> }>();
  const sets = new Int32Array(found.groups);
  for (let group = 0; group < found.groups; group++) if (found.members[group]! > 0) sets[root(group)]!++;
  found.groupOf.forEach((group, text) => {
    if (group < 0) return;
    const name = root(group);
    if (found.members[group]! < 2 && sets[name]! < 2) return;
    const entry = byRoot.get(name) ?? { texts: [], groups: new Set() };
    entry.texts.push(text);
    entry.groups.add(group);
    byRoot.set(name, entry);
  });
  const { grams, skip, threshold } = found.options;
  const reader = createGramReader(grams);
  const clusters = [...byRoot.values()].map(({ texts, groups }): TextCluster => {
    const looked = [...groups].slice(0, LOOKED_AT).map((group) => found.firstText[group]!);
    const codes = codesOf(looked, (text) => literalSet(reader, textOf(text), skip));
    let smallest = 1;
    let farthest: readonly [number, number] | null = null;
    for (let a = 0; a < looked.length; a++) {
      for (let b = a + 1; b < looked.length; b++) {
        const intersection = countCommon(codes[a]!, codes[b]!);
        const jaccard = intersection / (codes[a]!.length + codes[b]!.length - intersection);
        if (jaccard < smallest) [smallest, farthest] = [jaccard, [looked[a]!, looked[b]!]];
      }
    }
    return { texts, sets: groups.size, smallest, farthest, isLoose: smallest < threshold - LOOSE };
  });
  return clusters.sort((a, b) => b.texts.length - a.texts.length || a.texts[0]! - b.texts[0]!);
}

/** Each set as ascending codes; texts that are close share most of them, so that each gram is kept once. */
function codesOf(
  texts: readonly number[],
  gramsOf: (text: number) => ReadonlySet<string>,
): readonly Int32Array[] {
  const codes = new Map<string, number>();
  return texts.map((text) =>
    Int32Array.from(gramsOf(text), (gram) => {
      const code = codes.get(gram) ?? codes.size;
      codes.set(gram, code);
      return code;
    }).sort(),
  );
}

function countCommon(one: Int32Array, other: Int32Array): number {
  let [at, to, common] = [0, 0, 0];
  while (at < one.length && to < other.length) {
    const difference = one[at]! - other[to]!;
    if (difference === 0) common++;
    if (difference <= 0) at++;
    if (difference >= 0) to++;
  }
  return common;
}

/** Joins groups that are close; gives the smallest group that each hangs together with. */
function joinGroups({ groups, edges, packs }: NearDuplicates): (group: number) => number {
  const parent = Int32Array.from({ length: groups }, (_, group) => group);
  const root = (group: number): number => {
    let at = group;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  };
  const join = (one: number, other: number): void => {
    const [a, b] = [root(one), root(other)];
    parent[Math.max(a, b)] = Math.min(a, b);
  };
  for (const { first, second } of edges) join(first, second);
  for (const { members, reach, others, othersReach } of packs) {
    // Whoever reaches farthest is close to all that anybody reaches.
    const farthest = Math.max(reach[0] ?? 0, othersReach[0] ?? 0);
    for (const group of members.subarray(0, farthest)) join(members[0]!, group);
    members.forEach((group, at) => {
      if (reach[at]! > 0) join(members[0]!, group);
    });
    for (const group of others) join(members[0]!, group);
  }
  return root;
}
