/** Change points of curves: the catch and the quiet of B2, exactness on a small table, and edges. */

import { describe, expect, test } from 'vitest';
import { createRandom } from '../stats/index.ts';
import { CHANGE_DEFAULTS, type CurveBucket, changePoint, changePoints } from './change-point.ts';

const bucket = (label: string, passed: number, n: number): CurveBucket => ({
  label,
  cells: [
    { value: 1, count: passed },
    { value: 0, count: n - passed },
  ],
});

const LABELS = ['to 500', '500-1k', '1k-2k', '2k-4k', '4k-8k', 'above 8k'];
const quick = { ...CHANGE_DEFAULTS, permutations: 499, resamples: 199 };

describe('a score of .90 up to 2,000 tokens and .70 beyond', () => {
  const buckets = LABELS.map((label, i) => bucket(label, i < 3 ? 90 : 70, 100));
  const { point, cases } = changePoint(buckets);

  test('has its change point between the right buckets, with size and interval', () => {
    expect(point).toMatchObject({ between: ['1k-2k', '2k-4k'], after: 3, p: 1e-4 });
    expect(point!.before).toEqual({ cases: 300, mean: 0.9 });
    expect(point!.beyond).toEqual({ cases: 300, mean: 0.7 });
    expect(point!.change).toBeCloseTo(-0.2, 14);
    expect(point!.lower).toBeGreaterThan(-0.3);
    expect(point!.upper).toBeLessThan(-0.1);
    expect(point!.earliest).toBeGreaterThanOrEqual(2);
    expect(point!.latest).toBeLessThanOrEqual(4);
    expect(cases).toBe(600);
  });

  test('is no rise, and is found in either direction', () => {
    expect(changePoint(buckets, { ...quick, direction: 'rises' }).point!.p).toBeGreaterThan(0.5);
    expect(changePoint(buckets, { ...quick, direction: 'either' }).point).toMatchObject({ after: 3 });
  });

  test('is the same curve with an empty bucket in the middle', () => {
    const gap = [...buckets.slice(0, 3), { label: 'none', cells: [] }, ...buckets.slice(3)];
    expect(changePoint(gap, quick).point).toMatchObject({ after: 4, between: ['none', '2k-4k'] });
  });

  test('is confirmed for the slice that has it only', () => {
    const flat = LABELS.map((label, i) => bucket(label, i % 2 === 0 ? 90 : 91, 100));
    const got = changePoints(
      [
        { slice: 'refund', buckets },
        { slice: 'invoice', buckets: flat },
        { slice: 'tiny', buckets: [] },
      ],
      0.05,
      quick,
    );
    expect(got.map(({ slice, confirmed }) => [slice, confirmed])).toEqual([
      ['refund', true],
      ['invoice', false],
      ['tiny', false],
    ]);
    expect(got[0]!.adjustedP).toBe(2 * got[0]!.point!.p);
    expect(got[2]!.adjustedP).toBeNull();
  });
});

test('a flat curve with noise is quiet in about 19 of 20 draws', () => {
  const random = createRandom(8);
  let alarms = 0;
  for (let seed = 0; seed < 60; seed++) {
    const buckets = LABELS.map((label) => {
      let passed = 0;
      for (let i = 0; i < 50; i++) passed += random.nextFloat() < 0.85 ? 1 : 0;
      return bucket(label, passed, 50);
    });
    if (changePoint(buckets, { ...quick, permutations: 199, resamples: 9, seed }).point!.p <= 0.05)
      alarms += 1;
  }
  expect(alarms).toBeLessThanOrEqual(8);
});

test('the p-value is that of all ways to deal the cases', () => {
  // 4 + 4 cases in two buckets, passes 4 and 1: P(at most 1 of the 5 passes falls into the second bucket) = 4 / C(8, 5) = 1/14.
  const { point } = changePoint([bucket('a', 4, 4), bucket('b', 1, 4)], {
    ...CHANGE_DEFAULTS,
    minCases: 1,
    permutations: 19_999,
  });
  expect(Math.abs(point!.p - 1 / 14)).toBeLessThan(0.006);
});

test('graded scores are dealt value by value', () => {
  const cells = (shift: number) =>
    Array.from({ length: 30 }, (_, i) => ({ value: shift + (i % 10) / 100, count: 1 }));
  const got = changePoint(
    [
      { label: 'a', cells: cells(0.8) },
      { label: 'b', cells: cells(0.8) },
      { label: 'c', cells: cells(0.6) },
    ],
    quick,
  );
  expect(got.point).toMatchObject({ after: 2, between: ['b', 'c'] });
  expect(got.point!.change).toBeCloseTo(-0.2, 12);
});

describe('nothing to test', () => {
  const few = 'fewer than two buckets with enough cases on both sides';
  test.each([
    ['no buckets', [], few],
    ['one bucket', [bucket('a', 5, 90)], few],
    ['a small tail', [bucket('a', 50, 90), bucket('b', 0, 19)], few],
    ['equal values', [bucket('a', 90, 90), bucket('b', 30, 30)], 'all values are equal'],
  ])('%s', (_, buckets, reason) => {
    expect(changePoint(buckets, quick)).toMatchObject({ point: null, reason });
  });

  test('a count that is none is refused', () => {
    expect(() => changePoint([{ label: 'a', cells: [{ value: 1, count: 0.5 }] }])).toThrow('a: count is 0.5');
  });
});
