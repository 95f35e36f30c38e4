/** The difference between the runs in one slice, with its interval. */

import type { Policy } from '../config/index.ts';
import { isBinary, isRate, type Measure, type Tally, type ValuePair } from '../counts/index.ts';
import {
  cellBootstrap,
  type Estimate,
  miettinenNurminenInterval,
  studentTQuantile,
  tangoInterval,
} from '../stats/index.ts';
import { exactBootstrap } from './exact-bootstrap.ts';
import { differences, type Moments, moments } from './moments.ts';
import { quantileType7, sideEstimate } from './side-estimate.ts';
import { FEW_BEYOND, leastCases } from './tail-cases.ts';

type Quantile = Extract<Measure, { kind: 'quantile' }>;

/** Distinct values up to which the full number of resamples is drawn, and beyond which Student's t is used instead. */
const CELLS = { full: 60, most: 2_000 } as const;

/** Resamples where there are many distinct values. */
const FEWER_RESAMPLES = 2_000;

/**
 * Paired difference: Tango's score interval for pass or fail, BCa bootstrap of the counted differences for means and
 * shares of trials (Student's t beyond 2,000 distinct values), bootstrap of the counted pairs for quantiles.
 */
export function pairedDelta(tally: Tally, measure: Measure, policy: Policy): Estimate {
  const { level } = policy;
  if (measure.kind === 'quantile') return quantileDelta(tally, measure, policy);
  if (isBinaryMeasure(tally, measure)) return tangoInterval(pairedTable(tally.pairs), level);
  return meanDelta(tally.pairs, policy);
}

/** Cases from which, and flips up to which, the bootstrap of a pass-or-fail table is computed instead of drawn. */
const COMPUTED = { cases: 10, flips: 2_000 } as const;

/** Percentile bootstrap of the paired pass-or-fail table; Tango where nothing flipped. For the whole comparison only. */
export function bootstrapDelta(tally: Tally, measure: Measure, policy: Policy): Estimate {
  if (!isBinaryMeasure(tally, measure)) return pairedDelta(tally, measure, policy);
  const { baselineOnly: lost, candidateOnly: gained } = pairedTable(tally.pairs);
  const { compared: n } = tally;
  const flips = lost + gained;
  if (n >= COMPUTED.cases && flips > 0 && flips < n && flips <= COMPUTED.flips) {
    const limits = exactBootstrap({ lost, gained, n }, policy.level);
    return { estimate: (gained - lost) / n, ...limits, level: policy.level, method: 'percentile', n };
  }
  const counted = differences(tally.pairs);
  const result = resampleMean(counted, policy, 'percentile', policy.resamples);
  return result.lower === null ? tangoInterval(pairedTable(tally.pairs), policy.level) : result;
}

/** Difference of independent samples: Miettinen-Nurminen for pass or fail, both intervals for quantiles, else Welch's t. */
export function unpairedDelta(tally: Tally, measure: Measure, policy: Policy): Estimate {
  const { level } = policy;
  if (measure.kind === 'quantile') return unpairedQuantile(tally, measure, policy);
  const before = moments(tally.baselineValues);
  const after = moments(tally.candidateValues);
  if (isRate(measure) && isBinary(tally.baselineValues) && isBinary(tally.candidateValues)) {
    return miettinenNurminenInterval(
      {
        candidatePasses: after.sum,
        candidateCases: after.n,
        baselinePasses: before.sum,
        baselineCases: before.n,
      },
      level,
    );
  }
  return welchDelta(before, after, level);
}

/** The limits of both quantiles as distances from their estimates, added in squares (Zou and Donner 2008). */
function unpairedQuantile(tally: Tally, measure: Measure, policy: Policy): Estimate {
  const before = sideEstimate(tally.baselineValues, measure, policy);
  const after = sideEstimate(tally.candidateValues, measure, policy);
  const common = {
    level: policy.level,
    method: 'order statistics of both runs',
    n: Math.min(before.n, after.n),
  };
  const [{ estimate: b, lower: bLow, upper: bHigh }, { estimate: a, lower: aLow, upper: aHigh }] = [
    before,
    after,
  ];
  if (b === null || a === null || bLow === null || bHigh === null || aLow === null || aHigh === null) {
    return { ...common, estimate: null, lower: null, upper: null, reason: before.reason ?? after.reason };
  }
  return {
    ...common,
    estimate: a - b,
    lower: a - b - Math.hypot(a - aLow, bHigh - b),
    upper: a - b + Math.hypot(aHigh - a, b - bLow),
  };
}

