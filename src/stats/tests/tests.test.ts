import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { miettinenNurminenInterval, tangoInterval, type UnpairedCounts } from '../intervals/index.ts';
import { binomialPmf, binomialSf, hypergeometricPmf, normalSf } from '../special/index.ts';
import { symmetricP } from './alternative.ts';
import { pairedDifferences } from './differences.ts';
import {
  asymptoticChange,
  attainableDropP,
  attainableFisherDropP,
  barnardTest,
  binomialExactP,
  boschlooTest,
  exactChangeP,
  exactDropP,
  fisherMidP,
  fisherP,
  mannWhitneyTest,
  midChangeP,
  midDropP,
  oddsRatio,
  pairedNonInferiority,
  pairedTTest,
  signFlipExactTest,
  smallestDropP,
  unpairedNonInferiority,
  welchTTest,
  wilcoxonApproximateTest,
  wilcoxonExactTest,
} from './index.ts';
import { midRanks } from './ranks.ts';

const table = (
  candidatePasses: number,
  candidateCases: number,
  baselinePasses: number,
  baselineCases: number,
): UnpairedCounts => ({ candidatePasses, candidateCases, baselinePasses, baselineCases });

describe('McNemar', () => {
  test('answers 1 without a changed case, in all variants', () => {
    expect([exactDropP(0, 0), midDropP(0, 0), exactChangeP(0, 0), midChangeP(0, 0)]).toEqual([1, 1, 1, 1]);
    expect(asymptoticChange(0, 0)).toEqual({ statistic: 0, pValue: 1 });
  });

  test('is exact to the last bit for few changed cases', () => {
    expect(exactDropP(5, 0)).toBe(2 ** -5);
    expect(exactDropP(12, 2)).toBe(106 / 2 ** 14);
    expect(exactDropP(1, 1)).toBe(0.75);
    expect(midDropP(12, 2)).toBe((106 + 15) / 2 ** 15);
    expect(exactChangeP(25, 25)).toBe(1);
  });

  test('of few and of many cases agree where the way of computing changes', () => {
    for (const losses of [400, 480, 500, 501, 560, 1000]) {
      expect(exactDropP(losses, 1000 - losses) / binomialSf(losses, 1000, 0.5)).toBeCloseTo(1, 11);
    }
  });

  test('holds a billion changed cases, and is symmetric there', () => {
    expect(exactDropP(500_001_000, 499_999_000)).toBeCloseTo(0.4747980760467287, 12);
    expect(exactDropP(5e8, 5e8)).toBeCloseTo(0.5 + binomialPmf(5e8, 1e9, 0.5) / 2, 13);
    expect(exactDropP(1e9, 0)).toBe(0);
    expect(exactDropP(0, 1e9)).toBe(1);
  });

  test('lists exactly the p-values that can be shown, smallest first', () => {
    expect([...attainableDropP(2)]).toEqual([0.25, 0.75, 1]);
    expect([...attainableDropP(0)]).toEqual([1]);
    for (const m of [1, 7, 18, 40]) {
      const listed = [...attainableDropP(m)];
      expect(listed).toEqual(Array.from({ length: m + 1 }, (_, gains) => exactDropP(m - gains, gains)));
      expect(listed[0]).toBe(smallestDropP(m));
    }
    const many = attainableDropP(3000);
    expect(many[1300]! / exactDropP(1700, 1300)).toBeCloseTo(1, 10);
    expect(() => attainableDropP(1e9)).toThrow('are not listed');
  });

  test('never blocks a clean slice more often than its p says, and the mid-p hardly', () => {
    for (const m of [5, 11, 24]) {
      for (const alpha of [0.01, 0.05, 0.2]) {
        let exact = 0;
        let mid = 0;
        for (let losses = 0; losses <= m; losses += 1) {
          const weight = binomialPmf(losses, m, 0.5);
          if (exactDropP(losses, m - losses) <= alpha) exact += weight;
          if (midDropP(losses, m - losses) <= alpha) mid += weight;
        }
        expect(exact).toBeLessThanOrEqual(alpha * (1 + 1e-12));
        expect(mid).toBeLessThan(1.5 * alpha);
        expect(mid).toBeGreaterThanOrEqual(exact);
      }
    }
  });

  test('refuses what is not a count', () => {
    expect(() => exactDropP(-1, 2)).toThrow('count is -1, must be a whole number of at least 0');
    expect(() => midChangeP(1.5, 2)).toThrow(RangeError);
  });
});

