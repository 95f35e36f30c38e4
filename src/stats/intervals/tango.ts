/** Tango's score interval for a paired difference of pass rates: the default. */

import { turningPoint } from './bisection.ts';
import { criticalValue } from './count-checks.ts';
import { type PairedInterval, pairedInterval } from './paired-difference.ts';

/**
 * Tango's score statistic at a hypothetical difference: how many standard errors the observed candidate - baseline
 * difference lies above it. At 0 it is McNemar's statistic; at -margin it is the non-inferiority test. It falls as the
 * hypothetical difference grows, and is 0 where neither the difference nor its error leaves room (0 / 0).
 * Source: T. Tango, Statistics in Medicine 17 (1998) 891.
 *
 * @param difference in [-1, 1]
 * @param n number of paired cases, at least candidateOnly + baselineOnly
 * @example tangoScore(2, 9, 47, -0.05) // -1.4684026962463992
 */
export function tangoScore(
  candidateOnly: number,
  baselineOnly: number,
  n: number,
  difference: number,
): number {
  // The mirrored table keeps the difference positive, where no term of the discriminant cancels.
  if (difference < 0) return 0 - tangoScore(baselineOnly, candidateOnly, n, -difference);
  const surplus = candidateOnly - baselineOnly - n * difference;
  if (surplus === 0) return 0;
  const a = 2 * n;
  const b = -candidateOnly - baselineOnly + (a - candidateOnly + baselineOnly) * difference;
  const minusC = baselineOnly * difference * (1 - difference);
  const root = Math.sqrt(b * b + 4 * a * minusC);
  const loss = b > 0 ? (2 * minusC) / (b + root) : (root - b) / (2 * a);
  return surplus / Math.sqrt(n * (2 * loss + difference * (1 - difference)));
}

/**
 * Tango's score interval; has width also where no case changed. Agrees with the uncorrected asymptotic McNemar test.
 *
 * @throws RangeError if the counts or the level are impossible
 * @example tangoInterval({ both: 36, candidateOnly: 12, baselineOnly: 2, neither: 0 }) // 0.2 from 0.0611 to 0.3447
 */
export const tangoInterval: PairedInterval = pairedInterval('tango', (counts, n, level) => {
  const z = criticalValue(level);
  const { candidateOnly, baselineOnly } = counts;
  const observed = (candidateOnly - baselineOnly) / n;
  const score = (difference: number) => tangoScore(candidateOnly, baselineOnly, n, difference);
  return [
    baselineOnly === n ? -1 : turningPoint((difference) => score(difference) > z, -1, observed),
    candidateOnly === n ? 1 : turningPoint((difference) => score(difference) > -z, observed, 1),
  ];
});
