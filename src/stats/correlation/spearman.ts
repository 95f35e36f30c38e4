/** Spearman's rank correlation, with an interval and a p that is exact where pairs are few. */

import type { Estimate } from '../estimate.ts';
import { normalQuantile } from '../special/index.ts';
import { midRanks } from '../tests/ranks.ts';
import { kendall } from './kendall.ts';
import { pearson } from './pearson.ts';

/** Most pairs for which all orders are counted: 9! = 362,880. */
const MOST_PERMUTED = 9;

/** A rank correlation with its interval and two-sided p. */
export interface RankCorrelation {
  readonly rho: Estimate;
  /** Exact over all orders up to 9 pairs, else by Student's t; null below three pairs. */
  readonly pValue: number | null;
  /** By Student's t with n - 2 degrees of freedom, as most tools print it. */
  readonly studentP: number | null;
  /** Kendall's tau-b of the same pairs: nearer to 0 by nature, and less moved by one odd pair. */
  readonly tauB: number | null;
}

/**
 * Spearman's rho: Pearson's correlation of mid-ranks. The interval is tanh(atanh(rho) ± z sqrt((1 + rho²/2) / (n - 3))).
 *
 * @returns no limits below four pairs
 * @throws RangeError where the lengths differ
 * @source Bonett and Wright 2000, Psychometrika 65:23
 * @example spearman([1, 2, 3], [1, 3, 2], 0.95).rho.estimate // 0.5 (rounded)
 */
export function spearman(x: ArrayLike<number>, y: ArrayLike<number>, level: number): RankCorrelation {
  const ranksX = midRanks(Array.from(x)).ranks;
  const ranksY = midRanks(Array.from(y)).ranks;
  const { value, pValue: studentP, n } = pearson(ranksX, ranksY);
  const base = { estimate: value, level, method: 'spearman, bonett-wright', n };
  if (value === null) {
    const reason = n < 2 ? 'undefined: fewer than two pairs' : 'undefined: a side does not vary';
    return { rho: { ...base, lower: null, upper: null, reason }, pValue: null, studentP: null, tauB: null };
  }
  const pValue = n < 3 || n > MOST_PERMUTED ? studentP : permutationP(ranksX, ranksY);
  const tauB = kendall(x, y).value;
  if (n < 4) {
    return {
      rho: { ...base, lower: null, upper: null, reason: 'fewer than four pairs' },
      pValue,
      studentP,
      tauB,
    };
  }
  const half = normalQuantile((1 + level) / 2) * Math.sqrt((1 + value ** 2 / 2) / (n - 3));
  const limit = (side: number): number =>
    Math.abs(value) === 1 ? value : Math.tanh(Math.atanh(value) + side * half);
  return { rho: { ...base, lower: limit(-1), upper: limit(1) }, pValue, studentP, tauB };
}

/** Share of all orders of the second ranks whose correlation is at least as far from 0. */
function permutationP(first: readonly number[], second: readonly number[]): number {
  const n = first.length;
  // Centred, so that the sum of products is 0 under no correlation.
  const middle = (n + 1) / 2;
  const a = first.map((rank) => rank - middle);
  const b = second.map((rank) => rank - middle);
  const observed = Math.abs(a.reduce((sum, value, i) => sum + value * b[i]!, 0));
  let [extreme, all] = [0, 0];
  const visit = (at: number, sum: number): void => {
    if (at === n) {
      all++;
      // Ranks are multiples of a half, so sums are exact.
      if (Math.abs(sum) >= observed) extreme++;
      return;
    }
    for (let i = at; i < n; i++) {
      [b[at], b[i]] = [b[i]!, b[at]!];
      visit(at + 1, sum + a[at]! * b[at]!);
      [b[at], b[i]] = [b[i]!, b[at]!];
    }
  };
  visit(0, 0);
  return extreme / all;
}
