/** Evidence of metrics of the whole table of answers: precision, F, averages over classes, correlation, kappa. */

import { comparedCells, labelSpace } from '../classes/index.ts';
import { type ClassMeasure, directionOf, type LabelSlice, type Tally } from '../counts/index.ts';
import { sliceId } from '../slices/index.ts';
import {
  averageRate,
  balancedAccuracy,
  bootstrapCells,
  type ClassTally,
  type Estimate,
  fScore,
  kappa,
  mcc,
  normalQuantile,
  normalSf,
  observedStatistics,
  type PairedAnswers,
  pairedMetrics,
  precision,
  swapCells,
  type TallyMetrics,
} from '../stats/index.ts';
import type { ClassCounts, ClassInput } from './class-cells.ts';
import { classFloor } from './class-floor.ts';
import { fnv1a } from './fnv1a.ts';
import { flipCounts } from './moments.ts';
import { marginOf } from './slice-evidence.ts';
import type { LossTest, SliceEvidence } from './types.ts';

/** One slice: labelled answers, and which of them are right. */
export type ScoreInput = ClassInput & { readonly slice: LabelSlice; readonly tally: Tally };

/** Resamples of what is only shown: intervals, and tests of slices that do not gate. */
const MOST_SHOWN = 2_000;

/** Estimates from the bootstrap of the table's cells, the test from swaps of the runs' answers. */
export function scoreEvidence(input: ScoreInput): SliceEvidence {
  const { measure, slice, classes, pairing, policy, tally, rules, metric } = input;
  const direction = directionOf(measure);
  const { answers: all, n } = comparedCells(slice, pairing);
  const { answers, space, names } = labelSpace(all, classes.counts.labels, classes.counts.hasLists);
  const metrics = tableMetric(measure, names, classes);
  const single = pairing === 'single run';
  const [before, after, delta] = estimatesOf(input, answers, pairedMetrics(answers, space, metrics));
  const margin = marginOf(input);
  const loss = single || delta.estimate === null ? null : -delta.estimate;
  const spread = single ? null : standardError(delta);
  const floor = rules.floor ?? metric.floor;
  const isTested = !single && loss !== null && policy.looks === 'fixed';
  const swaps = input.scoped.role === 'gated' ? policy.resamples : Math.min(policy.resamples, MOST_SHOWN);
  const swapP = (alternative: 'less' | 'greater'): number | null =>
    swapCells({ answers, space, metrics, swaps, seed: ownSeed(input), alternative })[0]!;
  return {
    key: input.key,
    scoped: input.scoped,
    ...{ metric, rules, direction, margin, tally },
    n: pairing === 'unpaired' ? smallerRun(tally) : n,
    ...flipCounts(tally.pairs, direction),
    baseline: single ? null : before,
    candidate: after,
    delta: single ? null : delta,
    loss,
    test: !isTested ? null : pairing === 'paired' ? swapped(swapP, answers, swaps) : normalTest(loss, spread),
    nonInferiorityP: loss === null || spread === null ? null : normalSf((margin - loss) / spread),
    floor:
      floor === null || after.estimate === null
        ? null
        : classFloor({
            ...{ measure, floor, before: single ? null : before, after, error: standardError(after) },
            ...{ answers, labels: { space, names }, looks: policy.looks },
          }),
    caseVariance: spread === null ? null : spread ** 2 * n,
  };
}

/** Slices must not share their swaps: min-P multiplies chances that are independent. */
function ownSeed({ policy, metric, key }: ScoreInput): number {
  return (policy.seed + fnv1a(sliceId(metric.id, key))) % Number.MAX_SAFE_INTEGER;
}

/** A metric of one run's tally; undefined where it is 0/0, or means nothing for sets of labels. */
function tableMetric(
  measure: ClassMeasure,
  names: readonly string[],
  { average0: undefinedAs, counts: { hasLists } }: ClassCounts,
): TallyMetrics {
  const value = (tally: ClassTally): number | null => {
    if ('label' in measure) {
      const index = names.indexOf(measure.label);
      if (index < 0) return null;
      return (measure.of === 'precision' ? precision : fScore(measure.beta))(tally, index);
    }
    switch (measure.of) {
      case 'macroRecall':
        return balancedAccuracy(tally);
      case 'macroF1':
        return averageRate(tally, fScore(1), { average: 'macro', undefinedAs }).value;
      case 'macroPrecision':
        return averageRate(tally, precision, { average: 'macro', undefinedAs }).value;
      case 'weightedF1':
        return averageRate(tally, fScore(1), { average: 'weighted', undefinedAs }).value;
      case 'mcc':
        return hasLists ? null : mcc(tally);
      case 'kappa':
        return hasLists ? null : kappa(tally);
      case 'cost':
        return null;
    }
  };
  return {
    size: 1,
    evaluate(tally, out, at) {
      out[at] = value(tally) ?? Number.NaN;
    },
  };
}

