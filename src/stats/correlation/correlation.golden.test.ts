import { expect, test } from 'vitest';
import { type GoldenCase, testGolden } from '../../../test/golden.ts';
import { kendall, pearson, spearman } from './index.ts';

const COMPUTE: Readonly<Record<string, (input: GoldenCase['input']) => unknown>> = {
  spearman: ({ x, y, confidence }) => {
    const { rho, studentP } = spearman(x, y, confidence);
    return { rho: rho.estimate, p: studentP, lower: rho.lower, upper: rho.upper };
  },
  kendall_tau_b: ({ x, y }) => {
    const { value, pValue } = kendall(x, y);
    return { tau: value, p: pValue };
  },
  kendall_tau_c: ({ x, y }) => ({ tau: kendall(x, y).tauC }),
  pearson: ({ x, y }) => {
    const { value, pValue } = pearson(x, y);
    return { r: value, p: pValue };
  },
};

testGolden('rank_correlation', ({ input }) => COMPUTE[input.method]!(input));

test('up to nine pairs, the p counts all orders', () => {
  // 1, 2, 3 in six orders: |rho| is 1 twice and 0.5 four times.
  expect(spearman([1, 2, 3], [1, 2, 3], 0.95).pValue).toBe(2 / 6);
  expect(spearman([1, 2, 3], [1, 3, 2], 0.95).pValue).toBe(1);
  // Four pairs in perfect order: 2 of 24.
  expect(spearman([1, 2, 3, 4], [1, 2, 3, 4], 0.95).pValue).toBe(2 / 24);
});

test('with ties, the p counts the orders of the tied ranks', () => {
  // The second ranks (1.5, 1.5, 3) have three distinct orders: sums 1.5, 0 and -1.5.
  expect(spearman([1, 2, 3], [5, 5, 9], 0.95).pValue).toBeCloseTo(2 / 3, 12);
});

test('six releases at 0.8 say next to nothing', () => {
  const { rho } = spearman([1, 2, 3, 4, 5, 6], [2, 1, 4, 3, 6, 5], 0.95);
  expect(rho.estimate).toBeCloseTo(0.829, 3);
  expect(rho.lower).toBeLessThan(0);
});

test('Kendall counts pairs, however many', () => {
  const n = 20_000;
  const x = Array.from({ length: n }, (_, i) => i);
  expect(kendall(x, x.toReversed())).toMatchObject({ value: -1, n });
});

test("tau-b stands beside rho and is Kendall's", () => {
  const [x, y] = [
    [1, 2, 2, 3, 4],
    [1, 3, 2, 2, 5],
  ];
  expect(spearman(x, y, 0.95).tauB).toBe(kendall(x, y).value);
});
