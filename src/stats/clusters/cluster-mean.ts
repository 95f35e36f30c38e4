/** Standard errors of a mean when cases come in clusters. */

/** The mean with four standard errors; null where too few units are left for one. */
export interface ClusterMean {
  readonly mean: number | null;
  readonly n: number;
  readonly clusters: number;
  /** As if all cases were independent. */
  readonly seIndependent: number | null;
  /** CR0: Miller's clustered standard error, the plain sandwich; too small below about 40 clusters. */
  readonly seCr0: number | null;
  /** CR1: CR0 times sqrt(G / (G - 1)). */
  readonly seCr1: number | null;
  /** CR2: unbiased under independence, for few or uneven clusters. */
  readonly seCr2: number | null;
  /** Satterthwaite degrees of freedom of CR2, for a t interval. */
  readonly dfCr2: number | null;
}

/**
 * Mean of values (for a comparison: paired differences) with cluster-robust standard errors.
 *
 * @param values finite numbers, one per case
 * @param clusters cluster of each case, compared as map keys
 * @returns null standard errors with fewer than two clusters, and a null mean without cases
 * @throws RangeError when the lists differ in length
 * @source Miller 2024, arXiv 2411.00640; Pustejovsky and Tipton 2018, JBES 36:672
 * @example clusterMean([1, 0, 1, 1], ['a', 'a', 'b', 'b']).seCr0 // 0.1767766953
 */
export function clusterMean(values: ArrayLike<number>, clusters: ArrayLike<string | number>): ClusterMean {
  const n = values.length;
  if (clusters.length !== n) throw new RangeError(`${n} values have ${clusters.length} clusters`);
  const groups = new Map<string | number, { size: number; sum: number }>();
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const group = groups.get(clusters[i]!) ?? { size: 0, sum: 0 };
    groups.set(clusters[i]!, { size: group.size + 1, sum: group.sum + values[i]! });
    sum += values[i]!;
  }
  const mean = n === 0 ? null : sum / n;
  const size = groups.size;
  const none = { seIndependent: null, seCr0: null, seCr1: null, seCr2: null, dfCr2: null };
  if (mean === null || n < 2) return { mean, n, clusters: size, ...none };
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (values[i]! - mean) ** 2;
  const seIndependent = Math.sqrt(squares / (n - 1) / n);
  if (size < 2) return { mean, n, clusters: size, ...none, seIndependent };
  let plain = 0;
  let corrected = 0;
  for (const group of groups.values()) {
    const residual = (group.sum - group.size * mean) ** 2;
    plain += residual;
    corrected += residual / (1 - group.size / n);
  }
  const seCr0 = Math.sqrt(plain) / n;
  return {
    ...{ mean, n, clusters: size, seIndependent, seCr0 },
    seCr1: seCr0 * Math.sqrt(size / (size - 1)),
    seCr2: Math.sqrt(corrected) / n,
    dfCr2: satterthwaite(
      [...groups.values()].map((group) => group.size),
      n,
    ),
  };
}

/**
 * Degrees of freedom of the CR2 variance of a mean under independence: (trace B)^2 / trace(B^2), where
 * B_gh = a_g a_h (n_g [g = h] - n_g n_h / n) and a_g^2 = 1 / (1 - n_g / n).
 */
function satterthwaite(sizes: readonly number[], n: number): number {
  let first = 0;
  let second = 0;
  let diagonal = 0;
  for (const size of sizes) {
    const weight = (size * size) / (1 - size / n);
    first += weight;
    second += weight * weight;
    diagonal += size * size;
  }
  return (n * n) / (diagonal + (first * first - second) / (n * n));
}

/**
 * Number of independent cases that carry as much as n clustered ones: n / (1 + (mean cluster size - 1) ICC).
 *
 * @param icc intraclass correlation, at most 1; negative values count as 0
 * @source Kish 1965
 * @example effectiveCases(100, 20, 0.25) // 50
 */
export function effectiveCases(n: number, clusters: number, icc: number): number {
  return n / (1 + (n / clusters - 1) * Math.max(0, icc));
}
