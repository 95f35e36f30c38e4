/** Which sets may be close to members of a pack that they do not belong to: each such set is held against the pack as a whole. */

import { growingInts } from './growing.ts';
import { createMembers } from './members.ts';
import { majority, type Packs, sampled, slack } from './packs.ts';
import type { Ratio } from './ratio.ts';
import type { StoredSets } from './stored-sets.ts';

/** Sets beside packs, each pair once. Of two packs that may be close, the sets of the smaller one meet the larger one. */
export interface PackMeetings {
  readonly count: number;
  readonly sets: Int32Array;
  readonly packs: Int32Array;
}

/** Collects meetings while sets are joined. */
export interface MeetingsBuilder {
  /** Makes the packs that have this gram known to the set. */
  look(set: number, hash: number): void;
  /** Says that a set is close to a member of a pack. */
  meet(set: number, pack: number): void;
  /** Adds a gram by which a member of the pack is found. */
  add(hash: number, pack: number): void;
  /** All meetings, when every set was looked at. */
  all(): PackMeetings;
}

/** A pack as far as hashes say it. */
interface Ball {
  readonly template: Int32Array;
  readonly members: readonly number[];
  /** Most that a member differs from the template, and the largest member. */
  readonly radius: number;
  readonly largest: number;
}

/** No meetings yet. */
export function createPackMeetings(sets: StoredSets, ratio: Ratio, packs: Packs): MeetingsBuilder {
  const { starts, grams } = sets;
  const { packOf } = packs;
  const balls = ballsOf(sets, packs);
  const byGram = new Map<number, Set<number>>();
  const seen = new Set<number>();
  const metSets = growingInts(16);
  const metPacks = growingInts(16);
  const table = createMembers();
  let filled = -1;
  const pairOf = (one: number, pack: number): number => one * packs.count + pack;

  /** Whether a set can be close to any member: it differs from each by no less than the two differ from the template. */
  const canBeClose = (set: number, { template, radius, largest }: Ball): boolean => {
    if (filled !== set) table.fill(grams, starts[set]!, starts[set + 1]! - starts[set]!);
    filled = set;
    const size = starts[set + 1]! - starts[set]!;
    const difference = size + template.length - 2 * table.shared(template, 0, template.length);
    return slack(ratio, size + largest, difference - radius) >= 0;
  };
  const hold = (set: number, pack: number): void => {
    if (!canBeClose(set, balls[pack]!)) return;
    metSets.push(set);
    metPacks.push(pack);
  };
  /** The same question for two packs, and then for each set of the smaller one. */
  const holdPacks = (one: number, other: number): void => {
    const [small, large] =
      balls[one]!.members.length < balls[other]!.members.length ? [one, other] : [other, one];
    const [{ template, radius, largest, members }, far] = [balls[small]!, balls[large]!];
    table.fill(template, 0, template.length);
    filled = -1;
    const shared = table.shared(far.template, 0, far.template.length);
    const apart = template.length + far.template.length - 2 * shared;
    if (slack(ratio, largest + far.largest, apart - radius - far.radius) < 0) return;
    for (const set of members) hold(set, large);
  };
  const meet = (set: number, pack: number): void => {
    const own = packOf[set]!;
    if (own === pack) return;
    const pair =
      own < 0 ? pairOf(set, pack) : pairOf(starts.length + Math.min(own, pack), Math.max(own, pack));
    if (seen.has(pair)) return;
    seen.add(pair);
    if (own < 0) hold(set, pack);
    else holdPacks(own, pack);
  };
  return {
    look: (set, hash) => {
      const found = byGram.get(hash);
      if (found !== undefined) for (const pack of found) meet(set, pack);
    },
    meet,
    add: (hash, pack) => {
      const found = byGram.get(hash);
      if (found === undefined) byGram.set(hash, new Set([pack]));
      else found.add(pack);
    },
    all: () => ({ count: metSets.length, sets: metSets.values, packs: metPacks.values }),
  };
}

function ballsOf({ starts, grams }: StoredSets, { count, packOf }: Packs): readonly Ball[] {
  const members: number[][] = Array.from({ length: count }, () => []);
  packOf.forEach((pack, set) => {
    if (pack >= 0) members[pack]!.push(set);
  });
  const table = createMembers();
  return members.map((sets) => {
    const gramsOf = (set: number) => grams.subarray(starts[set]!, starts[set + 1]!);
    const template = Int32Array.from(majority(sampled(sets).map(gramsOf)));
    table.fill(template, 0, template.length);
    let [radius, largest] = [0, 0];
    for (const set of sets) {
      const size = starts[set + 1]! - starts[set]!;
      const shared = table.shared(grams, starts[set]!, size);
      radius = Math.max(radius, size + template.length - 2 * shared);
      largest = Math.max(largest, size);
    }
    return { template, members: sets, radius, largest };
  });
}
