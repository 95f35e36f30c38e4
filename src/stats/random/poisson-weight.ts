/** Poisson(1) bootstrap weights that depend only on seed, stream, case and replicate. */

import { philox4x32Into, seedWords } from './philox.ts';

/** P(Poisson(1) <= k) for k = 0, 1, ... up to where a double holds no more. */
const CUMULATIVE = cumulativeProbabilities();

function cumulativeProbabilities(): readonly number[] {
  const sums: number[] = [];
  let term = Math.exp(-1);
  let sum = 0;
  for (let k = 0; sum + term > sum; k += 1) {
    sum += term;
    sums.push(sum);
    term /= k + 1;
  }
  return sums;
}

/**
 * The Poisson(1) quantile of a random word: the smallest k with word / 2^32 < P(X <= k).
 *
 * @example poisson1FromWord(1713891541) // 1
 */
export function poisson1FromWord(word: number): number {
  const uniform = word / 0x1_0000_0000;
  let k = 0;
  while (k < CUMULATIVE.length - 1 && uniform >= CUMULATIVE[k]!) k += 1;
  return k;
}

/**
 * Poisson(1) weight of one case in one bootstrap replicate, by inversion from Philox with counter
 * (replicate, case, stream, 0) and the seed as key. Order- and shard-independent.
 * Source: Chamandy et al., Estimating Uncertainty for Massive Data Streams (2012).
 *
 * @param seed whole number from 0 to 2^53 - 1; stream, caseIndex and replicate are unsigned 32-bit words.
 * @example poisson1Weight(7, 0, 0, 0) // 3
 */
export function poisson1Weight(seed: number, stream: number, caseIndex: number, replicate: number): number {
  const [low, high] = seedWords(seed);
  philox4x32Into(scratch, 0, replicate, caseIndex, stream, 0, low, high);
  return poisson1FromWord(scratch[0]!);
}

const scratch = new Uint32Array(4);

/**
 * The weights of cases 0 to `out.length` - 1 in one replicate, written into `out`.
 *
 * @example poisson1Weights(new Uint8Array(3), 7, 0, 0) // out becomes [3, 0, 0]
 */
export function poisson1Weights(out: Uint8Array, seed: number, stream: number, replicate: number): void {
  const [low, high] = seedWords(seed);
  for (let index = 0; index < out.length; index += 1) {
    philox4x32Into(scratch, 0, replicate, index, stream, 0, low, high);
    out[index] = poisson1FromWord(scratch[0]!);
  }
}
