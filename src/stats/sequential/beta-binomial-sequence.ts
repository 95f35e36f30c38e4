/** A confidence sequence for a pass rate: an interval that holds at all times at once. */

import { logBinomialCoefficient } from '../special/index.ts';

/** Limits in [0,1]. */
export interface Limits {
  readonly lower: number;
  readonly upper: number;
}

/**
 * All rates that the uniform mixture does not refute: (n + 1) C(n, x) t^x (1 - t)^(n - x) >= alpha.
 *
 * @param passed x, integer in [0, n]
 * @param n cases so far, integer >= 0
 * @param alpha in (0,1); the sequence covers the rate at every n at once with probability 1 - alpha
 * @throws RangeError when the counts do not fit
 * @source Robbins 1970; Howard et al. 2021
 * @example betaBinomialSequence(0, 1, 0.05).upper // 0.975
 */
export function betaBinomialSequence(passed: number, n: number, alpha: number): Limits {
  if (![passed, n].every(Number.isSafeInteger) || passed < 0 || passed > n) {
    throw new RangeError(`${passed} of ${n} passed: integers with 0 <= passed <= n are needed`);
  }
  if (n === 0) return { lower: 0, upper: 1 };
  const constant = Math.log(n + 1) + logBinomialCoefficient(n, passed) - Math.log(alpha);
  const kept = (t: number) => {
    const won = passed === 0 ? 0 : passed * Math.log(t);
    const lost = passed === n ? 0 : (n - passed) * Math.log1p(-t);
    return constant + won + lost >= 0;
  };
  const rate = passed / n;
  return {
    lower: passed === 0 ? 0 : edge(0, rate, kept),
    upper: passed === n ? 1 : edge(1, rate, kept),
  };
}

/** The point between a refuted and a kept rate where one turns into the other. */
function edge(refuted: number, kept: number, isKept: (t: number) => boolean): number {
  let outside = refuted;
  let inside = kept;
  for (let i = 0; i < 200; i++) {
    const middle = (outside + inside) / 2;
    if (middle === outside || middle === inside) break;
    if (isKept(middle)) inside = middle;
    else outside = middle;
  }
  return inside;
}
