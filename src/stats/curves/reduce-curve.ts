/** Reduces a long noisy curve to blocks of equal size, each with its median: what is left is level, not noise. */

import { quantile } from '../quantiles/index.ts';

/** A curve with finite values, steps rising. */
export interface Points {
  readonly steps: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** Blocks in order, and how many points each stands for (the last may have more). */
export interface ReducedCurve {
  readonly steps: Float64Array;
  readonly values: Float64Array;
  readonly perBlock: number;
}

/**
 * At most `blocks` blocks of consecutive points; a curve that is short already stays as it is.
 *
 * @example reduceCurve({ steps: [1, 2, 3, 4], values: [5, 7, 1, 1] }, 2).values // [6, 1]
 */
export function reduceCurve({ steps, values }: Points, blocks: number): ReducedCurve {
  const n = steps.length;
  if (n <= blocks) return { steps: Float64Array.from(steps), values: Float64Array.from(values), perBlock: 1 };
  const all = Float64Array.from(values);
  const at = (block: number): number => Math.floor((block * n) / blocks);
  const reduced = { steps: new Float64Array(blocks), values: new Float64Array(blocks) };
  for (let block = 0; block < blocks; block += 1) {
    reduced.steps[block] = steps[(at(block) + at(block + 1) - 1) >> 1]!;
    reduced.values[block] = quantile(all.subarray(at(block), at(block + 1)), 0.5)!;
  }
  return { ...reduced, perBlock: Math.floor(n / blocks) };
}

/**
 * Standard deviation of the noise around a smooth curve: from second differences, which a line does not move, by their
 * median so that spikes do not either. Null below 5 points.
 *
 * @source Gasser, Sroka and Jennen-Steinmetz 1986, Biometrika 73:625 (differences), with the median in place of the mean
 */
export function curveNoise(values: ArrayLike<number>): number | null {
  if (values.length < 5) return null;
  const sizes = new Float64Array(values.length - 2);
  for (let i = 0; i < sizes.length; i += 1)
    sizes[i] = Math.abs(values[i]! - 2 * values[i + 1]! + values[i + 2]!);
  // Second differences of independent noise have a variance of 6; 0.6745 is the median of a half-normal.
  return quantile(sizes, 0.5)! / (0.674489750196 * Math.sqrt(6));
}
