/** The frame that all intervals for a paired difference of pass rates share. */

import type { Estimate } from '../estimate.ts';
import { checkLevel } from './count-checks.ts';

/** Cases scored by both models, by which of the two passed them. */
export interface PairedCounts {
  readonly both: number;
  readonly candidateOnly: number;
  readonly baselineOnly: number;
  readonly neither: number;
}

/** An interval for pass rate of the candidate minus pass rate of the baseline, on the same cases. */
export type PairedInterval = (counts: PairedCounts, level?: number) => Estimate;

/**
 * Makes an interval for a paired difference from a formula for its limits, which is called with at least one case.
 * Without a case the estimate is null and the interval the whole range.
 */
export function pairedInterval(
  method: string,
  limits: (counts: PairedCounts, n: number, level: number) => readonly [lower: number, upper: number],
): PairedInterval {
  return (counts, level = 0.95) => {
    checkLevel(level);
    const n = pairedTotal(counts);
    if (n === 0) return { estimate: null, lower: -1, upper: 1, level, method, n, reason: 'no paired cases' };
    const estimate = (counts.candidateOnly - counts.baselineOnly) / n;
    const [lower, upper] = limits(counts, n, level);
    return { estimate, lower: Math.max(-1, lower), upper: Math.min(1, upper), level, method, n };
  };
}

/**
 * Number of cases in a paired table.
 *
 * @throws RangeError if a count is negative or not finite
 * @example pairedTotal({ both: 36, candidateOnly: 12, baselineOnly: 2, neither: 0 }) // 50
 */
export function pairedTotal(counts: PairedCounts): number {
  const { both, candidateOnly, baselineOnly, neither } = counts;
  for (const count of [both, candidateOnly, baselineOnly, neither]) {
    if (!(count >= 0 && Number.isFinite(count))) {
      throw new RangeError(
        `paired counts ${both}, ${candidateOnly}, ${baselineOnly}, ${neither}: must not be negative`,
      );
    }
  }
  return both + candidateOnly + baselineOnly + neither;
}
