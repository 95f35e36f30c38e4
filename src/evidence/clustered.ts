/** Estimates and tests when cases come in clusters: CR2 standard errors with Satterthwaite degrees of freedom. */

import type { Policy } from '../config/index.ts';
import type { UnitTable } from '../counts/index.ts';
import {
  type ClusterMean,
  clusterMean,
  type Estimate,
  studentTCdf,
  studentTQuantile,
  studentTSf,
  tangoInterval,
  wilsonInterval,
} from '../stats/index.ts';
import type { LossTest, Pairing } from './types.ts';

/** The cases of one slice with their clusters; a value is NaN where the run has none. */
export interface ClusteredCases {
  readonly baseline: Float64Array;
  readonly candidate: Float64Array;
  readonly cluster: Int32Array;
}

/** The cases that count: those of both runs where they are compared in pairs, else those of either. */
export function clusterUnits(units: UnitTable, members: Int32Array, pairing: Pairing): ClusteredCases | null {
  const { cluster, baseline, candidate } = units;
  if (cluster === null) return null;
  const has = (values: Float64Array, i: number) => !Number.isNaN(values[i]);
  const usable = members.filter((i) =>
    pairing === 'paired'
      ? has(baseline, i) && has(candidate, i)
      : has(candidate, i) || (pairing === 'unpaired' && has(baseline, i)),
  );
  return {
    baseline: Float64Array.from(usable, (i) => baseline[i]),
    candidate: Float64Array.from(usable, (i) => candidate[i]),
    cluster: usable.map((i) => cluster[i]),
  };
}

/**
 * Mean difference candidate - baseline of paired cases. Rates that did not change in any cluster show Tango's interval with
 * clusters for cases.
 */
export function clusteredDelta(cases: ClusteredCases, { level }: Policy, isRate: boolean): Estimate {
  const result = clusterMean(pairedDifferences(cases), cases.cluster);
  if (isRate && result.seCr2 === 0 && result.mean === 0) {
    const { lower, upper } = tangoInterval(
      { both: result.clusters, candidateOnly: 0, baselineOnly: 0, neither: 0 },
      level,
    );
    return {
      estimate: 0,
      lower,
      upper,
      level,
      method: `Tango over ${result.clusters} clusters`,
      n: result.n,
    };
  }
  return interval(result, level, isRate ? [-1, 1] : null);
}

/** Mean of one run. Rates that are the same in all clusters show Wilson's interval with clusters for cases. */
export function clusteredSide(
  cases: ClusteredCases,
  side: 'baseline' | 'candidate',
  { level }: Policy,
  isRate: boolean,
): Estimate {
  const result = sideMean(cases, side);
  const { mean, n, clusters } = result;
  if (isRate && result.seCr2 === 0 && mean !== null) {
    const { lower, upper } = wilsonInterval(mean * clusters, clusters, level);
    return { estimate: mean, lower, upper, level, method: `Wilson over ${clusters} clusters`, n };
  }
  return interval(result, level, isRate ? [0, 1] : null);
}

/** One-sided p of "the loss is at least the margin", by Student's t with CR2 errors; null where there is no error. */
export function clusteredNonInferiority(cases: ClusteredCases, margin: number, worse: 1 | -1): number | null {
  const { mean, seCr2, dfCr2 } = clusterMean(pairedDifferences(cases), cases.cluster);
  if (mean === null || seCr2 === null || dfCr2 === null || seCr2 === 0) return null;
  return studentTSf((margin - worse * mean) / seCr2, dfCr2);
}

/** Clusters that got worse and better, by the sum of their differences: the units of a test that counts signs. */
export function clusterFlips(
  cases: ClusteredCases,
  worse: 1 | -1,
): { readonly lost: number; readonly gained: number } {
  const totals = new Map<number, number>();
  pairedDifferences(cases).forEach((difference, i) => {
    totals.set(cases.cluster[i], (totals.get(cases.cluster[i]) ?? 0) + worse * difference);
  });
  const signs = [...totals.values()].filter((total) => Math.abs(total) > 1e-12);
  return {
    lost: signs.filter((total) => total > 0).length,
    gained: signs.filter((total) => total < 0).length,
  };
}

