import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../random/index.ts';
import {
  areaDifference,
  areaInterval,
  averagePrecision,
  averagePrecisionArea,
  bestThreshold,
  binError,
  brierOfClasses,
  brierParts,
  calibrationError,
  calibrationInTheLarge,
  costAt,
  delongAuc,
  isClippedLoss,
  isotonicCurve,
  isotonicSteps,
  logLossOf,
  massBins,
  rankedScores,
  recalibration,
  reliabilityBins,
  ruleThreshold,
  scoreGroups,
  thresholdLimits,
  thresholdPlaces,
  trueRank,
  widthBins,
} from './index.ts';

/** Scores on a coarse grid, so that ties are common, with their events. */
const sample = fc.array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 1 })), {
  minLength: 1,
  maxLength: 40,
});
const unzip = (pairs: readonly (readonly [number, number])[]) => ({
  scores: pairs.map(([score]) => score / 8),
  events: pairs.map(([, event]) => event),
});

/** Share of the pairs of an event and another case that are in order, by looking at all; null without a pair. */
function pairShare(scores: readonly number[], events: readonly number[]): number | null {
  const of = (event: number) => scores.filter((_, i) => events[i] === event);
  const outcomes = of(1).flatMap((p) => of(0).map((q) => (p > q ? 1 : p === q ? 0.5 : 0) as number));
  return outcomes.length === 0 ? null : outcomes.reduce((sum, one) => sum + one, 0) / outcomes.length;
}

/** n cases whose events happen with exactly the probability `truth(p)` for a uniform score p. */
function drawn(n: number, seed: number, truth: (p: number) => number = (p) => p) {
  const random = createRandom(seed);
  const scores = Array.from({ length: n }, () => random.nextFloat());
  return { scores, events: scores.map((p) => (random.nextFloat() < truth(p) ? 1 : 0)) };
}

describe('ranking', () => {
  test('AUC is the share of pairs in the right order, ties counting half', () => {
    fc.assert(
      fc.property(sample, (pairs) => {
        const { scores, events } = unzip(pairs);
        const pairsWon = pairShare(scores, events);
        const auc = delongAuc(scores, events).value;
        if (pairsWon === null) expect(auc).toBeNull();
        else expect(auc).toBeCloseTo(pairsWon, 12);
      }),
    );
  });

  test('the influence of a case on average precision is its derivative by the weight of the case', () => {
    fc.assert(
      fc.property(sample, fc.nat(), (pairs, pick) => {
        const { scores, events } = unzip(pairs);
        const groups = scoreGroups(scores, events);
        const area = averagePrecisionArea(rankedScores(scores, events), events);
        fc.pre(groups.eventTotal > 0 && groups.otherTotal > 0);
        const at = pick % scores.length;
        const g = groups.scores.indexOf(scores[at]!);
        const step = 1e-6;
        const heavier = {
          ...groups,
          events: groups.events.map((count, i) => count + (i === g && events[at] === 1 ? step : 0)),
          others: groups.others.map((count, i) => count + (i === g && events[at] === 0 ? step : 0)),
          eventTotal: groups.eventTotal + (events[at] === 1 ? step : 0),
        };
        const slope = (averagePrecision(heavier)! - averagePrecision(groups)!) / step;
        expect(area.influence[at]).toBeCloseTo(slope, 4);
      }),
    );
  });

  test('one class has no area, and says why', () => {
    const only = areaInterval(delongAuc([0.2, 0.7], [1, 1]), 0.95, 'delong');
    expect(only).toMatchObject({ estimate: null, lower: null, reason: 'undefined: only one class' });
    expect(areaInterval(delongAuc([0.2], [0]), 0.95, 'delong').reason).toBe('undefined: only one class');
  });

  test('perfect order keeps an honest lower limit: 10 separate pairs of 10 right', () => {
    const scores = Array.from({ length: 30 }, (_, i) => i);
    const events = scores.map((score) => (score >= 20 ? 1 : 0));
    const { estimate, lower, upper } = areaInterval(delongAuc(scores, events), 0.95, 'delong');
    expect([estimate, upper]).toEqual([1, 1]);
    expect(lower).toBeCloseTo(0.025 ** (1 / 10), 10);
  });

  test('a run compared with itself differs by exactly nothing', () => {
    const { scores, events } = drawn(80, 3);
    const area = delongAuc(scores, events);
    expect(areaDifference(area, area, 0.95, 'paired delong')).toMatchObject({
      delta: { estimate: 0, lower: null, reason: 'no rank differs' },
      pValue: 1,
    });
  });

  test('clusters that repeat every case twice double no evidence', () => {
    const { scores, events } = drawn(60, 5);
    const once = areaInterval(delongAuc(scores, events), 0.95, 'delong');
    const twice = areaInterval(delongAuc([...scores, ...scores], [...events, ...events]), 0.95, 'delong', [
      ...scores.keys(),
      ...scores.keys(),
    ]);
    expect(twice.estimate).toBeCloseTo(once.estimate!, 12);
    expect(twice.upper! - twice.lower!).toBeCloseTo(once.upper! - once.lower!, 1);
  });

  test('ties with the true class count against it', () => {
    expect(trueRank([0.25, 0.25, 0.25, 0.25], 0)).toBe(4);
    expect(trueRank([0.1, 0.9], 1)).toBe(1);
  });

  test('a thinned curve keeps both ends', () => {
    const { scores, events } = drawn(1_000, 7);
    const groups = scoreGroups(scores, events);
    const places = thresholdPlaces(groups, 20);
    expect(places.length).toBeLessThanOrEqual(22);
    expect(places[0]).toEqual({ threshold: Number.POSITIVE_INFINITY, truePositives: 0, falsePositives: 0 });
    expect(places.at(-1)).toMatchObject({
      truePositives: groups.eventTotal,
      falsePositives: groups.otherTotal,
    });
  });
});

