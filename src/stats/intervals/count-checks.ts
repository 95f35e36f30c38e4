/** What every interval demands of its counts and of its confidence level. */

import { normalQuantile } from '../special/normal.ts';

/**
 * The normal quantile of a two-sided confidence level.
 *
 * @throws RangeError unless 0 < level < 1
 * @example criticalValue(0.95) // 1.959963984540054
 */
export function criticalValue(level: number): number {
  checkLevel(level);
  return -normalQuantile((1 - level) / 2);
}

/**
 * Refuses a confidence level outside (0, 1).
 *
 * @throws RangeError unless 0 < level < 1
 */
export function checkLevel(level: number): void {
  if (!(level > 0 && level < 1)) throw new RangeError(`level is ${level}, must lie between 0 and 1`);
}

/**
 * Refuses passes and totals that are not counts. Fractions are allowed, since weights make effective counts.
 *
 * @throws RangeError unless 0 <= successes <= n and both are finite
 */
export function checkShare(successes: number, n: number): void {
  if (!(successes >= 0 && successes <= n && Number.isFinite(n))) {
    throw new RangeError(`${successes} successes of ${n}: must be a count between 0 and a finite total`);
  }
}
