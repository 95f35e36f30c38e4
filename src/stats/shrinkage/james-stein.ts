/** James-Stein shrinkage to the mean, for estimates of equal variance. */

/** The share of each deviation that is kept, and the shrunken estimates in input order. */
export interface JamesStein {
  readonly mean: number;
  /** In [0,1]; 1 when fewer than four estimates leave nothing to shrink by. */
  readonly factor: number;
  readonly shrunken: readonly number[];
}

/**
 * Positive part James-Stein: factor max(0, 1 - (K - 3) variance / S), S the sum of squared deviations from the mean.
 *
 * @param variance sampling variance of each estimate, at least 0
 * @throws RangeError when there are no estimates or the variance is negative
 * @source Efron and Morris 1975, JASA 70:311
 * @example jamesStein([0, 1, 2, 3, 4], 1).factor // 0.8
 */
export function jamesStein(estimates: readonly number[], variance: number): JamesStein {
  const count = estimates.length;
  if (count === 0 || !(variance >= 0)) {
    throw new RangeError(
      `${count} estimates with variance ${variance}: at least one and at least 0 are needed`,
    );
  }
  const mean = estimates.reduce((sum, y) => sum + y, 0) / count;
  const squares = estimates.reduce((sum, y) => sum + (y - mean) ** 2, 0);
  const pull = Math.max(0, count - 3) * variance;
  const factor = pull === 0 ? 1 : squares === 0 ? 0 : Math.max(0, 1 - pull / squares);
  return { mean, factor, shrunken: estimates.map((y) => mean + factor * (y - mean)) };
}