function welchDelta(before: Moments, after: Moments, level: number): Estimate {
  const method = "Welch's t";
  const n = Math.min(before.n, after.n);
  if (before.n === 0 || after.n === 0) {
    return {
      estimate: null,
      lower: null,
      upper: null,
      level,
      method,
      n,
      reason: 'one run has no usable case',
    };
  }
  const estimate = after.mean - before.mean;
  const a = before.variance / before.n;
  const b = after.variance / after.n;
  if (n < 2 || a + b === 0) {
    return { estimate, lower: null, upper: null, level, method, n, reason: 'too few cases for an interval' };
  }
  const df = (a + b) ** 2 / (a ** 2 / (before.n - 1) + b ** 2 / (after.n - 1));
  const half = studentTQuantile((1 + level) / 2, df) * Math.sqrt(a + b);
  return { estimate, lower: estimate - half, upper: estimate + half, level, method, n };
}

/** Whether pass-or-fail methods apply: a rate whose compared values are all 0 or 1. */
export function isBinaryMeasure({ pairs }: Tally, measure: Measure): boolean {
  return isRate(measure) && pairs.every(({ baseline, candidate }) => isBit(baseline) && isBit(candidate));
}

function isBit(value: number): boolean {
  return value === 0 || value === 1;
}

/** The four cells of paired pass-or-fail outcomes. */
export function pairedTable(pairs: readonly ValuePair[]): {
  readonly both: number;
  readonly candidateOnly: number;
  readonly baselineOnly: number;
  readonly neither: number;
} {
  const cases = (baseline: number, candidate: number) =>
    pairs
      .filter((pair) => pair.baseline === baseline && pair.candidate === candidate)
      .reduce((sum, pair) => sum + pair.cases, 0);
  return { both: cases(1, 1), candidateOnly: cases(0, 1), baselineOnly: cases(1, 0), neither: cases(0, 0) };
}

function meanDelta(pairs: readonly ValuePair[], policy: Policy): Estimate {
  const counted = differences(pairs);
  if (counted.length > CELLS.most) {
    const { n, mean, variance } = moments(counted);
    const half = studentTQuantile((1 + policy.level) / 2, n - 1) * Math.sqrt(variance / n);
    return { estimate: mean, lower: mean - half, upper: mean + half, level: policy.level, method: 't', n };
  }
  return resampleMean(counted, policy, 'bca', resamplesFor(counted.length, policy));
}

function resampleMean(
  counted: ReturnType<typeof differences>,
  { seed, level }: Policy,
  method: 'bca' | 'percentile',
  resamples: number,
): Estimate {
  const result = cellBootstrap({
    counts: counted.map(({ cases }) => cases),
    resamples,
    seed,
    level,
    method,
    statistic: (counts) => {
      let n = 0;
      let sum = 0;
      for (let i = 0; i < counts.length; i++) {
        n += counts[i];
        sum += counts[i] * counted[i].value;
      }
      return n === 0 ? null : sum / n;
    },
  });
  return trimmed(result);
}

function quantileDelta({ pairs }: Tally, measure: Quantile, policy: Policy): Estimate {
  const { seed, level } = policy;
  const before = ranked(pairs, 'baseline');
  const after = ranked(pairs, 'candidate');
  const cases = pairs.reduce((sum, pair) => sum + pair.cases, 0);
  if (cases < leastCases(measure)) {
    return {
      ...{ estimate: null, lower: null, upper: null, level, method: 'bootstrap' },
      ...{ n: cases, reason: FEW_BEYOND },
    };
  }
  const result = cellBootstrap({
    counts: pairs.map((pair) => pair.cases),
    resamples: resamplesFor(pairs.length, policy),
    seed,
    level,
    method: 'percentile',
    statistic: (counts) => {
      const at = (order: readonly { readonly value: number; readonly cell: number }[]) => {
        const values = order.map(({ value, cell }) => ({ value, cases: counts[cell] }));
        return quantileType7(
          values,
          values.reduce((sum, value) => sum + value.cases, 0),
          measure.q,
        );
      };
      return at(after) - at(before);
    },
  });
  return trimmed(result);
}

function ranked(pairs: readonly ValuePair[], side: 'baseline' | 'candidate') {
  return pairs.map((pair, cell) => ({ value: pair[side], cell })).sort((a, b) => a.value - b.value);
}

function resamplesFor(cells: number, { resamples }: Policy): number {
  return cells <= CELLS.full ? resamples : Math.min(resamples, FEWER_RESAMPLES);
}

/** Only the fields of an estimate, so that documents hold nothing else. */
function trimmed({ estimate, lower, upper, level, method, n, reason }: Estimate): Estimate {
  return { estimate, lower, upper, level, method, n, ...(reason === undefined ? {} : { reason }) };
}
