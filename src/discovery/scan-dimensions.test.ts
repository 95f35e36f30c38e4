/** B-13: one bad source among many dimensions is confirmed; null dimensions are not. */

import { describe, expect, test } from 'vitest';
import { createRandom, fisherP } from '../stats/index.ts';
import { type DimensionData, dimensionFromColumn } from './dimension-data.ts';
import { SCAN_DEFAULTS, scanDimensions } from './scan-dimensions.ts';

interface Plan {
  readonly seed: number;
  readonly dimensions: number;
  readonly cases: number;
  /** How many points the first 120 cases, source `forum` of dimension d0, are below the others. */
  readonly drop: number;
  readonly clusterSize?: number;
}

function randomDimensions({ seed, dimensions, cases, drop, clusterSize = 1 }: Plan): DimensionData[] {
  const random = createRandom(seed);
  const clusters =
    clusterSize > 1 ? Int32Array.from({ length: cases }, (_, i) => Math.floor(i / clusterSize)) : null;
  const unit = (i: number) => clusters?.[i] ?? i;
  const fails = (i: number) => {
    if (drop === 0) return random.nextFloat() < 0.14;
    // Exactly 14 % of the others, and of the source 14 points more: the data is that of the catch, the columns are drawn.
    return i < 120 ? i < Math.round(120 * (0.14 + drop)) : (i - 120) % 50 < 7;
  };
  const outcome = Float64Array.from({ length: cases }, (_, i) => (fails(i) ? 0 : 1));
  const rows = {
    values: Float64Array.from({ length: cases }, (_, i) => outcome[unit(i)]!),
    counts: new Float64Array(cases).fill(1),
    half: new Uint8Array(cases),
    clusters,
  };
  return Array.from({ length: dimensions }, (_, d) => {
    const cardinality = 2 + random.nextBelow(8);
    const drawn = Array.from({ length: cases }, () => 2 + random.nextBelow(cardinality));
    const codes = Array.from({ length: cases }, (_, i) => (d === 0 && i < 120 ? 1 : drawn[unit(i)]!));
    const labels = ['forum', ...Array.from({ length: cardinality }, (_, v) => `v${v}`)];
    return dimensionFromColumn({ id: `d${d}`, gated: false, labels, codes }, rows);
  });
}

const scan = (dimensions: readonly DimensionData[], options = SCAN_DEFAULTS) =>
  scanDimensions([{ metric: 'passed', larger: 'better', dimensions }], options);

describe('the catch of B-13: one source 14 points low (n = 120) among 30 dimensions', () => {
  test('is confirmed and named, with its numbers', () => {
    const dimensions = randomDimensions({ seed: 2, dimensions: 30, cases: 1500, drop: 0.14 });
    const got = scan(dimensions);
    const [forum] = got.confirmed;
    expect([forum!.dimension, forum!.label]).toEqual(['d0', 'forum']);
    const { values } = dimensions[0]!;
    const passed = values.slice(0, 120).reduce((sum, value) => sum + value, 0);
    const others = values.slice(120).reduce((sum, value) => sum + value, 0);
    expect(forum).toMatchObject({
      metric: 'passed',
      cases: 120,
      rate: { estimate: passed / 120 },
      rest: others / 1380,
    });
    expect(
      forum!.p! /
        fisherP(
          { candidatePasses: passed, candidateCases: 120, baselinePasses: others, baselineCases: 1380 },
          'less',
        ),
    ).toBeCloseTo(1, 9);
    expect(forum!.adjustedP).toBeCloseTo(forum!.p! * got.tested, 12);
    expect(got.tested).toBe(got.looked);
    expect(got.cells[0]).toHaveLength(30);
  });

  test('is confirmed whatever the other columns are', () => {
    let found = 0;
    for (let seed = 0; seed < 20; seed++) {
      const { confirmed } = scan(randomDimensions({ seed, dimensions: 30, cases: 1500, drop: 0.14 }));
      if (confirmed.some(({ label }) => label === 'forum')) found += 1;
    }
    expect(found).toBe(20);
  });
});

describe('the quiet of B-13: null dimensions', () => {
  test.each([
    ['200 of independent cases, Holm', 200, 1, 'holm'],
    ['200 of independent cases, Benjamini-Hochberg', 200, 1, 'bh'],
    ['25 of clustered cases', 25, 4, 'holm'],
  ] as const)('%s', (_, dimensions, clusterSize, correction) => {
    let alarms = 0;
    for (let seed = 0; seed < 20; seed++) {
      const data = randomDimensions({ seed: 100 + seed, dimensions, cases: 400, drop: 0, clusterSize }).slice(
        1,
      );
      if (scan(data, { ...SCAN_DEFAULTS, correction }).confirmed.length > 0) alarms += 1;
    }
    expect(alarms).toBeLessThanOrEqual(3);
  });
});

describe('several metrics', () => {
  const dimensions = randomDimensions({ seed: 1, dimensions: 3, cases: 1500, drop: 0.2 });
  const errors = dimensions.map((data) => ({ ...data, values: data.values.map((value) => 1 - value) }));

  test('share one family and read in their own direction', () => {
    const got = scanDimensions([
      { metric: 'passed', larger: 'better', dimensions },
      { metric: 'errors', larger: 'worse', dimensions: errors },
    ]);
    const [passed, failed] = got.confirmed;
    expect([passed!.metric, failed!.metric]).toEqual(['passed', 'errors']);
    expect(passed!.p).toBeCloseTo(failed!.p!, 18);
    expect(passed!.gap).toBeCloseTo(failed!.gap!, 12);
    expect(got.tested).toBe(2 * scan(dimensions).tested);
  });
});

describe('what is not tested is listed', () => {
  const rows = {
    values: Float64Array.of(1, 0, Number.NaN, 1, 0.5, 0),
    counts: Float64Array.of(30, 10, 500, 5, 5, 60),
    half: new Uint8Array(6),
    clusters: null,
  };

  test('small values, and cases without the metric', () => {
    const data = dimensionFromColumn(
      { id: 'd', gated: false, labels: ['a', 'b', 'c'], codes: [1, 1, 1, 2, 2, 0] },
      rows,
    );
    const { cells, looked, tested } = scan([data]);
    expect(cells[0]![0]!.slices.map(({ label, cases, state }) => [label, cases, state])).toEqual([
      ['a', 40, 'not confirmed'],
      ['b', 10, 'too few cases'],
      ['c', 0, 'too few cases'],
    ]);
    expect({ looked, tested }).toEqual({ looked: 2, tested: 1 });
    expect(cells[0]![0]!.slices[0]!.rest).toBeCloseTo(7.5 / 70, 12);
  });

  test('a value that all cases have', () => {
    const data = dimensionFromColumn(
      { id: 'd', gated: false, labels: ['a'], codes: [1, 1, 1, 1, 1, 1] },
      rows,
    );
    expect(scan([data]).cells[0]![0]!.slices[0]).toMatchObject({
      state: 'cannot be tested',
      p: null,
      rest: null,
      gap: null,
    });
    expect(scan([])).toMatchObject({ confirmed: [], looked: 0, tested: 0 });
  });
});
