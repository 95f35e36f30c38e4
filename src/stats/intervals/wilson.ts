/** Wilson's score interval for one proportion: the default, with good mean coverage also for few cases. */

import type { Estimate } from '../estimate.ts';
import { criticalValue } from './count-checks.ts';
import { type ProportionInterval, proportionInterval } from './proportion.ts';

/**
 * Wilson's score interval. Exactly 0 at no success and exactly 1 at no failure. Coverage may dip a little under the
 * level near 0 and 1, so it is not a guarantee (that is Clopper-Pearson).
 * Source: E. B. Wilson, JASA 22 (1927) 209; L. D. Brown, T. T. Cai, A. DasGupta, Statistical Science 16 (2001) 101.
 *
 * @throws RangeError if the counts or the level are impossible
 * @example wilsonInterval(40, 47) // 0.8511 from 0.7231 to 0.9259
 */
export const wilsonInterval: ProportionInterval = proportionInterval('wilson', wilsonLimits);

/**
 * The two Wilson limits of `successes` of `n` > 0.
 *
 * @example wilsonLimits(0, 1, 0.95) // [0, 0.7934506856227626]
 */
export function wilsonLimits(successes: number, n: number, level: number): readonly [number, number] {
  const z = criticalValue(level);
  const square = z * z;
  const failures = n - successes;
  const centre = successes + square / 2;
  const half = z * Math.sqrt((successes * failures) / n + square / 4);
  return [
    successes === 0 ? 0 : (centre - half) / (n + square),
    failures === 0 ? 1 : (centre + half) / (n + square),
  ];
}

/** Sums over weighted cases: of the weights of the successes, of all weights, and of all squared weights. */
export interface WeightSums {
  readonly successWeight: number;
  readonly weight: number;
  readonly squaredWeight: number;
}

/**
 * Wilson's interval for a weighted proportion, with Kish's effective number of cases (Σw)² / Σw² in place of n.
 * Source: L. Kish, Survey Sampling (1965), section 11.7.
 *
 * @throws RangeError if the sums cannot come from weights that are not negative
 * @example weightedWilsonInterval({ successWeight: 80, weight: 100, squaredWeight: 200 }).n // 50
 */
export function weightedWilsonInterval(sums: WeightSums, level = 0.95): Estimate {
  const { successWeight, weight, squaredWeight } = sums;
  if (!(weight >= 0 && successWeight >= 0 && successWeight <= weight && squaredWeight >= 0)) {
    throw new RangeError(
      `weights ${successWeight} of ${weight}, squared ${squaredWeight}: must not be negative`,
    );
  }
  if (weight > 0 && squaredWeight === 0) throw new RangeError('squaredWeight is 0 although weight is not');
  const n = weight === 0 ? 0 : (weight * weight) / squaredWeight;
  const successes = successWeight === weight ? n : (successWeight / weight) * n;
  const interval = wilsonInterval(n === 0 ? 0 : successes, n, level);
  return { ...interval, method: 'wilson-effective-n' };
}
