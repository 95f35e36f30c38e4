/** An area under a curve, the influence of each case on it, and the intervals and tests that follow. */

import type { Estimate } from '../estimate.ts';
import { betaQuantile, normalQuantile, normalSf, studentTQuantile, studentTSf } from '../special/index.ts';

/** An area from 0 to 1. */
export interface AreaEstimate {
  /** Null where a class is absent. */
  readonly value: number | null;
  /** Influence of each case: how far the area is from where it would be without it; the squares sum to the variance. */
  readonly influence: Float64Array;
  readonly events: number;
  readonly others: number;
}

export function areaEstimate(
  value: number | null,
  influence: Float64Array,
  events: number,
  others: number,
): AreaEstimate {
  return { value, influence, events, others };
}

/** Variance of a sum of influences, and degrees of freedom of its t where clusters are few; null below two clusters. */
export function influenceVariance(
  influence: Float64Array,
  clusters: ArrayLike<number> | null,
): { readonly variance: number | null; readonly df: number | null } {
  if (clusters === null) {
    let variance = 0;
    for (const one of influence) variance += one * one;
    return { variance, df: null };
  }
  const sums = new Map<number, number>();
  for (let i = 0; i < influence.length; i++) {
    sums.set(clusters[i]!, (sums.get(clusters[i]!) ?? 0) + influence[i]!);
  }
  const count = sums.size;
  if (count < 2) return { variance: null, df: null };
  let variance = 0;
  for (const sum of sums.values()) variance += sum * sum;
  return { variance: (variance * count) / (count - 1), df: count - 1 };
}

/**
 * Interval of an area on the logit scale, so that it stays within 0 and 1. Where every pair is ranked alike (area 0 or 1) there is
 * no spread, and the limit is exact: the min(events, others) pairs without a common case all agreed.
 *
 * @param method name of the variance, such as `delong`
 * @param clusters cluster of each case, or null
 */
export function areaInterval(
  area: AreaEstimate,
  level: number,
  method: string,
  clusters: ArrayLike<number> | null = null,
): Estimate {
  const { value, influence, events, others } = area;
  const base = { estimate: value, level, method: `${method}, logit`, n: events + others };
  const open = { ...base, lower: null, upper: null };
  if (value === null) return { ...open, reason: 'undefined: only one class' };
  const { variance, df } = influenceVariance(influence, clusters);
  if (variance === null || Number.isNaN(variance))
    return { ...open, reason: 'a class has only one case or cluster' };
  if (value === 0 || value === 1 || variance === 0) {
    const pairs = clusters === null ? Math.min(events, others) : (df ?? 0) + 1;
    if (value !== 0 && value !== 1) return { ...open, reason: 'no value varies' };
    const limit = betaQuantile((1 - level) / 2, pairs, 1);
    return {
      ...base,
      method: `${method}, exact from ${pairs} separate pairs`,
      lower: value === 1 ? limit : 0,
      upper: value === 1 ? 1 : 1 - limit,
    };
  }
  const logit = Math.log(value / (1 - value));
  const half = (criticalValue(level, df) * Math.sqrt(variance)) / (value * (1 - value));
  return { ...base, lower: expit(logit - half), upper: expit(logit + half) };
}

/**
 * Difference of two areas on the same cases, first minus second, with its normal interval and two-sided p.
 *
 * @param method name of the variance, such as `paired delong`
 * @throws RangeError where the cases differ in number
 */
export function areaDifference(
  first: AreaEstimate,
  second: AreaEstimate,
  level: number,
  method: string,
  clusters: ArrayLike<number> | null = null,
): { readonly delta: Estimate; readonly pValue: number | null; readonly statistic: number | null } {
  const n = first.influence.length;
  if (second.influence.length !== n)
    throw new RangeError(`${n} and ${second.influence.length} cases are not paired`);
  const base = { level, method, n };
  const none = { pValue: null, statistic: null };
  if (first.value === null || second.value === null) {
    return {
      delta: { ...base, estimate: null, lower: null, upper: null, reason: 'undefined: only one class' },
      ...none,
    };
  }
  const estimate = first.value - second.value;
  const apart = first.influence.map((one, i) => one - second.influence[i]!);
  const { variance, df } = influenceVariance(apart, clusters);
  if (variance === null || Number.isNaN(variance)) {
    const reason = 'a class has only one case or cluster';
    return { delta: { ...base, estimate, lower: null, upper: null, reason }, ...none };
  }
  if (variance === 0) {
    const delta = { ...base, estimate, lower: null, upper: null, reason: 'no rank differs' };
    return { delta, pValue: estimate === 0 ? 1 : null, statistic: null };
  }
  const se = Math.sqrt(variance);
  const statistic = estimate / se;
  const tail = df === null ? normalSf(Math.abs(statistic)) : studentTSf(Math.abs(statistic), df);
  const half = criticalValue(level, df) * se;
  return {
    delta: { ...base, estimate, lower: Math.max(-1, estimate - half), upper: Math.min(1, estimate + half) },
    pValue: Math.min(1, 2 * tail),
    statistic,
  };
}

function criticalValue(level: number, df: number | null): number {
  return df === null ? normalQuantile((1 + level) / 2) : studentTQuantile((1 + level) / 2, df);
}

function expit(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
