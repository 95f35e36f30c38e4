import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { binomialCdf, binomialSf } from '../special/index.ts';
import { turningPoint } from './bisection.ts';
import {
  agrestiCaffoInterval,
  agrestiCoullInterval,
  agrestiMinInterval,
  bonettPriceInterval,
  clopperPearsonInterval,
  clopperPearsonMidPInterval,
  jeffreysInterval,
  meeInterval,
  miettinenNurminenInterval,
  newcombePairedInterval,
  newcombeUnpairedInterval,
  pairedTotal,
  restrictedRates,
  tangoInterval,
  tangoScore,
  waldInterval,
  waldPairedInterval,
  waldUnpairedInterval,
  weightedWilsonInterval,
  wilsonCcInterval,
  wilsonInterval,
} from './index.ts';

const PROPORTION = [
  wilsonInterval,
  wilsonCcInterval,
  clopperPearsonInterval,
  clopperPearsonMidPInterval,
  jeffreysInterval,
  agrestiCoullInterval,
  waldInterval,
];
const PAIRED = [
  tangoInterval,
  newcombePairedInterval,
  bonettPriceInterval,
  agrestiMinInterval,
  waldPairedInterval,
];
const UNPAIRED = [
  miettinenNurminenInterval,
  meeInterval,
  newcombeUnpairedInterval,
  agrestiCaffoInterval,
  waldUnpairedInterval,
];

test('a turning point is found to the last digit', () => {
  expect(turningPoint((x) => x * x < 2, 1, 2)).toBeCloseTo(Math.SQRT2, 15);
});

