/** Figures that have no closed form: one bootstrap and one set of swaps of the counted answers for all of them. */

import {
  ABSENT_ANSWER,
  type AnswerSpace,
  type Average,
  bootstrapCells,
  CELLS_PER_CLASS,
  type Estimate,
  isHeavy,
  observedStatistics,
  type PairedAnswers,
  pairedClassTables,
  pairedMetrics,
  swapCells,
} from '../stats/index.ts';
import {
  type AveragedName,
  type ClassMetrics,
  type ClassRateName,
  classMetrics,
  type MetricChoice,
  type OverallName,
} from './class-metrics.ts';
import type { ClassPairing, Compared } from './types.ts';

/** Resampled figures of one slice. */
export interface ResampledFigures {
  classRate(index: number, name: ClassRateName): Compared;
  overall(name: OverallName): Compared;
  average(average: Average, name: AveragedName): Compared;
}

/** What is resampled, and how. */
export interface ResampleInput {
  readonly answers: PairedAnswers;
  readonly space: AnswerSpace;
  readonly choice: MetricChoice;
  readonly pairing: ClassPairing;
  readonly level: number;
  readonly resamples: number;
  readonly seed: number;
}

/** Rates of a class that closed forms do not compare. */
const OPEN_RATES = ['precision', 'fScore'] as const satisfies readonly ClassRateName[];
const ALL_RATES = [
  'precision',
  'recall',
  'specificity',
  'fScore',
] as const satisfies readonly ClassRateName[];
/** Two classes: the one in question, and all others as one. */
const ONE_AGAINST_OTHERS: AnswerSpace = { classes: 2, sets: null };

/**
 * Every figure from one set of replicates. Where a slice has so many kinds of answers that this would be slow, each class is
 * resampled on its own 2 x 2 x 2 table, and the figures of all classes together have jackknife intervals and no p; so has
 * everything of very many clustered answers.
 */
export function resampledFigures(input: ResampleInput): ResampledFigures {
  const { answers, space, choice, resamples } = input;
  const listed = answers.cluster === null ? OPEN_RATES : ALL_RATES;
  const heavy = resamples > 0 && isHeavy(answers.cases.length, resamples);
  const apart = heavy && answers.cluster === null;
  const metrics = classMetrics(apart ? 0 : space.classes, choice, listed);
  const compared = comparedMetrics(input, metrics, !heavy);
  return {
    classRate: apart ? ownTables(input) : (index, name) => compared(metrics.classRate(index, name)),
    overall: (name) => compared(metrics.overall(name)),
    average: (average, name) => compared(metrics.average(average, name)),
  };
}

/** Baseline, candidate, change and p of each metric by its place. */
function comparedMetrics(
  { answers, space, pairing, level, resamples, seed }: ResampleInput,
  metrics: ClassMetrics,
  swaps: boolean,
): (place: number) => Compared {
  const statistics = pairedMetrics(answers, space, metrics);
  const estimates =
    resamples > 0
      ? bootstrapCells({ answers, statistics, resamples, seed, level })
      : observed(answers, statistics, level);
  const pValues =
    swaps && resamples > 0 && pairing === 'paired'
      ? swapCells({ answers, space, metrics, swaps: resamples, seed })
      : null;
  return (place) => ({
    baseline: pairing === 'single run' ? null : estimates[place]!,
    candidate: estimates[metrics.size + place]!,
    delta: pairing === 'single run' ? null : estimates[2 * metrics.size + place]!,
    pValue: pValues?.[place] ?? null,
  });
}

/** Estimates without limits. */
function observed(
  answers: PairedAnswers,
  statistics: ReturnType<typeof pairedMetrics>,
  level: number,
): readonly Estimate[] {
  const n = casesOf(answers);
  return Array.from(observedStatistics(answers, statistics), (value): Estimate => {
    const defined = Number.isFinite(value);
    const reason = defined ? 'not resampled' : 'undefined: the statistic has no value on these cases';
    return { estimate: defined ? value : null, lower: null, upper: null, level, method: 'none', n, reason };
  });
}

function casesOf({ cases }: PairedAnswers): number {
  let n = 0;
  for (let cell = 0; cell < cases.length; cell++) n += cases[cell]!;
  return n;
}

/** Rates of classes, each resampled on its own table when it is first asked for. */
function ownTables(input: ResampleInput): ResampledFigures['classRate'] {
  const tables = classAnswers(input);
  const metrics = classMetrics(1, input.choice, OPEN_RATES, 'rates only');
  const known = new Map<number, (place: number) => Compared>();
  return (index, name) => {
    let compared = known.get(index);
    if (compared === undefined) {
      compared = comparedMetrics(
        { ...input, answers: tables(index), space: ONE_AGAINST_OTHERS },
        metrics,
        true,
      );
      known.set(index, compared);
    }
    return compared(metrics.classRate(0, name));
  };
}

/** The answers of a slice as one class against all others; runs on different cases stay apart. */
function classAnswers({ answers, space }: ResampleInput): (index: number) => PairedAnswers {
  const absent = (side: ArrayLike<number>, i: number): number => (side[i] === ABSENT_ANSWER ? 1 : 0);
  const presence = Array.from(
    answers.cases,
    (_, i) => 2 * absent(answers.baseline, i) + absent(answers.candidate, i),
  );
  const groups = [...new Set(presence)].map((pattern) => {
    const cells = presence.flatMap((found, i) => (found === pattern ? [i] : []));
    const pick = (side: ArrayLike<number>): Float64Array => Float64Array.from(cells, (i) => side[i]!);
    const part: PairedAnswers = {
      expected: pick(answers.expected),
      baseline: pick(answers.baseline),
      candidate: pick(answers.candidate),
      cases: pick(answers.cases),
      cluster: null,
    };
    return { pattern, tables: pairedClassTables(part, space) };
  });
  return (index) => {
    const cells = groups.flatMap(({ pattern, tables }) =>
      Array.from({ length: CELLS_PER_CLASS }, (_, place) => ({
        expected: place & 4 ? 0 : 1,
        baseline: pattern & 2 ? ABSENT_ANSWER : place & 2 ? 0 : 1,
        candidate: pattern & 1 ? ABSENT_ANSWER : place & 1 ? 0 : 1,
        cases: tables[CELLS_PER_CLASS * index + place]!,
      })).filter(({ cases }) => cases > 0),
    );
    return {
      expected: cells.map(({ expected }) => expected),
      baseline: cells.map(({ baseline }) => baseline),
      candidate: cells.map(({ candidate }) => candidate),
      cases: cells.map(({ cases }) => cases),
      cluster: null,
    };
  };
}