/** All tables with the given sides. */
function tables(candidateCases: number, baselineCases: number): UnpairedCounts[] {
  return Array.from({ length: candidateCases + 1 }, (_, candidate) =>
    Array.from({ length: baselineCases + 1 }, (_, baseline) =>
      table(candidate, candidateCases, baseline, baselineCases),
    ),
  ).flat();
}

describe('Fisher', () => {
  test('sums the tables of the margins, in every direction', () => {
    for (const counts of tables(7, 5)) {
      const passes = counts.candidatePasses + counts.baselinePasses;
      const weights = Array.from({ length: 8 }, (_, x) => hypergeometricPmf(x, 12, passes, 7));
      const own = weights[counts.candidatePasses]!;
      const sum = (keep: (x: number) => boolean) =>
        weights.reduce((total, weight, x) => total + (keep(x) ? weight : 0), 0);
      expect(fisherP(counts, 'less')).toBeCloseTo(
        sum((x) => x <= counts.candidatePasses),
        12,
      );
      expect(fisherP(counts, 'greater')).toBeCloseTo(
        sum((x) => x >= counts.candidatePasses),
        12,
      );
      expect(fisherP(counts, 'two-sided')).toBeCloseTo(
        sum((x) => weights[x]! <= own * 1.0000001),
        12,
      );
      expect(fisherMidP(counts, 'less')).toBeCloseTo(fisherP(counts, 'less') - own / 2, 12);
      expect(fisherMidP(counts, 'greater')).toBeCloseTo(fisherP(counts, 'greater') - own / 2, 12);
    }
  });

  test('lists the p-values that margins can show', () => {
    const listed = attainableFisherDropP(3, 3, 3);
    [0.05, 0.5, 0.95, 1].forEach((value, index) => {
      expect(listed[index]).toBeCloseTo(value, 13);
    });
    const unequal = attainableFisherDropP(20, 30, 41);
    unequal.forEach((value, index) => {
      const candidatePasses = 11 + index;
      expect(fisherP(table(candidatePasses, 20, 41 - candidatePasses, 30), 'less')).toBeCloseTo(value, 12);
    });
    expect([...attainableFisherDropP(4, 4, 0)]).toEqual([1]);
    expect(() => attainableFisherDropP(1, 1, 3)).toThrow('3 passes of 2 cases');
  });

  test('has an odds ratio that is infinite over zero and null at 0/0', () => {
    expect(oddsRatio(table(8, 10, 1, 6))).toBe(20);
    expect(oddsRatio(table(3, 3, 1, 3))).toBe(Infinity);
    expect(oddsRatio(table(3, 3, 3, 3))).toBe(null);
  });
});

/** The p-value by definition: all tables with a statistic as small, maximised over a fine grid of rates. */
function byDefinition(counts: UnpairedCounts, statistic: (counts: UnpairedCounts) => number): number {
  const { candidateCases, baselineCases } = counts;
  const bound = statistic(counts);
  const region = tables(candidateCases, baselineCases).filter((other) => statistic(other) <= bound + 1e-9);
  let largest = 0;
  for (let step = 0; step <= 2000; step += 1) {
    const rate = step / 2000;
    const sum = region.reduce(
      (total, { candidatePasses, baselinePasses }) =>
        total +
        binomialPmf(candidatePasses, candidateCases, rate) * binomialPmf(baselinePasses, baselineCases, rate),
      0,
    );
    largest = Math.max(largest, sum);
  }
  return largest;
}

