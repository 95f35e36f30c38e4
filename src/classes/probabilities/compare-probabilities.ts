/** Compares the probabilities of two runs on the same cases, or looks at those of one run. */

import {
  type AreaEstimate,
  areaDifference,
  areaInterval,
  averagePrecisionArea,
  type ClassAverageRule,
  type ClassProbabilities,
  type Estimate,
  isClippedLoss,
  multiClassAuc,
  type RankedScores,
  rankedAuc,
  rankedScores,
} from '../../stats/index.ts';
import type { Compared } from '../types.ts';
import { calibrationOf } from './calibration.ts';
import { comparedMeans } from './compared-means.ts';
import type { CompareSettings, ProbabilityFigures, RunScores, ScoredCases } from './types.ts';

/** Ranks up to which a hit is counted. */
const TOP_K = [2, 3, 5, 10] as const;

/**
 * Every figure of the probabilities of some cases. Cases with a NaN in either run are left out of all of them, so that both runs
 * are judged on the same cases.
 *
 * @example
 * compareProbabilities({ task: 'binary', baseline: null, candidate: scores, cluster: null, labels: 2 }, { level: 0.95, seed: 1 }).brier
 */
export function compareProbabilities(cases: ScoredCases, settings: CompareSettings): ProbabilityFigures {
  const usable = usableCases(cases);
  const { task, baseline, candidate, cluster, labels } = usable;
  const n = candidate.brier.length;
  const means = (of: (run: RunScores) => Float64Array): Compared =>
    comparedMeans(baseline && of(baseline), of(candidate), cluster, settings.level);
  const binary =
    task === 'binary'
      ? comparedAreas(baseline && ranked(baseline), ranked(candidate), cluster, settings.level)
      : null;
  return {
    task,
    n,
    accuracy: means(({ right }) => right),
    brier: means(({ brier }) => brier),
    logLoss: means(({ logLoss }) => logLoss),
    clipped: { baseline: baseline && clippedIn(baseline), candidate: clippedIn(candidate) },
    topK: TOP_K.filter((k) => k < labels).map((k) => ({
      k,
      rate: means(({ trueRank }) => trueRank.map((rank) => (rank <= k ? 1 : 0))),
    })),
    auc: binary?.auc ?? null,
    classAuc: classAreas(usable, settings),
    averagePrecision: binary?.averagePrecision ?? null,
    calibration: {
      baseline: baseline && calibrationOf(baseline, cluster, settings),
      candidate: calibrationOf(candidate, cluster, settings),
    },
  };
}

/** Whether a case has everything in a run. */
export function isScored(
  { probability, event, right, brier, logLoss, trueRank }: RunScores,
  at: number,
): boolean {
  // A sum is NaN where a part is; none of them is infinite.
  return !Number.isNaN(
    probability[at]! + event[at]! + right[at]! + brier[at]! + logLoss[at]! + trueRank[at]!,
  );
}

/**
 * The places of the cases that are scored in every run that there is.
 *
 * @param among only these places; null for all
 */
export function scoredPlaces(
  { baseline, candidate }: Pick<ScoredCases, 'baseline' | 'candidate'>,
  among: Int32Array | null = null,
): Int32Array {
  const count = among?.length ?? candidate.brier.length;
  const places = new Int32Array(count);
  let found = 0;
  for (let i = 0; i < count; i++) {
    const at = among === null ? i : among[i]!;
    if (isScored(candidate, at) && (baseline === null || isScored(baseline, at))) places[found++] = at;
  }
  return places.subarray(0, found);
}

function usableCases(cases: ScoredCases): ScoredCases {
  const places = scoredPlaces(cases);
  return places.length === cases.candidate.brier.length ? cases : scoredCasesAt(cases, places);
}