describe('proper scores', () => {
  test('the parts of the Brier score add up to it, and none is negative', () => {
    fc.assert(
      fc.property(sample, (pairs) => {
        const { scores, events } = unzip(pairs);
        const { score, calibration, discrimination, uncertainty } = brierParts(scoreGroups(scores, events));
        expect(score).toBeCloseTo(calibration! - discrimination! + uncertainty!, 12);
        expect(Math.min(calibration!, discrimination!, uncertainty!)).toBeGreaterThan(-1e-12);
        const mean = scores.reduce((sum, p, i) => sum + (p - events[i]!) ** 2, 0) / scores.length;
        expect(score).toBeCloseTo(mean, 12);
      }),
    );
  });

  test.each([
    [0, true],
    [1e-20, true],
    [1e-10, false],
    [1, false],
  ])('a true label with probability %d has a clipped loss: %s', (p, isClipped) => {
    expect(isClippedLoss(logLossOf(p))).toBe(isClipped);
    expect(logLossOf(p)).toBeGreaterThanOrEqual(0);
    expect(logLossOf(p)).toBeLessThan(36.05);
  });

  test('a true class that has no probability at all costs 1 more', () => {
    expect(brierOfClasses([0.6, 0.4], -1)).toBeCloseTo(0.36 + 0.16 + 1, 12);
  });
});

