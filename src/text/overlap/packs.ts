/**
 * Packs: sets so close to one template that each is close to each other. Thousands of copies of one form differ in a name alone; as
 * pairs they would be hundreds of millions, as packs they are a list.
 */

import { powerOfTwo } from './hash.ts';
import { createMembers } from './members.ts';
import { createRarest } from './rarest.ts';
import type { Ratio } from './ratio.ts';
import type { StoredSets } from './stored-sets.ts';

/** Sets in packs, by what their hashes say. */
export interface Packs {
  readonly count: number;
  /** Pack of each set; -1 for sets in none. */
  readonly packOf: Int32Array;
}

/** What `findPacks` needs to know of the join. */
export interface PackRules {
  readonly ratio: Ratio;
  /** Members from which on sets are worth a pack; Infinity finds none. */
  readonly least: number;
  /** How many sets have a gram, by hash (`countGrams`). */
  readonly counts: Int32Array;
  /** Grams by which a set of this size is found. */
  readonly indexedOf: (size: number) => number;
}

/** Sets that say what the template of a bucket is: a gram of more than half of them belongs to it. */
const SAMPLED = 64;

/** How far a set is within what its template allows: not negative, and two such sets of one template are close whatever they differ in. */
export function slack({ numerator, denominator }: Ratio, size: number, difference: number): number {
  // Sets x and y are close where (|x| + |y|) (d - n) >= |x differs from y| (d + n), and they differ in no more than both do from the template.
  return size * (denominator - numerator) - difference * (denominator + numerator);
}

/**
 * Members of `samples` that stand in more than half of them.
 *
 * @param samples sets of different members
 */
export function majority<Member>(samples: readonly Iterable<Member>[]): ReadonlySet<Member> {
  const counts = new Map<Member, number>();
  for (const sample of samples) {
    for (const member of sample) counts.set(member, (counts.get(member) ?? 0) + 1);
  }
  const common = new Set<Member>();
  for (const [member, count] of counts) if (count * 2 > samples.length) common.add(member);
  return common;
}

/** Up to `SAMPLED` of the items, evenly spaced. */
export function sampled<Item>(items: readonly Item[]): readonly Item[] {
  const step = Math.max(1, items.length / SAMPLED);
  return Array.from({ length: Math.min(SAMPLED, items.length) }, (_, at) => items[Math.floor(at * step)]!);
}

/**
 * Finds packs in time that grows with the sets. Sets meet where they share a gram of their own that many have; a pack that is missed only
 * costs time, since its sets are then held against each other one by one.
 */
export function findPacks(sets: StoredSets, rules: PackRules): Packs {
  const { count, starts, grams } = sets;
  const packOf = new Int32Array(count).fill(-1);
  if (count < rules.least) return { count: 0, packOf };
  const members = createMembers();
  const known = new Map<string, number>();
  const sizeOf = (set: number): number => starts[set + 1]! - starts[set]!;
  const take = (bucket: readonly number[]): void => {
    const samples = sampled(bucket).map((set) => grams.subarray(starts[set]!, starts[set + 1]!));
    const template = Int32Array.from(majority(samples)).sort();
    members.fill(template, 0, template.length);
    const tight = bucket.filter((set) => {
      const size = sizeOf(set);
      const shared = members.shared(grams, starts[set]!, size);
      return slack(rules.ratio, size, size + template.length - 2 * shared) >= 0;
    });
    const name = fingerprint(template);
    const pack = known.get(name);
    if (pack === undefined && tight.length < rules.least) return;
    if (pack === undefined) known.set(name, known.size);
    for (const set of tight) packOf[set] = pack ?? known.size - 1;
  };
  for (const keyOf of [mostCommon, firstCommon]) {
    const buckets = new Map<number, number[]>();
    const rarest = createRarest(rules.counts);
    for (let set = 0; set < count; set++) {
      const size = sizeOf(set);
      if (packOf[set]! >= 0 || size === 0) continue;
      const indexed = rules.indexedOf(size);
      rarest.select(grams, starts[set]!, size, indexed);
      const key = keyOf(rarest.hashes.subarray(0, indexed), rules);
      const bucket = buckets.get(key);
      if (bucket === undefined) buckets.set(key, [set]);
      else bucket.push(set);
    }
    for (const bucket of buckets.values()) if (bucket.length >= rules.least) take(bucket);
  }
  return { count: known.size, packOf };
}

function mostCommon(rarest: Int32Array): number {
  return rarest.at(-1)!;
}

function firstCommon(rarest: Int32Array, { counts, least }: PackRules): number {
  const mask = powerOfTwo(counts.length) - 1;
  return rarest.find((gram) => counts[gram & mask]! >= least) ?? rarest.at(-1)!;
}

/** Templates of one fingerprint may still differ: each member is held against the template of its pack again, gram by gram. */
function fingerprint(template: Int32Array): string {
  let [one, other] = [0, 0];
  for (const gram of template) {
    one = Math.imul(one ^ gram, 0x9e3779b1) | 0;
    other = (Math.imul(other, 31) + gram) | 0;
  }
  return `${template.length} ${one} ${other}`;
}
