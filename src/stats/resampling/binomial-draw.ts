/** Random binomial and multinomial counts at a cost that does not grow with the number of trials. */

import type { Random } from '../random/index.ts';
import { logGamma } from '../special/index.ts';

/** Expected successes below which counting gaps is quicker than rejection. */
const FEW = 10;

/**
 * A draw from Binomial(n, p).
 *
 * @param n integer >= 0, up to 2^53
 * @param p in [0,1]
 * @source Hormann 1993, J. Stat. Comput. Simul. 46:101 (BTRS); inversion for small n p
 * @example binomialDraw(createRandom(1), 10, 1) // 10
 */
export function binomialDraw(random: Random, n: number, p: number): number {
  if (p > 0.5) return n - binomialDraw(random, n, 1 - p);
  if (n === 0 || p <= 0) return 0;
  return n * p < FEW ? byInversion(random, n, p) : byRejection(random, n, p);
}

/** Trials up to which a fair coin is counted bit by bit. */
const FEW_TOSSES = 512;

/**
 * A draw from Binomial(n, 1/2), by counting random bits where n is small.
 *
 * @param n integer >= 0
 * @example fairDraw(createRandom(1), 0) // 0
 */
export function fairDraw(random: Random, n: number): number {
  if (n > FEW_TOSSES) return binomialDraw(random, n, 0.5);
  let heads = 0;
  for (let left = n; left > 0; left -= 32) {
    heads += bitCount(left >= 32 ? random.nextUint32() : random.nextUint32() >>> (32 - left));
  }
  return heads;
}

function bitCount(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/**
 * Draws `total` units over cells with the given shares, by conditional binomials.
 *
 * @param shares non-negative numbers that need not sum to 1
 * @param out receives one count per cell
 * @example multinomialDraw(createRandom(1), 5, [0, 1], new Float64Array(2)) // [0, 5]
 */
export function multinomialDraw(
  random: Random,
  total: number,
  shares: ArrayLike<number>,
  out: Float64Array,
): Float64Array {
  let left = total;
  let mass = 0;
  for (let i = 0; i < shares.length; i++) mass += shares[i]!;
  for (let i = 0; i < shares.length; i++) {
    const share = shares[i]!;
    // The last cell with any mass takes what is left, whatever rounding says.
    const drawn = share >= mass * (1 - 1e-12) ? left : binomialDraw(random, left, share / mass);
    out[i] = drawn;
    left -= drawn;
    mass -= share;
  }
  return out;
}

function byInversion(random: Random, n: number, p: number): number {
  const odds = p / (1 - p);
  let term = Math.exp(n * Math.log1p(-p));
  let rest = random.nextFloat();
  let k = 0;
  while (rest > term && k < n) {
    rest -= term;
    k++;
    term *= ((n - k + 1) / k) * odds;
    if (term === 0) break;
  }
  return k;
}

function byRejection(random: Random, n: number, p: number): number {
  const spread = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const centre = n * p + 0.5;
  const alpha = (2.83 + 5.1 / b) * spread;
  const inner = 0.92 - 4.2 / b;
  const mode = Math.floor((n + 1) * p);
  const logOdds = Math.log(p / (1 - p));
  for (;;) {
    const u = random.nextFloat() - 0.5;
    const v = random.nextFloat();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + centre);
    if (us >= 0.07 && v <= inner) return k;
    if (k < 0 || k > n) continue;
    const height = Math.log((v * alpha) / (a / (us * us) + b));
    const term =
      logGamma(mode + 1) -
      logGamma(k + 1) +
      (logGamma(n - mode + 1) - logGamma(n - k + 1)) +
      (k - mode) * logOdds;
    if (height <= term) return k;
  }
}
