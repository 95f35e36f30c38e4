/** How much of the spread of a value lies between groups: omega squared, intraclass correlation, and how sure that is. */

import { fSf } from '../special/f-distribution.ts';
import { type GroupedValues, type GroupSums, groupSums } from './group-sums.ts';

/** One-way analysis of variance; null where it is undefined: fewer than two groups, no case to spare, or no spread. */
export interface ExplainedVariance {
  readonly n: number;
  /** Groups with at least one case. */
  readonly groups: number;
  /** Share of the variance between groups in this sample; grows with the number of groups also by chance. */
  readonly etaSquared: number | null;
  /** Kelley's epsilon squared: eta squared less what chance adds, on the scale of the adjusted R squared. */
  readonly epsilonSquared: number | null;
  /** The share in the population, nearly unbiased; below 0 where groups differ less than by chance. */
  readonly omegaSquared: number | null;
  /** ICC(1): correlation of two cases of one group. */
  readonly icc: number | null;
  /** Standard error of omega squared, from influence functions summed over clusters, and at least that of no effect. */
  readonly se: number | null;
  readonly f: number | null;
  /** P-value that groups do not differ; with clusters F is divided by the mean design effect (Rao and Scott). */
  readonly p: number | null;
}

/**
 * Variance explained by groups.
 *
 * @throws RangeError when lists differ in length
 * @source Hays 1963 (omega squared); Kelley 1935; Rao and Scott 1981, JASA 76:221
 * @example
 * explainedVariance({ values: [1, 0, 1, 1], groups: [0, 0, 1, 1], counts: null, clusters: null }).etaSquared // 0.333...
 */
export function explainedVariance(input: GroupedValues): ExplainedVariance {
  const sums = groupSums(input);
  const { n, groups, mean, between, within } = sums;
  const total = between + within;
  const none = {
    ...{ etaSquared: null, epsilonSquared: null, omegaSquared: null },
    ...{ icc: null, se: null, f: null, p: null },
  };
  if (groups < 2 || n <= groups || !(total > 1e-13 * (total + n * mean * mean)))
    return { n, groups, ...none };
  const msBetween = between / (groups - 1);
  const msWithin = within / (n - groups);
  const perGroup = (n - sums.squaredSizes / n) / (groups - 1);
  const { effect, units } = designEffect(input, sums, msWithin);
  const f = msBetween / msWithin;
  const spread = msBetween + (perGroup - 1) * msWithin;
  return {
    ...{ n, groups, f },
    etaSquared: between / total,
    epsilonSquared: (between - (groups - 1) * msWithin) / total,
    omegaSquared: (between - (groups - 1) * msWithin) / (total + msWithin),
    icc: spread === 0 ? null : (msBetween - msWithin) / spread,
    se: Math.sqrt(influenceVariance(input, sums) + (2 * (groups - 1) * effect * effect) / (n * n)),
    p: units > groups ? fSf(f / effect, groups - 1, units - groups) : null,
  };
}

/** Sum over clusters of squared influences on eta squared: (IF of the between part - eta squared x IF of the total) / total. */
function influenceVariance(input: GroupedValues, sums: GroupSums): number {
  const { n, mean, means, between, within } = sums;
  const total = (between + within) / n;
  const eta = between / n / total;
  const byCluster = new Map<number, number>();
  let variance = 0;
  for (let i = 0; i < input.values.length; i++) {
    const group = input.groups[i]!;
    if (group < 0) continue;
    const value = input.values[i]!;
    const gap = means[group]! - mean;
    const between = 2 * gap * (value - means[group]!) + gap * gap;
    const influence = (between - eta * (value - mean) ** 2) / total;
    const count = input.counts === null ? 1 : input.counts[i]!;
    if (input.clusters === null) variance += count * influence * influence;
    else {
      const cluster = input.clusters[i]!;
      byCluster.set(cluster, (byCluster.get(cluster) ?? 0) + count * influence);
    }
  }
  for (const influence of byCluster.values()) variance += influence * influence;
  return variance / (n * n);
}

/** How much clusters inflate the variance of the group means, on average and at least 1, and the number of independent units. */
function designEffect(
  { values, groups, counts, clusters }: GroupedValues,
  sums: GroupSums,
  msWithin: number,
): { effect: number; units: number } {
  if (clusters === null || msWithin === 0) return { effect: 1, units: sums.n };
  const size = sums.means.length;
  const parts = new Map<number, number>();
  const all = new Set<number>();
  for (let i = 0; i < values.length; i++) {
    const group = groups[i]!;
    if (group < 0) continue;
    const key = clusters[i]! * size + group;
    const count = counts === null ? 1 : counts[i]!;
    parts.set(key, (parts.get(key) ?? 0) + count * (values[i]! - sums.means[group]!));
    all.add(clusters[i]!);
  }
  const squares = new Float64Array(size);
  const clustersOf = new Float64Array(size);
  for (const [key, residual] of parts) {
    squares[key % size]! += residual * residual;
    clustersOf[key % size]! += 1;
  }
  let effect = 0;
  for (let group = 0; group < size; group++) {
    const n = sums.sizes[group]!;
    if (n === 0) continue;
    const g = clustersOf[group]!;
    // A group of one cluster shows no spread between clusters: it counts as one case.
    const own = g < 2 ? n : ((squares[group]! / n) * g) / (g - 1) / msWithin;
    effect += ((1 - n / sums.n) * own) / (sums.groups - 1);
  }
  return { effect: Math.max(1, effect), units: all.size };
}
