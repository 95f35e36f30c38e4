/** Closed forms for rates of counted cases: Wilson for one run, Tango and McNemar for pairs, score and Fisher else. */

import {
  type Estimate,
  exactChangeP,
  fisherP,
  miettinenNurminenInterval,
  type PairedCounts,
  pairedTotal,
  tangoInterval,
  wilsonInterval,
} from '../stats/index.ts';
import type { Compared } from './types.ts';

/** Successes among the cases that could be one. */
export interface Share {
  readonly of: number;
  readonly successes: number;
}

/** A rate of one run; 0/0 has no limits. */
export function rateEstimate({ successes, of }: Share, level: number): Estimate {
  if (of > 0) return wilsonInterval(successes, of, level);
  return {
    estimate: null,
    lower: null,
    upper: null,
    level,
    method: 'wilson',
    n: 0,
    reason: '0/0: no such case',
  };
}

/**
 * A rate of the same cases in both runs.
 *
 * @example pairedRate({ both: 36, candidateOnly: 0, baselineOnly: 7, neither: 4 }, 0.95).pValue // 0.015625
 */
export function pairedRate(counts: PairedCounts, level: number): Compared {
  const of = pairedTotal(counts);
  const { both, baselineOnly, candidateOnly } = counts;
  return {
    baseline: rateEstimate({ successes: both + baselineOnly, of }, level),
    candidate: rateEstimate({ successes: both + candidateOnly, of }, level),
    delta: of === 0 ? noDelta(level, 'tango') : tangoInterval(counts, level),
    pValue: of === 0 ? null : exactChangeP(baselineOnly, candidateOnly),
  };
}

/** A rate of different cases in both runs. */
export function unpairedRate(baseline: Share, candidate: Share, level: number): Compared {
  const counts = {
    candidatePasses: candidate.successes,
    candidateCases: candidate.of,
    baselinePasses: baseline.successes,
    baselineCases: baseline.of,
  };
  const empty = baseline.of === 0 || candidate.of === 0;
  return {
    baseline: rateEstimate(baseline, level),
    candidate: rateEstimate(candidate, level),
    delta: empty ? noDelta(level, 'miettinen-nurminen') : miettinenNurminenInterval(counts, level),
    pValue: empty ? null : fisherP(counts, 'two-sided'),
  };
}

/** A rate of a run that is alone. */
export function singleRate(candidate: Share, level: number): Compared {
  return { baseline: null, candidate: rateEstimate(candidate, level), delta: null, pValue: null };
}

function noDelta(level: number, method: string): Estimate {
  return { estimate: null, lower: null, upper: null, level, method, n: 0, reason: '0/0: no such case' };
}
