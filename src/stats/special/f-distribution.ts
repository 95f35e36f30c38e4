/** The upper tail of the F distribution. */

import { betaTails } from './beta.ts';

/**
 * P(F > f) with `df1` and `df2` > 0 degrees of freedom (fractional allowed), accurate when it is tiny.
 *
 * @example fSf(4, 2, 10) // 0.05292214940134496
 */
export function fSf(f: number, df1: number, df2: number): number {
  if (Number.isNaN(f) || !(df1 > 0 && df2 > 0)) return Number.NaN;
  if (f <= 0) return 1;
  if (f === Number.POSITIVE_INFINITY) return 0;
  const scaled = df1 * f;
  return betaTails(df2 / (df2 + scaled), df2 / 2, df1 / 2, scaled / (df2 + scaled)).lower;
}
