/** Normal shrinkage of estimates with known variances, the spread between slices by Paule and Mandel. */

/** Spread between slices, common mean, and the shrunken estimates in input order. */
export interface NormalShrinkage {
  /** Variance between slices, at least 0. */
  readonly between: number;
  readonly mean: number;
  readonly shrunken: readonly number[];
}

/**
 * Solves sum w (y - mean)^2 = K - 1 with w = 1 / (variance + between), then pulls every estimate to the mean by
 * between / (between + variance). For ranking only.
 *
 * @param estimates such as drops of slices
 * @param variances their sampling variances, above 0
 * @throws RangeError when there are no estimates, lists differ in length or a variance is not above 0
 * @source Paule and Mandel 1982; DerSimonian and Kacker 2007
 * @example pauleMandel([0, 1], [0.1, 0.1]).between // 0.4
 */
export function pauleMandel(estimates: readonly number[], variances: readonly number[]): NormalShrinkage {
  const count = estimates.length;
  if (count === 0 || variances.length !== count || !variances.every((v) => v > 0)) {
    throw new RangeError(`${count} estimates need as many variances above 0, and at least one`);
  }
  const meanAt = (between: number) => {
    const weights = variances.map((v) => 1 / (v + between));
    const total = weights.reduce((sum, w) => sum + w, 0);
    return weights.reduce((sum, w, i) => sum + w * estimates[i]!, 0) / total;
  };
  const excess = (between: number) => {
    const mean = meanAt(between);
    return (
      estimates.reduce((sum, y, i) => sum + (y - mean) ** 2 / (variances[i]! + between), 0) - (count - 1)
    );
  };
  let between = 0;
  if (excess(0) > 0) {
    let low = 0;
    let high = 1;
    while (excess(high) > 0) high *= 2;
    for (let i = 0; i < 200 && high - low > 1e-16 * high; i++) {
      const middle = (low + high) / 2;
      if (excess(middle) > 0) low = middle;
      else high = middle;
    }
    between = (low + high) / 2;
  }
  const mean = meanAt(between);
  const shrunken = estimates.map((y, i) => mean + (between / (between + variances[i]!)) * (y - mean));
  return { between, mean, shrunken };
}
