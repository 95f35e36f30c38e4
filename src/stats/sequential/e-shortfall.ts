/** The e-value of a shortfall: evidence that a rate is below a floor, which may be looked at after every case. */

import { betaLogTails, logBeta } from '../special/index.ts';

/**
 * Natural logarithm of E = (1 / t) times the integral over (0, t) of u^x (1 - u)^(n - x) / (t^x (1 - t)^(n - x)): a uniform
 * bet on every rate below t. P(E ever reaches 1 / alpha) <= alpha when the rate is t or higher, since each factor has an
 * expectation of at most 1. Scores in [0, 1] may stand for passes: a weighted geometric mean is at most the arithmetic one.
 *
 * @param passed x, in [0, n], not only whole
 * @param n cases so far, integer >= 0
 * @param rate t, the floor, in [0, 1]; nothing is below 0, and one case that fails is below 1
 * @throws RangeError when the numbers do not fit
 * @source Ville 1939; Howard et al. 2021, Annals of Statistics 49:1055
 * @example logEShortfall(0, 1, 0.5) // 0.4054651081 (E is 1.5)
 */
export function logEShortfall(passed: number, n: number, rate: number): number {
  if (!(Number.isSafeInteger(n) && passed >= 0 && passed <= n && rate >= 0 && rate <= 1)) {
    throw new RangeError(`${passed} of ${n} passed against ${rate}: 0 <= passed <= n and a rate are needed`);
  }
  if (rate === 0) return 0;
  const failed = n - passed;
  if (rate === 1) return failed > 0 ? Number.POSITIVE_INFINITY : -Math.log(n + 1);
  const area = logBeta(passed + 1, failed + 1) + betaLogTails(rate, passed + 1, failed + 1).logLower;
  return area - (passed + 1) * Math.log(rate) - failed * Math.log1p(-rate);
}
