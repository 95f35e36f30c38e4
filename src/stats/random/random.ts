/** A seeded source of random numbers over Philox, for simulations and resampling. */

import { normalQuantile } from '../special/normal.ts';
import { philox4x32Into, seedWords } from './philox.ts';

/** A source of random numbers; equal seed and stream give equal numbers on every machine. */
export interface Random {
  /** The next unsigned 32-bit integer. */
  nextUint32(): number;
  /** The next number in [0, 1), with 53 random bits. */
  nextFloat(): number;
  /** The next whole number in [0, n), without bias; n from 1 to 2^32. */
  nextBelow(n: number): number;
  /** The next standard normal number, by inversion: always two words. */
  nextNormal(): number;
}

/**
 * A generator for a seed (whole number from 0 to 2^53 - 1) and a stream (unsigned 32-bit). Streams of one seed do not
 * overlap, and none overlaps the Poisson weights, whose last counter word is 0.
 *
 * @throws RangeError if the seed is not such a number.
 * @example createRandom(1).nextUint32() // 310111809
 */
export function createRandom(seed: number, stream = 0): Random {
  const [keyLow, keyHigh] = seedWords(seed);
  const block = new Uint32Array(4);
  let used = 4;
  let counterLow = 0;
  let counterHigh = 0;

  function nextUint32(): number {
    if (used === 4) {
      philox4x32Into(block, 0, counterLow, counterHigh, stream, 1, keyLow, keyHigh);
      counterLow = (counterLow + 1) >>> 0;
      if (counterLow === 0) counterHigh = (counterHigh + 1) >>> 0;
      used = 0;
    }
    const word = block[used]!;
    used += 1;
    return word;
  }

  function nextFloat(): number {
    const high = nextUint32() >>> 5;
    const low = nextUint32() >>> 6;
    return (high * 0x400_0000 + low) / 0x20_0000_0000_0000;
  }

  function nextBelow(n: number): number {
    if (!(Number.isInteger(n) && n >= 1 && n <= 0x1_0000_0000)) {
      throw new RangeError(`nextBelow(${n}): must be a whole number from 1 to 4294967296`);
    }
    // Words above the last full multiple of n would favour small results, so they are drawn again.
    const limit = 0x1_0000_0000 - (0x1_0000_0000 % n);
    let word = nextUint32();
    while (word >= limit) word = nextUint32();
    return word % n;
  }

  function nextNormal(): number {
    // The middle of the 53-bit step, taken from the nearer end: never 0 or 1, where the quantile is infinite.
    const uniform = nextFloat();
    return uniform < 0.5 ? normalQuantile(uniform + 2 ** -54) : -normalQuantile(1 - uniform - 2 ** -54);
  }

  return { nextUint32, nextFloat, nextBelow, nextNormal };
}
