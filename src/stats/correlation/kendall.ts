/** Kendall's tau: how many more pairs are ordered alike than differently. */

import { normalSf } from '../special/index.ts';
import type { Correlation } from './pearson.ts';

/** Most pairs for which the p is exact (without ties). */
const MOST_EXACT = 33;

/** Tau-b and tau-c of the same pairs, with one test. */
export interface KendallCorrelation extends Correlation {
  /** Stuart's tau-c, for tables with different numbers of distinct values; null where a side does not vary. */
  readonly tauC: number | null;
}

/**
 * Kendall's tau-b (`value`) and tau-c, with the two-sided p of "no association": exact without ties up to 33 pairs, else normal with
 * the variance of ties. Cost: n log n.
 *
 * @throws RangeError where the lengths differ
 * @source Kendall 1945, Biometrika 33:239; Stuart 1953, Biometrika 40:105
 * @example kendall([1, 2, 3], [1, 3, 2]).value // 0.3333333333
 */
export function kendall(x: ArrayLike<number>, y: ArrayLike<number>): KendallCorrelation {
  const n = x.length;
  if (y.length !== n) throw new RangeError(`${n} values are paired with ${y.length}`);
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => x[i]! - x[j]! || y[i]! - y[j]!);
  const sortedY = order.map((i) => y[i]!);
  const tiesX = tieSizes(order.map((i) => x[i]!));
  const tiesBoth = tieSizes(
    order.map((i, at) => ({ x: x[i]!, y: sortedY[at]! })),
    (p, q) => p.x === q.x && p.y === q.y,
  );
  const tiesY = tieSizes(sortedY.toSorted((a, b) => a - b));
  const pairs = (n * (n - 1)) / 2;
  const [tiedX, tiedY, tiedBoth] = [tiesX, tiesY, tiesBoth].map(tiedPairs) as [number, number, number];
  const discordant = inversions(sortedY);
  const surplus = pairs - tiedX - tiedY + tiedBoth - 2 * discordant;
  if (n < 2 || tiedX === pairs || tiedY === pairs) return { value: null, tauC: null, pValue: null, n };
  const value = surplus / Math.sqrt((pairs - tiedX) * (pairs - tiedY));
  const fewest = Math.min(distinctCount(n, tiesX), distinctCount(n, tiesY));
  const tauC = (2 * surplus) / (n * n * ((fewest - 1) / fewest));
  const isExact =
    tiedX === 0 && tiedY === 0 && (n <= MOST_EXACT || Math.min(discordant, pairs - discordant) <= 1);
  const pValue = isExact
    ? exactP(n, Math.min(discordant, pairs - discordant))
    : normalP(n, surplus, tiesX, tiesY);
  return { value: Math.max(-1, Math.min(1, value)), tauC, pValue, n };
}

/** Sizes of the groups of equal neighbours that have more than one member. */
function tieSizes<T>(sorted: readonly T[], isEqual = (a: T, b: T): boolean => a === b): readonly number[] {
  const sizes: number[] = [];
  let size = 1;
  for (let i = 1; i <= sorted.length; i++) {
    if (i < sorted.length && isEqual(sorted[i - 1]!, sorted[i]!)) {
      size++;
      continue;
    }
    if (size > 1) sizes.push(size);
    size = 1;
  }
  return sizes;
}

function tiedPairs(sizes: readonly number[]): number {
  return sizes.reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
}

function distinctCount(n: number, ties: readonly number[]): number {
  return n - ties.reduce((sum, size) => sum + size - 1, 0);
}

/** Pairs that stand in falling order, by merge sort. */
function inversions(values: readonly number[]): number {
  let from = Float64Array.from(values);
  let to = new Float64Array(values.length);
  let count = 0;
  for (let width = 1; width < values.length; width *= 2) {
    for (let start = 0; start < values.length; start += 2 * width) {
      const middle = Math.min(start + width, values.length);
      const end = Math.min(start + 2 * width, values.length);
      let [left, right] = [start, middle];
      for (let at = start; at < end; at++) {
        if (left < middle && (right >= end || from[left]! <= from[right]!)) to[at] = from[left++]!;
        else {
          count += middle - left;
          to[at] = from[right++]!;
        }
      }
    }
    [from, to] = [to, from];
  }
  return count;
}

/** Twice the share of orders of n with at most so many inversions. */
function exactP(n: number, inversionsAtMost: number): number {
  let shares: number[] = [1];
  for (let size = 2; size <= n; size++) {
    const next = new Array<number>(Math.min(inversionsAtMost + 1, shares.length + size - 1)).fill(0);
    for (let k = 0; k < next.length; k++) {
      for (let i = Math.max(0, k - size + 1); i <= Math.min(k, shares.length - 1); i++)
        next[k]! += shares[i]! / size;
    }
    shares = next;
  }
  return Math.min(1, 2 * shares.slice(0, inversionsAtMost + 1).reduce((sum, share) => sum + share, 0));
}

function normalP(n: number, surplus: number, tiesX: readonly number[], tiesY: readonly number[]): number {
  const sum = (sizes: readonly number[], of: (size: number) => number): number =>
    sizes.reduce((total, size) => total + of(size), 0);
  const cubic = (size: number): number => size * (size - 1) * (2 * size + 5);
  const triples = (size: number): number => size * (size - 1) * (size - 2);
  const doubles = (size: number): number => size * (size - 1);
  const variance =
    (cubic(n) - sum(tiesX, cubic) - sum(tiesY, cubic)) / 18 +
    (n < 3 ? 0 : (sum(tiesX, triples) * sum(tiesY, triples)) / (9 * triples(n))) +
    (sum(tiesX, doubles) * sum(tiesY, doubles)) / (2 * doubles(n));
  return Math.min(1, 2 * normalSf(Math.abs(surplus) / Math.sqrt(variance)));
}
