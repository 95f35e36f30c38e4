/** Wilson's interval with Yates's continuity correction, as R's prop.test gives it. */

import { criticalValue } from './count-checks.ts';
import { type ProportionInterval, proportionInterval } from './proportion.ts';

/**
 * Wilson's interval with continuity correction. The correction is half a case, but never more than the distance of the
 * count from n / 2 (the convention of R's prop.test).
 * Source: R. G. Newcombe, Statistics in Medicine 17 (1998) 857, method 4.
 *
 * @throws RangeError if the counts or the level are impossible
 * @example wilsonCcInterval(0, 1).upper // 0.945379244471148
 */
export const wilsonCcInterval: ProportionInterval = proportionInterval('wilson-cc', (successes, n, level) => {
  const z = criticalValue(level);
  const square = z * z;
  const correction = Math.min(0.5, Math.abs(successes - n / 2));
  const limit = (count: number, side: 1 | -1) =>
    (count + square / 2 + side * z * Math.sqrt((count * (n - count)) / n + square / 4)) / (n + square);
  const low = successes - correction;
  const high = successes + correction;
  return [low <= 0 ? 0 : limit(low, -1), high >= n ? 1 : limit(high, 1)];
});
