/** The mean of a value per case in both runs, with paired difference, interval and p. */

import {
  contrastInterval,
  contrastP,
  type Estimate,
  exactChangeP,
  robustContrast,
  tangoInterval,
  wilsonInterval,
} from '../../stats/index.ts';
import type { Compared } from '../types.ts';

/**
 * Values that are all 0 or 1 and stand alone: Wilson for each run, Tango for the difference and exact McNemar. Else Student's t,
 * over clusters with the robust standard error.
 *
 * @param baseline one value per case; null without a baseline
 * @param candidate the same cases in the same order
 * @param counts how many equal cases each entry stands for; one each unless told. Not together with clusters
 */
export function comparedMeans(
  baseline: Float64Array | null,
  candidate: Float64Array,
  cluster: Int32Array | null,
  level: number,
  counts: Float64Array | null = null,
): Compared {
  const isShare = cluster === null && isBinary(candidate) && (baseline === null || isBinary(baseline));
  const cases = counts === null ? candidate.length : total(counts, null);
  const mean = (values: Float64Array): Estimate =>
    isShare
      ? wilsonInterval(total(values, counts), cases, level)
      : meanInterval(values, cluster, level, counts).estimate;
  if (baseline === null) return { baseline: null, candidate: mean(candidate), delta: null, pValue: null };
  const both = { baseline: mean(baseline), candidate: mean(candidate) };
  if (isShare) {
    const { gained, lost, kept } = flips(baseline, candidate, counts);
    const neither = cases - gained - lost - kept;
    const pairs = { both: kept, candidateOnly: gained, baselineOnly: lost, neither };
    return { ...both, delta: tangoInterval(pairs, level), pValue: exactChangeP(lost, gained) };
  }
  const difference = meanInterval(
    candidate.map((value, i) => value - baseline[i]!),
    cluster,
    level,
    counts,
  );
  return { ...both, delta: difference.estimate, pValue: difference.pValue };
}

function meanInterval(
  values: Float64Array,
  clusters: Int32Array | null,
  level: number,
  counts: Float64Array | null,
): { readonly estimate: Estimate; readonly pValue: number | null } {
  const side = new Uint8Array(values.length).fill(1);
  const found = robustContrast({ values, side, counts, weights: null, clusters });
  const contrast = found.se !== null && isLevelled(values) ? { ...found, se: 0 } : found;
  const estimate = contrastInterval(contrast, level);
  const above = contrastP(contrast);
  const isLevel = contrast.estimate === 0 && contrast.se === 0;
  const pValue = isLevel
    ? 1
    : above === null || contrast.se === 0
      ? null
      : Math.min(1, 2 * Math.min(above, 1 - above));
  return {
    estimate: { ...estimate, method: clusters === null ? 't' : estimate.method },
    pValue,
  };
}

/** Values that differ by rounding noise alone have no spread, and must not prove anything by it. */
function isLevelled(values: Float64Array): boolean {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return most - least <= 1e-12 * Math.max(Math.abs(least), Math.abs(most));
}

function flips(
  baseline: Float64Array,
  candidate: Float64Array,
  counts: Float64Array | null,
): { readonly gained: number; readonly lost: number; readonly kept: number } {
  let [gained, lost, kept] = [0, 0, 0];
  for (let i = 0; i < candidate.length; i++) {
    const cases = counts === null ? 1 : counts[i]!;
    if (candidate[i] === baseline[i]) kept += cases * candidate[i]!;
    else if (candidate[i] === 1) gained += cases;
    else lost += cases;
  }
  return { gained, lost, kept };
}

function isBinary(values: Float64Array): boolean {
  return values.every((value) => value === 0 || value === 1);
}

function total(values: Float64Array, counts: Float64Array | null): number {
  return values.reduce((sum, value, i) => sum + (counts === null ? 1 : counts[i]!) * value, 0);
}
