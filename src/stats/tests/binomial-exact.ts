/** The exact binomial test of a pass rate against a fixed rate. */

import { binomialCdf, binomialPmf, binomialSf } from '../special/binomial.ts';
import { type Alternative, checkCounts } from './alternative.ts';
import { twoSidedTail } from './two-sided-tail.ts';

/**
 * Exact p-value of `successes` of `n` against a true rate of `rate` in [0, 1]. `less` shows that the rate is lower;
 * two-sided adds all counts that are no more probable than the observed one. 1 without a case. Cost grows like sqrt(n).
 *
 * @throws RangeError if the counts or the rate are impossible
 * @example binomialExactP(3, 10, 0.5, 'two-sided') // 0.34375
 */
export function binomialExactP(successes: number, n: number, rate: number, alternative: Alternative): number {
  checkCounts(successes, n);
  if (successes > n) throw new RangeError(`${successes} successes of ${n}: must not be more`);
  if (!(rate >= 0 && rate <= 1)) throw new RangeError(`rate is ${rate}, must lie between 0 and 1`);
  if (alternative === 'less') return binomialCdf(successes, n, rate);
  if (alternative === 'greater') return binomialSf(successes, n, rate);
  const distribution = {
    first: 0,
    last: n,
    mode: Math.min(n, Math.floor((n + 1) * rate)),
    pmf: (x: number) => binomialPmf(x, n, rate),
    cdf: (x: number) => binomialCdf(x, n, rate),
    sf: (x: number) => binomialSf(x, n, rate),
  };
  return twoSidedTail(distribution, successes).included;
}
