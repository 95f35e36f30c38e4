/** Values that must stay equal: a real gap asks for review, chance does not, and closeness is proved or not claimed. */

import { describe, expect, test } from 'vitest';
import { createRandom } from '../stats/index.ts';
import { dimensionFromColumn, dimensionFromCounts } from './dimension-data.ts';
import { GAP_DEFAULTS, largestGap } from './largest-gap.ts';

const language = (...rows: readonly (readonly [string, number, number])[]) =>
  dimensionFromCounts(
    'language',
    true,
    rows.map(([label, passed, n]) => ({
      label,
      cells: [
        { value: 1, count: passed },
        { value: 0, count: n - passed },
      ],
    })),
    1,
    0,
  );
const options = { ...GAP_DEFAULTS, margin: 0.05 };

test('French far below the others asks for a review, with the pairs', () => {
  const got = largestGap(language(['en', 364, 400], ['fr', 150, 200], ['de', 182, 200]), options);
  expect(got).toMatchObject({ id: 'language', state: 'review', values: 3, pairs: 3, smallValues: 0 });
  expect(got.largest).toMatchObject({ high: 'en', low: 'fr', gap: { n: 600, method: 'simultaneous-pairs' } });
  expect(got.largest!.gap.estimate).toBeCloseTo(0.16, 14);
  expect(got.largest!.gap.lower).toBeGreaterThan(0.05);
  expect(got.breaches.map(({ low }) => low)).toEqual(['fr', 'fr']);
});

test('many cases that lie close are equal within the margin; few are undecided', () => {
  expect(largestGap(language(['en', 4500, 5000], ['fr', 4490, 5000]), options).state).toBe('equal');
  expect(largestGap(language(['en', 45, 50], ['fr', 44, 50]), options).state).toBe('undecided');
});

test('a gap below the margin asks for nothing, however sure', () => {
  const got = largestGap(language(['en', 9500, 10_000], ['fr', 9200, 10_000]), options);
  expect(got.largest!.gap.lower).toBeGreaterThan(0);
  expect(got).toMatchObject({ state: 'equal', breaches: [] });
});

describe('the critical value is that of Tukey', () => {
  // scipy 1.17.1: stats.studentized_range.ppf(.95, k, 1e6) / sqrt(2)
  test.each([
    [2, 1.9599639845400534],
    [4, 2.569031772546482],
    [8, 3.030878449614413],
  ])('for %d equal values', (k, expected) => {
    const rows = Array.from({ length: k }, (_, i) => [`v${i}`, 80, 100] as const);
    const got = largestGap(language(...rows), { ...options, draws: 40_000 });
    expect(Math.abs(got.critical! - expected)).toBeLessThan(0.04);
  });
});

describe('chance', () => {
  test('among ten equal values asks for a review about once in twenty tables', () => {
    const random = createRandom(5);
    let alarms = 0;
    for (let table = 0; table < 60; table++) {
      const rows = Array.from({ length: 10 }, (_, i) => {
        const passed = Array.from({ length: 60 }, () => (random.nextFloat() < 0.85 ? 1 : 0) as number);
        return [`v${i}`, passed.reduce((sum, x) => sum + x, 0), 60] as const;
      });
      if (largestGap(language(...rows), { ...options, margin: 0, draws: 1999 }).state === 'review')
        alarms += 1;
    }
    expect(alarms).toBeLessThanOrEqual(8);
  });

  test('of clustered cases does not look like a gap', () => {
    const random = createRandom(6);
    let alarms = 0;
    for (let table = 0; table < 40; table++) {
      const n = 600;
      const cluster = Int32Array.from({ length: n }, (_, row) => Math.floor(row / 6));
      const value = Float64Array.from({ length: 100 }, () => (random.nextFloat() < 0.7 ? 1 : 0));
      const code = Uint8Array.from({ length: 100 }, () => 1 + random.nextBelow(3));
      const data = dimensionFromColumn(
        { id: 'd', gated: false, labels: ['a', 'b', 'c'], codes: cluster.map((c) => code[c]!) },
        {
          values: Float64Array.from(cluster, (c) => value[c]!),
          counts: new Float64Array(n).fill(1),
          half: new Uint8Array(n),
          clusters: cluster,
        },
      );
      if (largestGap(data, { ...options, margin: 0, draws: 999 }).state === 'review') alarms += 1;
    }
    expect(alarms).toBeLessThanOrEqual(6);
  });
});

test('small values are counted, not compared', () => {
  const got = largestGap(language(['en', 90, 100], ['fr', 2, 12], ['de', 0, 0]), options);
  expect(got).toMatchObject({
    state: 'fewer than two values with enough cases',
    smallValues: 1,
    largest: null,
  });
});

test('values that never fail have width', () => {
  const { largest } = largestGap(language(['en', 30, 30], ['fr', 30, 30]), options);
  expect(largest!.gap.estimate).toBe(0);
  expect(largest!.gap.upper).toBeGreaterThan(0.05);
});

test('clusters that all agree count as one case each', () => {
  const cluster = Int32Array.from({ length: 120 }, (_, row) => Math.floor(row / 4));
  const data = dimensionFromColumn(
    { id: 'd', gated: false, labels: ['a', 'b'], codes: cluster.map((c) => 1 + (c % 2)) },
    {
      values: Float64Array.from(cluster, (c) => (c % 2 === 1 || c % 4 === 0 ? 1 : 0)),
      counts: new Float64Array(120).fill(1),
      half: new Uint8Array(120),
      clusters: cluster,
    },
  );
  const got = largestGap(data, options);
  expect(got).toMatchObject({ values: 2, largest: { high: 'b', low: 'a' } });
  expect(got.largest!.gap.upper! - got.largest!.gap.lower!).toBeGreaterThan(0.3);
});

test('a value whose graded cases all agree is compared, by the spread of all', () => {
  const labels = ['en', 'fr', 'de'];
  const scores = (label: number, i: number) => (label === 0 ? 1 : label === 1 ? 0.2 + 0.1 * (i % 5) : 0.9);
  const cases = labels.flatMap((_, label) =>
    Array.from({ length: 30 }, (_, i) => [label, scores(label, i)] as const),
  );
  const data = {
    ...{ id: 'language', gated: false, labels, clusters: null },
    values: Float64Array.from(cases, ([, value]) => value),
    groups: Int32Array.from(cases, ([label]) => label),
    counts: new Float64Array(cases.length).fill(1),
    half: new Uint8Array(cases.length),
  };
  const found = largestGap(data, { ...GAP_DEFAULTS, margin: 0.05 });
  expect(found).toMatchObject({
    state: 'review',
    values: 3,
    smallValues: 0,
    largest: { high: 'en', low: 'fr' },
  });
  expect(found.largest!.gap.upper! - found.largest!.gap.lower!).toBeGreaterThan(0.03);
});
