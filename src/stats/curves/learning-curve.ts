/** How a rate grows with the number of training rows, and where it would be with twice as many. */

import type { Estimate } from '../estimate.ts';
import { quantileOfSorted } from '../quantiles/index.ts';
import { createRandom } from '../random/index.ts';
import { multinomialDraw } from '../resampling/index.ts';

/** A line through log-odds against doublings of the training rows. */
export interface LearningCurve {
  /** Rate at each size, as observed. */
  readonly observed: readonly number[];
  /** Change of the log-odds per doubling. */
  readonly perDoubling: Estimate;
  /** Rate at twice the largest size: an extrapolation, beyond what was measured. */
  readonly atTwice: Estimate;
}

const RESAMPLES = 400;
const LEVEL = 0.95;

/**
 * Fits a line to the log-odds of the rate, each size weighed by its information; the interval resamples cases with all
 * their answers, so that the sizes stay paired. It holds the training rows fixed: another draw of them would move the
 * curve as well.
 *
 * @param sizes training rows at each point, rising, above 0
 * @param patterns answers per case as bits (bit i: right at size i), with the number of cases
 * @param seed whole number from 0 to 2^53 - 1
 * @returns null below two sizes or without a case
 * @source Figueroa et al. 2012, BMC Med Inform Decis Mak 12:8 (extrapolating learning curves, weighted towards the large sizes)
 */
export function learningCurve(
  sizes: readonly number[],
  patterns: ReadonlyMap<number, number>,
  seed: number,
): LearningCurve | null {
  const keys = [...patterns.keys()].toSorted((a, b) => a - b);
  const counts = Float64Array.from(keys, (key) => patterns.get(key)!);
  const n = counts.reduce((sum, count) => sum + count, 0);
  if (sizes.length < 2 || n === 0) return null;
  const { slope, twice, rates } = lineThrough(sizes, keys, counts, n);
  const random = createRandom(seed);
  const everywhere = 2 ** sizes.length - 1;
  // Cases that are always right never vary: one more of either kind, as Agresti and Coull add, keeps the interval honest.
  const drawKeys = [...new Set([...keys, 0, everywhere])];
  const shares = drawKeys.map((key) => (patterns.get(key) ?? 0) + (key === 0 || key === everywhere ? 1 : 0));
  const drawn = new Float64Array(drawKeys.length);
  const slopes = new Float64Array(RESAMPLES);
  const twices = new Float64Array(RESAMPLES);
  for (let i = 0; i < RESAMPLES; i += 1) {
    const again = lineThrough(sizes, drawKeys, multinomialDraw(random, n, shares, drawn), n);
    slopes[i] = again.slope;
    twices[i] = again.twice;
  }
  const estimateOf = (estimate: number, replicates: Float64Array): Estimate => {
    replicates.sort();
    return {
      estimate,
      lower: Math.min(estimate, quantileOfSorted(replicates, (1 - LEVEL) / 2)!),
      upper: Math.max(estimate, quantileOfSorted(replicates, (1 + LEVEL) / 2)!),
      level: LEVEL,
      method: 'logit line, case bootstrap',
      n,
    };
  };
  return { observed: rates, perDoubling: estimateOf(slope, slopes), atTwice: estimateOf(twice, twices) };
}

function lineThrough(
  sizes: readonly number[],
  keys: readonly number[],
  counts: ArrayLike<number>,
  n: number,
): { readonly slope: number; readonly twice: number; readonly rates: readonly number[] } {
  const rates: number[] = [];
  let [sw, sx, sy, sxx, sxy] = [0, 0, 0, 0, 0];
  sizes.forEach((size, at) => {
    const right = keys.reduce((sum, key, i) => sum + ((key >> at) & 1) * counts[i]!, 0);
    rates.push(right / n);
    // Half a case on either side keeps the log-odds of 0 and 1 finite.
    const rate = (right + 0.5) / (n + 1);
    const weight = n * rate * (1 - rate);
    const x = Math.log2(size);
    const y = Math.log(rate / (1 - rate));
    sw += weight;
    sx += weight * x;
    sy += weight * y;
    sxx += weight * x * x;
    sxy += weight * x * y;
  });
  const slope = (sw * sxy - sx * sy) / (sw * sxx - sx * sx);
  const at = (sy - slope * sx) / sw + slope * (Math.log2(sizes.at(-1)!) + 1);
  return { slope, twice: 1 / (1 + Math.exp(-at)), rates };
}
