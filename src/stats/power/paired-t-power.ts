/** Power of the paired t test, by integrating the noncentral t over its scale. */

import { logGamma, normalCdf, studentTQuantile } from '../special/index.ts';

/** Differences in units of the score; sides as in R's power.t.test (two-sided counts one tail). */
export interface PairedT {
  readonly n: number;
  /** True mean of the paired differences. */
  readonly delta: number;
  /** Standard deviation of the paired differences, above 0. */
  readonly sd: number;
  readonly alpha: number;
  readonly sides: 'one-sided' | 'two-sided';
}

/**
 * Power to find a mean difference of delta.
 *
 * @throws RangeError when n is below 2 or sd is not above 0
 * @example pairedTPower({ n: 30, delta: 0.5, sd: 1, alpha: 0.05, sides: 'one-sided' }) // 0.8482541909
 */
export function pairedTPower({ n, delta, sd, alpha, sides }: PairedT): number {
  if (!(n >= 2 && sd > 0))
    throw new RangeError(`n is ${n} and sd ${sd}: at least 2 pairs and sd above 0 are needed`);
  const df = n - 1;
  const critical = studentTQuantile(1 - (sides === 'two-sided' ? alpha / 2 : alpha), df);
  return noncentralTSf(critical, df, (Math.sqrt(n) * delta) / sd);
}

/**
 * P(T > t) for noncentral t: the mean of Phi(shift - t s) over s = sqrt(chi-square / df), by Simpson's rule.
 *
 * @example noncentralTSf(1.6991270265, 29, 2.7386127875) // 0.8482541909
 */
export function noncentralTSf(t: number, df: number, shift: number): number {
  const spread = Math.min(1, 1 / Math.sqrt(2 * df));
  const low = Math.max(0, 1 - 12 * spread);
  const high = 1 + 14 * spread;
  const steps = 2000;
  const width = (high - low) / steps;
  const logScale = Math.log(2) + (df / 2) * Math.log(df / 2) - logGamma(df / 2);
  let mass = 0;
  let above = 0;
  for (let i = 0; i <= steps; i++) {
    const s = low + i * width;
    if (s === 0 && df > 1) continue;
    const rule = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2;
    const density = Math.exp(logScale + (df === 1 ? 0 : (df - 1) * Math.log(s)) - (df * s * s) / 2);
    mass += rule * density;
    above += rule * density * normalCdf(shift - t * s);
  }
  return above / mass;
}
