import { expect, test } from 'vitest';
import { type GoldenCase, testGolden } from '../../../test/golden.ts';
import { chiSquareTest, jensenShannonDistance, kolmogorovSmirnov, populationStability } from './index.ts';

const COMPUTE: Readonly<Record<string, (input: GoldenCase['input']) => unknown>> = {
  chi2: ({ table }) => {
    const { statistic, df, pValue } = chiSquareTest(table);
    return { statistic, df, p: pValue };
  },
  jensen_shannon_distance_base2: ({ a, b }) => ({ value: jensenShannonDistance(a, b) }),
  psi: ({ a, b }) => ({ value: populationStability(a, b)?.value ?? null }),
  wasserstein_1: ({ x, y }) => ({ value: kolmogorovSmirnov(x, y).wasserstein }),
  ks_2samp: ({ x, y }) => {
    const { statistic, pValue } = kolmogorovSmirnov(x, y);
    return { d: statistic, p: pValue };
  },
};

testGolden(
  'drift',
  ({ input }) => COMPUTE[input.method]!(input),
  // Not offered: Yates' correction, distances that nothing asks for, and an approximate p where the exact one is at hand.
  ({ input }) => COMPUTE[input.method] !== undefined && input.yates !== true && input.mode !== 'asymp',
);

test('what chance gives is of the size of the folklore limits where samples are small', () => {
  const stability = populationStability(
    [12, 9, 11, 8, 10, 9, 12, 10, 9, 10],
    [9, 11, 10, 12, 8, 11, 9, 10, 10, 10],
  )!;
  expect(stability.floor).toBeCloseTo(0.18, 10);
  expect(stability.value).toBeLessThan(stability.floor);
});

test('empty sides and single categories have no test', () => {
  expect(
    chiSquareTest([
      [3, 4],
      [0, 0],
    ]).pValue,
  ).toBeNull();
  expect(chiSquareTest([[3], [4]])).toMatchObject({ df: 0, pValue: null });
  expect(jensenShannonDistance([0, 0], [1, 2])).toBeNull();
  expect(populationStability([], [])).toBeNull();
  expect(kolmogorovSmirnov([], [1]).pValue).toBeNull();
});

test('a category that no sample has changes nothing', () => {
  expect(
    chiSquareTest([
      [5, 0, 3],
      [4, 0, 4],
    ]),
  ).toEqual(
    chiSquareTest([
      [5, 3],
      [4, 4],
    ]),
  );
});

test('beyond 10 million pairs of values the limit stands in, and hardly differs', () => {
  const spread = (n: number, shift: number) => Array.from({ length: n }, (_, i) => (i + 0.5) / n + shift);
  const exact = kolmogorovSmirnov(spread(3_100, 0), spread(3_200, 0.03));
  const limit = kolmogorovSmirnov(spread(3_160, 0), spread(3_200, 0.03));
  expect([exact.method, limit.method]).toEqual(['exact', 'asymptotic']);
  expect(limit.pValue! / exact.pValue!).toBeCloseTo(1, 1);
  expect(limit.wasserstein).toBeCloseTo(0.03, 6);
});
