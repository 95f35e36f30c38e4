/** The mid-p variant of Clopper and Pearson's interval: close to the level on average, narrower than the exact one. */

import { binomialPmf, binomialSf } from '../special/binomial.ts';
import { turningPoint } from './bisection.ts';
import { type ProportionInterval, proportionInterval } from './proportion.ts';

/**
 * Clopper and Pearson's interval with half of the probability of the observed count. 0 at no success, 1 at no failure.
 * Source: M. W. Fagerland, S. Lydersen, P. Laake, Statistical Analysis of Contingency Tables (2017), section 2.4.
 *
 * @throws RangeError if the counts are impossible or not whole
 * @example clopperPearsonMidPInterval(0, 5).upper // 0.45071972834694085
 */
export const clopperPearsonMidPInterval: ProportionInterval = proportionInterval(
  'clopper-pearson-midp',
  (successes, n, level) => {
    if (!Number.isInteger(successes) || !Number.isInteger(n)) {
      throw new RangeError(`${successes} of ${n}: the mid-p interval needs whole counts`);
    }
    const tail = (1 - level) / 2;
    const lower = successes === 0 ? 0 : lowerLimit(successes, n, tail);
    const upper = successes === n ? 1 : 1 - lowerLimit(n - successes, n, tail);
    return [lower, upper];
  },
);

/** The p at which P(X > x) + P(X = x) / 2 reaches the tail. */
function lowerLimit(x: number, n: number, tail: number): number {
  return turningPoint((p) => binomialSf(x + 1, n, p) + binomialPmf(x, n, p) / 2 < tail, 0, 1);
}
