/** Student's t distribution with any positive, possibly fractional, number of degrees of freedom. */

import { betaPoint, betaTails } from './beta.ts';
import { normalQuantile, normalSf } from './normal.ts';

/**
 * P(T > t) with `df` > 0 degrees of freedom (Infinity gives the normal distribution).
 *
 * @example studentTSf(2, 5) // 0.05096973941492918
 */
export function studentTSf(t: number, df: number): number {
  if (Number.isNaN(t) || !(df > 0)) return Number.NaN;
  if (df === Number.POSITIVE_INFINITY) return normalSf(t);
  if (t === 0) return 0.5;
  if (Math.abs(t) === Number.POSITIVE_INFINITY) return t > 0 ? 0 : 1;
  // Written with the ratio df / t² so that neither part underflows.
  const ratio = df / t / t;
  const x = ratio === Number.POSITIVE_INFINITY ? 1 : ratio / (1 + ratio);
  const tail = 0.5 * betaTails(x, df / 2, 0.5, 1 / (1 + ratio)).lower;
  return t > 0 ? tail : 1 - tail;
}

/**
 * P(T <= t) with `df` > 0 degrees of freedom.
 *
 * @example studentTCdf(-2, 5) // 0.05096973941492918
 */
export function studentTCdf(t: number, df: number): number {
  return studentTSf(-t, df);
}

/**
 * The t with P(T <= t) = p, for p in [0, 1] and `df` > 0, fractional allowed; infinite at 0 and 1.
 *
 * @example studentTQuantile(0.975, 10) // 2.228138851986274
 */
export function studentTQuantile(p: number, df: number): number {
  if (!(p >= 0 && p <= 1 && df > 0)) return Number.NaN;
  if (df === Number.POSITIVE_INFINITY) return normalQuantile(p);
  if (p === 0) return Number.NEGATIVE_INFINITY;
  if (p === 1) return Number.POSITIVE_INFINITY;
  if (p === 0.5) return 0;
  const { x, y } = betaPoint('lower', 2 * Math.min(p, 1 - p), df / 2, 0.5);
  const distance = Math.sqrt(df) * Math.sqrt(y / x);
  return p < 0.5 ? -distance : distance;
}