/** Baseline, candidate and their difference. */
function estimatesOf(
  { policy, metric, withoutIntervals }: ScoreInput,
  answers: PairedAnswers,
  statistics: ReturnType<typeof pairedMetrics>,
): readonly [Estimate, Estimate, Estimate] {
  const { level, seed } = policy;
  const resamples = Math.min(policy.resamples, MOST_SHOWN);
  const given = withoutIntervals
    ? pointsOf(answers, statistics, level)
    : bootstrapCells({ answers, statistics, resamples, seed, level });
  const said = given.map((estimate) =>
    estimate.estimate === null
      ? { ...estimate, reason: `${metric.id} is 0/0 here: nothing to divide by` }
      : estimate,
  );
  return said as unknown as readonly [Estimate, Estimate, Estimate];
}

function pointsOf(
  answers: PairedAnswers,
  statistics: ReturnType<typeof pairedMetrics>,
  level: number,
): readonly Estimate[] {
  const { cases } = answers;
  let n = 0;
  for (let cell = 0; cell < cases.length; cell++) n += cases[cell]!;
  return Array.from(observedStatistics(answers, statistics), (value) => ({
    estimate: Number.isNaN(value) ? null : value,
    lower: null,
    upper: null,
    level,
    method: 'point',
    n,
  }));
}

/** The error that a normal interval of that width has; null without one. */
function standardError({ lower, upper, level }: Estimate): number | null {
  if (lower === null || upper === null || !(upper > lower)) return null;
  return (upper - lower) / (2 * normalQuantile((1 + level) / 2));
}

/**
 * Swaps give p-values in steps of 1 / (swaps + 1), and none below that of the one swap that brings out all differences the
 * same way: with D differing cases (or clusters) 1 / 2^D. Min-P is told both.
 */
function swapped(
  swapP: (alternative: 'less' | 'greater') => number | null,
  answers: PairedAnswers,
  swaps: number,
): LossTest {
  const least = 0.5 ** differing(answers);
  const atLeast = (p: number | null): number | null => (p === null ? null : Math.max(p, least));
  const pValue = atLeast(swapP('less'));
  // The tails overlap in what was observed, so a gain is looked at in its own.
  const smaller = pValue !== null && pValue > 0.5 ? atLeast(swapP('greater')) : pValue;
  return {
    name: 'paired swaps',
    pValue: pValue ?? 1,
    pValueTwoSided: smaller === null ? null : Math.min(1, 2 * smaller),
    midP: pValue,
    attainable: (t) => (t < least ? 0 : Math.min(1, Math.floor(t * (swaps + 1) + 1e-9) / (swaps + 1))),
  };
}

/** Cases, or clusters, whose answers differ between the runs. */
function differing({ baseline, candidate, cases, cluster }: PairedAnswers): number {
  let count = 0;
  const clusters = new Set<number>();
  for (let i = 0; i < cases.length; i++) {
    if (baseline[i] === candidate[i]) continue;
    if (cluster === null) count += cases[i]!;
    else clusters.add(cluster[i]!);
  }
  return cluster === null ? count : clusters.size;
}

/** For runs without common cases. */
function normalTest(loss: number, spread: number | null): LossTest | null {
  if (spread === null) return null;
  const pValue = normalSf(loss / spread);
  return {
    name: 'normal, bootstrap error',
    pValue,
    pValueTwoSided: 2 * Math.min(pValue, 1 - pValue),
    midP: pValue,
    attainable: (t) => Math.max(0, Math.min(1, t)),
  };
}

function smallerRun({ baselineValues, candidateValues }: Tally): number {
  const sum = (values: Tally['baselineValues']) => values.reduce((total, { cases }) => total + cases, 0);
  return Math.min(sum(baselineValues), sum(candidateValues));
}
