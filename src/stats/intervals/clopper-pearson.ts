/** The exact interval of Clopper and Pearson: never covers less than the level, at the price of width. */

import { betaQuantile } from '../special/beta.ts';
import { type ProportionInterval, proportionInterval } from './proportion.ts';

/**
 * Clopper and Pearson's exact interval; the one to use where a guarantee is claimed. 0 at no success, 1 at no failure.
 * Source: C. J. Clopper and E. S. Pearson, Biometrika 26 (1934) 404. Cost grows like sqrt(n).
 *
 * @throws RangeError if the counts or the level are impossible
 * @example clopperPearsonInterval(0, 1).upper // 0.975
 */
export const clopperPearsonInterval: ProportionInterval = proportionInterval(
  'clopper-pearson',
  (successes, n, level) => {
    const tail = (1 - level) / 2;
    const failures = n - successes;
    return [
      successes === 0 ? 0 : betaQuantile(tail, successes, failures + 1),
      failures === 0 ? 1 : betaQuantile(1 - tail, successes + 1, failures),
    ];
  },
);
