/** Where a curve over ordered buckets breaks, such as pass rate over input length: the maximal split, tested by shuffling. */

import {
  createRandom,
  holm,
  multinomialDraw,
  multivariateHypergeometricDraw,
  quantileOfSorted,
  type Random,
} from '../stats/index.ts';
import type { ValueCount } from './dimension-data.ts';

/** One bucket in order: its cases by value. */
export interface CurveBucket {
  readonly label: string;
  readonly cells: readonly ValueCount[];
}

/** How a curve is tested. */
export interface ChangeOptions {
  /** Which change counts: a mean that is lower beyond the point, higher, or either. */
  readonly direction: 'falls' | 'rises' | 'either';
  /** Least cases on either side of the point. */
  readonly minCases: number;
  readonly permutations: number;
  readonly resamples: number;
  /** Confidence level of the intervals, in (0, 1). */
  readonly level: number;
  /** Whole number from 0 to 2^53 - 1. */
  readonly seed: number;
}

export const CHANGE_DEFAULTS: ChangeOptions = {
  ...{ direction: 'falls', minCases: 20, permutations: 9_999, resamples: 1_999, level: 0.95, seed: 1 },
};

/** The strongest split of a curve. */
export interface ChangePoint {
  /** The point lies between these two buckets; `after` is its index. */
  readonly between: readonly [string, string];
  readonly after: number;
  /** Range of the index over resamples at the confidence level. */
  readonly earliest: number;
  readonly latest: number;
  readonly before: { readonly cases: number; readonly mean: number };
  readonly beyond: { readonly cases: number; readonly mean: number };
  /** Mean beyond the point minus mean before it, with its interval over resamples (the point is found anew in each). */
  readonly change: number;
  readonly lower: number;
  readonly upper: number;
  /** How often shuffled cases have a split at least as strong. */
  readonly p: number;
}

/** A change point, or why there is none to test. */
export interface CurveChange {
  readonly cases: number;
  readonly buckets: number;
  readonly point: ChangePoint | null;
  readonly reason: 'fewer than two buckets with enough cases on both sides' | 'all values are equal' | null;
}

/** Counts by bucket and value. */
interface Curve {
  readonly values: Float64Array;
  /** `counts[bucket][value]`. */
  readonly counts: readonly Float64Array[];
  readonly sizes: Float64Array;
  /** Whether two cases differ. */
  readonly varies: boolean;
}

/**
 * The split of the ordered buckets with the largest standardised difference of means, and how often cases that are dealt to the
 * buckets at random have one as large: exact for the search over all splits.
 *
 * @param buckets in their order; empty ones may be among them
 * @throws RangeError where a count is not a whole number of at least 0
 * Cost: (permutations + resamples) x buckets x distinct values.
 */
export function changePoint(
  buckets: readonly CurveBucket[],
  options: ChangeOptions = CHANGE_DEFAULTS,
): CurveChange {
  const curve = curveOf(buckets);
  const shape = { cases: curve.sizes.reduce((sum, size) => sum + size, 0), buckets: buckets.length };
  const found = strongest(curve, curve.counts, options);
  if (found === null) {
    return { ...shape, point: null, reason: 'fewer than two buckets with enough cases on both sides' };
  }
  if (!curve.varies) return { ...shape, point: null, reason: 'all values are equal' };
  const { at, before, beyond } = found;
  const resampled = resample(curve, options);
  const tail = (1 - options.level) / 2;
  const change = beyond.mean - before.mean;
  const changes = resampled.map((split) => split.beyond.mean - split.before.mean).sort((a, b) => a - b);
  const places = resampled.map((split) => split.at).sort((a, b) => a - b);
  const limit = (sorted: readonly number[], p: number) => quantileOfSorted(sorted, p);
  return {
    ...shape,
    reason: null,
    point: {
      between: [buckets[at - 1]!.label, buckets[at]!.label],
      after: at,
      earliest: Math.min(at, Math.floor(limit(places, tail))),
      latest: Math.max(at, Math.ceil(limit(places, 1 - tail))),
      ...{ before, beyond, change },
      lower: Math.min(change, limit(changes, tail)),
      upper: Math.max(change, limit(changes, 1 - tail)),
      p: permutationP(curve, found.strength, options),
    },
  };
}

