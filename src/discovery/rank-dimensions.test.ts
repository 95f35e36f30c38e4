/** the dimension along which a failure runs is proposed; random columns are not. */

import { describe, expect, test } from 'vitest';
import { createRandom } from '../stats/index.ts';
import { type DimensionData, dimensionFromColumn, dimensionFromCounts } from './dimension-data.ts';
import { RANK_DEFAULTS, rankDimensions } from './rank-dimensions.ts';

const passFail = (label: string, passed: number, n: number) => ({
  label,
  cells: [
    { value: 1, count: passed },
    { value: 0, count: n - passed },
  ],
});

/** Segments level between .86 and .88; 80 of 1,200 cases above 8k tokens pass at .60. */
const segments = [
  passFail('refund', 258, 300),
  passFail('invoice', 264, 300),
  passFail('contract', 261, 300),
  passFail('other', 261, 300),
];
const lengths = [passFail('to 2k', 446, 500), passFail('2k to 8k', 550, 620), passFail('above 8k', 48, 80)];
const rows = (seed: number) => [
  dimensionFromCounts('segment', true, segments, seed, 0),
  dimensionFromCounts('length', false, lengths, seed, 1),
  dimensionFromCounts('hour', false, [passFail('day', 521, 600), passFail('night', 523, 600)], seed, 2),
];

describe('the catch of A-4', () => {
  test('the length dimension is proposed, with its worst slice and its lead', () => {
    const ranking = rankDimensions(rows(1));
    expect(ranking.proposals).toEqual(['length']);
    expect(ranking.tested).toBe(2);
    const [length, ...others] = ranking.dimensions;
    expect(length).toMatchObject({ id: 'length', gated: false, values: 3, cases: 1200, reason: null });
    expect(length!.worst).toMatchObject({ label: 'above 8k', rate: { estimate: 0.6, n: 80 } });
    expect(length!.omegaSquared.estimate).toBeGreaterThan(0.03);
    expect(length!.lead).toMatchObject({ over: 'segment' });
    expect(length!.lead!.lower).toBeGreaterThan(0);
    expect(others.map(({ id, reason }) => [id, reason])).toContainEqual(['segment', 'gated already']);
  });

  test('is made for nearly every split into halves', () => {
    let proposed = 0;
    for (let seed = 0; seed < 50; seed++) proposed += rankDimensions(rows(seed)).proposals.length;
    expect(proposed).toBeGreaterThanOrEqual(48);
  });

  test('is not made where a gated dimension already explains it', () => {
    const gated = dimensionFromCounts('route', true, lengths, 1, 9);
    const ranking = rankDimensions([...rows(1), gated]);
    expect(ranking.proposals).toEqual([]);
    expect(ranking.dimensions.find(({ id }) => id === 'length')!.reason).toBe(
      'does not explain more than every gated dimension',
    );
  });

  test('is made against nothing where nothing is gated', () => {
    const ranking = rankDimensions(rows(1).slice(1));
    expect(ranking.proposals).toEqual(['length']);
    expect(ranking.dimensions[0]!.lead!.over).toBeNull();
  });
});

/** Random columns over one set of outcomes. */
function nullTable(seed: number, columns: number, clusterSize = 1): DimensionData[] {
  const random = createRandom(seed);
  const n = 600;
  const clusters =
    clusterSize > 1 ? Int32Array.from({ length: n }, (_, row) => Math.floor(row / clusterSize)) : null;
  const byUnit = Float64Array.from({ length: n }, () => (random.nextFloat() < 0.87 ? 1 : 0));
  const halfOf = Uint8Array.from({ length: n }, () => random.nextBelow(2));
  const unit = (row: number) => clusters?.[row] ?? row;
  const shared = {
    values: Float64Array.from({ length: n }, (_, row) => byUnit[unit(row)]!),
    counts: new Float64Array(n).fill(1),
    half: Uint8Array.from({ length: n }, (_, row) => halfOf[unit(row)]!),
    clusters,
  };
  return Array.from({ length: columns }, (_, c) => {
    const cardinality = 2 + random.nextBelow(7);
    const codeOf = Array.from({ length: n }, () => 1 + random.nextBelow(cardinality));
    const labels = Array.from({ length: cardinality }, (_, i) => `v${i}`);
    const codes = Array.from({ length: n }, (_, row) => codeOf[unit(row)]!);
    return dimensionFromColumn({ id: `c${c}`, gated: c < 2, labels, codes }, shared);
  });
}

describe('the quiet of A-4: random columns and no effect', () => {
  test.each([
    ['200 independent columns', 200, 1],
    ['100 columns of clustered cases', 100, 4],
  ])('%s', (_, columns, clusterSize) => {
    let alarms = 0;
    for (let seed = 0; seed < 20; seed++) {
      if (rankDimensions(nullTable(seed, columns, clusterSize)).proposals.length > 0) alarms += 1;
    }
    expect(alarms).toBeLessThanOrEqual(1);
  });
});

describe('what does not count is said', () => {
  test('values with few cases are left out and counted', () => {
    const few = dimensionFromCounts(
      'source',
      false,
      [...lengths, passFail('rare', 0, 7), passFail('none', 0, 0)],
      1,
      1,
    );
    const [ranked] = rankDimensions([few]).dimensions;
    expect(ranked).toMatchObject({ values: 3, cases: 1200, smallValues: 1, smallCases: 7 });
  });

  test('a dimension with one value explains nothing', () => {
    const one = dimensionFromCounts('only', false, [passFail('all', 9, 30)], 1, 0);
    const [ranked] = rankDimensions([one]).dimensions;
    expect(ranked).toMatchObject({ reason: 'fewer than two values with enough cases', p: null, lead: null });
    expect(ranked!.omegaSquared).toMatchObject({ estimate: null, lower: null });
  });

  test('no dimension gives an empty ranking', () => {
    expect(rankDimensions([])).toEqual({ dimensions: [], proposals: [], tested: 0 });
  });

  test('a count that is no count is refused', () => {
    expect(() => dimensionFromCounts('d', false, [passFail('a', 3.5, 7)], 1, 0)).toThrow('d a: count is 3.5');
  });
});

test('the split of counts is a split of cases: halves add up, and half of them falls to each', () => {
  const { counts, half, groups } = dimensionFromCounts('length', false, lengths, 5, 1);
  const sizes = [0, 0];
  const bySlice = [0, 0, 0];
  counts.forEach((count, i) => {
    sizes[half[i]!]! += count;
    bySlice[groups[i]!]! += count;
  });
  expect(bySlice).toEqual([500, 620, 80]);
  expect(Math.abs(sizes[0]! - 600)).toBeLessThan(70);
});

test('where larger is worse the slice with the largest mean is the worst', () => {
  const [ranked] = rankDimensions(rows(1).slice(1, 2), { ...RANK_DEFAULTS, larger: 'worse' }).dimensions;
  expect(ranked!.worst!.label).toBe('to 2k');
});

test('graded scores have an interval of their mean', () => {
  const random = createRandom(4);
  const cells = (shift: number) =>
    Array.from({ length: 60 }, () => ({ value: shift + random.nextFloat(), count: 1 }));
  const data = dimensionFromCounts(
    'kind',
    false,
    [
      { label: 'a', cells: cells(0) },
      { label: 'b', cells: cells(1) },
    ],
    1,
    0,
  );
  const [ranked] = rankDimensions([data]).dimensions;
  expect(ranked).toMatchObject({
    proposed: true,
    worst: { label: 'a', rate: { method: 'cluster-robust-t' } },
  });
});
