/** Puts the evidence of one slice and metric together. */

import type { MetricConfig, Policy, SliceRules } from '../config/index.ts';
import { boundsOf, directionOf, isBinary, isRate, type Tally } from '../counts/index.ts';
import { ConfigError } from '../errors.ts';
import type { ScopedGrouping } from '../scope/index.ts';
import type { SliceKey } from '../slices/index.ts';
import { type Estimate, pairedNonInferiority, studentTSf, unpairedNonInferiority } from '../stats/index.ts';
import {
  type ClusteredCases,
  clusteredDelta,
  clusteredNonInferiority,
  clusteredSide,
  clusteredUnpairedDelta,
  clusteredUnpairedTest,
  clusteredVariance,
  clusterFlips,
} from './clustered.ts';
import { isBinaryMeasure, pairedDelta, unpairedDelta } from './delta-estimate.ts';
import { floorEvidence } from './floor.ts';
import { alwaysValidTest, mcnemarTest, pendingSignFlip, unpairedTest } from './loss-test.ts';
import { differences, flipCounts, moments } from './moments.ts';
import { deltaPoint, sidePoint } from './point-estimate.ts';
import { sideEstimate } from './side-estimate.ts';
import { leastCases } from './tail-cases.ts';
import type { LossTest, Pairing, SliceEvidence } from './types.ts';

export interface SliceInput {
  readonly key: SliceKey;
  readonly scoped: ScopedGrouping;
  readonly metric: MetricConfig;
  readonly rules: SliceRules;
  readonly policy: Policy;
  readonly pairing: Pairing;
  readonly tally: Tally;
  /** The cases by cluster, where cases are clustered. */
  readonly clusters: ClusteredCases | null;
  /** Leave out the intervals, which no decision looks at: for studies that judge thousands of releases. */
  readonly withoutIntervals?: boolean;
}

/**
 * Estimates, test and floor of one slice.
 *
 * @throws ConfigError where values leave the metric's declared bounds, since its margin would then mean nothing
 */
export function sliceEvidence(input: SliceInput): SliceEvidence {
  const { metric, tally, policy, pairing, rules } = input;
  const { measure } = metric;
  checkBounds(input);
  const direction = directionOf(measure);
  const worse = direction === 'higher' ? -1 : 1;
  const margin = marginOf(input);
  const floor = rules.floor ?? metric.floor ?? (measure.kind === 'passRate' ? policy.floor : null);
  const { lost, gained } = flipCounts(tally.pairs, direction);
  const paired = pairing === 'paired';
  const single = pairing === 'single run';
  const beforeValues = paired ? pairedSide(tally, 'baseline') : tally.baselineValues;
  const afterValues = paired ? pairedSide(tally, 'candidate') : tally.candidateValues;
  const n = paired ? tally.compared : single ? moments(tally.candidateValues).n : smallerSide(tally);
  const least = leastCases(measure);
  const { loss, ...estimates } = estimatesOf(input, beforeValues, afterValues, worse);
  return {
    key: input.key,
    scoped: input.scoped,
    metric,
    rules,
    direction,
    margin,
    tally,
    n,
    ...(least > 1 ? { leastCases: least } : {}),
    lost,
    gained,
    ...estimates,
    loss,
    // A p-value beside a value that could not be estimated would say what nobody can see.
    test: single || n < least ? null : lossTest(input, lost, gained, worse),
    nonInferiorityP: paired
      ? nonInferiority(input, lost, gained, margin, worse)
      : unpairedNonInferiorityOf(input, margin, worse),
    floor:
      floor === null
        ? null
        : floorEvidence(
            { ...tally, baselineValues: beforeValues, candidateValues: afterValues },
            measure,
            direction,
            floor,
            input.clusters,
            policy.looks,
          ),
    caseVariance:
      input.clusters === null || single || measure.kind === 'quantile'
        ? null
        : clusteredVariance(input.clusters, pairing),
  };
}

