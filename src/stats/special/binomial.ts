/** The binomial distribution: probability, log probability and both tails, accurate from n = 0 to 1e9 and beyond. */

import { betaTails } from './beta.ts';
import { logSaddlePointTerm } from './saddle-point.ts';

/**
 * Natural logarithm of P(X = k), X ~ Bin(n, p); -Infinity outside the support. `n` and `k` are whole numbers, p in [0, 1].
 *
 * @example binomialLogPmf(0, 1000000000, 0.001) // -1000500.3335835335
 */
export function binomialLogPmf(k: number, n: number, p: number): number {
  if (!(n >= 0 && p >= 0 && p <= 1)) return Number.NaN;
  if (k < 0 || k > n || !Number.isInteger(k)) return Number.NEGATIVE_INFINITY;
  return logSaddlePointTerm(k, n - k, p, 1 - p);
}

/**
 * P(X = k), X ~ Bin(n, p); 0 outside the support.
 *
 * @example binomialPmf(3, 10, 0.3) // 0.266827932
 */
export function binomialPmf(k: number, n: number, p: number): number {
  return Math.exp(binomialLogPmf(k, n, p));
}

/**
 * P(X <= k), X ~ Bin(n, p), with full relative accuracy when it is tiny. Cost grows like sqrt(n): 1 ms at n = 1e9.
 *
 * @example binomialCdf(250, 1000, 0.5) // 6.738128253015204e-59
 */
export function binomialCdf(k: number, n: number, p: number): number {
  if (!(n >= 0 && p >= 0 && p <= 1)) return Number.NaN;
  const whole = Math.floor(k);
  if (whole < 0) return 0;
  if (whole >= n) return 1;
  return betaTails(p, whole + 1, n - whole).upper;
}

/**
 * P(X >= k), X ~ Bin(n, p), k included, with full relative accuracy when it is tiny. Cost grows like sqrt(n).
 *
 * @example binomialSf(999, 1000, 0.5) // 9.341968819217221e-299
 */
export function binomialSf(k: number, n: number, p: number): number {
  if (!(n >= 0 && p >= 0 && p <= 1)) return Number.NaN;
  const whole = Math.ceil(k);
  if (whole <= 0) return 1;
  if (whole > n) return 0;
  return betaTails(p, whole, n - whole + 1).lower;
}

/**
 * Smallest k of which P(X <= k) is at least `probability`, X ~ Bin(n, p); NaN for what is no distribution or probability.
 *
 * @example binomialQuantile(0.975, 100, 0.3) // 39
 */
export function binomialQuantile(probability: number, n: number, p: number): number {
  if (!(n >= 0 && p >= 0 && p <= 1 && probability >= 0 && probability <= 1)) return Number.NaN;
  let [low, high] = [0, n];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (binomialCdf(middle, n, p) >= probability) high = middle;
    else low = middle + 1;
  }
  return low;
}
