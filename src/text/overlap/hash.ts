/** The 32-bit mixing that the two lanes of every hash share. Not for secrets: whoever wants collisions can make them. */

/** Seeds and multipliers of the two lanes; the multipliers are odd, so that no bit is lost. */
export const LANES = {
  low: { seed: 0x811c9dc5 | 0, step: 0x01000193, roll: 0x2c1b3c6d },
  high: { seed: 0x9747b28c | 0, step: 0x5bd1e995, roll: 0x297a2d3b },
} as const;

/**
 * Spreads a hash over all its bits (the finalizer of MurmurHash3, Austin Appleby, public domain).
 *
 * @returns a signed 32-bit integer, so that it stays an integer in compiled code
 */
export function spread(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** The other lane's finalizer, with constants of its own (Chris Wellons' lowbias32, public domain). */
export function spreadHigh(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return h ^ (h >>> 16);
}

/** `base` to the power `exponent`, modulo 2 to the power 32. */
export function power(base: number, exponent: number): number {
  let product = 1;
  for (let k = 0; k < exponent; k++) product = Math.imul(product, base);
  return product;
}

/** Least power of two that is at least `count`. */
export function powerOfTwo(count: number): number {
  let size = 16;
  while (size < count) size *= 2;
  return size;
}
