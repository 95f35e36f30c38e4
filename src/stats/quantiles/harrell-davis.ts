/** Harrell-Davis quantiles: a weighted mean of all order statistics, smoother than any one of them. */

import { betaCdf } from '../special/index.ts';

/**
 * Harrell-Davis estimate of a quantile; null for an empty sample.
 *
 * @param values finite numbers in any order
 * @param q in (0,1)
 * @throws RangeError when q is outside (0,1)
 * @source Harrell and Davis 1982, Biometrika 69:635
 * @example harrellDavis([3, 1, 2], 0.05) // 1.0311003811
 */
export function harrellDavis(values: ArrayLike<number>, q: number): number | null {
  if (!(q > 0 && q < 1)) throw new RangeError(`q is ${q}, must be in (0,1)`);
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  if (n === 0) return null;
  let before = 0;
  let sum = 0;
  for (let i = 1; i <= n; i++) {
    const upTo = i === n ? 1 : betaCdf(i / n, (n + 1) * q, (n + 1) * (1 - q));
    sum += (upTo - before) * sorted[i - 1]!;
    before = upTo;
  }
  return sum;
}
