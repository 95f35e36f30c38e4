/** The hypergeometric distribution: marked items in a draw without replacement. */

import { logSaddlePointTerm } from './saddle-point.ts';

/**
 * P(X = x), X = number of marked items among `drawn` taken from `total` of which `marked` are marked; 0 outside the support.
 * All arguments are whole numbers with marked <= total and drawn <= total.
 *
 * @example hypergeometricPmf(8, 16, 10, 9) // 0.0236013986013986
 */
export function hypergeometricPmf(x: number, total: number, marked: number, drawn: number): number {
  if (x < Math.max(0, drawn + marked - total) || x > Math.min(drawn, marked) || !Number.isInteger(x))
    return 0;
  if (drawn === 0 || drawn === total) return 1;
  const p = drawn / total;
  const q = (total - drawn) / total;
  const rest = drawn - x;
  const unmarked = total - marked;
  return Math.exp(
    logSaddlePointTerm(x, marked - x, p, q) +
      logSaddlePointTerm(rest, unmarked - rest, p, q) -
      logSaddlePointTerm(drawn, total - drawn, p, q),
  );
}

/**
 * P(X <= x) of the hypergeometric distribution. Cost grows like its standard deviation.
 *
 * @example hypergeometricCdf(8, 16, 10, 9) // 0.9991258741258742
 */
export function hypergeometricCdf(x: number, total: number, marked: number, drawn: number): number {
  const whole = Math.floor(x);
  if (whole >= Math.min(drawn, marked)) return 1;
  if (whole < Math.max(0, drawn + marked - total)) return 0;
  // Sum the side away from the mean, where the terms only shrink.
  if (whole * total < drawn * marked) return sumDown(whole, total, marked, drawn);
  return 1 - sumDown(drawn - whole - 1, total, total - marked, drawn);
}

/** Sum of P(X = k) for k <= x, by the ratio of neighbouring terms. */
function sumDown(x: number, total: number, marked: number, drawn: number): number {
  let term = 1;
  let sum = 1;
  for (let k = x; k > 0 && term > sum * 1e-17; k -= 1) {
    term *= (k / (marked - k + 1)) * ((total - marked - drawn + k) / (drawn - k + 1));
    sum += term;
  }
  return Math.min(1, hypergeometricPmf(x, total, marked, drawn) * sum);
}

/**
 * P(X >= x), x included, of the hypergeometric distribution, with full relative accuracy when it is tiny.
 *
 * @example hypergeometricSf(9, 16, 10, 9) // 0.0008741258741258741
 */
export function hypergeometricSf(x: number, total: number, marked: number, drawn: number): number {
  return hypergeometricCdf(drawn - Math.ceil(x), total, total - marked, drawn);
}
