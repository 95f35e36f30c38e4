/** Tests of single slices, against scipy and at the edges. */

import { describe, expect, test } from 'vitest';
import { createRandom } from '../stats/index.ts';
import type { SliceSums } from './kernel/types.ts';
import { complementSums, errorKind, sliceP, sliceTest, smallestSliceP, standOutP } from './slice-tests.ts';
import { sumsOf } from './testing/naive-search.ts';

const slice = [0.9, 0.4, 0.7, 0.8, 0.65];
const before = [0.5, 0.45, 0.6, 0.9, 0.2];
const rest = [0.2, 0.5, 0.1, 0.3, 0.4, 0.6, 0.35, 0.15];

function graded(errors: readonly number[], others: readonly number[] = errors): SliceSums {
  const add = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
  const changes = errors.map((error, i) => error - others[i]!);
  return sumsOf({
    cases: errors.length,
    error: add(errors),
    errorSquares: add(errors.map((error) => error * error)),
    change: add(changes),
    changeSquares: add(changes.map((change) => change * change)),
    broke: changes.filter((change) => change > 0).length,
    fixed: changes.filter((change) => change < 0).length,
  });
}

describe('p-values', () => {
  // scipy 1.17.1: ttest_ind(slice, rest, equal_var=False, alternative='greater') (.0022 with equal_var), ttest_1samp(slice -
  // before, 0, 'greater'), norm.sf(-d.sum() / sqrt((d**2).sum())), hypergeom.sf(7, 30, 9, 10), binom.sf(6, 9, 0.5)
  test.each([
    ['worse', 'graded', graded(slice), graded([...slice, ...rest]), 0.003970607997772093],
    ['regressed', 'graded', graded(slice, before), graded([...slice, ...rest]), 0.115475210726924],
    ['improved', 'graded', graded(slice, before), graded([...slice, ...rest]), 0.9013560036227404],
    [
      'worse',
      'pass-fail',
      sumsOf({ cases: 10, error: 8 }),
      sumsOf({ cases: 30, error: 9 }),
      6.36045613556858e-5,
    ],
    ['regressed', 'pass-fail', sumsOf({ cases: 10, broke: 7, fixed: 2 }), sumsOf({ cases: 30 }), 0.08984375],
    ['improved', 'pass-fail', sumsOf({ cases: 10, broke: 2, fixed: 7 }), sumsOf({ cases: 30 }), 0.08984375],
    [
      'broke-more',
      'pass-fail',
      sumsOf({ cases: 10, broke: 8 }),
      sumsOf({ cases: 30, broke: 9 }),
      6.36045613556858e-5,
    ],
    [
      'fixed-more',
      'graded',
      sumsOf({ cases: 10, fixed: 8 }),
      sumsOf({ cases: 30, fixed: 9 }),
      6.36045613556858e-5,
    ],
  ] as const)('%s, %s', (question, kind, sums, all, expected) => {
    expect(Math.abs(sliceTest(question, kind, sums, all).p! / expected - 1)).toBeLessThan(1e-11);
    expect(sliceP(question, kind, sums, all)).toBe(sliceTest(question, kind, sums, all).p);
  });

  test('a change that is larger than elsewhere is tested as an error that is', () => {
    const part = sumsOf({ cases: 5, change: 3, changeSquares: 3 });
    const all = sumsOf({ cases: 20, change: 4, changeSquares: 6 });
    const mirrored = (sums: SliceSums) => ({ ...sums, change: -sums.change });
    const asErrors = ({ cases, change, changeSquares }: SliceSums) =>
      sumsOf({ cases, error: change, errorSquares: changeSquares });
    const expected = sliceP('worse', 'graded', asErrors(part), asErrors(all));
    expect(sliceP('regressed-more', 'pass-fail', part, all)).toBe(expected);
    expect(sliceP('improved-more', 'pass-fail', mirrored(part), mirrored(all))).toBe(expected);
  });

  test('cases that happen to agree are no proof: chance keeps its promise at every alpha', () => {
    const random = createRandom(11);
    const draws = {
      'nearly all 1': () => (random.nextFloat() < 0.97 ? 1 : 0.5),
      'mostly 1': () => (random.nextFloat() < 0.9 ? 1 : random.nextFloat()),
      'mostly 0': () => (random.nextFloat() < 0.97 ? 0 : random.nextFloat()),
      'loss, exponential': () => -Math.log(1 - random.nextFloat()),
    };
    const alphas = [0.05, 0.01, 0.001];
    for (const [name, draw] of Object.entries(draws)) {
      const counts = alphas.map(() => 0);
      for (let round = 0; round < 1000; round++) {
        const errors = Array.from({ length: 320 }, draw);
        const p = sliceP('worse', 'graded', graded(errors.slice(0, 20)), graded(errors));
        alphas.forEach((alpha, i) => {
          counts[i]! += p <= alpha ? 1 : 0;
        });
      }
      // Four standard errors above what is promised; Welch's test alone gets to 540 of 1000 at every alpha.
      counts.forEach((count, i) => {
        expect([name, count <= 1000 * alphas[i]! + 4 * Math.sqrt(1000 * alphas[i]!)]).toEqual([name, true]);
      });
    }
  });

  test('equal changes of a few cases prove what swapping the runs proves', () => {
    const changes = (up: number, n: number) =>
      sumsOf({ cases: n, change: up / 2, changeSquares: up / 4, broke: up });
    const p = sliceP('regressed', 'graded', changes(12, 20), changes(12, 20));
    // 2^-12; the paired t test alone says 1.9e-5. scipy 1.17.1: norm.sf(sqrt(12))
    expect(p / 0.0002660027525696246).toBeCloseTo(1, 9);
    // All cases changed alike: no spread, and yet a proof.
    expect(sliceP('regressed', 'graded', changes(20, 20), changes(20, 20))).toBeLessThan(1e-5);
  });

  test('a slice without flips has not regressed: p is 1', () => {
    expect(sliceP('regressed', 'pass-fail', sumsOf({ cases: 4 }), sumsOf({ cases: 9 }))).toBe(1);
  });

  test('a slice that is everything is no worse than the rest', () => {
    const all = sumsOf({ cases: 9, error: 3 });
    expect(sliceTest('worse', 'pass-fail', all, all)).toMatchObject({ p: 1, difference: null });
  });
});