describe('calibration', () => {
  test('the isotonic curve never falls and keeps the total', () => {
    fc.assert(
      fc.property(sample, (pairs) => {
        const { scores, events } = unzip(pairs);
        const groups = scoreGroups(scores, events);
        const curve = isotonicCurve(groups);
        for (let g = 1; g < curve.length; g++) expect(curve[g]).toBeGreaterThanOrEqual(curve[g - 1]!);
        const fitted = curve.reduce((sum, y, g) => sum + y * (groups.events[g]! + groups.others[g]!), 0);
        expect(fitted).toBeCloseTo(groups.eventTotal, 9);
        const levels = new Set(isotonicSteps(groups).map(({ y }) => y));
        expect(levels).toEqual(new Set(curve));
      }),
    );
  });

  test('equal scores are never parted into bins', () => {
    fc.assert(
      fc.property(sample, fc.integer({ min: 1, max: 12 }), (pairs, count) => {
        const { scores, events } = unzip(pairs);
        const groups = scoreGroups(scores, events);
        for (const bins of [massBins(groups, count), widthBins(groups, count)]) {
          expect(bins.length).toBeLessThanOrEqual(count);
          expect(bins.reduce((sum, bin) => sum + bin.cases, 0)).toBe(scores.length);
          expect(bins.reduce((sum, bin) => sum + bin.events, 0)).toBe(groups.eventTotal);
          for (let b = 1; b < bins.length; b++)
            expect(bins[b]!.meanScore).toBeGreaterThan(bins[b - 1]!.meanScore);
        }
      }),
    );
  });

  test('perfect probabilities have an error above 0 that chance explains', () => {
    const found = Array.from({ length: 40 }, (_, seed) => {
      const { scores, events } = drawn(400, 100 + seed);
      return calibrationError(scoreGroups(scores, events), 1, 99);
    });
    expect(found.every(({ raw }) => raw! > 0)).toBe(true);
    const mean = found.reduce((sum, { debiased }) => sum + debiased!, 0) / found.length;
    expect(Math.abs(mean)).toBeLessThan(0.006);
    expect(found.filter(({ pValue }) => pValue! <= 0.05).length).toBeLessThanOrEqual(6);
  });

  test('overconfident probabilities have an error that chance does not explain', () => {
    const { scores, events } = drawn(600, 9, (p) => 0.5 + (p - 0.5) / 2);
    const { debiased, pValue } = calibrationError(scoreGroups(scores, events), 1);
    expect(debiased).toBeGreaterThan(0.05);
    expect(pValue).toBe(1 / 500);
  });

  test('below 50 cases there is no picture', () => {
    const { scores, events } = drawn(49, 1);
    const groups = scoreGroups(scores, events);
    expect(reliabilityBins(groups, 0.95)).toEqual([]);
    expect(calibrationError(groups, 1)).toMatchObject({ raw: null, debiased: null, bins: 0 });
    expect(binError([])).toBeNull();
  });

  test('no event in a slice of rare ones is no proof of promising too much', () => {
    const scores = new Array<number>(100).fill(0.01);
    const { estimate, pValue } = calibrationInTheLarge(
      scores,
      scores.map(() => 0),
      null,
      0.95,
    );
    expect(estimate.estimate).toBeCloseTo(0.01, 12);
    expect(estimate.lower).toBeLessThan(0);
    expect(pValue).toBeGreaterThan(0.2);
  });

  test('a slope of a half is found where probabilities are twice too extreme in logits', () => {
    const { scores, events } = drawn(
      20_000,
      11,
      (p) => 1 / (1 + Math.exp(-0.5 * Math.log(p / (1 - p)) - 0.3)),
    );
    const { slope, intercept } = recalibration(scoreGroups(scores, events), null, 0.95);
    expect(slope.lower).toBeLessThan(0.5);
    expect(slope.upper).toBeGreaterThan(0.5);
    expect(slope.upper! - slope.lower!).toBeLessThan(0.06);
    expect(intercept.estimate).toBeCloseTo(0.3, 1);
  });

  test.each([
    ['only one class', [0.2, 0.9], [1, 1]],
    ['all probabilities are equal', [0.5, 0.5, 0.5], [0, 1, 1]],
    ['a threshold separates the classes', [0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1]],
    ['a threshold separates the classes', [0.1, 0.2, 0.8, 0.9], [1, 1, 0, 0]],
  ])('no slope where %s', (reason, scores, events) => {
    const { slope } = recalibration(scoreGroups(scores, events), null, 0.95);
    expect(slope).toMatchObject({ estimate: null, lower: null, reason: `undefined: ${reason}` });
  });

  test('hard zeros and ones still have a slope, near 0 where they are often wrong', () => {
    const scores = Array.from({ length: 200 }, (_, i) => i % 2);
    const events = scores.map((p, i) => (i % 10 < 4 ? 1 - p : p));
    const { slope } = recalibration(scoreGroups(scores, events), null, 0.95);
    expect(slope.estimate).toBeCloseTo(Math.log(120 / 80) / Math.log((1 - 1e-6) / 1e-6), 4);
  });
});