function curveOf(buckets: readonly CurveBucket[]): Curve {
  const distinct = new Set<number>();
  for (const { label, cells } of buckets) {
    for (const { value, count } of cells) {
      if (!(Number.isSafeInteger(count) && count >= 0)) throw new RangeError(`${label}: count is ${count}`);
      distinct.add(value);
    }
  }
  const values = Float64Array.from(distinct).sort();
  const place = new Map(Array.from(values, (value, i) => [value, i]));
  const counts = buckets.map(({ cells }) => {
    const row = new Float64Array(values.length);
    for (const { value, count } of cells) row[place.get(value)!]! += count;
    return row;
  });
  const sizes = Float64Array.from(counts, (row) => row.reduce((sum, count) => sum + count, 0));
  const varies = totals(counts, values.length).filter((count) => count > 0).length > 1;
  return { values, counts, sizes, varies };
}

function totals(counts: readonly Float64Array[], width: number): Float64Array {
  const total = new Float64Array(width);
  for (const row of counts) {
    for (let i = 0; i < width; i++) total[i]! += row[i]!;
  }
  return total;
}

interface FoundSplit {
  readonly at: number;
  readonly strength: number;
  readonly before: { readonly cases: number; readonly mean: number };
  readonly beyond: { readonly cases: number; readonly mean: number };
}

/** The split with the largest squared difference in units of its variance under no change; null where none is allowed. */
function strongest(
  { values, sizes }: Curve,
  counts: readonly Float64Array[],
  options: ChangeOptions,
): FoundSplit | null {
  const sums = counts.map((row) => row.reduce((sum, count, i) => sum + count * values[i]!, 0));
  const n = sizes.reduce((sum, size) => sum + size, 0);
  const total = sums.reduce((sum, value) => sum + value, 0);
  let best: FoundSplit | null = null;
  let [cases, sum] = [0, 0];
  for (let at = 1; at < counts.length; at++) {
    cases += sizes[at - 1]!;
    sum += sums[at - 1]!;
    // Between empty buckets the split is the same: it belongs before the first bucket that has cases.
    if (sizes[at] === 0 || cases < options.minCases || n - cases < options.minCases) continue;
    const before = { cases, mean: sum / cases };
    const beyond = { cases: n - cases, mean: (total - sum) / (n - cases) };
    const gap = beyond.mean - before.mean;
    const counted =
      options.direction === 'either' ? Math.abs(gap) : options.direction === 'falls' ? -gap : gap;
    const strength = Math.sign(counted) * ((counted * counted * cases * (n - cases)) / n);
    if (best === null || strength > best.strength) best = { at, strength, before, beyond };
  }
  return best;
}

function permutationP(curve: Curve, observed: number, options: ChangeOptions): number {
  const { values, sizes } = curve;
  const total = totals(curve.counts, values.length);
  const random = createRandom(options.seed, 1);
  const dealt = curve.counts.map(() => new Float64Array(values.length));
  const reach = observed - 1e-12 * Math.abs(observed);
  let reached = 1;
  for (let round = 0; round < options.permutations; round++) {
    const left = total.slice();
    dealt.forEach((row, bucket) => {
      multivariateHypergeometricDraw(random, left, sizes[bucket]!, row);
      for (let i = 0; i < left.length; i++) left[i]! -= row[i]!;
    });
    if (strongest(curve, dealt, options)!.strength >= reach) reached += 1;
  }
  return reached / (options.permutations + 1);
}

/** Splits of curves whose buckets are each drawn anew from their own cases. */
function resample(curve: Curve, options: ChangeOptions): FoundSplit[] {
  const random: Random = createRandom(options.seed, 2);
  const drawn = curve.counts.map(() => new Float64Array(curve.values.length));
  return Array.from({ length: options.resamples }, () => {
    drawn.forEach((row, bucket) => {
      multinomialDraw(random, curve.sizes[bucket]!, curve.counts[bucket]!, row);
    });
    return strongest(curve, drawn, options)!;
  });
}

/** A named curve with its change, corrected over all curves. */
export interface SliceChange extends CurveChange {
  readonly slice: string;
  /** Holm over the slices; null where there is nothing to test. */
  readonly adjustedP: number | null;
  readonly confirmed: boolean;
}

/**
 * The change points of the curves of several slices.
 *
 * @param alpha family-wise error over the slices, in (0, 1)
 */
export function changePoints(
  curves: readonly { readonly slice: string; readonly buckets: readonly CurveBucket[] }[],
  alpha: number,
  options: ChangeOptions = CHANGE_DEFAULTS,
): readonly SliceChange[] {
  const changes = curves.map(({ buckets }) => changePoint(buckets, options));
  const adjusted = holm(changes.map(({ point }) => point?.p ?? null));
  return changes.map((change, i) => ({
    slice: curves[i]!.slice,
    ...change,
    adjustedP: adjusted[i]!,
    confirmed: adjusted[i] !== null && adjusted[i]! <= alpha,
  }));
}
