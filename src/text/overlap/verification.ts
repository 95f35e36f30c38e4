/** From what hashes propose to what the grams themselves say: groups without a text whose hash lied, and edges with true counts. */

import type { GramComparison } from './literal-grams.ts';
import { reaches } from './ratio.ts';
import type { ResolvedPacks } from './resolve-packs.ts';
import type { JoinedPairs } from './self-join.ts';
import type { CollectedTexts, GroupEdge, NearDuplicates, TextGroups } from './text-groups.ts';

/** Pairs of texts by number; those with the same `ones` stand together where there are many. */
export interface TextPairs {
  readonly ones: Int32Array;
  readonly others: Int32Array;
}

/** Two texts, the one that may come again in the next pair first. */
export type TextPair = readonly [one: string, other: string];

/** What the texts of each pair share, in the order of pairs. */
export interface SharedCounts {
  readonly intersections: Int32Array;
  readonly unions: Int32Array;
}

/** Pairs of texts and what they share. */
export type ComparedPairs = TextPairs & SharedCounts;

/** Every later text of a group against the first one, in the order of texts. */
export function repeatedTexts({ groupOf, groups, firstText, members }: TextGroups): TextPairs {
  let count = 0;
  for (let group = 0; group < groups; group++) count += members[group]! - 1;
  const ones = new Int32Array(count);
  const others = new Int32Array(count);
  let pair = 0;
  groupOf.forEach((group, text) => {
    if (group < 0 || firstText[group] === text) return;
    ones[pair] = firstText[group]!;
    others[pair++] = text;
  });
  return { ones, others };
}

/** The first texts of the groups that were joined, in the order of pairs, which is that of their second group. */
export function closeTexts({ equal, stored }: CollectedTexts, joined: JoinedPairs): TextPairs {
  const textsOf = (sets: Int32Array) =>
    sets.slice(0, joined.count).map((set) => equal.firstText[stored[set]!]!);
  return { ones: textsOf(joined.second), others: textsOf(joined.first) };
}

/** Compares so many pairs. */
export function countShared(
  compared: GramComparison,
  count: number,
  pairAt: (pair: number) => TextPair,
): SharedCounts {
  const intersections = new Int32Array(count);
  const unions = new Int32Array(count);
  for (let pair = 0; pair < count; pair++) {
    const { intersection, union } = compared.share(...pairAt(pair));
    intersections[pair] = intersection;
    unions[pair] = union;
  }
  return { intersections, unions };
}

/** The answer; a text whose hash lied leaves its group, and is held against it as any other. */
export function verified(
  { equal, ratio }: CollectedTexts,
  repeats: ComparedPairs,
  close: ComparedPairs,
  { packs, edges: packEdges }: ResolvedPacks,
): NearDuplicates {
  const { options, texts, groups, firstText } = equal;
  const groupOf = equal.groupOf.slice();
  const members = equal.members.slice();
  const edges: GroupEdge[] = [...packEdges];
  const addEdge = (first: number, second: number, intersection: number, union: number): void => {
    if (reaches(ratio, intersection, union)) edges.push({ first, second, intersection, union });
  };
  close.ones.forEach((one, pair) => {
    const other = close.others[pair]!;
    addEdge(groupOf[other]!, groupOf[one]!, close.intersections[pair]!, close.unions[pair]!);
  });
  const left: number[] = [];
  repeats.others.forEach((text, pair) => {
    const [intersection, union] = [repeats.intersections[pair]!, repeats.unions[pair]!];
    if (intersection === union) return;
    const group = groupOf[text]!;
    members[group]!--;
    groupOf[text] = groups + left.length;
    left.push(text);
    addEdge(group, groupOf[text]!, intersection, union);
  });
  return {
    options,
    texts,
    groupOf,
    groups: groups + left.length,
    firstText: followedBy(firstText, left),
    members: followedBy(
      members,
      left.map(() => 1),
    ),
    edges,
    packs,
    verified: true,
  };
}

function followedBy(values: Int32Array, more: readonly number[]): Int32Array {
  const all = new Int32Array(values.length + more.length);
  all.set(values);
  all.set(more, values.length);
  return all;
}
