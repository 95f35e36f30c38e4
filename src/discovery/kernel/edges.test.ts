/** Tables at the edge of what there is to find, and tables and options that are refused. */

import { describe, expect, test } from 'vitest';
import { collectSlices, searchSlices } from './index.ts';
import type { SearchOptions, SearchTable } from './types.ts';

const OPTIONS: SearchOptions = {
  ...{ mode: 'worst', order: 'sliceline', alpha: 0.95, maxLevel: 3, minCases: 1 },
  ...{ top: 5, mostTies: 100, threads: 1 },
};

function tableOf(columns: readonly (readonly number[])[], error: readonly number[]): SearchTable {
  return {
    rows: error.length,
    columns: columns.map((codes) => ({ codes: Uint8Array.from(codes), cardinality: Math.max(0, ...codes) })),
    count: new Float64Array(error.length).fill(1),
    weight: null,
    error: Float64Array.from(error),
    before: null,
  };
}

const nothing: readonly (readonly [string, SearchTable, Partial<SearchOptions>])[] = [
  ['no rows', tableOf([[], []], []), {}],
  ['no columns', tableOf([], [1, 0]), {}],
  ['all right', tableOf([[1, 1, 2]], [0, 0, 0]), {}],
  ['all wrong', tableOf([[1, 1, 2]], [1, 1, 1]), {}],
  ['one row', tableOf([[1], [1]], [1]), {}],
  ['one value', tableOf([[1, 1, 1]], [1, 0, 1]), {}],
  ['only rare values', tableOf([[0, 0, 0]], [1, 0, 1]), {}],
  ['more cases wanted than there are', tableOf([[1, 2, 1]], [1, 0, 1]), { minCases: 4 }],
  ['no slices wanted', tableOf([[1, 2, 1]], [1, 0, 1]), { top: 0 }],
];

describe('nothing is found', () => {
  test.each(nothing)('%s', async (_name, table, options) => {
    for (const order of ['sliceline', 'drop', 'support', 'drop-support'] as const) {
      const result = await searchSlices(table, { ...OPTIONS, ...options, order });
      expect(result.slices).toEqual([]);
      expect(result.all.cases).toBe(table.rows);
    }
  });
});

test('one column is enough for a slice', async () => {
  const { slices, levels } = await searchSlices(tableOf([[1, 2, 1, 2]], [1, 0, 1, 0]), {
    ...OPTIONS,
    order: 'drop',
  });
  expect(slices.map(({ items, score }) => [items, score])).toEqual([[[{ column: 0, code: 1 }], 0.5]]);
  expect(levels).toEqual([{ level: 1, counted: 2, pruned: 0 }]);
});

test('no rows have no slices to enumerate', async () => {
  const list = await collectSlices(tableOf([[], []], []), { maxLevel: 2, minCases: 1 });
  expect([list.size, list.all.cases, list.perLevel]).toEqual([0, 0, []]);
});

test('columns of many values are searched too', async () => {
  const rows = 3000;
  const order = Array.from({ length: rows }, (_, row) => row);
  const table: SearchTable = {
    ...tableOf(
      [],
      order.map((row) => (row === 17 ? 1 : 0)),
    ),
    columns: [7, 11, 13].map((step) => ({
      codes: Uint16Array.from(order, (row) => 1 + ((row * step) % rows)),
      cardinality: rows,
    })),
  };
  const { slices } = await searchSlices(table, { ...OPTIONS, order: 'drop', top: 7, mostTies: 0 });
  expect(slices.map(({ items, sums }) => [items.length, sums.cases])).toEqual([
    [1, 1],
    [2, 1],
    [3, 1],
    [2, 1],
    [1, 1],
    [2, 1],
    [1, 1],
  ]);
});

describe('refused', () => {
  const table = tableOf([[1, 2]], [1, 0]);
  test.each([
    [{ alpha: 0 }, 'alpha is 0'],
    [{ alpha: Number.NaN }, 'alpha is NaN'],
    [{ maxLevel: 0 }, 'maxLevel is 0'],
    [{ minCases: 0.5 }, 'minCases is 0.5'],
    [{ top: -1 }, 'top is -1'],
    [{ threads: 0 }, 'threads is 0'],
    [{ mode: 'regressed' as const }, 'needs the errors of a run before'],
  ])('options %o', async (options, message) => {
    await expect(searchSlices(table, { ...OPTIONS, ...options })).rejects.toThrow(message);
  });

  test.each([
    ['an error below 0', { ...table, error: Float64Array.of(1, -1) }, 'error of row 1 is -1'],
    [
      'an error that is no number',
      { ...table, error: Float64Array.of(Number.NaN, 1) },
      'error of row 0 is NaN',
    ],
    ['a row of no cases', { ...table, count: Float64Array.of(1, 0) }, 'count of row 1 is 0'],
    ['too few weights', { ...table, weight: Float64Array.of(1) }, 'weight has 1 entries, not 2'],
    [
      'too few codes',
      { ...table, columns: [{ codes: Uint8Array.of(1), cardinality: 1 }] },
      'column 0 has 1 codes',
    ],
    [
      'a code above the cardinality',
      { ...table, columns: [{ codes: Uint8Array.of(1, 3), cardinality: 2 }] },
      'column 0 has code 3, but its cardinality is 2',
    ],
  ])('%s', async (_name, bad, message) => {
    await expect(searchSlices(bad, OPTIONS)).rejects.toThrow(message);
  });
});
