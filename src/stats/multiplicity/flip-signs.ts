/** The shared coin tosses of a joint sign-flip test: one bit per unit and flip, each fixed by its place alone. */

import { philox4x32Into, seedWords } from '../random/index.ts';

/** Flips that one call of the generator decides for one unit. */
export const BLOCK_FLIPS = 128;
export const BLOCK_WORDS = BLOCK_FLIPS / 32;

/** Sets this test apart from the other streams of the same seed (fourth counter word). */
const FLIP_STREAM = 2;

/**
 * Writes the tosses of one block of 128 flips: word w of unit u stands at `out[w * units.length + u]`, bit i of it is
 * flip 128 block + 32 w + i. A toss depends on seed, flip and the unit's key only, not on the list or its order; where
 * hashes collide, the later unit is told apart by its number among those of the key.
 *
 * @param out at least 4 words per unit
 * @param keys unsigned 32-bit key of each unit (its place, or a hash of the case id)
 * @param repeats how many units before it have the same key, per unit
 * @param block block number, from 0
 * @param seed whole number from 0 to 2^53 - 1
 */
export function tossBlock(
  out: Int32Array,
  keys: Uint32Array,
  repeats: Uint32Array,
  block: number,
  seed: number,
): void {
  const [low, high] = seedWords(seed);
  const words = new Uint32Array(BLOCK_WORDS);
  const n = keys.length;
  for (let u = 0; u < n; u++) {
    philox4x32Into(words, 0, block, keys[u]!, repeats[u]!, FLIP_STREAM, low, high);
    for (let w = 0; w < BLOCK_WORDS; w++) out[w * n + u] = words[w]!;
  }
}

/**
 * For each key: how many equal keys stand before it.
 *
 * @example repeatsBefore(Uint32Array.of(7, 8, 7)) // [0, 0, 1]
 */
export function repeatsBefore(keys: Uint32Array): Uint32Array {
  const seen = new Map<number, number>();
  return keys.map((key) => {
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    return before;
  });
}
