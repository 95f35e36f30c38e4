/** The permutation test of graded values in runs without common cases. */

import type { Policy } from '../config/index.ts';
import type { Tally } from '../counts/index.ts';
import { createRandom, multivariateHypergeometricDraw } from '../stats/index.ts';

/** Distinct values up to which labels are permuted; with more, the mean of so many cases is normal enough for Welch's t. */
const MOST_VALUES = 2_000;

/** Permutations at least as bad as observed after which no more are drawn: the p-value is then large and known well enough. */
const ENOUGH = 100;

/**
 * One-sided p of "the candidate is no worse": cases are dealt anew to the two runs, and the candidate's sum is compared.
 * Exact when nothing but chance separates the runs, whatever the shape of the values and the sizes of the runs; stops
 * early where the answer is clearly large (Besag and Clifford 1991). Null where there are too many distinct values.
 *
 * @param worse +1 where higher values are worse
 * Cost: at most resamples x distinct values.
 */
export function labelPermutationP(tally: Tally, worse: 1 | -1, { resamples, seed }: Policy): number | null {
  const sizes = new Map<number, number>();
  for (const { value, cases } of [...tally.baselineValues, ...tally.candidateValues]) {
    sizes.set(value, (sizes.get(value) ?? 0) + cases);
  }
  if (sizes.size > MOST_VALUES) return null;
  const values = [...sizes.keys()].sort((a, b) => a - b);
  const counts = values.map((value) => sizes.get(value) ?? 0);
  const drawn = tally.candidateValues.reduce((sum, { cases }) => sum + cases, 0);
  const observed = tally.candidateValues.reduce((sum, { value, cases }) => sum + worse * value * cases, 0);
  const rounding = 1e-9 * values.reduce((sum, value, i) => sum + Math.abs(value) * counts[i], 0);
  const random = createRandom(seed);
  const out = new Float64Array(values.length);
  let reached = 0;
  for (let draw = 1; draw <= resamples; draw++) {
    multivariateHypergeometricDraw(random, counts, drawn, out);
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += worse * values[i] * out[i];
    if (sum < observed - rounding) continue;
    reached++;
    if (reached === ENOUGH) return reached / draw;
  }
  return (reached + 1) / (resamples + 1);
}
