/** Upper tails of Binomial(m, 1/2), the null distribution of losses among m flips, kept as a short table. */

/** The tails P(X >= start + i); `tails` is about 19 sqrt(m) long at most, whatever m is. */
export interface HalfBinomial {
  readonly m: number;
  /** ceil(m / 2), where the table begins. */
  readonly start: number;
  readonly tails: Float64Array;
}

/** Terms below this share of the largest add nothing to any p-value a double can hold. */
const FADED = 1e-300;

/**
 * Tabulates the upper half of Binomial(m, 1/2) down to about 1e-300. No logarithm of a factorial is taken: the
 * terms follow from their ratios and are normalised by the known mass of the half, so digits hold for m of 1e9.
 *
 * @param m number of discordant pairs, an integer >= 0
 * @throws RangeError when m is not an integer >= 0
 * Cost: min(m / 2, 19 sqrt(m)) steps.
 * @example halfBinomialSf(halfBinomial(11), 9) // 0.03271484375
 */
export function halfBinomial(m: number): HalfBinomial {
  if (!Number.isSafeInteger(m) || m < 0) throw new RangeError(`m is ${m}, must be an integer of at least 0`);
  const start = Math.ceil(m / 2);
  const terms: number[] = [];
  for (let b = start, term = 1; b <= m && term > FADED; b++) {
    terms.push(term);
    term *= (m - b) / (b + 1);
  }
  const tails = new Float64Array(terms.length);
  let sum = 0;
  for (let i = terms.length - 1; i >= 0; i--) {
    sum += terms[i]!;
    tails[i] = sum;
  }
  // Odd m: the upper half holds 1/2. Even m: the half holds 1/2 plus half of the middle term.
  const mass = m % 2 === 1 ? 2 * sum : 2 * sum - 1;
  for (let i = 0; i < tails.length; i++) tails[i]! /= mass;
  return { m, start, tails };
}

/**
 * P(X >= b) for X ~ Binomial(m, 1/2).
 *
 * @example halfBinomialSf(halfBinomial(5), 5) // 0.03125
 */
export function halfBinomialSf(table: HalfBinomial, b: number): number {
  if (b <= 0) return 1;
  if (b < table.start) return 1 - halfBinomialSf(table, table.m - b + 1);
  return table.tails[b - table.start] ?? 0;
}

/**
 * Mid-p P(X > b) + P(X = b) / 2 for X ~ Binomial(m, 1/2).
 *
 * @example halfBinomialMidP(halfBinomial(11), 9) // 0.019287109375
 */
export function halfBinomialMidP(table: HalfBinomial, b: number): number {
  return (halfBinomialSf(table, b) + halfBinomialSf(table, b + 1)) / 2;
}

/**
 * Smallest number of losses whose p-value is at most `bound`; m + 1 when no outcome reaches it.
 *
 * @param pValue decreasing in b: `halfBinomialSf` or `halfBinomialMidP`
 * @example criticalLosses(halfBinomial(11), 0.05, halfBinomialSf) // 9
 */
export function criticalLosses(
  table: HalfBinomial,
  bound: number,
  pValue: (table: HalfBinomial, b: number) => number,
): number {
  let low = 0;
  let high = table.m + 1;
  if (table.m > 2 * table.tails.length) {
    // Outside the table the tails are 0 or 1 to double precision.
    low = table.m - table.start - table.tails.length;
    high = table.start + table.tails.length + 1;
  }
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (pValue(table, middle) <= bound) high = middle;
    else low = middle + 1;
  }
  return low;
}
