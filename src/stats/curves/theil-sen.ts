/** The slope of a line through noisy points, hardly moved by outliers: the median of the slopes of all pairs. */

import type { Estimate } from '../estimate.ts';
import { normalQuantile } from '../special/normal.ts';

/** Up to here the distribution of Kendall's statistic is enumerated. */
const EXACT_POINTS = 30;
/** All pairs are formed, so a caller reduces longer series first. */
const MOST_POINTS = 2_000;

/**
 * Median slope with Sen's interval: the slopes between two ranks, as far from the middle as Kendall's statistic can lie.
 * It supposes that the noise of one point does not carry over to the next.
 *
 * @param x rising or not; pairs with equal x are left out
 * @param level of the two-sided interval
 * @returns null where no two x differ; limits are null where so few points allow none
 * @throws RangeError where the lists differ in length, hold more than 2,000 points, or anything but finite numbers
 * @source Theil 1950; Sen 1968, JASA 63:1379
 * @example theilSen([0, 1, 2, 3, 4, 5], [0, 2, 4, 6, 8, 10], 0.95).estimate // 2
 */
export function theilSen(x: ArrayLike<number>, y: ArrayLike<number>, level: number): Estimate {
  const n = x.length;
  if (y.length !== n || n > MOST_POINTS)
    throw new RangeError(`${n} and ${y.length} points: lists must match, and hold at most ${MOST_POINTS}`);
  const slopes: number[] = [];
  for (let i = 0; i < n; i += 1) {
    if (!Number.isFinite(x[i]) || !Number.isFinite(y[i])) throw new RangeError('points must be finite');
    for (let j = 0; j < i; j += 1) {
      if (x[i] !== x[j]) slopes.push((y[i]! - y[j]!) / (x[i]! - x[j]!));
    }
  }
  const shared = { level, method: 'theil-sen', n };
  if (slopes.length === 0)
    return { ...shared, estimate: null, lower: null, upper: null, reason: 'no two points differ in x' };
  slopes.sort((a, b) => a - b);
  const half = slopes.length >> 1;
  const estimate = slopes.length % 2 === 1 ? slopes[half]! : (slopes[half - 1]! + slopes[half]!) / 2;
  const outside = slopesOutside(n, slopes.length, level);
  if (outside === null) return { ...shared, estimate, lower: null, upper: null, reason: 'too few points' };
  return { ...shared, estimate, lower: slopes[outside]!, upper: slopes[slopes.length - 1 - outside]! };
}

/**
 * How many slopes lie outside the interval at either end, from the distribution of Kendall's statistic if there is no trend;
 * null where even the extremes are too likely.
 */
function slopesOutside(n: number, pairs: number, level: number): number | null {
  const tail = (1 - level) / 2;
  if (n > EXACT_POINTS || pairs !== (n * (n - 1)) / 2) {
    const reach = normalQuantile(1 - tail) * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
    const rank = Math.floor((pairs - reach) / 2);
    return rank < 1 ? null : rank - 1;
  }
  const shares = inversionShares(n);
  let total = 0;
  for (let inversions = 0; inversions < shares.length; inversions += 1) {
    total += shares[inversions]!;
    if (total > tail) return inversions === 0 ? null : inversions - 1;
  }
  return null;
}

/** Share of the orders of n things with so many inversions. */
function inversionShares(n: number): Float64Array {
  let shares = new Float64Array([1]);
  for (let size = 2; size <= n; size += 1) {
    const next = new Float64Array((size * (size - 1)) / 2 + 1);
    for (let at = 0; at < shares.length; at += 1) {
      for (let more = 0; more < size; more += 1) next[at + more]! += shares[at]! / size;
    }
    shares = next;
  }
  return shares;
}
