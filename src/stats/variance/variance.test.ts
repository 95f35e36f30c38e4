/** Explained variance, against statsmodels and numpy, and its promises under chance. */

import { describe, expect, test } from 'vitest';
import { createRandom } from '../random/index.ts';
import { type ExplainedVariance, explainedVariance, permutationHomogeneityP } from './index.ts';

const alone = { counts: null, clusters: null };

test('agrees with the analysis of variance of statsmodels', () => {
  const values = [0.9, 0.4, 0.7, 0.8, 0.65, 0.2, 0.5, 0.1, 0.3, 0.4, 0.6, 0.35, 0.15, 0.55];
  const groups = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 2, 2];
  // statsmodels 0.15: anova_lm(ols('y ~ C(g)')), with the textbook formulas on its sums of squares.
  const got = explainedVariance({ values, groups, ...alone });
  expect(got.etaSquared).toBeCloseTo(0.48345724907063203, 13);
  expect(got.epsilonSquared).toBeCloseTo(0.3895403852652924, 13);
  expect(got.omegaSquared).toBeCloseTo(0.37206862602688884, 13);
  expect(got.icc).toBeCloseTo(0.4796313249001332, 13);
  expect(got.f).toBeCloseTo(5.147715005397626, 12);
  expect(got.p).toBeCloseTo(0.026429228825944416, 12);
});

describe('pass or fail, counted', () => {
  const counted = {
    values: [1, 0, 1, 0, 1, 0],
    groups: [0, 0, 1, 1, 2, 2],
    counts: [30, 170, 90, 310, 120, 180],
    clusters: null,
  };
  const got = explainedVariance(counted);

  test('eta squared is the chi-square divided by n', () => {
    // scipy 1.17.1: chi2_contingency([[3, 17], [9, 31], [12, 18]], correction=False).statistic / 90
    expect(got.etaSquared).toBeCloseTo(0.049715909090909095, 14);
  });

  test('the standard error is that of the influence functions', () => {
    // numpy: sqrt(sum count (d eta / dt)^2 / N^2 + 2 (k - 1) / N^2), derivative by contamination with t = 1e-4 / N
    expect(got.se! / 0.014953420239386736).toBeCloseTo(1, 5);
  });

  test('is the same case by case, also with each case in a cluster of its own', () => {
    const spread = { values: [] as number[], groups: [] as number[] };
    counted.counts.forEach((count, i) => {
      for (let c = 0; c < count; c++) {
        spread.values.push(counted.values[i]!);
        spread.groups.push(counted.groups[i]!);
      }
    });
    const cases = explainedVariance({ ...spread, ...alone });
    expect(cases.se).toBeCloseTo(got.se!, 13);
    expect(cases.p! / got.p!).toBeCloseTo(1, 9);
    const lone = explainedVariance({ ...spread, counts: null, clusters: spread.values.map((_, i) => i) });
    expect(lone.se).toBeCloseTo(got.se!, 4);
    expect(lone.etaSquared).toBeCloseTo(got.etaSquared!, 13);
  });
});

test('cases that come five alike are not five cases', () => {
  const random = createRandom(2);
  let alarms = 0;
  for (let table = 0; table < 200; table++) {
    const values: number[] = [];
    const groups: number[] = [];
    const clusters: number[] = [];
    for (let cluster = 0; cluster < 60; cluster++) {
      const [value, group] = [random.nextBelow(2), random.nextBelow(3)];
      for (let i = 0; i < 5; i++) {
        values.push(value);
        groups.push(group);
        clusters.push(cluster);
      }
    }
    if (explainedVariance({ values, groups, counts: null, clusters }).p! <= 0.05) alarms += 1;
  }
  expect(alarms).toBeLessThanOrEqual(20);
});

describe('without an effect', () => {
  const results: ExplainedVariance[] = [];
  const random = createRandom(1);
  for (let table = 0; table < 400; table++) {
    const values = Array.from({ length: 300 }, () => (random.nextFloat() < 0.2 ? 1 : 0));
    const groups = values.map(() => random.nextBelow(6));
    results.push(explainedVariance({ values, groups, ...alone }));
  }

  test('omega squared is 0 on average, eta squared is not', () => {
    const mean = (of: (result: ExplainedVariance) => number) =>
      results.reduce((sum, r) => sum + of(r), 0) / 400;
    expect(Math.abs(mean((r) => r.omegaSquared!))).toBeLessThan(0.0015);
    expect(mean((r) => r.etaSquared!)).toBeGreaterThan(0.014);
  });

  test('p-values are uniform and the standard error is not too small', () => {
    expect(results.filter(({ p }) => p! <= 0.05).length).toBeLessThanOrEqual(32);
    expect(
      results.filter(({ omegaSquared, se }) => omegaSquared! - 1.645 * se! > 0).length,
    ).toBeLessThanOrEqual(32);
  });
});

describe('what is undefined is null', () => {
  test.each([
    ['one group', [1, 0, 1], [0, 0, 0]],
    ['no case to spare', [1, 0], [0, 1]],
    ['no spread', [1, 1, 1], [0, 0, 1]],
    ['no case', [], []],
  ])('%s', (_, values, groups) => {
    expect(explainedVariance({ values, groups, ...alone })).toMatchObject({
      omegaSquared: null,
      p: null,
      se: null,
    });
  });

  test('an entry outside all groups takes no part', () => {
    const groups = [0, 0, 1, 1, -1];
    expect(explainedVariance({ values: [1, 0, 1, 1, 9], groups, ...alone }).etaSquared).toBeCloseTo(
      1 / 3,
      14,
    );
    expect(() => explainedVariance({ values: [1], groups: [], ...alone })).toThrow(RangeError);
  });
});

describe('the permutation test of one pass rate', () => {
  test('agrees with the exact test of two groups', () => {
    // scipy 1.17.1: fisher_exact([[5, 0], [0, 5]]).pvalue = 0.007936507936507936
    // 100 reached statistics know it to a tenth; three times that is allowed.
    const p = permutationHomogeneityP([5, 5], [5, 0], 99_999, 1);
    expect(Math.abs(p / 0.007936507936507936 - 1)).toBeLessThan(0.3);
  });

  test('never says 0 and stops early where nothing is seen', () => {
    expect(permutationHomogeneityP([500, 500], [200, 0], 99, 1)).toBe(0.01);
    expect(permutationHomogeneityP([50, 50, 0], [5, 5, 0], 1e9, 1)).toBe(1);
  });
});
