/** Components of near-duplicates: texts that hang together through verified pairs, and how tightly. */

import { createGramReader } from './gram-reader.ts';
import { compareGrams } from './literal-grams.ts';
import { findNearDuplicates } from './near-duplicates.ts';
import type { GroupEdge, NearDuplicateOptions, NearDuplicates } from './text-groups.ts';
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

/**
 * The component of each text, numbered from 0 in order of first appearance. Texts without any gram are alone, but for equal ones.
 *
 * @example nearDuplicateComponents(['Pay me now', 'pay ME  now!', 'no']) // Int32Array [0, 0, 1]
 */
export function nearDuplicateComponents(
  texts: readonly string[],
  options: NearDuplicateOptions = {},
): Int32Array {
  const found = findNearDuplicates(texts, options);
  const root = joinGroups(found.groups, found.edges);
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
  const root = joinGroups(found.groups, found.edges);
  const byRoot = new Map<number, { texts: number[]; groups: Set<number> }>();
  const many = new Set<number>(found.edges.map(({ first }) => root(first)));
  found.groupOf.forEach((group, text) => {
    if (group < 0) return;
    const name = root(group);
    if (found.members[group]! < 2 && !many.has(name)) return;
    const entry = byRoot.get(name) ?? { texts: [], groups: new Set() };
    entry.texts.push(text);
    entry.groups.add(group);
    byRoot.set(name, entry);
  });
  const { grams, skip, threshold } = found.options;
  const compared = compareGrams(createGramReader(grams), skip);
  const clusters = [...byRoot.values()].map(({ texts, groups }): TextCluster => {
    const looked = [...groups].slice(0, LOOKED_AT).map((group) => found.firstText[group]!);
    let smallest = 1;
    let farthest: readonly [number, number] | null = null;
    for (let a = 0; a < looked.length; a++) {
      for (let b = a + 1; b < looked.length; b++) {
        const shared = compared.share(textOf(looked[a]!), textOf(looked[b]!));
        const jaccard = shared.intersection / shared.union;
        if (jaccard < smallest) [smallest, farthest] = [jaccard, [looked[a]!, looked[b]!]];
      }
    }
    return { texts, sets: groups.size, smallest, farthest, isLoose: smallest < threshold - LOOSE };
  });
  return clusters.sort((a, b) => b.texts.length - a.texts.length || a.texts[0]! - b.texts[0]!);
}

/** Joins groups along edges; gives the smallest group that each hangs together with. */
function joinGroups(groups: number, edges: readonly GroupEdge[]): (group: number) => number {
  const parent = Int32Array.from({ length: groups }, (_, group) => group);
  const root = (group: number): number => {
    let at = group;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  };
  for (const { first, second } of edges) {
    const [a, b] = [root(first), root(second)];
    parent[Math.max(a, b)] = Math.min(a, b);
  }
  return root;
}