function pooledZ({ candidatePasses, candidateCases, baselinePasses, baselineCases }: UnpairedCounts): number {
  const pooled = (candidatePasses + baselinePasses) / (candidateCases + baselineCases);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / candidateCases + 1 / baselineCases));
  return error > 0 ? (candidatePasses / candidateCases - baselinePasses / baselineCases) / error : 0;
}

describe('Boschloo and Barnard', () => {
  const some = [
    table(2, 6, 5, 7),
    table(0, 4, 0, 9),
    table(1, 5, 1, 8),
    table(6, 6, 0, 3),
    table(3, 8, 3, 8),
  ];

  test.each(some)('are the maximum over the nuisance by definition: %o', (counts) => {
    const grid = 2e-5;
    const close = (got: number, expected: number) => {
      expect(got).toBeGreaterThanOrEqual(expected - 1e-12);
      expect(got).toBeLessThanOrEqual(expected + grid);
    };
    close(
      boschlooTest(counts, 'less').pValue,
      byDefinition(counts, (other) => fisherP(other, 'less')),
    );
    close(
      boschlooTest(counts, 'greater').pValue,
      byDefinition(counts, (other) => fisherP(other, 'greater')),
    );
    close(barnardTest(counts, 'less').pValue, byDefinition(counts, pooledZ));
    close(
      barnardTest(counts, 'greater').pValue,
      byDefinition(counts, (other) => -pooledZ(other)),
    );
    close(
      barnardTest(counts, 'two-sided').pValue,
      byDefinition(counts, (other) => -Math.abs(pooledZ(other))),
    );
  });

  test('Boschloo is never above Fisher and never rejects more often than its level', () => {
    const all = tables(8, 6).map((counts) => ({ counts, p: boschlooTest(counts, 'less').pValue }));
    for (const { counts, p } of all) expect(p).toBeLessThanOrEqual(fisherP(counts, 'less') * (1 + 1e-9));
    for (const alpha of [0.01, 0.05, 0.1]) {
      for (let rate = 0.02; rate < 1; rate += 0.02) {
        const size = all.reduce(
          (sum, { counts, p }) =>
            p <= alpha
              ? sum +
                binomialPmf(counts.candidatePasses, 8, rate) * binomialPmf(counts.baselinePasses, 6, rate)
              : sum,
          0,
        );
        expect(size).toBeLessThanOrEqual(alpha * (1 + 1e-9));
      }
    }
  });

  test('Boschloo answers for 200 + 200 cases well within a second, and lies under Fisher', () => {
    const counts = table(160, 200, 175, 200);
    const started = performance.now();
    const { pValue } = boschlooTest(counts, 'less');
    expect(performance.now() - started).toBeLessThan(1000);
    expect(pValue).toBeLessThan(fisherP(counts, 'less'));
    expect(pValue).toBeGreaterThan(fisherP(counts, 'less') / 2);
  });

  test('answer 1 when a side is empty', () => {
    expect(boschlooTest(table(0, 0, 3, 5), 'less').pValue).toBe(1);
    expect(barnardTest(table(3, 5, 0, 0), 'two-sided').pValue).toBe(1);
  });
});

