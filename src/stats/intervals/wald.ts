/** Wald's interval for one proportion: the textbook formula, offered for comparison only. */

import { criticalValue } from './count-checks.ts';
import { type ProportionInterval, proportionInterval } from './proportion.ts';

/**
 * Wald's interval, clipped to [0, 1]. It has no width at 0 or n successes and covers far below its level for few cases.
 *
 * @throws RangeError if the counts or the level are impossible
 * @example waldInterval(0, 1).upper // 0
 */
export const waldInterval: ProportionInterval = proportionInterval('wald', (successes, n, level) => {
  const share = successes / n;
  const half = criticalValue(level) * Math.sqrt((share * (1 - share)) / n);
  return [share - half, share + half];
});
