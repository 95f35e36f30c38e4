/** Compares the probabilities of two runs on the same cases, or looks at those of one run. */

import {
  type AreaEstimate,
  areaDifference,
  areaInterval,
  averagePrecisionArea,
  type ClassAverageRule,
  type ClassProbabilities,
  delongAuc,
  type Estimate,
  isClippedLoss,
  multiClassAuc,
  scoreGroups,
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
    auc: task === 'binary' ? areas(usable, rocArea, 'delong', settings) : null,
    classAuc: classAreas(usable, settings),
    averagePrecision: task === 'binary' ? areas(usable, precisionArea, 'jackknife', settings) : null,
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
  return [probability, event, right, brier, logLoss, trueRank].every((values) => !Number.isNaN(values[at]));
}

function usableCases(cases: ScoredCases): ScoredCases {
  const { baseline, candidate, cluster } = cases;
  const places: number[] = [];
  for (let i = 0; i < candidate.brier.length; i++) {
    if (isScored(candidate, i) && (baseline === null || isScored(baseline, i))) places.push(i);
  }
  if (places.length === candidate.brier.length) return cases;
  return {
    ...cases,
    baseline: baseline && scoresAt(baseline, places),
    candidate: scoresAt(candidate, places),
    cluster: cluster && Int32Array.from(places, (i) => cluster[i]!),
  };
}

/** The scores of some cases, in the order of their places. */
export function scoresAt(run: RunScores, places: ArrayLike<number>): RunScores {
  const at = (values: Float64Array): Float64Array => Float64Array.from(places, (i) => values[i]!);
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

const rocArea = ({ probability, event }: Pick<RunScores, 'probability' | 'event'>): AreaEstimate =>
  delongAuc(probability, event);

const precisionArea = ({ probability, event }: Pick<RunScores, 'probability' | 'event'>): AreaEstimate =>
  averagePrecisionArea(probability, event, scoreGroups(probability, event));

/**
 * ROC AUC and average precision of any event with a score, before and after.
 *
 * @param baseline the same cases in the same order, with events of their own; null without a baseline
 */
export function comparedAreas(
  baseline: Pick<RunScores, 'probability' | 'event'> | null,
  candidate: Pick<RunScores, 'probability' | 'event'>,
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