/** Estimates of both runs and of their difference; a slice of clusters shows those of its clusters. */
function estimatesOf(
  { metric, tally, policy, pairing, clusters, withoutIntervals }: SliceInput,
  before: Tally['baselineValues'],
  after: Tally['candidateValues'],
  worse: 1 | -1,
): Pick<SliceEvidence, 'baseline' | 'candidate' | 'delta' | 'loss'> {
  const { measure } = metric;
  const paired = pairing === 'paired';
  const single = pairing === 'single run';
  const quantile = measure.kind === 'quantile';
  const lossOf = (delta: Estimate) => (delta.estimate === null ? null : worse * delta.estimate);
  if (withoutIntervals) {
    const candidate = sidePoint(after, measure, policy);
    if (single) return { baseline: null, candidate, delta: null, loss: null };
    const delta = deltaPoint(tally, measure, policy, paired);
    return { baseline: sidePoint(before, measure, policy), candidate, delta, loss: lossOf(delta) };
  }
  if (single) {
    const candidate =
      clusters !== null && !quantile
        ? clusteredSide(clusters, 'candidate', policy, isRate(measure))
        : sideEstimate(after, measure, policy);
    return { baseline: null, candidate, delta: null, loss: null };
  }
  const delta = paired ? pairedDelta(tally, measure, policy) : unpairedDelta(tally, measure, policy);
  const loss = lossOf(delta);
  if (clusters === null || quantile) {
    const side = (values: Tally['baselineValues']) => sideEstimate(values, measure, policy);
    return { baseline: side(before), candidate: side(after), delta, loss };
  }
  return {
    baseline: clusteredSide(clusters, 'baseline', policy, isRate(measure)),
    candidate: clusteredSide(clusters, 'candidate', policy, isRate(measure)),
    delta: paired
      ? clusteredDelta(clusters, policy, isRate(measure))
      : clusteredUnpairedDelta(clusters, policy),
    loss,
  };
}

function lossTest(
  { pairing, tally, clusters, metric, policy }: SliceInput,
  lost: number,
  gained: number,
  worse: 1 | -1,
): LossTest | null {
  if (pairing === 'unpaired') {
    // Neither knows a quantile, nor stays valid when it is looked at again.
    if (metric.measure.kind === 'quantile' || policy.looks === 'always-valid') return null;
    return clusters === null ? unpairedTest(tally, worse, policy) : clusteredUnpairedTest(clusters, worse);
  }
  if (tally.compared === 0) return null;
  if (policy.looks === 'always-valid') {
    const units = clusters === null ? { lost, gained } : clusterFlips(clusters, worse);
    return alwaysValidTest(units.lost, units.gained);
  }
  const exact = clusters === null && isBinaryMeasure(tally, metric.measure);
  return exact ? mcnemarTest(lost, gained) : pendingSignFlip();
}

/** Values of one run over the compared cases only, so that before and after are about the same cases. */
function pairedSide(tally: Tally, side: 'baseline' | 'candidate'): Tally['baselineValues'] {
  const counts = new Map<number, number>();
  for (const pair of tally.pairs) counts.set(pair[side], (counts.get(pair[side]) ?? 0) + pair.cases);
  return [...counts].map(([value, cases]) => ({ value, cases })).sort((a, b) => a.value - b.value);
}

function smallerSide(tally: Tally): number {
  return Math.min(moments(tally.baselineValues).n, moments(tally.candidateValues).n);
}

/**
 * Tango's test at the margin for pass or fail; Student's t of the mean difference otherwise. Between bounds, one case
 * that loses and one that gains all there is are added (as Bonett and Price 2012 do for pass or fail): few cases without a
 * difference are no proof that none will come.
 */
