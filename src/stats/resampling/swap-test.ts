/** The swap permutation test: exchanges the two models' outcomes within a case, for any paired metric. */

import { createRandom } from '../random/index.ts';

/** A paired metric and how often it is swapped. */
export interface SwapTestInput {
  /** Number of cases, or of clusters that are swapped as a whole. */
  readonly n: number;
  /**
   * How much worse the candidate is, when the outcomes of the units with swapped[i] = 1 are exchanged; positive is a
   * loss; null where it is undefined.
   */
  readonly loss: (swapped: Uint8Array) => number | null;
  readonly swaps: number;
  /** Whole number from 0 to 2^53 - 1. */
  readonly seed: number;
}

/** p-value in the direction of loss, null where the observed loss is undefined. */
export interface SwapTest {
  /** (1 + swaps that lose at least as much) / (1 + defined swaps). */
  readonly p: number | null;
  readonly observed: number | null;
  /** Share of swaps in which the metric is undefined. */
  readonly undefinedShare: number;
}

/** Share of undefined swaps above which there is no p-value. */
const MOST_UNDEFINED = 0.05;

/**
 * One-sided swap test, exact up to Monte-Carlo error when the two models are exchangeable within a case.
 *
 * @returns p null when the observed loss, or more than 5 % of the swapped ones, is undefined
 * @throws RangeError when swaps is below 1
 * Cost: swaps + 1 evaluations of the loss.
 * @source Good 2005; Noreen 1989
 * @example swapTest({ n: 0, loss: () => 0, swaps: 99, seed: 1 }).p // 1
 */
export function swapTest({ n, loss, swaps, seed }: SwapTestInput): SwapTest {
  if (!Number.isInteger(swaps) || swaps < 1) throw new RangeError(`swaps is ${swaps}, must be at least 1`);
  const swapped = new Uint8Array(n);
  const observed = loss(swapped);
  if (observed === null) return { p: null, observed, undefinedShare: 0 };
  let reached = 1;
  let undefinedSwaps = 0;
  const tie = 1e-12 * Math.max(1, Math.abs(observed));
  for (let swap = 0; swap < swaps; swap++) {
    const random = createRandom(seed, swap);
    for (let i = 0, word = 0; i < n; i++) {
      word = i % 32 === 0 ? random.nextUint32() : word >>> 1;
      swapped[i] = word & 1;
    }
    const value = loss(swapped);
    if (value === null) undefinedSwaps++;
    else if (value >= observed - tie) reached++;
  }
  const undefinedShare = undefinedSwaps / swaps;
  const p = undefinedShare > MOST_UNDEFINED ? null : reached / (swaps - undefinedSwaps + 1);
  return { p, observed, undefinedShare };
}
