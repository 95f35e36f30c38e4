/** Random draws without replacement from counted cells, at a cost that grows like a standard deviation, not like n. */

import type { Random } from '../random/index.ts';
import { hypergeometricPmf } from '../special/index.ts';

/**
 * Number of marked items among `drawn` taken without replacement from `total`, of which `marked` are marked. Inversion from
 * the mode outwards. All are whole numbers with marked <= total and drawn <= total.
 *
 * Cost: about one standard deviation in steps.
 * @example hypergeometricDraw(createRandom(1), 10, 4, 10) // 4
 */
export function hypergeometricDraw(random: Random, total: number, marked: number, drawn: number): number {
  const first = Math.max(0, drawn + marked - total);
  const last = Math.min(drawn, marked);
  if (first === last) return first;
  const mode = Math.min(last, Math.max(first, Math.floor(((drawn + 1) * (marked + 1)) / (total + 2))));
  let rest = random.nextFloat();
  let [up, down] = [mode, mode];
  let upTerm = hypergeometricPmf(mode, total, marked, drawn);
  let downTerm = upTerm;
  rest -= upTerm;
  while (rest > 0 && (up < last || down > first)) {
    if (up < last) {
      upTerm *= ((marked - up) * (drawn - up)) / ((up + 1) * (total - marked - drawn + up + 1));
      up++;
      rest -= upTerm;
      if (rest <= 0) return up;
    }
    if (down > first) {
      downTerm *= (down * (total - marked - drawn + down)) / ((marked - down + 1) * (drawn - down + 1));
      down--;
      rest -= downTerm;
      if (rest <= 0) return down;
    }
    // What rounding leaves over belongs to no value; the mode takes it.
    if (upTerm + downTerm < 1e-300) break;
  }
  return mode;
}

/**
 * Draws `drawn` units without replacement from cells of the given sizes.
 *
 * @param sizes whole numbers >= 0 with a sum of at least `drawn`
 * @param out receives one count per cell
 * @example multivariateHypergeometricDraw(createRandom(1), [0, 5], 5, new Float64Array(2)) // [0, 5]
 */
export function multivariateHypergeometricDraw(
  random: Random,
  sizes: ArrayLike<number>,
  drawn: number,
  out: Float64Array,
): Float64Array {
  let total = 0;
  for (let i = 0; i < sizes.length; i++) total += sizes[i]!;
  let left = drawn;
  for (let i = 0; i < sizes.length; i++) {
    const taken = hypergeometricDraw(random, total, sizes[i]!, left);
    out[i] = taken;
    left -= taken;
    total -= sizes[i]!;
  }
  return out;
}
