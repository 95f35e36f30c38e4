/** The upper tail of the chi-square distribution. */

import { gammaTails } from './gamma-tails.ts';

/**
 * P(X > x) of the chi-square distribution with `df` > 0 degrees of freedom (fractional allowed).
 *
 * @example chiSquareSf(3.84, 1) // 0.0500435212487051
 */
export function chiSquareSf(x: number, df: number): number {
  if (Number.isNaN(x) || !(df > 0)) return Number.NaN;
  return x <= 0 ? 1 : gammaTails(df / 2, x / 2).upper;
}
