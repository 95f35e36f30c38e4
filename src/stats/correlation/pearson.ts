/** Pearson's correlation, with its t test. */

import { studentTSf } from '../special/index.ts';

/** A correlation with its two-sided p. */
export interface Correlation {
  /** In [-1, 1]; null where a side does not vary or there are fewer than two pairs. */
  readonly value: number | null;
  /** Null below three pairs. */
  readonly pValue: number | null;
  readonly n: number;
}

/**
 * Pearson's r, with the t test of "no correlation" on n - 2 degrees of freedom.
 *
 * @throws RangeError where the lengths differ
 * @example pearson([1, 2, 3], [1, 3, 2]).value // 0.5 (rounded)
 */
export function pearson(x: ArrayLike<number>, y: ArrayLike<number>): Correlation {
  const n = x.length;
  if (y.length !== n) throw new RangeError(`${n} values are paired with ${y.length}`);
  const [meanX, meanY] = [mean(x), mean(y)];
  let [xx, yy, xy] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [dx, dy] = [x[i]! - meanX, y[i]! - meanY];
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  if (n < 2 || xx === 0 || yy === 0) return { value: null, pValue: null, n };
  const value = Math.max(-1, Math.min(1, xy / Math.sqrt(xx) / Math.sqrt(yy)));
  if (n < 3) return { value, pValue: null, n };
  // An r of 1 up to rounding is one of exactly 1.
  const rest = (1 - value) * (1 + value);
  const t =
    rest < 4 * Number.EPSILON ? Number.POSITIVE_INFINITY : Math.abs(value) * Math.sqrt((n - 2) / rest);
  return { value, pValue: t === Number.POSITIVE_INFINITY ? 0 : Math.min(1, 2 * studentTSf(t, n - 2)), n };
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}
