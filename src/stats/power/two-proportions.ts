/** Normal-theory power and sample size for two independent proportions. */

import { normalCdf, normalQuantile, normalSf } from '../special/index.ts';

/** One-sided, or two-sided where only the tail of the true difference counts. */
export type Sides = 'one-sided' | 'two-sided';

/** Two pass rates in [0,1] and the level in (0,1). */
export interface TwoProportions {
  readonly p1: number;
  readonly p2: number;
  readonly alpha: number;
  readonly sides: Sides;
}

/**
 * Power with n cases in each group, as R's power.prop.test.
 *
 * @example proportionPower(100, { p1: 0.85, p2: 0.71, alpha: 0.05, sides: 'two-sided' }) // 0.668606
 */
export function proportionPower(n: number, { p1, p2, alpha, sides }: TwoProportions): number {
  const z = normalQuantile(1 - tail(alpha, sides));
  const reach = Math.sqrt(n) * Math.abs(p1 - p2) - z * Math.sqrt((p1 + p2) * (1 - (p1 + p2) / 2));
  return normalCdf(reach / Math.sqrt(p1 * (1 - p1) + p2 * (1 - p2)));
}

/**
 * Cases needed in each group, not rounded, as R's power.prop.test and statsmodels' samplesize_proportions_2indep_onetail;
 * Infinity for equal proportions.
 *
 * @example proportionCases(0.8, { p1: 0.85, p2: 0.71, alpha: 0.05, sides: 'two-sided' }) // 136.2505758
 */
export function proportionCases(power: number, { p1, p2, alpha, sides }: TwoProportions): number {
  if (p1 === p2) return Number.POSITIVE_INFINITY;
  const z = normalQuantile(1 - tail(alpha, sides));
  const pooled = z * Math.sqrt((p1 + p2) * (1 - (p1 + p2) / 2));
  const apart = normalQuantile(power) * Math.sqrt(p1 * (1 - p1) + p2 * (1 - p2));
  return ((pooled + apart) / (p1 - p2)) ** 2;
}

/**
 * Cohen's effect size h, the difference of the arcsine-transformed proportions.
 *
 * @source Cohen 1988
 * @example cohenH(0.85, 0.71) // 0.3419521765
 */
export function cohenH(p1: number, p2: number): number {
  return 2 * (Math.asin(Math.sqrt(p1)) - Math.asin(Math.sqrt(p2)));
}

/**
 * Two-sided power (both tails) of the normal test of Cohen's h with n cases in each group.
 *
 * @example cohenHPower(100, { p1: 0.85, p2: 0.71, alpha: 0.05 }) // 0.6765308635
 */
export function cohenHPower(n: number, { p1, p2, alpha }: Omit<TwoProportions, 'sides'>): number {
  const z = normalQuantile(1 - alpha / 2);
  const shift = cohenH(p1, p2) * Math.sqrt(n / 2);
  return normalSf(z - shift) + normalCdf(-z - shift);
}

function tail(alpha: number, sides: Sides): number {
  return sides === 'two-sided' ? alpha / 2 : alpha;
}
