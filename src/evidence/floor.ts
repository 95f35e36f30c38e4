/** Evidence about a floor: what was observed and how surely the candidate is below it. */

import type { Measure, Tally, ValueCount } from '../counts/index.ts';
import { betaCdf, binomialCdf, studentTCdf } from '../stats/index.ts';
import { type ClusteredCases, clusteredShortfall } from './clustered.ts';
import { moments } from './moments.ts';
import type { FloorEvidence } from './types.ts';

/**
 * Floor evidence of one slice. Rates use the exact binomial (shares of trials count as fractional passes, which is
 * conservative) and a Jeffreys posterior; quantiles use the binomial of cases beyond the limit; means use Student's t for
 * both. For metrics where lower is better the floor is a ceiling. Of clustered cases, Student's t with their errors must be
 * as sure.
 *
 * @returns null where no candidate case is usable
 */
export function floorEvidence(
  tally: Tally,
  measure: Measure,
  direction: 'higher' | 'lower',
  floor: number,
  clusters: ClusteredCases | null = null,
): FloorEvidence | null {
  const values = tally.candidateValues;
  const { n } = moments(values);
  if (n === 0) return null;
  const observed = (counted: readonly ValueCount[]) =>
    counted.length === 0 ? null : statistic(counted, measure);
  const candidateObserved = statistic(values, measure);
  const { pValue, posteriorDoubt } = doubts(values, measure, direction, floor);
  const atLeast = clusters === null ? 0 : clusterDoubt(clusters, measure, direction, floor);
  return {
    floor,
    baselineObserved: observed(tally.baselineValues),
    candidateObserved,
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

function doubts(
  values: readonly ValueCount[],
  measure: Measure,
  direction: 'higher' | 'lower',
  floor: number,
): { readonly pValue: number; readonly posteriorDoubt: number } {
  const { n, mean, sum, variance } = moments(values);
  if (measure.kind === 'quantile') {
    const within = values.filter(({ value }) => (direction === 'higher' ? value < floor : value <= floor));
    const inside = within.reduce((total, { cases }) => total + cases, 0);
    const share = measure.q;
    return direction === 'higher'
      ? proportionDoubt(n - inside, n, 1 - share)
      : proportionDoubt(inside, n, share);
  }
  if (measure.kind !== 'mean') {
    return direction === 'higher' ? proportionDoubt(sum, n, floor) : proportionDoubt(n - sum, n, 1 - floor);
  }
  if (variance === 0) {
    const worse = direction === 'higher' ? mean < floor : mean > floor;
    return { pValue: worse && n > 1 ? 0 : 1, posteriorDoubt: worse && n > 1 ? 0 : 1 };
  }
  const t = (mean - floor) / Math.sqrt(variance / n);
  const p = studentTCdf(direction === 'higher' ? t : -t, n - 1);
  return { pValue: p, posteriorDoubt: p };
}

/** P(X <= x) for X ~ Bin(n, p), continued to fractional x, and the Jeffreys probability that the rate is at least p. */
function proportionDoubt(
  x: number,
  n: number,
  p: number,
): { readonly pValue: number; readonly posteriorDoubt: number } {
  const exact = Number.isInteger(x) ? binomialCdf(x, n, p) : x >= n ? 1 : 1 - betaCdf(p, x + 1, n - x);
  return { pValue: exact, posteriorDoubt: 1 - betaCdf(p, x + 0.5, n - x + 0.5) };
}
