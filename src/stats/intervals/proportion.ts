/** The frame that all intervals for one proportion share: the estimate, the empty case and the clipping to [0, 1]. */

import type { Estimate } from '../estimate.ts';
import { checkLevel, checkShare } from './count-checks.ts';

/** An interval for one proportion: `successes` out of `n`, at a two-sided confidence level such as 0.95. */
export type ProportionInterval = (successes: number, n: number, level?: number) => Estimate;

/**
 * Makes an interval for one proportion from a formula for its limits, which is called with n > 0 only.
 * Without a case the estimate is null and the interval the whole range.
 */
export function proportionInterval(
  method: string,
  limits: (successes: number, n: number, level: number) => readonly [lower: number, upper: number],
): ProportionInterval {
  return (successes, n, level = 0.95) => {
    checkLevel(level);
    checkShare(successes, n);
    if (n === 0) return { estimate: null, lower: 0, upper: 1, level, method, n, reason: 'no cases' };
    const [lower, upper] = limits(successes, n, level);
    return {
      estimate: successes / n,
      lower: Math.max(0, lower),
      upper: Math.min(1, upper),
      level,
      method,
      n,
    };
  };
}