describe('the exact binomial test', () => {
  test('adds all counts that are no more probable, two-sided', () => {
    const place = fc
      .integer({ min: 0, max: 40 })
      .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
    fc.assert(
      fc.property(place, fc.double({ min: 0.01, max: 0.99, noNaN: true }), ([x, n], rate) => {
        const own = binomialPmf(x, n, rate);
        let sum = 0;
        for (let k = 0; k <= n; k += 1) {
          const weight = binomialPmf(k, n, rate);
          if (weight <= own * (1 + 1e-7)) sum += weight;
        }
        expect(binomialExactP(x, n, rate, 'two-sided')).toBeCloseTo(sum, 11);
      }),
    );
  });

  test('has edges', () => {
    expect(binomialExactP(0, 0, 0.3, 'two-sided')).toBe(1);
    expect([binomialExactP(0, 5, 0, 'two-sided'), binomialExactP(1, 5, 0, 'two-sided')]).toEqual([1, 0]);
    expect(() => binomialExactP(6, 5, 0.5, 'less')).toThrow('6 successes of 5');
    expect(() => binomialExactP(1, 5, 1.5, 'less')).toThrow('rate is 1.5');
  });
});

describe('tests of location', () => {
  test('hold their documented examples', () => {
    expect(symmetricP(2, 'two-sided', normalSf)).toBeCloseTo(0.04550026389635842, 14);
    const paired = pairedTTest([3, 4, 6], [1, 3, 3], 'two-sided');
    expect(paired.statistic).toBeCloseTo(3.4641, 4);
    expect(paired.pValue).toBeCloseTo(0.0742, 4);
    const welch = welchTTest([3, 4, 6], [1, 3, 3], 'two-sided');
    expect([welch.statistic, welch.df, welch.pValue].map((x) => x!.toFixed(3))).toEqual([
      '1.809',
      '3.723',
      '0.150',
    ]);
    expect(wilcoxonExactTest([3, 5, 9], [1, 1, 1], 'greater').pValue).toBe(0.125);
    expect(wilcoxonApproximateTest([3, 5, 9], [1, 1, 1], 'greater').pValue).toBeCloseTo(
      0.05440471502027285,
      12,
    );
    expect(signFlipExactTest([1, 2, 3], 'greater').pValue).toBe(0.125);
    expect(midRanks([5, 2, 5])).toEqual({ ranks: [2.5, 1, 2.5], tieSum: 6 });
    expect(pairedDifferences([3, 1], [1, 1])).toEqual([2, 0]);
  });

  test('are undefined, with a reason, where there is nothing to compare', () => {
    expect(pairedTTest([1], [2], 'less')).toMatchObject({ pValue: null, reason: 'fewer than two pairs' });
    expect(pairedTTest([1, 2], [0, 1], 'less')).toMatchObject({
      pValue: null,
      reason: 'all differences are equal',
    });
    expect(welchTTest([1, 1], [1, 1], 'less')).toMatchObject({ pValue: null, reason: 'neither side varies' });
    expect(welchTTest([1], [1, 2], 'less').reason).toBe('fewer than two values on a side');
    expect(mannWhitneyTest([], [1], 'less')).toMatchObject({ pValue: null, reason: 'a side is empty' });
    expect(mannWhitneyTest([1, 1], [1], 'less')).toMatchObject({
      pValue: null,
      reason: 'all values are equal',
    });
    expect(wilcoxonExactTest([1, 2], [1, 2], 'two-sided').pValue).toBe(1);
    expect(wilcoxonApproximateTest([1, 2], [1, 2], 'two-sided').pValue).toBe(1);
    expect(signFlipExactTest([], 'two-sided')).toMatchObject({ pValue: 1, statistic: null });
    expect(() => pairedTTest([1, 2], [1], 'less')).toThrow(
      '2 candidate values and 1 baseline values are not pairs',
    );
  });

  test('exact permutation tests count all sign changes', () => {
    const values = fc.array(fc.integer({ min: -6, max: 6 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(values, (differences) => {
        const zeros = differences.map(() => 0);
        const nonZero = differences.filter((difference) => difference !== 0);
        const { ranks } = midRanks(nonZero.map(Math.abs));
        let signs: number[][] = [[]];
        for (const _ of nonZero)
          signs = signs.flatMap((row) => [
            [...row, 1],
            [...row, -1],
          ]);
        const shareUpTo = (sizes: readonly number[], observed: number) =>
          signs.filter((row) => row.reduce((sum, sign, index) => sum + sign * sizes[index]!, 0) <= observed)
            .length / signs.length;
        const total = differences.reduce((sum, difference) => sum + difference, 0);
        expect(signFlipExactTest(differences, 'less').pValue).toBeCloseTo(
          shareUpTo(nonZero.map(Math.abs), total),
          14,
        );
        const signedRanks = ranks.reduce((sum, rank, index) => sum + Math.sign(nonZero[index]!) * rank, 0);
        expect(wilcoxonExactTest(differences, zeros, 'less').pValue).toBeCloseTo(
          shareUpTo(ranks, signedRanks),
          14,
        );
      }),
    );
  });

  test('exact and approximate Wilcoxon meet for many differences, with continuity more closely', () => {
    const values = Array.from({ length: 200 }, (_, index) => Math.sin(index * index) + 0.12);
    const zeros = values.map(() => 0);
    const exact = wilcoxonExactTest(values, zeros, 'greater').pValue!;
    expect(wilcoxonApproximateTest(values, zeros, 'greater').pValue! / exact).toBeCloseTo(1, 1);
    expect(wilcoxonApproximateTest(values, zeros, 'greater', true).pValue! / exact).toBeCloseTo(1, 1);
    const two = wilcoxonApproximateTest(values, zeros, 'two-sided', true).pValue!;
    const less = wilcoxonApproximateTest(values, zeros, 'less', true).pValue!;
    expect(two).toBeCloseTo(2 * wilcoxonApproximateTest(values, zeros, 'greater', true).pValue!, 14);
    expect(less).toBeGreaterThan(1 - two / 2);
  });

  test('refuse more differences than can be enumerated', () => {
    expect(() => signFlipExactTest(new Array(37).fill(1), 'less')).toThrow('37 differences');
    expect(() => wilcoxonExactTest(new Array(1001).fill(1), new Array(1001).fill(0), 'less')).toThrow(
      '1001 differences',
    );
  });
});

describe('non-inferiority', () => {
  test("says the same as the lower limit of Tango's interval", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 12 }),
        fc.integer({ min: 0, max: 12 }),
        fc.integer({ min: 1, max: 200 }),
        (losses, gains, rest) => {
          const n = losses + gains + rest;
          const { lower } = tangoInterval(
            { both: rest, candidateOnly: gains, baselineOnly: losses, neither: 0 },
            0.9,
          );
          const { pNonInferior, pWorseThanMargin } = pairedNonInferiority(losses, gains, n, 0.05);
          if (Math.abs(lower! + 0.05) > 1e-9) expect(pNonInferior < 0.05).toBe(lower! > -0.05);
          expect(pNonInferior + pWorseThanMargin).toBeCloseTo(1, 12);
        },
      ),
    );
  });

  test('says the same as the lower limit of the interval of Miettinen and Nurminen', () => {
    for (const counts of tables(12, 9)) {
      const { lower } = miettinenNurminenInterval(counts, 0.9);
      const { pNonInferior } = unpairedNonInferiority(counts, 0.2);
      if (Math.abs(lower! + 0.2) > 1e-7) expect(pNonInferior < 0.05).toBe(lower! > -0.2);
    }
  });

  test('shows nothing without a case and refuses impossible margins', () => {
    expect(pairedNonInferiority(0, 0, 0, 0.05)).toEqual({ z: null, pNonInferior: 1, pWorseThanMargin: 1 });
    expect(unpairedNonInferiority(table(0, 0, 1, 2), 0.05)).toMatchObject({
      zLower: null,
      pNonInferior: 1,
      pTost: 1,
    });
    expect(() => pairedNonInferiority(1, 1, 5, 1)).toThrow('margin is 1, must be at least 0 and below 1');
    expect(() => pairedNonInferiority(3, 3, 5, 0.1)).toThrow('3 losses and 3 gains of 5 cases');
  });
});
