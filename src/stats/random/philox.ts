/** Philox 4x32-10: a counter-based random generator, so a number depends only on its place and never on the order of draws. */

const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;
const ROUNDS = 10;

/** Upper 32 bits of the 64-bit product of two unsigned 32-bit words, the first given in 16-bit halves. */
function multiplyHigh(leftHigh: number, leftLow: number, right: number): number {
  const rightHigh = right >>> 16;
  const rightLow = right & 0xffff;
  const middle = leftHigh * rightLow + ((leftLow * rightLow) >>> 16);
  const cross = leftLow * rightHigh + (middle & 0xffff);
  return leftHigh * rightHigh + (middle >>> 16) + (cross >>> 16);
}

/**
 * Writes the four random words of a counter and key into `out` from `offset`, without allocating.
 * Every counter and key word is an unsigned 32-bit integer (signed ones are read as their bits).
 *
 * @example
 * const out = new Uint32Array(4);
 * philox4x32Into(out, 0, 0, 0, 0, 0, 0, 0); // out is [1713891541, 3781805453, 3159862348, 2600524760]
 */
export function philox4x32Into(
  out: Uint32Array,
  offset: number,
  counter0: number,
  counter1: number,
  counter2: number,
  counter3: number,
  key0: number,
  key1: number,
): void {
  let word0 = counter0 >>> 0;
  let word1 = counter1 >>> 0;
  let word2 = counter2 >>> 0;
  let word3 = counter3 >>> 0;
  let roundKey0 = key0 >>> 0;
  let roundKey1 = key1 >>> 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const high0 = multiplyHigh(MULTIPLIER_0 >>> 16, MULTIPLIER_0 & 0xffff, word0);
    const high1 = multiplyHigh(MULTIPLIER_1 >>> 16, MULTIPLIER_1 & 0xffff, word2);
    const low0 = Math.imul(MULTIPLIER_0, word0);
    const low1 = Math.imul(MULTIPLIER_1, word2);
    word0 = (high1 ^ word1 ^ roundKey0) >>> 0;
    word1 = low1 >>> 0;
    word2 = (high0 ^ word3 ^ roundKey1) >>> 0;
    word3 = low0 >>> 0;
    roundKey0 = (roundKey0 + WEYL_0) >>> 0;
    roundKey1 = (roundKey1 + WEYL_1) >>> 0;
  }
  out[offset] = word0;
  out[offset + 1] = word1;
  out[offset + 2] = word2;
  out[offset + 3] = word3;
}

/** Four unsigned 32-bit words. */
export type FourWords = readonly [number, number, number, number];

/**
 * The four random words of a counter (four unsigned 32-bit words) and a key (two).
 * Source: Salmon et al., Parallel Random Numbers: As Easy as 1, 2, 3 (SC 2011); holds the known answers of Random123.
 *
 * @example philox4x32([0, 0, 0, 0], [0, 0]) // [1713891541, 3781805453, 3159862348, 2600524760]
 */
export function philox4x32(counter: FourWords, key: readonly [number, number]): FourWords {
  const out = new Uint32Array(4);
  philox4x32Into(out, 0, counter[0], counter[1], counter[2], counter[3], key[0], key[1]);
  return [out[0]!, out[1]!, out[2]!, out[3]!];
}

/**
 * A seed as the two key words. The seed is a whole number from 0 to 2^53 - 1.
 *
 * @throws RangeError if the seed is not such a number.
 * @example seedWords(4294967298) // [2, 1]
 */
export function seedWords(seed: number): readonly [number, number] {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new RangeError(`seed is ${seed}, must be a whole number from 0 to ${Number.MAX_SAFE_INTEGER}`);
  }
  return [seed >>> 0, Math.floor(seed / 0x1_0000_0000)];
}