/** Some of the cases, in the order of their places. */
export function scoredCasesAt(cases: ScoredCases, places: Int32Array): ScoredCases {
  const { baseline, candidate, cluster } = cases;
  return {
    ...cases,
    baseline: baseline && scoresAt(baseline, places),
    candidate: scoresAt(candidate, places),
    cluster: cluster && places.map((at) => cluster[at]!),
  };
}

/** The scores of some cases, in the order of their places. */
export function scoresAt(run: RunScores, places: ArrayLike<number>): RunScores {
  const at = (values: Float64Array): Float64Array => {
    const kept = new Float64Array(places.length);
    // A plain loop: a million cases are copied many times.
    for (let i = 0; i < kept.length; i++) kept[i] = values[places[i]!]!;
    return kept;
  };
  return {
    probability: at(run.probability),
    event: at(run.event),
    right: at(run.right),
    brier: at(run.brier),
    logLoss: at(run.logLoss),
    trueRank: at(run.trueRank),
    classes: run.classes && classesAt(run.classes, places),
  };
}

function classesAt(
  { classes, matrix, truth }: ClassProbabilities,
  places: ArrayLike<number>,
): ClassProbabilities {
  const kept = new Float64Array(places.length * classes);
  for (let i = 0; i < places.length; i++) {
    kept.set(matrix.subarray(places[i]! * classes, (places[i]! + 1) * classes), i * classes);
  }
  return { classes, matrix: kept, truth: Int32Array.from(places, (at) => truth[at]!) };
}

function clippedIn({ logLoss }: RunScores): number {
  return logLoss.reduce((count, loss) => count + (isClippedLoss(loss) ? 1 : 0), 0);
}

/** Scores that were ranked once: both areas are read from the ranks. */
export interface RankedRun extends Pick<RunScores, 'event'> {
  readonly ranks: RankedScores;
}

const ranked = ({ probability, event }: Pick<RunScores, 'probability' | 'event'>): RankedRun => ({
  event,
  ranks: rankedScores(probability, event),
});

const rocArea = ({ ranks, event }: RankedRun): AreaEstimate => rankedAuc(ranks, event);

const precisionArea = ({ ranks, event }: RankedRun): AreaEstimate => averagePrecisionArea(ranks, event);

/**
 * ROC AUC and average precision of any event with a score, before and after.
 *
 * @param baseline the same cases in the same order, with events of their own; null without a baseline
 */
export function comparedAreas(
  baseline: RankedRun | null,
  candidate: RankedRun,
  cluster: Int32Array | null,
  level: number,
): { readonly auc: Compared; readonly averagePrecision: Compared } {
  const cases = { baseline, candidate, cluster };
  return {
    auc: areas(cases, rocArea, 'delong', { level }),
    averagePrecision: areas(cases, precisionArea, 'jackknife', { level }),
  };
}

function classAreas(cases: ScoredCases, settings: CompareSettings): ProbabilityFigures['classAuc'] {
  const { baseline, candidate, task } = cases;
  if (task === 'binary' || candidate.classes === null || (baseline !== null && baseline.classes === null))
    return null;
  const by = (pairs: ClassAverageRule['pairs']): Compared =>
    areas(cases, (run) => multiClassAuc(run.classes!, { pairs, average: 'macro' }), 'delong', settings);
  return { againstRest: by('ovr'), pairwise: by('ovo') };
}

function areas<Run>(
  {
    baseline,
    candidate,
    cluster,
  }: { readonly baseline: Run | null; readonly candidate: Run; readonly cluster: Int32Array | null },
  areaOf: (run: Run) => AreaEstimate,
  method: string,
  { level }: Pick<CompareSettings, 'level'>,
): Compared {
  const interval = (area: AreaEstimate): Estimate => areaInterval(area, level, method, cluster);
  const after = areaOf(candidate);
  if (baseline === null) return { baseline: null, candidate: interval(after), delta: null, pValue: null };
  const before = areaOf(baseline);
  const { delta, pValue } = areaDifference(after, before, level, `paired ${method}`, cluster);
  return { baseline: interval(before), candidate: interval(after), delta, pValue };
}
