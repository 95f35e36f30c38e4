/** Evidence about a floor: what was observed and how surely the candidate is below it. */

import type { Policy } from '../config/index.ts';
import { isRate, type Measure, type Tally, type ValueCount } from '../counts/index.ts';
import { betaCdf, binomialCdf, logEShortfall, studentTCdf } from '../stats/index.ts';
import { type ClusteredCases, clusteredShortfall } from './clustered.ts';
import { moments } from './moments.ts';
import type { FloorEvidence } from './types.ts';

/**
 * Floor evidence of one slice. Rates use the exact binomial (shares of trials count as fractional passes, which is
 * conservative) and a Jeffreys posterior; quantiles use the binomial of cases beyond the limit; means use Student's t for
 * both. For metrics where lower is better the floor is a ceiling. Of clustered cases, Student's t with their errors must be
 * as sure.
 *
 * In always-valid looks shares of cases have an e-process for both; Student's t does not hold there, so that floors of means
 * and of clustered cases are never sure.
 *
 * @returns null where no candidate case is usable
 */
export function floorEvidence(
  tally: Tally,
  measure: Measure,
  direction: 'higher' | 'lower',
  floor: number,
  clusters: ClusteredCases | null = null,
  looks: Policy['looks'] = 'fixed',
): FloorEvidence | null {
  const values = tally.candidateValues;
  const { n } = moments(values);
  if (n === 0) return null;
  const observed = (counted: readonly ValueCount[]) =>
    counted.length === 0 ? null : statistic(counted, measure);
  const candidateObserved = statistic(values, measure);
  const runs = { floor, baselineObserved: observed(tally.baselineValues), candidateObserved };
  const share = shareWithin(values, measure, direction, floor);
  if (looks === 'always-valid') {
    const p = share === null || clusters !== null ? 1 : atEveryLook(share);
    return { ...runs, pValue: p, posteriorDoubt: p };
  }
  const { pValue, posteriorDoubt } =
    share === null ? doubtOfMean(values, direction, floor) : doubtOfShare(share);
  const atLeast = clusters === null ? 0 : clusterDoubt(clusters, measure, direction, floor);
  return {
    ...runs,
    pValue: Math.max(pValue, atLeast),
    posteriorDoubt: Math.max(posteriorDoubt, atLeast),
  };
}

function clusterDoubt(
  { candidate, cluster }: ClusteredCases,
  measure: Measure,
  direction: 'higher' | 'lower',
  floor: number,
): number {
  const places = [...candidate.keys()].filter((i) => !Number.isNaN(candidate[i]));
  const codes = Int32Array.from(places, (i) => cluster[i]);
  const higher = direction === 'higher';
  if (measure.kind === 'quantile') {
    const within = places.map((i) => Number(higher ? candidate[i] >= floor : candidate[i] <= floor));
    return clusteredShortfall(within, codes, higher ? 1 - measure.q : measure.q);
  }
  const sign = higher ? 1 : -1;
  return clusteredShortfall(
    places.map((i) => sign * candidate[i]),
    codes,
    sign * floor,
  );
}

function statistic(values: readonly ValueCount[], measure: Measure): number {
  return measure.kind === 'quantile' ? quantileOf(values, measure.q) : moments(values).mean;
}

/** Inverse of the empirical distribution function (type 1): the smallest value with at least a share q at or below it. */
function quantileOf(values: readonly ValueCount[], q: number): number {
  const n = values.reduce((sum, { cases }) => sum + cases, 0);
  let below = 0;
  for (const { value, cases } of values) {
    below += cases;
    if (below >= q * n * (1 - 1e-12)) return value;
  }
  return values.at(-1)?.value ?? Number.NaN;
}

/** A floor as a share of good cases that must be reached. */
interface Share {
  /** Shares of trials count in part. */
  readonly good: number;
  readonly n: number;
  readonly least: number;
}

/** Null for means, which are no shares of cases. */
function shareWithin(
  values: readonly ValueCount[],
  measure: Measure,
  direction: 'higher' | 'lower',
  floor: number,
): Share | null {
  if (measure.kind !== 'quantile' && !isRate(measure)) return null;
  const { n, sum } = moments(values);
  const higher = direction === 'higher';
  if (measure.kind !== 'quantile') {
    return higher ? { good: sum, n, least: floor } : { good: n - sum, n, least: 1 - floor };
  }
  const below = values
    .filter(({ value }) => (higher ? value < floor : value <= floor))
    .reduce((total, { cases }) => total + cases, 0);
  return higher ? { good: n - below, n, least: 1 - measure.q } : { good: below, n, least: measure.q };
}

interface Doubts {
  readonly pValue: number;
  readonly posteriorDoubt: number;
}

function doubtOfMean(values: readonly ValueCount[], direction: 'higher' | 'lower', floor: number): Doubts {
  const { n, mean, variance } = moments(values);
  if (variance === 0) {
    const worse = direction === 'higher' ? mean < floor : mean > floor;
    return { pValue: worse && n > 1 ? 0 : 1, posteriorDoubt: worse && n > 1 ? 0 : 1 };
  }
  const t = (mean - floor) / Math.sqrt(variance / n);
  const p = studentTCdf(direction === 'higher' ? t : -t, n - 1);
  return { pValue: p, posteriorDoubt: p };
}

/** P(X <= x) for X ~ Bin(n, p), continued to fractional x, and the Jeffreys probability that the rate is at least p. */
function doubtOfShare({ good: x, n, least: p }: Share): Doubts {
  const exact = Number.isInteger(x) ? binomialCdf(x, n, p) : x >= n ? 1 : 1 - betaCdf(p, x + 1, n - x);
  return { pValue: exact, posteriorDoubt: 1 - betaCdf(p, x + 0.5, n - x + 0.5) };
}

/** 1 / E, a p-value at every look. */
function atEveryLook({ good, n, least }: Share): number {
  return Math.min(1, Math.exp(-logEShortfall(good, n, least)));
}
