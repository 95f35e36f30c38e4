/** Where the next value of a sample lies: Student's prediction interval. */

import type { Estimate } from '../estimate.ts';
import { studentTQuantile } from '../special/index.ts';

/**
 * The interval for one more value drawn like these: mean ± t(k - 1) s sqrt(1 + 1/k). It is wide with few values, and should be:
 * two values say little about a third. The estimate is the mean.
 *
 * @param values k numbers; below two the limits are null with a reason
 * @param level confidence level in (0, 1)
 * @example predictionInterval([2, 3, 19]) // 8, -39.4 to 55.4
 */
export function predictionInterval(values: readonly number[], level = 0.95): Estimate {
  const n = values.length;
  const shape = { level, method: 'prediction interval (t)', n };
  if (n === 0) return { ...shape, estimate: null, lower: null, upper: null, reason: 'no values' };
  const mean = values.reduce((sum, one) => sum + one, 0) / n;
  if (n === 1)
    return {
      ...shape,
      estimate: mean,
      lower: null,
      upper: null,
      reason: 'one value says nothing about the next',
    };
  const squares = values.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  const half = studentTQuantile((1 + level) / 2, n - 1) * Math.sqrt((squares / (n - 1)) * (1 + 1 / n));
  return { ...shape, estimate: mean, lower: mean - half, upper: mean + half };
}
