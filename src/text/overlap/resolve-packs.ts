/** From the packs that hashes propose to what the grams themselves say: who is close to whom in and around each pack. */

import type { GramReader } from './gram-reader.ts';
import { literalSet } from './literal-grams.ts';
import { majority, sampled, slack } from './packs.ts';
import { type Ratio, reaches } from './ratio.ts';
import type { JoinedSets } from './self-join.ts';
import type { CollectedTexts, GroupEdge, GroupPack } from './text-groups.ts';

/** Packs, and pairs around them that the order of members does not say. */
export interface ResolvedPacks {
  readonly packs: readonly GroupPack[];
  readonly edges: readonly GroupEdge[];
}

/** A group beside the template of a pack. */
interface Placed {
  readonly group: number;
  /** Grams of the group. */
  readonly size: number;
  /** Grams that only one of the group and the template has. */
  readonly differences: readonly string[];
  /** Room that is left for differences; see `slack`. */
  readonly room: number;
}

/**
 * Every pair is decided on grams as texts, by way of a template: two texts differ in what each has of its own beside the template, less
 * twice what they have in common of that. Most have nothing in common, so that sorting texts by the room they leave decides them at once.
 */
export function resolvePacks(
  { equal, stored, ratio }: CollectedTexts,
  { packs: { count, packOf }, meetings }: JoinedSets,
  textOf: (text: number) => string,
  reader: GramReader,
): ResolvedPacks {
  if (count === 0) return { packs: [], edges: [] };
  const inside: number[][] = Array.from({ length: count }, () => []);
  const outside: number[][] = Array.from({ length: count }, () => []);
  packOf.forEach((pack, set) => {
    if (pack >= 0) inside[pack]!.push(stored[set]!);
  });
  for (let at = 0; at < meetings.count; at++) {
    outside[meetings.packs[at]!]!.push(stored[meetings.sets[at]!]!);
  }
  const gramsOf = (group: number) => literalSet(reader, textOf(equal.firstText[group]!), equal.options.skip);
  const edges: GroupEdge[] = [];
  const packs = inside.map((groups, pack): GroupPack => {
    const template = majority(sampled(groups).map(gramsOf));
    const place = (group: number) => placed(group, gramsOf(group), template, ratio);
    const members = groups.map(place).sort(byRoom);
    const others = outside[pack]!.map(place).sort(byRoom);
    edges.push(...commonEdges(members, others, ratio));
    const rooms = members.map(({ room }) => room);
    const near = others.filter(({ room }) => reachOf(rooms, room) > 0);
    const reachOfAll = (all: readonly Placed[]) => Int32Array.from(all, ({ room }) => reachOf(rooms, room));
    return {
      members: Int32Array.from(members, ({ group }) => group),
      reach: reachOfAll(members),
      others: Int32Array.from(near, ({ group }) => group),
      othersReach: reachOfAll(near),
    };
  });
  return { packs, edges };
}

function placed(
  group: number,
  grams: ReadonlySet<string>,
  template: ReadonlySet<string>,
  ratio: Ratio,
): Placed {
  const differences: string[] = [];
  for (const gram of grams) if (!template.has(gram)) differences.push(gram);
  if (grams.size - differences.length < template.size) {
    for (const gram of template) if (!grams.has(gram)) differences.push(gram);
  }
  return { group, size: grams.size, differences, room: slack(ratio, grams.size, differences.length) };
}

function byRoom(a: Placed, b: Placed): number {
  return b.room - a.room || a.group - b.group;
}

/** How many members, of which the rooms descend, are close to a text with this room that has no difference in common with them. */
function reachOf(rooms: readonly number[], room: number): number {
  let [low, high] = [0, rooms.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rooms[middle]! + room >= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Pairs beyond reach that are close all the same, since they differ from the template in the same way. */
function* commonEdges(
  members: readonly Placed[],
  others: readonly Placed[],
  ratio: Ratio,
): Generator<GroupEdge> {
  const rooms = members.map(({ room }) => room);
  const isBeyond = ({ room }: Placed) => reachOf(rooms, room) < members.length;
  if (![...members, ...others].some(isBeyond)) return;
  const having = new Map<string, number[]>();
  members.forEach(({ differences }, rank) => {
    for (const gram of differences) {
      const known = having.get(gram);
      if (known === undefined) having.set(gram, [rank]);
      else known.push(rank);
    }
  });
  function* around(one: Placed, from: number): Generator<GroupEdge> {
    const common = new Map<number, number>();
    for (const gram of one.differences) {
      for (const rank of having.get(gram) ?? []) {
        if (rank >= from) common.set(rank, (common.get(rank) ?? 0) + 1);
      }
    }
    for (const [rank, shared] of common) {
      const other = members[rank]!;
      const apart = one.differences.length + other.differences.length - 2 * shared;
      const union = (one.size + other.size + apart) / 2;
      const intersection = union - apart;
      if (!reaches(ratio, intersection, union)) continue;
      yield { first: other.group, second: one.group, intersection, union };
    }
  }
  for (const [rank, one] of members.entries()) {
    if (isBeyond(one)) yield* around(one, Math.max(rank + 1, reachOf(rooms, one.room)));
  }
  for (const one of others) if (isBeyond(one)) yield* around(one, reachOf(rooms, one.room));
}