describe('thresholds', () => {
  test('the best threshold costs least of all', () => {
    fc.assert(
      fc.property(
        sample,
        fc.integer({ min: 0, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        (pairs, falseAlarm, miss) => {
          const { scores, events } = unzip(pairs);
          const groups = scoreGroups(scores, events);
          const best = bestThreshold(groups, { falseAlarm, miss });
          const all = [...groups.scores, Number.POSITIVE_INFINITY];
          const costs = all.map((threshold) => costAt(groups, threshold, { falseAlarm, miss }));
          expect(best.cost).toBe(Math.min(...costs));
          expect(best.threshold).toBe(all[costs.indexOf(best.cost)]);
        },
      ),
    );
  });

  test('calibrated probabilities find the threshold of the rule', () => {
    const costs = { falseAlarm: 1, miss: 4 };
    const { scores, events } = drawn(20_000, 13);
    const { lower, upper } = thresholdLimits(scoreGroups(scores, events), costs, {
      ...{ level: 0.95, resamples: 100, seed: 1 },
    });
    expect(ruleThreshold(costs)).toBe(0.2);
    expect(lower).toBeLessThan(0.2);
    expect(upper).toBeGreaterThan(0.2);
    expect(upper! - lower!).toBeLessThan(0.15);
  });
});

test.each([
  [[0.1, Number.NaN], [0, 1], 'score NaN is no finite number'],
  [[0.1], [0.5], 'event 0.5 is neither 0 nor 1'],
  [[0.1], [], '1 scores have 0 events'],
])('scores %j with events %j are refused', (scores, events, message) => {
  expect(() => scoreGroups(scores, events)).toThrow(message);
});

test('a million scores take seconds, not minutes', () => {
  const n = 1_000_000;
  const { scores, events } = drawn(n, 17);
  const groups = scoreGroups(scores, events);
  const started = performance.now();
  const area = areaInterval(delongAuc(scores, events), 0.95, 'delong');
  expect(area.upper! - area.lower!).toBeLessThan(0.01);
  expect(recalibration(groups, null, 0.95).slope.estimate).toBeCloseTo(1, 1);
  expect(calibrationError(groups, 1).bins).toBe(15);
  expect(bestThreshold(groups, { falseAlarm: 1, miss: 1 }).threshold).toBeCloseTo(0.5, 1);
  expect(performance.now() - started).toBeLessThan(20_000);
}, 60_000);

test('the rank of a case leads to its own score, however scores are spread', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true })), (scores) => {
      const { groups, groupOf } = rankedScores(
        scores,
        scores.map((_, i) => i % 2),
      );
      expect(Array.from(groupOf, (g) => groups.scores[g])).toEqual(scores.map((score) => score + 0));
    }),
  );
});

test.each([
  ['rare', (p: number) => p],
  ['nearly certain', (p: number) => 1 - p],
])(
  'the chance level of %s events is the mean deviation of their number, also where cases are leaped over',
  (_, of) => {
    // Fifteen bins of 2,000 cases with 8 events each: Poisson numbers of mean 8 deviate by 16 P(8) = 2.233.
    const scores = Array.from({ length: 30_000 }, (_, i) => of(0.004 + i * 1e-10));
    const { chance, bins } = calibrationError(
      scoreGroups(
        scores,
        scores.map(() => 0),
      ),
      1,
    );
    expect(bins).toBe(15);
    expect(Math.abs(chance! * 2_000 - 2.233)).toBeLessThan(0.08);
  },
);
