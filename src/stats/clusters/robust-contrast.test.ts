/** The contrast of two means under weights and clusters, against the matrix form of CR2. */

import { expect, test } from 'vitest';
import { clusterMean, contrastInterval, contrastP, robustContrast } from './index.ts';

const values = [1, 0, 1, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0.5, 0.25];
const side = [1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2];
const clusters = [0, 0, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7];
const weights = [1, 2, 1, 0.5, 1, 1, 3, 1, 1, 2, 1, 1, 1, 1];
const one = side.map(() => 1);

/**
 * numpy 2 and scipy 1.17.1, with the full residual maker M and C = the rows c_g: u = C M e, P = C M M' C',
 * se = sqrt(u'u), df = trace(P)^2 / trace(P P), p = t.sf(estimate / max(se, pooled), df) with pooled = sqrt(L V L') over the
 * units' shares L and their common variance and covariance V.
 */
const KNOWN = [
  [
    'two sides, clusters',
    side,
    clusters,
    null,
    0.2944444444444444,
    0.28571061192120095,
    4.880468787219512,
    0.17554109820948435,
    0.23848017824226414,
  ],
  [
    'two sides, clusters, weights',
    side,
    clusters,
    weights,
    -0.024621212121212155,
    0.29531921904191955,
    3.4383063799070572,
    0.5302862774507131,
    0.30142655435141535,
  ],
  [
    'two sides, weights',
    side,
    null,
    weights,
    -0.024621212121212155,
    0.34463462560379887,
    5.0168258067583045,
    0.5270964939570884,
    0.33808310129853686,
  ],
  [
    'one side, clusters, weights',
    one,
    clusters,
    weights,
    0.4714285714285714,
    0.11213802861016543,
    4.062566480713379,
    0.006606037458138081,
    null,
  ],
] as const;

test.each(KNOWN)('%s', (_, sides, groups, weight, estimate, se, df, p, pooled) => {
  const got = robustContrast({ values, side: sides, counts: null, weights: weight, clusters: groups });
  expect(got.estimate).toBeCloseTo(estimate, 12);
  expect(got.se).toBeCloseTo(se, 12);
  expect(got.df! / df).toBeCloseTo(1, 11);
  expect(contrastP(got)! / p).toBeCloseTo(1, 10);
  if (pooled === null) expect(got.pooledSe).toBeNull();
  else expect(got.pooledSe).toBeCloseTo(pooled, 12);
});

test('a few clusters that happen to agree prove nothing', () => {
  // 5 clusters that fail against 100 of which 90 do: chance has that in .9^5 = 59 % of tables.
  const units = Array.from({ length: 105 }, (_, i) => i);
  const contrast = robustContrast({
    values: units.map((i) => (i >= 5 && i % 10 === 0 ? 0 : 1)),
    side: units.map((i) => (i < 5 ? 1 : 2)),
    counts: null,
    weights: null,
    clusters: units,
  });
  expect(contrastP({ ...contrast, pooledSe: null })).toBeLessThan(0.02);
  expect(contrastP(contrast)).toBeGreaterThan(0.2);
  expect(contrastInterval(contrast, 0.95).lower).toBeLessThan(0);
});

test('one side is the clustered mean', () => {
  const got = robustContrast({ values, side: one, counts: null, weights: null, clusters });
  const mean = clusterMean(values, clusters);
  expect(got.se).toBeCloseTo(mean.seCr2!, 13);
  expect(got.df).toBeCloseTo(mean.dfCr2!, 10);
});

test('an entry that counts several cases is as many entries', () => {
  const folded = robustContrast({
    values: [1, 0, 1, 0],
    side: [1, 1, 2, 2],
    counts: [3, 2, 1, 4],
    weights: [6, 4, 1, 2],
    clusters: null,
  });
  const spread = robustContrast({
    values: [1, 1, 1, 0, 0, 1, 0, 0, 0, 0],
    side: [1, 1, 1, 1, 1, 2, 2, 2, 2, 2],
    counts: null,
    weights: [2, 2, 2, 2, 2, 1, 0.5, 0.5, 0.5, 0.5],
    clusters: null,
  });
  expect(folded.estimate).toBeCloseTo(spread.estimate!, 14);
  expect(folded.se).toBeCloseTo(spread.se!, 14);
  expect(folded.df).toBeCloseTo(spread.df!, 10);
  expect(folded.units).toEqual([5, 5]);
});

test('too few independent units give no standard error, and no case gives no mean', () => {
  const lone = robustContrast({
    values: [1, 1, 0, 0],
    side: [1, 1, 2, 2],
    counts: null,
    weights: null,
    clusters: [0, 0, 1, 2],
  });
  expect(lone).toMatchObject({ estimate: 1, se: null, df: null, units: [1, 2] });
  expect(contrastInterval(lone, 0.95).reason).toContain('fewer than two');
  expect(contrastP(lone)).toBeNull();
  const equal = robustContrast({ values: [1, 1], side: [1, 1], counts: null, weights: null, clusters: null });
  expect(contrastInterval(equal, 0.95)).toMatchObject({
    estimate: 1,
    lower: null,
    reason: 'no value varies',
  });
  const none = robustContrast({ values: [1], side: [2], counts: null, weights: null, clusters: null });
  expect(none).toMatchObject({ first: null, estimate: null });
  expect(() =>
    robustContrast({ values: [1], side: [], counts: null, weights: null, clusters: null }),
  ).toThrow('1 values');
});

test('cases that stand alone give what clusters of one case each give', () => {
  const counted = [3, 1, 2, 1, 1, 4, 1, 2, 1, 1, 2, 1, 1, 1];
  const spread = counted.flatMap((count, i) => Array.from({ length: count }, () => i));
  for (const sides of [side, one, side.map((which) => (which === 2 ? 0 : 1))]) {
    const alone = robustContrast({ values, side: sides, counts: counted, weights: null, clusters: null });
    const general = robustContrast({
      values: spread.map((i) => values[i]!),
      side: spread.map((i) => sides[i]!),
      counts: null,
      weights: null,
      clusters: spread.map((_, i) => i),
    });
    for (const field of ['first', 'second', 'estimate', 'se', 'pooledSe', 'df'] as const) {
      if (general[field] === null) expect(alone[field]).toBeNull();
      else expect(alone[field]! / general[field]!).toBeCloseTo(1, 12);
    }
    expect(alone.units).toEqual(general.units);
  }
});
