/** Jeffreys's interval for one proportion: the equal-tailed posterior interval under the Beta(1/2, 1/2) prior. */

import { betaQuantile } from '../special/beta.ts';
import { type ProportionInterval, proportionInterval } from './proportion.ts';

/**
 * Jeffreys's interval, the posterior quantiles themselves: its lower limit is above 0 also at no success.
 * Source: L. D. Brown, T. T. Cai, A. DasGupta, Statistical Science 16 (2001) 101. Cost grows like sqrt(n).
 *
 * @throws RangeError if the counts or the level are impossible
 * @example jeffreysInterval(0, 1).lower // 0.0003855809807559016
 */
export const jeffreysInterval: ProportionInterval = proportionInterval('jeffreys', (successes, n, level) => {
  const tail = (1 - level) / 2;
  const a = successes + 0.5;
  const b = n - successes + 0.5;
  return [betaQuantile(tail, a, b), betaQuantile(1 - tail, a, b)];
});
