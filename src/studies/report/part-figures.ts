/** Precision and recall of each part, with the case as the unit: the parts of one case are right or wrong together. */

import type { Compared } from '../../classes/index.ts';
import { compareText } from '../../slices/index.ts';
import {
  type Estimate,
  exactChangeP,
  type PairedCounts,
  tangoInterval,
  wilsonInterval,
} from '../../stats/index.ts';
import { bootstrapCases } from './case-bootstrap.ts';
import type { PartFigures } from './parts-report.ts';

/** How often a part is expected, given, given rightly and found in one case. */
export interface PartCounter {
  expected: number;
  given: number;
  right: number;
  found: number;
}

/** By name of the part, then by place of the case; cases without the part have no entry. */
export type PartTallies = Map<string, Map<number, PartCounter>>;

/** The parts of both runs, and how intervals are made. */
export interface PartFiguresInput {
  readonly baseline: PartTallies | null;
  readonly candidate: PartTallies;
  readonly cluster: Int32Array | null;
  readonly level: number;
  readonly seed: number;
}

/** Parts that are listed; the others only count in the sums. */
const MOST_PARTS = 1_000;

/**
 * Estimates of every part by resampling the cases (or clusters) that hold it in either run, the same ones for both. The cases
 * without the part change neither sum.
 *
 * @returns by how often a part is expected, then by name
 */
export function partFigures(input: PartFiguresInput): readonly PartFigures[] {
  const { baseline, candidate } = input;
  const names = [...new Set([...candidate.keys(), ...(baseline?.keys() ?? [])])];
  const expectedOf = (name: string) =>
    [...(candidate.get(name) ?? baseline?.get(name) ?? new Map<number, PartCounter>()).values()].reduce(
      (sum, { expected }) => sum + expected,
      0,
    );
  return names
    .map((part) => ({ part, expected: expectedOf(part) }))
    .toSorted((a, b) => b.expected - a.expected || compareText(a.part, b.part))
    .slice(0, MOST_PARTS)
    .map(({ part, expected }) => ({ part, expected, ...figuresOf(part, input) }));
}

function figuresOf(
  part: string,
  { baseline, candidate, cluster, level, seed }: PartFiguresInput,
): Pick<PartFigures, 'precision' | 'recall'> {
  const [before, after] = [baseline?.get(part), candidate.get(part)];
  const places = [...new Set([...(after?.keys() ?? []), ...(before?.keys() ?? [])])].sort((a, b) => a - b);
  const sums = (tallies: ReadonlyMap<number, PartCounter> | undefined) =>
    (['expected', 'given', 'right', 'found'] as const).map((sum) =>
      Float64Array.from(places, (place) => tallies?.get(place)?.[sum] ?? 0),
    );
  const [precision, recall] = bootstrapCases(
    {
      baseline: baseline === null ? null : sums(before),
      candidate: sums(after),
      cluster: cluster && Int32Array.from(places, (place) => cluster[place]!),
    },
    places.map((_, at) => at),
    [
      ([, given, right]) => (given! > 0 ? right! / given! : null),
      ([expected, , , found]) => (expected! > 0 ? found! / expected! : null),
    ],
    { level, seed, most: resamplesFor(baseline, candidate) },
  );
  const ofRuns = (over: keyof PartCounter, hit: keyof PartCounter) => ({
    before: baseline === null ? null : countsOf(places, before, over, hit, cluster),
    after: countsOf(places, after, over, hit, cluster),
  });
  return {
    precision: closedWhere(precision!, ofRuns('given', 'right'), level),
    recall: closedWhere(recall!, ofRuns('expected', 'found'), level),
  };
}

/** One rate of one run by case: whether the case counts, and whether the part is right in it. */
interface RateCounts {
  /** Cases (or clusters) that count. */
  readonly units: number;
  /** Of single cases, by place: 1 right, 0 wrong, -1 does not count; null where a case may count more than once. */
  readonly single: Int8Array | null;
}

function countsOf(
  places: readonly number[],
  tallies: ReadonlyMap<number, PartCounter> | undefined,
  over: keyof PartCounter,
  hit: keyof PartCounter,
  cluster: Int32Array | null,
): RateCounts {
  const own = places.map((place) => tallies?.get(place));
  const counting = places.filter((_, at) => (own[at]?.[over] ?? 0) > 0);
  const isSingle = cluster === null && own.every((one) => (one?.[over] ?? 0) <= 1);
  return {
    units: cluster === null ? counting.length : new Set(counting.map((place) => cluster[place]!)).size,
    single: isSingle ? Int8Array.from(own, (one) => (one?.[over] ? Math.min(1, one[hit]) : -1)) : null,
  };
}

/** Closed forms where a case is right or wrong once, and where every resample agrees, which is no proof of certainty. */
function closedWhere(
  { baseline, candidate, delta }: Compared,
  { before, after }: { readonly before: RateCounts | null; readonly after: RateCounts },
  level: number,
): Compared {
  const rate = (own: Estimate, { units, single }: RateCounts): Estimate =>
    own.estimate === null || (single === null && own.lower !== own.upper)
      ? own
      : wilsonInterval(own.estimate * units, units, level);
  const plain = { baseline: baseline && before && rate(baseline, before), candidate: rate(candidate, after) };
  const pairs = pairedOf(before?.single ?? null, after.single);
  if (pairs !== null) {
    return {
      ...plain,
      delta: tangoInterval(pairs, level),
      pValue: exactChangeP(pairs.baselineOnly, pairs.candidateOnly),
    };
  }
  const isCertain = delta?.estimate != null && delta.lower === delta.upper;
  const unsure = isCertain
    ? { ...delta, lower: null, upper: null, reason: 'every resample is the same' }
    : delta;
  return { ...plain, delta: unsure, pValue: null };
}

/** Null where the same cases do not count in both runs, or a case counts more than once. */
function pairedOf(before: Int8Array | null, after: Int8Array | null): PairedCounts | null {
  if (before === null || after === null) return null;
  const counts = { both: 0, candidateOnly: 0, baselineOnly: 0, neither: 0 };
  for (const [at, was] of before.entries()) {
    const is = after[at]!;
    if (was < 0 !== is < 0) return null;
    if (was < 0) continue;
    if (was === 1) counts[is === 1 ? 'both' : 'baselineOnly']++;
    else counts[is === 1 ? 'candidateOnly' : 'neither']++;
  }
  const { both, candidateOnly, baselineOnly, neither } = counts;
  return both + candidateOnly + baselineOnly + neither === 0 ? null : counts;
}

/** Many parts are resampled less often, so that free text as a part does not take minutes. */
function resamplesFor(baseline: PartTallies | null, candidate: PartTallies): number {
  return candidate.size + (baseline?.size ?? 0) > 200 ? 400 : 2_000;
}
