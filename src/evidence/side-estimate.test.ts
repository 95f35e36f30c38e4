import { describe, expect, test } from 'vitest';
import { DEFAULT_POLICY } from '../config/index.ts';
import type { ValueCount } from '../counts/index.ts';
import { quantileType7, sideEstimate } from './side-estimate.ts';

const counted = (...values: [value: number, cases: number][]): ValueCount[] =>
  values.map(([value, cases]) => ({ value, cases }));
const MEAN = { kind: 'mean', column: 'x', direction: 'higher', bounds: null } as const;
const median = { kind: 'quantile', column: 'x', q: 0.5, direction: 'lower' } as const;

describe('the value of one run in one slice', () => {
  test('a rate has its Wilson interval: 6 of 6 reads .61 to 1', () => {
    const found = sideEstimate(counted([1, 6]), { kind: 'passRate' }, DEFAULT_POLICY);
    expect(found).toMatchObject({ estimate: 1, upper: 1, n: 6, method: 'wilson', level: 0.95 });
    expect(found.lower).toBeCloseTo(0.6097, 4);
  });

  test('shares of trials count as fractional passes', () => {
    const found = sideEstimate(counted([0, 2], [0.5, 4], [1, 4]), { kind: 'passRate' }, DEFAULT_POLICY);
    expect(found).toMatchObject({ estimate: 0.6, n: 10 });
  });

  test('a mean has Student’s interval: 1, 2, 2, 3', () => {
    const found = sideEstimate(counted([1, 1], [2, 2], [3, 1]), MEAN, DEFAULT_POLICY);
    // t(.975, 3) = 3.182446, s.e. = sqrt(2/3) / 2 = .408248.
    expect(found.estimate).toBe(2);
    expect(found.lower).toBeCloseTo(2 - 3.182446 * 0.4082483, 5);
    expect(found.upper).toBeCloseTo(2 + 3.182446 * 0.4082483, 5);
  });

  test('one case has a mean without interval, no case has neither, and both say why', () => {
    expect(sideEstimate(counted([4, 1]), MEAN, DEFAULT_POLICY)).toMatchObject({
      estimate: 4,
      lower: null,
      upper: null,
      reason: 'one case has no interval',
    });
    expect(sideEstimate([], MEAN, DEFAULT_POLICY)).toMatchObject({
      estimate: null,
      n: 0,
      reason: 'no cases',
    });
    expect(sideEstimate([], { kind: 'passRate' }, DEFAULT_POLICY)).toMatchObject({ estimate: null, n: 0 });
  });

  test('a median of 1 to 25 is 13, from the 8th to the 18th', () => {
    const values = counted(...Array.from({ length: 25 }, (_, i): [number, number] => [i + 1, 1]));
    // Bin(25, .5): P(X <= 7) = .0216, P(X <= 17) = .9784; the usual table for n = 25 has ranks 8 and 18.
    expect(sideEstimate(values, median, DEFAULT_POLICY)).toMatchObject({
      estimate: 13,
      lower: 8,
      upper: 18,
      method: 'order statistics',
    });
  });

  test('a quantile with fewer than ten cases beyond it is not given', () => {
    const p95 = { ...median, q: 0.95 };
    const of = (n: number) => sideEstimate(counted([1, n / 2], [2, n / 2]), p95, DEFAULT_POLICY);
    expect(of(198)).toMatchObject({ estimate: null, reason: 'fewer than 10 cases beyond the quantile' });
    expect(of(200)).toMatchObject({ estimate: 2 });
  });

  test.each([
    [0, 1],
    [0.25, 1.75],
    [0.5, 2.5],
    [0.9, 3.7],
    [1, 4],
  ])('type 7 at %d of 1, 2, 3, 4 is %d, as numpy has it', (q, expected) => {
    expect(quantileType7(counted([1, 1], [2, 1], [3, 1], [4, 1]), 4, q)).toBeCloseTo(expected, 14);
  });
});
