/** The sign-flip test of paired differences that come as counts, such as the pass shares of repeated trials. */

import { createRandom } from '../random/index.ts';
import { fairDraw } from './binomial-draw.ts';

/** `count` cases with the same difference; positive is a loss. */
export interface DifferenceCell {
  readonly difference: number;
  /** Integer >= 0. */
  readonly count: number;
}

/** One-sided p-value in the direction of loss. */
export interface SignFlipTest {
  readonly p: number;
  /** `exact`: all patterns of signs; `monte-carlo`: (1 + reached) / (flips + 1). */
  readonly method: 'exact' | 'monte-carlo';
}

/** Steps of the convolution up to which the test is exact: about a tenth of a second. */
const MOST_STEPS = 5e7;

/**
 * P(sum of flipped differences >= observed sum) when each case keeps or turns its sign with probability 1/2. Exact by
 * convolution when all differences are multiples of 1 / lattice and the lattice is small; else by seeded flips, where
 * `count` cases of one size take a single binomial draw.
 *
 * @param input differences with counts; `lattice` is the number of trials T when differences are k / T
 * @throws RangeError when a count is not an integer >= 0 or flips is below 1
 * Cost: exact cases x width of the lattice; else flips x cells.
 * @example signFlipCells({ cells: [{ difference: 1, count: 7 }], flips: 999, seed: 1, lattice: 1 }).p // 0.0078125
 */
export function signFlipCells(input: {
  readonly cells: readonly DifferenceCell[];
  readonly flips: number;
  readonly seed: number;
  readonly lattice?: number;
}): SignFlipTest {
  const { cells, flips, seed, lattice } = input;
  if (!Number.isInteger(flips) || flips < 1) throw new RangeError(`flips is ${flips}, must be at least 1`);
  const bad = cells.find(({ count }) => !Number.isSafeInteger(count) || count < 0);
  if (bad !== undefined) throw new RangeError(`count ${bad.count} must be an integer of at least 0`);
  const sizes = bySize(cells);
  const observed = cells.reduce((sum, { difference, count }) => sum + difference * count, 0);
  if (sizes.length === 0) return { p: 1, method: 'exact' };
  const whole = lattice === undefined ? null : onLattice(sizes, lattice);
  if (whole !== null) {
    const cases = whole.reduce((sum, [, count]) => sum + count, 0);
    const width = whole.reduce((sum, [size, count]) => sum + size * count, 0);
    if (cases * width <= MOST_STEPS) {
      return { p: convolutionTail(whole, Math.round(observed * lattice!)), method: 'exact' };
    }
  }
  const total = sizes.reduce((sum, [size, count]) => sum + size * count, 0);
  let reached = 1;
  const random = createRandom(seed);
  for (let flip = 0; flip < flips; flip++) {
    let sum = 0;
    for (const [size, count] of sizes) sum += size * (2 * fairDraw(random, count) - count);
    if (sum >= observed - 1e-12 * total) reached++;
  }
  return { p: reached / (flips + 1), method: 'monte-carlo' };
}

/** Cases by size of difference, smallest first, zero left out. */
function bySize(cells: readonly DifferenceCell[]): [size: number, count: number][] {
  const counts = new Map<number, number>();
  for (const { difference, count } of cells) {
    const size = Math.abs(difference);
    if (size > 0 && count > 0) counts.set(size, (counts.get(size) ?? 0) + count);
  }
  return [...counts].sort(([first], [second]) => first - second);
}

/** Sizes as whole multiples of 1 / lattice; null when one is not. */
function onLattice(sizes: readonly [number, number][], lattice: number): [number, number][] | null {
  const whole = sizes.map(([size, count]): [number, number] => [Math.round(size * lattice), count]);
  const fits = whole.every(
    ([steps], i) => Math.abs(sizes[i]![0] * lattice - steps) < 1e-9 * Math.max(1, steps),
  );
  return fits ? whole : null;
}

/** P(sum >= observed), from the number of lattice steps that are flipped to gains: 0 .. total. */
function convolutionTail(sizes: readonly [steps: number, count: number][], observed: number): number {
  const total = sizes.reduce((sum, [steps, count]) => sum + steps * count, 0);
  // The sum is total - 2 x steps flipped to gains, so a loss of at least `observed` flips at most this many.
  const most = Math.floor((total - observed) / 2);
  let chances = new Float64Array(most + 1);
  chances[0] = 1;
  for (const [steps, count] of sizes) {
    for (let i = 0; i < count; i++) {
      const next = new Float64Array(most + 1);
      for (let at = 0; at <= most; at++) {
        next[at] = (chances[at]! + (at >= steps ? chances[at - steps]! : 0)) / 2;
      }
      chances = next;
    }
  }
  return Math.min(
    1,
    chances.reduce((sum, chance) => sum + chance, 0),
  );
}
