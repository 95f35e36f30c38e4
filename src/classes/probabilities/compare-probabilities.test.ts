import { describe, expect, test } from 'vitest';
import { createRandom, logLossOf } from '../../stats/index.ts';
import { compareProbabilities, type RunScores, type ScoredCases } from '../index.ts';

const SETTINGS = { level: 0.95, seed: 1 };

/** Scores of two-class probabilities. */
function binary(probabilities: readonly number[], events: readonly number[]): RunScores {
  const of = (value: (p: number, y: number) => number) =>
    Float64Array.from(probabilities, (p, i) => value(p, events[i]!));
  return {
    probability: Float64Array.from(probabilities),
    event: Float64Array.from(events),
    right: of((p, y) => (p >= 0.5 === (y === 1) ? 1 : 0)),
    brier: of((p, y) => (p - y) ** 2),
    logLoss: of((p, y) => logLossOf(y === 1 ? p : 1 - p)),
    trueRank: of((p, y) => (p >= 0.5 === (y === 1) ? 1 : 2)),
    classes: null,
  };
}

function drawn(n: number, seed: number, factor = 1) {
  const random = createRandom(seed);
  const probabilities = Array.from({ length: n }, () => 0.02 + 0.96 * random.nextFloat());
  const events = probabilities.map((p) => (random.nextFloat() < p ? 1 : 0));
  const sharp = probabilities.map((p) => 1 / (1 + ((1 - p) / p) ** factor));
  return { baseline: binary(probabilities, events), candidate: binary(sharp, events) };
}

const cases = (
  runs: Pick<ScoredCases, 'baseline' | 'candidate'>,
  more: Partial<ScoredCases> = {},
): ScoredCases => ({
  ...{ task: 'binary', cluster: null, labels: 2 },
  ...runs,
  ...more,
});

describe('two runs on the same cases', () => {
  test('a difference that is the same in every case proves nothing by rounding noise', () => {
    const events = new Array<number>(10).fill(1);
    const runs = {
      baseline: binary(new Array<number>(10).fill(0.6), events),
      candidate: binary(new Array<number>(10).fill(0.7), events),
    };
    const { brier } = compareProbabilities(cases(runs), SETTINGS);
    expect(brier).toMatchObject({
      delta: { lower: null, upper: null, reason: 'no value varies' },
      pValue: null,
    });
  });

  test('an overconfident candidate answers alike, ranks alike, and is told apart by both proper scores', () => {
    const found = compareProbabilities(cases(drawn(500, 1, 3)), SETTINGS);
    expect(found.accuracy).toMatchObject({ delta: { estimate: 0, method: 'tango' }, pValue: 1 });
    expect(found.auc).toMatchObject({ delta: { estimate: 0, reason: 'no rank differs' }, pValue: 1 });
    expect(found.brier.delta!.lower).toBeGreaterThan(0);
    expect(found.logLoss.delta!.lower).toBeGreaterThan(0);
    expect(found.calibration.baseline!.slope.lower).toBeLessThan(1);
    expect(found.calibration.baseline!.slope.upper).toBeGreaterThan(1);
    expect(found.calibration.candidate.slope.upper).toBeLessThan(0.5);
    expect(found.calibration.candidate.error.pValue).toBeLessThan(0.01);
    expect(found.topK).toEqual([]);
  });

  test('the Brier difference is the difference of the scores, and its p and interval agree', () => {
    for (let seed = 0; seed < 20; seed++) {
      const { brier } = compareProbabilities(cases(drawn(60, seed, 1.6)), SETTINGS);
      expect(brier.delta!.estimate).toBeCloseTo(brier.candidate.estimate! - brier.baseline!.estimate!, 12);
      const excludes = brier.delta!.lower! > 0 || brier.delta!.upper! < 0;
      expect(excludes).toBe(brier.pValue! < 0.05);
    }
  });

  test('cases without probabilities in either run are left out of both', () => {
    const runs = drawn(40, 3, 2);
    runs.baseline.brier[4] = Number.NaN;
    runs.candidate.probability[5] = Number.NaN;
    const found = compareProbabilities(cases(runs), SETTINGS);
    expect(found.n).toBe(38);
    expect([found.brier.baseline!.n, found.brier.candidate.n]).toEqual([38, 38]);
  });

  test('cases that come in clusters are no more than their clusters', () => {
    const { baseline, candidate } = drawn(200, 5, 2);
    const alone = compareProbabilities(cases({ baseline, candidate }), SETTINGS);
    const twice = (run: RunScores) =>
      Object.fromEntries(
        Object.entries(run).map(([name, values]) => [
          name,
          values === null ? null : Float64Array.of(...values, ...values),
        ]),
      ) as unknown as RunScores;
    const cluster = Int32Array.from({ length: 400 }, (_, i) => i % 200);
    const doubled = compareProbabilities(
      cases({ baseline: twice(baseline), candidate: twice(candidate) }, { cluster }),
      SETTINGS,
    );
    const width = ({ delta }: typeof alone.brier) => delta!.upper! - delta!.lower!;
    expect(width(doubled.brier) / width(alone.brier)).toBeCloseTo(1, 2);
    expect(width(doubled.auc!)).toBeCloseTo(width(alone.auc!), 6);
    expect(doubled.accuracy.delta!.method).toBe('cluster-robust-t');
  });
});

test('one run alone has estimates and no differences', () => {
  const { candidate } = drawn(80, 7);
  const found = compareProbabilities(cases({ baseline: null, candidate }), SETTINGS);
  expect(found.brier).toMatchObject({ baseline: null, delta: null, pValue: null });
  expect(found.calibration.baseline).toBeNull();
  expect(found.clipped).toEqual({ baseline: null, candidate: 0 });
});

test('no case at all: everything is undefined, nothing is a number', () => {
  const { accuracy, brier, auc, calibration } = compareProbabilities(
    cases({ baseline: binary([], []), candidate: binary([], []) }),
    SETTINGS,
  );
  for (const { estimate } of [
    accuracy.candidate,
    brier.candidate,
    auc!.candidate,
    calibration.candidate.inTheLarge,
  ]) {
    expect(estimate).toBeNull();
  }
});

test('top-k counts the ranks, for k below the number of labels', () => {
  const run = drawn(10, 9).candidate;
  const ranks = { ...run, trueRank: Float64Array.of(1, 1, 2, 2, 3, 3, 3, 4, 5, 6) };
  const found = compareProbabilities(
    cases({ baseline: null, candidate: ranks }, { task: 'answer', labels: 6 }),
    SETTINGS,
  );
  expect(found.topK.map(({ k, rate }) => [k, rate.candidate.estimate])).toEqual([
    [2, 0.4],
    [3, 0.7],
    [5, 0.9],
  ]);
  expect(found.auc).toBeNull();
});

test('calibrated probabilities seldom look off on the whole, also where events are rare', () => {
  let off = 0;
  for (let seed = 0; seed < 300; seed++) {
    const random = createRandom(seed, 7);
    const probabilities = Array.from({ length: 80 }, () => 0.05 * random.nextFloat());
    const events = probabilities.map((p) => (random.nextFloat() < p ? 1 : 0));
    const { calibration } = compareProbabilities(
      cases({ baseline: null, candidate: binary(probabilities, events) }),
      SETTINGS,
    );
    if (calibration.candidate.inTheLargeP! <= 0.05) off++;
  }
  expect(off).toBeLessThanOrEqual(20);
}, 30_000);
