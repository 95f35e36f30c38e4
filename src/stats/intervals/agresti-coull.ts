/** Agresti and Coull's interval for one proportion: Wald after adding z²/2 successes and failures. */

import { criticalValue } from './count-checks.ts';
import { type ProportionInterval, proportionInterval } from './proportion.ts';

/**
 * Agresti and Coull's interval, clipped to [0, 1].
 * Source: A. Agresti and B. A. Coull, The American Statistician 52 (1998) 119.
 *
 * @throws RangeError if the counts or the level are impossible
 * @example agrestiCoullInterval(0, 1).upper // 0.832500514520587
 */
export const agrestiCoullInterval: ProportionInterval = proportionInterval(
  'agresti-coull',
  (successes, n, level) => {
    const z = criticalValue(level);
    const total = n + z * z;
    const share = (successes + (z * z) / 2) / total;
    const half = z * Math.sqrt((share * (1 - share)) / total);
    return [share - half, share + half];
  },
);
