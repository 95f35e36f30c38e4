/** Student's interval of a mean. */

import type { Estimate } from '../estimate.ts';
import { studentTQuantile } from '../special/index.ts';

/**
 * Mean with its t interval; no limits below two values.
 *
 * @param values finite numbers, one per independent unit
 * @param level confidence level, in (0,1)
 * @source Student 1908
 * @example tInterval([1, 2, 3], 0.95).upper // 4.4841377118
 */
export function tInterval(values: ArrayLike<number>, level: number): Estimate {
  const n = values.length;
  const base = { level, method: 't', n };
  if (n === 0)
    return { ...base, estimate: null, lower: null, upper: null, reason: 'undefined: there are no cases' };
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i]!;
  const estimate = sum / n;
  if (n === 1) return { ...base, estimate, lower: null, upper: null, reason: 'degenerate: 1 case' };
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (values[i]! - estimate) ** 2;
  const half = studentTQuantile((1 + level) / 2, n - 1) * Math.sqrt(squares / (n - 1) / n);
  return { ...base, estimate, lower: estimate - half, upper: estimate + half };
}