/** Difference of the means of runs without common cases. */
export function clusteredUnpairedDelta(cases: ClusteredCases, { level }: Policy): Estimate {
  const { baseline, candidate, error } = twoRuns(cases);
  const n = Math.min(baseline.n, candidate.n);
  const method = `CR2 over ${baseline.clusters} and ${candidate.clusters} clusters`;
  const known = baseline.mean !== null && candidate.mean !== null;
  const estimate = known ? (candidate.mean ?? 0) - (baseline.mean ?? 0) : null;
  if (error === null) return { estimate, lower: null, upper: null, level, method, n, reason: NO_ERROR };
  const half = studentTQuantile((1 + level) / 2, error.df) * error.size;
  return { estimate, lower: (estimate ?? 0) - half, upper: (estimate ?? 0) + half, level, method, n };
}

/** Welch's t for runs without common cases, with the CR2 errors of both; null where one of them has none. */
export function clusteredUnpairedTest(cases: ClusteredCases, worse: 1 | -1): LossTest | null {
  const { baseline, candidate, error } = twoRuns(cases);
  if (error === null || baseline.mean === null || candidate.mean === null) return null;
  const t = (worse * (candidate.mean - baseline.mean)) / error.size;
  const p = studentTSf(t, error.df);
  return {
    name: "Welch's t over clusters",
    pValue: p,
    pValueTwoSided: Math.min(1, 2 * Math.min(p, 1 - p)),
    midP: p,
    attainable: (bound) => Math.max(0, Math.min(1, bound)),
  };
}

/**
 * One-sided p of "the mean of the candidate is at least `bound`", by Student's t with CR2 errors: 1 for a single cluster,
 * which shows nothing of how clusters differ, and 0 where clusters do not differ, so that another test decides.
 */
export function clusteredShortfall(values: ArrayLike<number>, cluster: Int32Array, bound: number): number {
  const { mean, seCr2, dfCr2 } = clusterMean(values, cluster);
  if (mean === null || seCr2 === null || dfCr2 === null) return 1;
  return seCr2 === 0 ? 0 : studentTCdf((mean - bound) / seCr2, dfCr2);
}

/** Variance of one case's difference that gives the error of the mean as if cases were independent; null without one. */
export function clusteredVariance(cases: ClusteredCases, pairing: Pairing): number | null {
  if (pairing === 'unpaired') {
    const { baseline, candidate, error } = twoRuns(cases);
    return error === null ? null : error.size ** 2 * Math.min(baseline.n, candidate.n);
  }
  const { seCr2, n } = clusterMean(pairedDifferences(cases), cases.cluster);
  return seCr2 === null ? null : seCr2 ** 2 * n;
}

const NO_ERROR = 'clusters do not differ, or there is only one: no standard error';

function pairedDifferences({ baseline, candidate }: ClusteredCases): Float64Array {
  return candidate.map((value, i) => value - baseline[i]);
}

function sideMean(cases: ClusteredCases, side: 'baseline' | 'candidate'): ClusterMean {
  const values = cases[side];
  const present = [...values.keys()].filter((i) => !Number.isNaN(values[i]));
  return clusterMean(
    present.map((i) => values[i]),
    present.map((i) => cases.cluster[i]),
  );
}

function twoRuns(cases: ClusteredCases) {
  const baseline = sideMean(cases, 'baseline');
  const candidate = sideMean(cases, 'candidate');
  const [a, b] = [baseline.seCr2, candidate.seCr2].map((se) => (se ?? 0) ** 2);
  const complete = baseline.dfCr2 !== null && candidate.dfCr2 !== null && a + b > 0;
  const error = complete
    ? {
        size: Math.sqrt(a + b),
        df: (a + b) ** 2 / (a ** 2 / (baseline.dfCr2 ?? 1) + b ** 2 / (candidate.dfCr2 ?? 1)),
      }
    : null;
  return { baseline, candidate, error };
}

function interval(
  { mean, n, clusters, seCr2, dfCr2 }: ClusterMean,
  level: number,
  bounds: readonly [number, number] | null,
): Estimate {
  const method = `CR2 over ${clusters} clusters`;
  const none = (reason: string) => ({ estimate: mean, lower: null, upper: null, level, method, n, reason });
  if (n === 0) return none('no cases');
  if (mean === null || seCr2 === null || dfCr2 === null) return none('one cluster has no standard error');
  // An interval of no width would claim certainty from a few clusters that happen to agree.
  if (seCr2 === 0) return none(NO_ERROR);
  const half = studentTQuantile((1 + level) / 2, dfCr2) * seCr2;
  const [low, high] = bounds ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const [lower, upper] = [Math.max(low, mean - half), Math.min(high, mean + half)];
  return { estimate: mean, lower, upper, level, method, n };
}
