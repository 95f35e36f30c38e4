/** Quantiles of runs without common cases: their own difference, never that of the means. */

import { expect, test } from 'vitest';
import { DEFAULT_POLICY } from '../config/index.ts';
import type { Tally, ValueCount } from '../counts/index.ts';
import { unpairedDelta } from './delta-estimate.ts';
import { deltaPoint } from './point-estimate.ts';

const MEDIAN = { kind: 'quantile', column: 'ms', q: 0.5, direction: 'lower' } as const;

function apart(baselineValues: ValueCount[], candidateValues: ValueCount[]): Tally {
  return {
    ...{ cases: 0, compared: 0, onlyBaseline: 0, onlyCandidate: 0, edited: 0, unscored: 0, withErrors: 0 },
    ...{ pairs: [], baselineValues, candidateValues },
  };
}

const quick = Array.from({ length: 100 }, (_, i) => ({ value: i, cases: 1 }));

test('a few very slow cases move the mean and leave the median where it was', () => {
  const slow = [...quick.slice(0, 90), { value: 10_000, cases: 10 }];
  const delta = unpairedDelta(apart(quick, slow), MEDIAN, DEFAULT_POLICY);
  expect(delta).toMatchObject({ estimate: 0, method: 'order statistics of both runs', n: 100 });
  // Ranks 40 and 61 of 100 hold the median with 95 %: values 39 and 60, medians 49.5.
  expect(delta.lower).toBeCloseTo(-Math.hypot(49.5 - 39, 60 - 49.5), 10);
  expect(delta.upper).toBeCloseTo(Math.hypot(60 - 49.5, 49.5 - 39), 10);
  expect(deltaPoint(apart(quick, slow), MEDIAN, DEFAULT_POLICY, false).estimate).toBe(0);
});

test('a shift of every case shifts the median', () => {
  const shifted = quick.map(({ value, cases }) => ({ value: value + 7, cases }));
  expect(unpairedDelta(apart(quick, shifted), MEDIAN, DEFAULT_POLICY).estimate).toBe(7);
  expect(deltaPoint(apart(quick, shifted), MEDIAN, DEFAULT_POLICY, false).estimate).toBe(7);
});

test('fewer than 10 cases beyond the quantile of either run: no difference', () => {
  const few = quick.slice(0, 19);
  const delta = unpairedDelta(apart(quick, few), MEDIAN, DEFAULT_POLICY);
  expect(delta).toMatchObject({ estimate: null, lower: null, upper: null });
  expect(delta.reason).toContain('fewer than 10 cases');
});