describe('intervals for one proportion', () => {
  test('without a case have no estimate and the whole range', () => {
    for (const interval of PROPORTION) {
      expect(interval(0, 0)).toMatchObject({ estimate: null, lower: 0, upper: 1, n: 0, reason: 'no cases' });
    }
  });

  test('are exact at 0 and n successes where the method promises it', () => {
    for (const interval of [
      wilsonInterval,
      clopperPearsonInterval,
      clopperPearsonMidPInterval,
      wilsonCcInterval,
    ]) {
      for (const n of [1, 2, 7, 47, 263, 100_000, 1e9]) {
        expect(interval(0, n)).toMatchObject({ estimate: 0, lower: 0 });
        expect(interval(n, n)).toMatchObject({ estimate: 1, upper: 1 });
      }
    }
  });

  test('hold their estimate, stay in [0, 1], mirror, and grow with the level', () => {
    const place = fc
      .integer({ min: 1, max: 3000 })
      .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
    fc.assert(
      fc.property(place, ([successes, n]) => {
        for (const interval of PROPORTION) {
          const { estimate, lower, upper, method } = interval(successes, n);
          const mirrored = interval(n - successes, n);
          const wider = interval(successes, n, 0.99);
          expect(lower).toBeGreaterThanOrEqual(0);
          expect(upper).toBeLessThanOrEqual(1);
          expect(mirrored.lower).toBeCloseTo(1 - upper!, 11);
          expect(wider.lower! <= lower! + 1e-12 && wider.upper! >= upper! - 1e-12).toBe(true);
          // The posterior interval of Jeffreys may leave out a rate of 0 or 1.
          if (method !== 'jeffreys')
            expect(lower! <= estimate! + 1e-12 && estimate! - 1e-12 <= upper!).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('refuse impossible counts and levels', () => {
    for (const interval of PROPORTION) {
      expect(() => interval(-1, 5)).toThrow('-1 successes of 5');
      expect(() => interval(6, 5)).toThrow(RangeError);
      expect(() => interval(Number.NaN, 5)).toThrow(RangeError);
      expect(() => interval(1, Infinity)).toThrow(RangeError);
      expect(() => interval(1, 5, 1)).toThrow('level is 1, must lie between 0 and 1');
      expect(() => interval(0, 0, 0)).toThrow(RangeError);
    }
    expect(() => clopperPearsonMidPInterval(1.5, 5)).toThrow('needs whole counts');
  });

  test('the exact limits are where the tails hold half of what is left of the level', () => {
    const { lower, upper } = clopperPearsonInterval(40, 47, 0.95);
    expect(binomialSf(40, 47, lower!)).toBeCloseTo(0.025, 12);
    expect(binomialCdf(40, 47, upper!)).toBeCloseTo(0.025, 12);
  });

  test('the documented example of Wilson holds', () => {
    const { estimate, lower, upper } = wilsonInterval(40, 47);
    expect([estimate, lower, upper].map((value) => value!.toFixed(4))).toEqual([
      '0.8511',
      '0.7231',
      '0.9259',
    ]);
  });

  test("weights count by Kish's effective number of cases", () => {
    const plain = wilsonInterval(40, 50);
    expect(weightedWilsonInterval({ successWeight: 80, weight: 100, squaredWeight: 200 })).toEqual({
      ...plain,
      method: 'wilson-effective-n',
    });
    const certain = weightedWilsonInterval({ successWeight: 0.3, weight: 0.3, squaredWeight: 0.03 });
    expect(certain).toMatchObject({ estimate: 1, upper: 1 });
    const empty = { successWeight: 0, weight: 0, squaredWeight: 0 };
    expect(weightedWilsonInterval(empty)).toMatchObject({ estimate: null, n: 0, lower: 0, upper: 1 });
    expect(() => weightedWilsonInterval({ ...empty, successWeight: 1 })).toThrow(RangeError);
    expect(() => weightedWilsonInterval({ successWeight: 1, weight: 2, squaredWeight: 0 })).toThrow(
      'squaredWeight is 0',
    );
  });
});

describe('intervals for a paired difference', () => {
  const cell = fc.integer({ min: 0, max: 300 });
  const table = fc.record({ both: cell, candidateOnly: cell, baselineOnly: cell, neither: cell });

  test('without a case have no estimate and the whole range', () => {
    const empty = { both: 0, candidateOnly: 0, baselineOnly: 0, neither: 0 };
    for (const interval of PAIRED) {
      expect(interval(empty)).toMatchObject({
        estimate: null,
        lower: -1,
        upper: 1,
        n: 0,
        reason: 'no paired cases',
      });
    }
  });

  test('hold the difference, stay in [-1, 1], and mirror when the models change places', () => {
    fc.assert(
      fc.property(table, (counts) => {
        if (pairedTotal(counts) === 0) return;
        const swapped = { ...counts, candidateOnly: counts.baselineOnly, baselineOnly: counts.candidateOnly };
        for (const interval of PAIRED) {
          const { estimate, lower, upper } = interval(counts);
          const mirrored = interval(swapped);
          expect(lower! >= -1 && upper! <= 1).toBe(true);
          expect(mirrored.lower).toBeCloseTo(-upper!, 12);
          expect(mirrored.upper).toBeCloseTo(-lower!, 12);
          if (counts.candidateOnly + counts.baselineOnly > 8) {
            expect(lower! <= estimate! && estimate! <= upper!).toBe(true);
          }
        }
      }),
    );
  });

  test("Tango's limits are where its score is the critical value, with width also without a change", () => {
    const { lower, upper } = tangoInterval({ both: 40, candidateOnly: 2, baselineOnly: 9, neither: 7 });
    expect(tangoScore(2, 9, 58, lower!)).toBeCloseTo(1.959963984540054, 9);
    expect(tangoScore(2, 9, 58, upper!)).toBeCloseTo(-1.959963984540054, 9);
    const square = 1.959963984540054 ** 2;
    const still = tangoInterval({ both: 40, candidateOnly: 0, baselineOnly: 0, neither: 7 });
    expect(still.upper).toBeCloseTo(square / (47 + square), 12);
    expect(still.lower).toBeCloseTo(-square / (47 + square), 12);
  });

  test("Tango's score at 0 is McNemar's statistic and is documented at a margin", () => {
    expect(tangoScore(2, 12, 60, 0)).toBeCloseTo(-10 / Math.sqrt(14), 14);
    expect(tangoScore(2, 9, 47, -0.05)).toBeCloseTo(-1.4684026962463992, 13);
    expect(tangoScore(0, 0, 47, 0)).toBe(0);
  });

  test('are exact at the ends of the range', () => {
    expect(tangoInterval({ both: 0, candidateOnly: 5, baselineOnly: 0, neither: 0 }).upper).toBe(1);
    expect(tangoInterval({ both: 0, candidateOnly: 0, baselineOnly: 5, neither: 0 }).lower).toBe(-1);
  });

  test('refuse impossible counts', () => {
    const bad = { both: 1, candidateOnly: -1, baselineOnly: 0, neither: 0 };
    for (const interval of PAIRED) {
      expect(() => interval(bad)).toThrow('paired counts 1, -1, 0, 0: must not be negative');
      expect(() => interval({ ...bad, candidateOnly: Number.NaN })).toThrow(RangeError);
    }
  });
});

describe('intervals for an unpaired difference', () => {
  test('with a side empty have no estimate, the whole range and a reason', () => {
    const counts = { candidatePasses: 0, candidateCases: 0, baselinePasses: 3, baselineCases: 5 };
    for (const interval of UNPAIRED) {
      expect(interval(counts)).toMatchObject({
        estimate: null,
        lower: -1,
        upper: 1,
        reason: 'no cases of the candidate',
      });
    }
  });

  test('hold the difference, mirror, and have width also at 0 and 100 percent', () => {
    const side = fc
      .integer({ min: 1, max: 80 })
      .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
    fc.assert(
      fc.property(side, side, ([x1, n1], [x2, n2]) => {
        const counts = { candidatePasses: x1, candidateCases: n1, baselinePasses: x2, baselineCases: n2 };
        const swapped = { candidatePasses: x2, candidateCases: n2, baselinePasses: x1, baselineCases: n1 };
        for (const interval of [miettinenNurminenInterval, meeInterval, newcombeUnpairedInterval]) {
          const { estimate, lower, upper } = interval(counts);
          expect(lower! <= estimate! + 1e-12 && estimate! - 1e-12 <= upper!).toBe(true);
          expect(upper! - lower!).toBeGreaterThan(0.01);
          expect(interval(swapped).lower).toBeCloseTo(-upper!, 7);
        }
      }),
    );
  });

  test('the restricted rates keep their difference and no other pair of rates is more likely', () => {
    const counts = { candidatePasses: 3, candidateCases: 17, baselinePasses: 9, baselineCases: 12 };
    const likelihood = (candidate: number, baseline: number) =>
      3 * Math.log(candidate) +
      14 * Math.log(1 - candidate) +
      9 * Math.log(baseline) +
      3 * Math.log(1 - baseline);
    for (const difference of [-0.9, -0.5, -0.1, 0, 0.2, 0.6]) {
      const { candidate, baseline } = restrictedRates(counts, difference);
      expect(candidate - baseline).toBeCloseTo(difference, 14);
      for (const step of [-1e-3, 1e-3]) {
        expect(likelihood(candidate, baseline)).toBeGreaterThan(
          likelihood(candidate + step, baseline + step),
        );
      }
    }
    const example = { candidatePasses: 1, candidateCases: 4, baselinePasses: 2, baselineCases: 4 };
    expect(restrictedRates(example, 0).baseline).toBeCloseTo(0.375, 14);
  });

  test('refuse impossible counts', () => {
    const bad = { candidatePasses: 6, candidateCases: 5, baselinePasses: 3, baselineCases: 5 };
    for (const interval of UNPAIRED) expect(() => interval(bad)).toThrow('6 successes of 5');
  });
});
