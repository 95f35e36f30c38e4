/** The regularised incomplete gamma function. */

import { logPoissonTerm } from './saddle-point.ts';

/**
 * Both regularised incomplete gamma functions at shape a > 0 and x >= 0: `lower` = P(a, x), `upper` = Q(a, x).
 * Series below a + 1, Lentz's continued fraction above. Cost grows like sqrt(a).
 *
 * @example gammaTails(1, 2).upper // 0.1353352832366127
 */
export function gammaTails(a: number, x: number): { readonly lower: number; readonly upper: number } {
  if (!(a > 0 && x >= 0)) return { lower: Number.NaN, upper: Number.NaN };
  if (x === 0) return { lower: 0, upper: 1 };
  if (x === Number.POSITIVE_INFINITY) return { lower: 1, upper: 0 };
  const logFront = logPoissonTerm(a, x);
  if (x < a + 1) {
    let term = 1;
    let sum = 1;
    for (let n = 1; term > sum * 1e-17; n += 1) {
      term *= x / (a + n);
      sum += term;
    }
    const lower = Math.min(1, Math.exp(logFront + Math.log(sum)));
    return { lower, upper: 1 - lower };
  }
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n < 10_000_000; n += 1) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / (numerator * d + b || 1e-300);
    c = b + numerator / c || 1e-300;
    const factor = c * d;
    value *= factor;
    if (Math.abs(factor - 1) < 1e-15) break;
  }
  const upper = Math.min(1, Math.exp(logFront + Math.log(a) + Math.log(value)));
  return { lower: 1 - upper, upper };
}
