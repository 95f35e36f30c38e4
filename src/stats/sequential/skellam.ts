/** The difference of two Poisson counts: how many more losses than gains harmless churn brings. */

/**
 * P(X1 - X2 >= s) for independent Poisson counts of the same mean; the test of losses minus gains when the churn q of
 * an A/A re-run is known (mean n q).
 *
 * @param s integer
 * @param mean of each count, at least 0
 * @throws RangeError when s is no integer or the mean is negative or infinite
 * Cost: about 80 steps per square root of the mean.
 * @source Skellam 1946
 * @example skellamTail(1, 2) // 0.3964990394
 */
export function skellamTail(s: number, mean: number): number {
  if (!Number.isSafeInteger(s) || !(mean >= 0 && Number.isFinite(mean))) {
    throw new RangeError(`s is ${s} and the mean ${mean}: an integer and a number of at least 0 are needed`);
  }
  if (s <= 0) return s === 0 ? (1 + equalChance(mean)) / 2 : 1 - skellamTail(1 - s, mean);
  if (mean === 0) return 0;
  const chances = poissonChances(mean);
  // tails[i] sums the chances from place i on.
  const tails = new Float64Array(chances.length + 1);
  for (let i = chances.length - 1; i >= 0; i--) tails[i] = tails[i + 1]! + chances[i]!;
  let sum = 0;
  for (let i = 0; i + s < chances.length; i++) sum += chances[i]! * tails[i + s]!;
  return Math.min(1, sum);
}

function equalChance(mean: number): number {
  return poissonChances(mean).reduce((sum, chance) => sum + chance * chance, 0);
}

/** Poisson chances around the mean as far as a double reaches, normalised by their sum. */
function poissonChances(mean: number): Float64Array {
  const mode = Math.floor(mean);
  const above: number[] = [];
  for (let k = mode, term = 1; term > FADED; k++) {
    above.push(term);
    term *= mean / (k + 1);
  }
  const below: number[] = [];
  for (let k = mode, term = 1; k > 0; k--) {
    term *= k / mean;
    if (term <= FADED) break;
    below.push(term);
  }
  const terms = [...below.reverse(), ...above];
  const mass = terms.reduce((sum, term) => sum + term, 0);
  return Float64Array.from(terms, (term) => term / mass);
}

const FADED = 1e-290;
