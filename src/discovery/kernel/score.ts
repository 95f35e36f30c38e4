/** Scores of slices, and what no part of a slice can exceed. */

import type { Reading } from './layout.ts';
import type { SearchOptions } from './types.ts';

/** Ranks slices; larger is worse, only positive scores count. */
export interface Scorer {
  readonly score: (slice: Reading) => number;
  /**
   * At least the score of every slice that lies in slices with these sums at most: its size, positive sum and largest
   * value are not above the given ones. A little too high, so that rounding cannot make it too low.
   */
  readonly bound: (cases: number, weight: number, positive: number, largest: number) => number;
}

/** Sums over the whole table, as far as scores need them. */
export interface Totals {
  readonly weight: number;
  readonly value: number;
  /** Sum of the absolute values. */
  readonly absolute: number;
  readonly rows: number;
  /** No slice with the least cases weighs less. */
  readonly leastWeight: number;
  /** Whether the sums are integers; otherwise a drop of a trillionth is rounding. */
  readonly exact: boolean;
}

/** Excludes nothing: for counting every slice. */
export const NO_BOUND: Scorer = { score: () => 0, bound: () => Number.POSITIVE_INFINITY };

/**
 * Scores and bounds of one search (docs/methods/slice-search.md has the proofs). A part of size s has a value of at most
 * u(s) = min(positive, s * largest); each bound is the maximum over the sizes that a part can have.
 */
export function createScorer(
  totals: Totals,
  { order, alpha, mode }: Pick<SearchOptions, 'order' | 'alpha' | 'mode'>,
): Scorer {
  const { weight: n, value, absolute, leastWeight } = totals;
  const all = mode === 'worst' ? value : Math.max(0, value);
  const mean = n > 0 ? all / n : 0;
  const scale = n > 0 ? absolute / n : 0;
  // Sums of doubles in two orders differ by at most this share; the term of the rows only matters for huge tables.
  const slack = 1e-9 + totals.rows * 2 ** -52;
  if (!(scale > 0)) return { score: () => Number.NEGATIVE_INFINITY, bound: () => Number.NEGATIVE_INFINITY };

  const least = totals.exact ? 0 : 1e-12 * scale;
  const isDrop = ({ value: v, weight: s }: Reading) => s > 0 && v / s - mean > least;
  /** Largest u(s) / s: at the smallest size. */
  const dropBound = (positive: number, largest: number) =>
    (leastWeight > 0 ? Math.min(largest, positive / leastWeight) : largest) * (1 + slack) -
    mean * (1 - slack);

  if (order === 'drop') {
    return {
      score: (slice) => (isDrop(slice) ? slice.value / slice.weight - mean : 0),
      bound: (_cases, _weight, positive, largest) => dropBound(positive, largest),
    };
  }
  if (order === 'support') {
    return {
      score: (slice) => (isDrop(slice) ? slice.weight : 0),
      bound: (_cases, weight, positive, largest) =>
        dropBound(positive, largest) > 0 ? weight * (1 + slack) : 0,
    };
  }
  if (order === 'drop-support') {
    // (all * s) / n, not mean * s: exactly `value` for the whole table.
    const excess = (v: number, s: number) => v - (all * s) / n;
    return {
      score: (slice) => (isDrop(slice) ? excess(slice.value, slice.weight) : 0),
      // u(s) - mean*s rises while all cases have the largest value, then falls.
      bound: (_cases, weight, positive, largest) => {
        if (!(largest > 0)) return 0;
        const size = clamp(positive / largest, leastWeight, weight);
        const most = Math.min(positive, size * largest);
        return excess(most, size) + slack * (most + mean * size);
      },
    };
  }
  const lift = (v: number, s: number) => alpha * ((v / s - mean) / scale) - (1 - alpha) * (n / s - 1);
  return {
    score: (slice) => (isDrop(slice) ? lift(slice.value, slice.weight) : 0),
    bound: (_cases, weight, positive, largest) => {
      if (!(largest > 0)) return 0;
      // Beyond positive/largest the score is (alpha*positive/scale - (1-alpha)*n) / s + const.
      const falls = (alpha * positive) / scale > (1 - alpha) * n;
      const size = falls ? clamp(positive / largest, leastWeight, weight) : weight;
      if (!(size > 0)) return 0;
      const most = Math.min(positive, size * largest);
      const terms = alpha * ((most / size + mean) / scale) + (1 - alpha) * (n / size + 1);
      return lift(most, size) + slack * terms;
    },
  };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
