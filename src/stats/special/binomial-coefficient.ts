/** Binomial coefficients by their logarithm. */

import { logSaddlePointTerm } from './saddle-point.ts';

/**
 * Natural logarithm of the binomial coefficient C(n, k) for whole 0 <= k <= n; -Infinity outside.
 *
 * @example logBinomialCoefficient(5, 2) // 2.302585092994046
 */
export function logBinomialCoefficient(n: number, k: number): number {
  if (k < 0 || k > n) return Number.NEGATIVE_INFINITY;
  if (k === 0 || k === n) return 0;
  const smaller = Math.min(k, n - k);
  const larger = n - smaller;
  // The binomial probability at p = k / n, freed of its powers; log1p keeps the digits when k is far below n.
  const powers = smaller * (Math.log(n) - Math.log(smaller)) - larger * Math.log1p(-smaller / n);
  return logSaddlePointTerm(smaller, larger, smaller / n, larger / n) + powers;
}
