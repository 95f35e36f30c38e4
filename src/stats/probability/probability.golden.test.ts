import { type GoldenCase, testGolden } from '../../../test/golden.ts';
import { quantile } from '../quantiles/index.ts';
import { normalQuantile } from '../special/index.ts';
import {
  areaDifference,
  averagePrecision,
  averagePrecisionArea,
  bestThreshold,
  binError,
  brierOf,
  brierOfClasses,
  type CalibrationBin,
  delongAuc,
  isotonicCurve,
  logLossOf,
  massBins,
  multiClassAuc,
  rankedScores,
  type ScoreGroups,
  scoreGroups,
  thresholdPlaces,
  trueRank,
  widthBins,
} from './index.ts';

type Compute = (input: GoldenCase['input'], groups: ScoreGroups) => unknown;

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

const rows = ({ yTrue, proba, labels }: GoldenCase['input']) =>
  (yTrue as number[]).map((truth, i) => ({
    row: proba[i] as number[],
    truth: (labels as number[]).indexOf(truth),
  }));

/** Every case as a group of its own, in stable order, which is how the reference parts equal scores. */
function apart(scores: readonly number[], events: readonly number[]): ScoreGroups {
  const order = scores.map((_, i) => i).toSorted((a, b) => scores[a]! - scores[b]!);
  return {
    scores: Float64Array.from(order, (i) => scores[i]!),
    events: Float64Array.from(order, (i) => events[i]!),
    others: Float64Array.from(order, (i) => 1 - events[i]!),
    eventTotal: events.filter((event) => event === 1).length,
    otherTotal: events.filter((event) => event === 0).length,
  };
}

const binResult = (bins: readonly CalibrationBin[]) => ({
  ece: binError(bins),
  mce: Math.max(...bins.map(({ cases, meanScore, events }) => Math.abs(meanScore - events / cases))),
  bins: bins.map(({ cases, meanScore, events }) => [cases, meanScore, events / cases]),
});

const COMPUTE: Readonly<Record<string, Compute>> = {
  log_loss: (input) => ({
    value: mean(
      input.proba === undefined
        ? input.yTrue.map((y: number, i: number) => logLossOf(y === 1 ? input.score[i] : 1 - input.score[i]))
        : rows(input).map(({ row, truth }) => logLossOf(row[truth]! / row.reduce((a, b) => a + b, 0))),
    ),
  }),
  brier: (input) => ({ value: mean(input.yTrue.map((y: number, i: number) => brierOf(input.score[i], y))) }),
  brier_multiclass: (input) => ({
    value: mean(rows(input).map(({ row, truth }) => brierOfClasses(row, truth))),
  }),
  roc_auc: ({ score, yTrue }) => ({ value: delongAuc(score, yTrue).value }),
  average_precision: ({ score, yTrue }, groups) => ({
    value: averagePrecisionArea(rankedScores(score, yTrue), yTrue).value ?? averagePrecision(groups),
  }),
  ece_width: ({ bins }, groups) => binResult(widthBins(groups, bins)),
  ece_mass: ({ bins, score, yTrue }) => binResult(massBins(apart(score, yTrue), bins)),
  cost_threshold: ({ costFp, costFn }, groups) => bestThreshold(groups, { falseAlarm: costFp, miss: costFn }),
  isotonic: (_input, groups) => ({ x: groups.scores, fitted: isotonicCurve(groups) }),
  curves: (_input, groups) => curves(groups),
  reliability_diagram: ({ bins, strategy, score, yTrue }) => {
    const found = diagramBins(
      score,
      yTrue,
      strategy === 'uniform' ? uniformEdges(bins) : quantileEdges(score, bins),
    );
    return {
      fracPositive: found.map(({ cases, events }) => events / cases),
      meanPredicted: found.map(({ meanScore }) => meanScore),
    };
  },
  roc_auc_delong_ci: ({ score, yTrue, confidence }) => {
    const { value, influence } = delongAuc(score, yTrue);
    const variance = influence.reduce((sum, one) => sum + one * one, 0);
    // The reference interval is on the plain scale.
    const half = normalQuantile((1 + confidence) / 2) * Math.sqrt(variance);
    return { auc: value, variance, lower: value! - half, upper: value! + half };
  },
  roc_auc_delong_test: ({ score, score2, yTrue }) => {
    const { statistic, pValue } = areaDifference(
      delongAuc(score, yTrue),
      delongAuc(score2, yTrue),
      0.95,
      'delong',
    );
    return { z: statistic, p: pValue };
  },
  roc_auc_multiclass: (input) => {
    const truth = Int32Array.from(rows(input), ({ truth: at }) => at);
    const matrix = Float64Array.from(input.proba.flat());
    return {
      value: multiClassAuc(
        { classes: input.labels.length, matrix, truth },
        { pairs: input.multiClass, average: input.average },
      ).value,
    };
  },
  top_k_accuracy: (input) => ({
    value: mean(rows(input).map(({ row, truth }) => (trueRank(row, truth) <= input.k ? 1 : 0))),
  }),
};

const inner = (count: number): readonly number[] =>
  Array.from({ length: count - 1 }, (_, i) => (i + 1) / count);

const uniformEdges = (count: number): readonly number[] => inner(count);

function quantileEdges(scores: readonly number[], count: number): readonly number[] {
  return inner(count).map((q) => quantile(scores, q, 7)!);
}

/** Bins as scikit-learn's calibration_curve cuts them: a score on an edge belongs to the bin below. */
function diagramBins(
  scores: readonly number[],
  events: readonly number[],
  edges: readonly number[],
): CalibrationBin[] {
  const binOf = (score: number): number => edges.filter((edge) => edge < score).length;
  return Array.from({ length: edges.length + 1 }, (_, bin) => {
    const own = [...scores.keys()].filter((i) => binOf(scores[i]!) === bin);
    return {
      cases: own.length,
      meanScore: mean(own.map((i) => scores[i]!)),
      events: own.filter((i) => events[i] === 1).length,
    };
  }).filter(({ cases }) => cases > 0);
}

function curves(groups: ScoreGroups) {
  const roc = thresholdPlaces(groups);
  const pr = roc.slice(1).toReversed();
  return {
    fpr: roc.map(({ falsePositives }) => falsePositives / groups.otherTotal),
    tpr: roc.map(({ truePositives }) => truePositives / groups.eventTotal),
    precision: [...pr.map(({ truePositives: t, falsePositives: f }) => t / (t + f)), 1],
    recall: [...pr.map(({ truePositives }) => truePositives / groups.eventTotal), 0],
    prThresholds: pr.map(({ threshold }) => threshold),
  };
}

testGolden('probability_metrics', ({ input }) =>
  COMPUTE[input.metric]!(
    input,
    input.score === undefined ? scoreGroups([], []) : scoreGroups(input.score, input.yTrue),
  ),
);
