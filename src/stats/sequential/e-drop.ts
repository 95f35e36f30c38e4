/** The e-value of a drop: evidence that may be looked at after every case. */

/**
 * Natural logarithm of E = 2^(m+1) times the integral of t^b (1-t)^c over (1/2, 1), b losses and c gains: a uniform
 * bet on every loss share above one half. P(E ever reaches 1 / alpha) <= alpha when losses are no likelier than gains.
 *
 * The integral is the sum over i of b! c! / ((b - i)! (c + 1 + i)!), all terms positive, so no digit is lost.
 *
 * @param losses b, integer >= 0
 * @param gains c, integer >= 0
 * @throws RangeError when a count is not an integer >= 0
 * Cost: at most losses + 1 steps.
 * @source Ville 1939; Howard et al. 2021, Annals of Statistics 49:1055
 * @example logEDrop(9, 2) // 1.8060507993
 */
export function logEDrop(losses: number, gains: number): number {
  if (![losses, gains].every((x) => Number.isSafeInteger(x) && x >= 0)) {
    throw new RangeError(`losses ${losses} and gains ${gains} must be integers of at least 0`);
  }
  let term = 1;
  let sum = 1;
  let logScale = -Math.log(gains + 1);
  for (let i = 0; i < losses; i++) {
    term *= (losses - i) / (gains + 2 + i);
    sum += term;
    if (sum > LARGE) {
      logScale += Math.log(LARGE);
      sum /= LARGE;
      term /= LARGE;
    }
    if (term < sum * 1e-18 && losses - i < gains + 2 + i) break;
  }
  return logScale + Math.log(sum);
}

/** Where the sum is scaled down so as not to overflow. */
const LARGE = 2 ** 500;