function nonInferiority(
  { tally, clusters, metric }: SliceInput,
  lost: number,
  gained: number,
  margin: number,
  worse: 1 | -1,
): number | null {
  if (tally.compared === 0 || metric.measure.kind === 'quantile') return null;
  if (clusters !== null) return clusteredNonInferiority(clusters, margin, worse);
  if (isBinaryMeasure(tally, metric.measure))
    return pairedNonInferiority(lost, gained, tally.compared, margin).pNonInferior;
  const bounds = boundsOf(metric.measure);
  const range = bounds === null ? 0 : bounds[1] - bounds[0];
  const added = bounds === null ? [] : [range, -range].map((value) => ({ value, cases: 1 }));
  const { n, mean, variance } = moments([...differences(tally.pairs), ...added]);
  if (n < 2 || variance === 0) return null;
  return studentTSf((margin - worse * mean) / Math.sqrt(variance / n), n - 1);
}

/** Miettinen and Nurminen's test at the margin for pass or fail in runs without common cases; other values give none. */
function unpairedNonInferiorityOf(
  { tally, clusters, pairing, metric }: SliceInput,
  margin: number,
  worse: 1 | -1,
): number | null {
  const { baselineValues, candidateValues } = tally;
  const isBinaryRate = isRate(metric.measure) && isBinary(baselineValues) && isBinary(candidateValues);
  if (pairing !== 'unpaired' || clusters !== null || !isBinaryRate) return null;
  const before = moments(baselineValues);
  const after = moments(candidateValues);
  if (before.n === 0 || after.n === 0) return null;
  const good = (m: { readonly sum: number; readonly n: number }) => (worse === 1 ? m.n - m.sum : m.sum);
  return unpairedNonInferiority(
    {
      candidatePasses: good(after),
      candidateCases: after.n,
      baselinePasses: good(before),
      baselineCases: before.n,
    },
    margin,
  ).pNonInferior;
}

/**
 * The margin of one slice: its own, the metric's, or the policy's.
 *
 * @throws ConfigError where it is as large as the whole range of values
 */
export function marginOf(input: Pick<SliceInput, 'rules' | 'metric' | 'policy' | 'scoped'>): number {
  const margin = input.rules.margin ?? input.metric.margin ?? defaultMargin(input);
  checkMargin(input, margin);
  return margin;
}

/** The policy's margin is a share; for a metric with declared bounds it is that share of their distance. */
function defaultMargin({ metric, policy }: Pick<SliceInput, 'metric' | 'policy'>): number {
  const bounds = boundsOf(metric.measure);
  return bounds === null ? policy.margin : policy.margin * (bounds[1] - bounds[0]);
}

function checkBounds({ metric, tally }: SliceInput): void {
  const bounds = boundsOf(metric.measure);
  if (bounds === null) return;
  const values = [...tally.baselineValues, ...tally.candidateValues];
  const outside = values.find(({ value }) => value < bounds[0] || value > bounds[1]);
  if (outside === undefined) return;
  throw new ConfigError({
    message: `metric ${metric.id} has the value ${outside.value}, outside its bounds ${bounds[0]} to ${bounds[1]}, so a margin in points means nothing`,
    hint: `give its own margin: --metric ${metric.id} --margin SIZE, or bounds: [LOW, HIGH] in slicewise.yaml`,
  });
}

/** A margin as large as the whole range of values can never be lost, so nothing would block; 5 for 5 points is such a slip. */
function checkMargin({ metric, scoped }: Pick<SliceInput, 'metric' | 'scoped'>, margin: number): void {
  const bounds = boundsOf(metric.measure);
  if (bounds === null || margin < bounds[1] - bounds[0]) return;
  throw new ConfigError({
    message: `the margin ${margin} of ${metric.id} in ${scoped.dimension} is not below the whole range of its values, ${bounds[0]} to ${bounds[1]}, so no loss would ever count`,
    hint: `give it in the unit of the metric${bounds[1] - bounds[0] === 1 && margin <= 100 && margin > 1 ? `: ${margin / 100} is ${margin} points` : ''}`,
  });
}
