/** The frame that all intervals for a difference of pass rates on different cases share. */

import type { Estimate } from '../estimate.ts';
import { checkLevel, checkShare } from './count-checks.ts';

/** Passes and cases of two models that were scored on different cases. */
export interface UnpairedCounts {
  readonly candidatePasses: number;
  readonly candidateCases: number;
  readonly baselinePasses: number;
  readonly baselineCases: number;
}

/** An interval for pass rate of the candidate minus pass rate of the baseline, on different cases. */
export type UnpairedInterval = (counts: UnpairedCounts, level?: number) => Estimate;

/**
 * Makes an interval for an unpaired difference from a formula for its limits, which is called with cases on both sides.
 * With a side empty the estimate is null and the interval the whole range. `n` counts the cases of both sides.
 */
export function unpairedInterval(
  method: string,
  limits: (counts: UnpairedCounts, level: number) => readonly [lower: number, upper: number],
): UnpairedInterval {
  return (counts, level = 0.95) => {
    checkLevel(level);
    checkUnpaired(counts);
    const n = counts.candidateCases + counts.baselineCases;
    if (counts.candidateCases === 0 || counts.baselineCases === 0) {
      const side = counts.candidateCases === 0 ? 'candidate' : 'baseline';
      return { estimate: null, lower: -1, upper: 1, level, method, n, reason: `no cases of the ${side}` };
    }
    const [lower, upper] = limits(counts, level);
    const estimate = observedDifference(counts);
    return { estimate, lower: Math.max(-1, lower), upper: Math.min(1, upper), level, method, n };
  };
}

/**
 * Refuses impossible counts.
 *
 * @throws RangeError if a count is negative or there are more passes than cases
 */
export function checkUnpaired(counts: UnpairedCounts): void {
  checkShare(counts.candidatePasses, counts.candidateCases);
  checkShare(counts.baselinePasses, counts.baselineCases);
}

/**
 * Candidate's minus baseline's pass rate; NaN where a side has no cases.
 *
 * @example observedDifference({ candidatePasses: 3, candidateCases: 4, baselinePasses: 1, baselineCases: 2 }) // 0.25
 */
export function observedDifference(counts: UnpairedCounts): number {
  return counts.candidatePasses / counts.candidateCases - counts.baselinePasses / counts.baselineCases;
}