describe('what cannot be tested says why', () => {
  const all = graded([...slice, ...rest]);
  test.each([
    [sumsOf({ cases: 0 }), 'the slice has no cases'],
    [graded([0.9]), 'fewer than two cases on a side'],
    [{ ...graded(slice), weight: 7 }, 'sums are weighted: test the rows'],
  ])('%#', (sums, reason) => {
    expect(sliceTest('worse', 'graded', sums, all)).toMatchObject({ p: null, reason });
  });

  test('equal values on both sides', () => {
    const flat = graded([0.5, 0.5, 0.5, 0.2, 0.2]);
    expect(sliceTest('worse', 'graded', graded([0.5, 0.5, 0.5]), flat).reason).toBe('no value varies');
    expect(sliceP('regressed', 'graded', graded([0.5, 0.6], [0.5, 0.6]), flat)).toBeNaN();
  });

  test('a slice that is larger than all is a fault', () => {
    expect(() => sliceTest('worse', 'graded', all, graded(slice))).toThrow(RangeError);
  });
});

describe('a slice stands out', () => {
  const flips = (cases: number, broke: number, fixed: number) =>
    sumsOf({ cases, broke, fixed, change: broke - fixed, changeSquares: broke + fixed });

  test('only if it changed more than the rest, however surely it changed', () => {
    // The whole run lost 10 % and won back 3 %; so did the slice.
    const [slice, all] = [flips(500, 50, 15), flips(2000, 200, 60)];
    expect(sliceP('regressed', 'pass-fail', slice, all)).toBeLessThan(1e-5);
    expect(standOutP('regressed', 'pass-fail', slice, all)).toBeGreaterThan(0.4);
    const worse = flips(500, 110, 15);
    expect(standOutP('regressed', 'pass-fail', worse, flips(2000, 260, 60))).toBeLessThan(1e-5);
  });

  test('with the larger of both p-values; questions about the rest are their own', () => {
    const [slice, all] = [flips(100, 20, 4), flips(900, 60, 50)];
    const both = (['regressed', 'regressed-more'] as const).map((one) => sliceP(one, 'graded', slice, all));
    expect(standOutP('regressed', 'graded', slice, all)).toBe(Math.max(...both));
    const errors = [sumsOf({ cases: 10, error: 8 }), sumsOf({ cases: 30, error: 9 })] as const;
    expect(standOutP('worse', 'pass-fail', ...errors)).toBe(sliceP('worse', 'pass-fail', ...errors));
  });

  test('not where it is everything', () => {
    expect(standOutP('improved', 'pass-fail', flips(50, 0, 20), flips(50, 0, 20))).toBe(1);
  });
});

test('differences are to the rest or to the other run', () => {
  const all = sumsOf({ cases: 30, error: 9, change: 2, broke: 9 });
  const part = sumsOf({ cases: 10, error: 8, change: 3, broke: 8 });
  expect(sliceTest('worse', 'pass-fail', part, all).difference).toBeCloseTo(0.8 - 0.05, 14);
  expect(sliceTest('broke-more', 'pass-fail', part, all).difference).toBeCloseTo(0.8 - 0.05, 14);
  expect(sliceTest('regressed', 'pass-fail', part, all).difference).toBeCloseTo(0.3, 14);
  expect(sliceTest('improved', 'pass-fail', part, all).difference).toBeCloseTo(-0.3, 14);
  expect(complementSums(part, all)).toMatchObject({ cases: 20, error: 1, change: -1 });
});

test('the smallest reachable p-value is that of the worst outcome', () => {
  const all = sumsOf({ cases: 30, error: 9 });
  const few = sumsOf({ cases: 4, error: 1, broke: 2, fixed: 1 });
  const worst = sliceP('worse', 'pass-fail', sumsOf({ cases: 4, error: 4 }), all);
  expect(smallestSliceP('worse', 'pass-fail', few, all)).toBe(worst);
  const many = sumsOf({ cases: 20, error: 2 });
  expect(smallestSliceP('worse', 'pass-fail', many, all)).toBe(
    sliceP('worse', 'pass-fail', sumsOf({ cases: 20, error: 9 }), all),
  );
  expect(smallestSliceP('regressed', 'pass-fail', few, all)).toBe(0.125);
  expect(smallestSliceP('worse', 'graded', few, all)).toBe(0);
});

test('errors are pass-fail only if both runs are', () => {
  const error = Float64Array.of(0, 1, 1);
  expect(errorKind({ error, before: null })).toBe('pass-fail');
  expect(errorKind({ error, before: Float64Array.of(0, 0.5, 1) })).toBe('graded');
  expect(errorKind({ error: Float64Array.of(2, 1), before: null })).toBe('graded');
});
