/** The enumeration has every slice with support once, in order, with the sums that counting row by row gives. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { collectSlices, measureSlices, visitSlices } from './index.ts';
import { anyTable, nameOf, oracleAll, oracleSlices } from './test-oracle.ts';
import type { SearchTable, SliceItem, SliceList, SliceSums } from './types.ts';

const RUNS = 200;
const limits = fc.record({
  maxLevel: fc.integer({ min: 1, max: 6 }),
  minCases: fc.integer({ min: 1, max: 6 }),
});

const near = (sums: SliceSums) =>
  Object.fromEntries(Object.entries(sums).map(([field, value]) => [field, expect.closeTo(value, 9)]));

function sliceOf(list: SliceList, i: number): { items: readonly SliceItem[]; sums: SliceSums } {
  const from = i * list.stride;
  const items = Array.from({ length: list.level[i]! }, (_, item) => ({
    column: list.columns[from + item]!,
    code: list.codes[from + item]!,
  }));
  const sums = Object.entries(list.sums).map(([field, values]) => [field, values[i]!]);
  return { items, sums: Object.fromEntries(sums) as SliceSums };
}

/** Level, columns and codes, padded so that texts compare like numbers. */
const rankOf = (items: readonly SliceItem[]) =>
  [items.length, ...items.map(({ column }) => column), ...items.map(({ code }) => code)]
    .map((number) => String(number).padStart(5, '0'))
    .join(' ');

describe.each(['binary', 'quarters', 'real'] as const)('tables with %s errors', (style) => {
  test('visiting gives exactly the slices with support, in order', async () => {
    await fc.assert(
      fc.asyncProperty(anyTable(style), limits, async (table, options) => {
        const oracle = oracleSlices(table, options.maxLevel, options.minCases);
        const ranks: string[] = [];
        await visitSlices(table, options, (columns, codes, sums) => {
          const items = columns.map((column, i) => ({ column, code: codes[i]! }));
          ranks.push(rankOf(items));
          expect(sums).toEqual(near(oracle.get(nameOf(items))!.sums));
        });
        expect(ranks).toEqual(ranks.toSorted());
        expect(ranks.length).toBe(oracle.size);
      }),
      { numRuns: RUNS },
    );
  });

  test('collecting gives the same, by every method bit for bit', async () => {
    await fc.assert(
      fc.asyncProperty(anyTable(style, 80), limits, async (table, options) => {
        const list = await collectSlices(table, options);
        let next = 0;
        await visitSlices(table, options, (columns, codes, sums) => {
          const items = columns.map((column, i) => ({ column, code: codes[i]! }));
          expect(sliceOf(list, next++)).toEqual({ items, sums });
        });
        expect(list.size).toBe(next);
        expect(list.perLevel.reduce((sum, slices) => sum + slices, 0)).toBe(next);
        expect(list.all).toEqual(near(oracleAll(table)));
        for (const method of ['dense', 'gather', 'bits'] as const) {
          expect(await collectSlices(table, options, { method })).toEqual(list);
        }
      }),
      { numRuns: RUNS / 2 },
    );
  });

  test('measuring given slices gives their sums, of absent ones zeros', async () => {
    const anyItems = fc.array(
      fc.record({ column: fc.nat({ max: 5 }), code: fc.integer({ min: 1, max: 4 }) }),
    );
    fc.assert(
      fc.property(anyTable(style), fc.array(anyItems), (table, wanted) => {
        const slices = wanted.map((items) => onePerColumn(table, items));
        const oracle = oracleSlices(table, 6, 1);
        const sums = measureSlices(table, slices);
        slices.forEach((items, i) => {
          if (items.length === 0) expect(sums[i]).toEqual(near(oracleAll(table)));
          else if (oracle.has(nameOf(items))) expect(sums[i]).toEqual(near(oracle.get(nameOf(items))!.sums));
          else expect(Object.values(sums[i]!).every((value) => value === 0)).toBe(true);
        });
      }),
      { numRuns: RUNS },
    );
  });
});

function onePerColumn(table: SearchTable, items: readonly SliceItem[]): readonly SliceItem[] {
  const byColumn = new Map(items.map((item) => [item.column, item]));
  return [...byColumn.values()]
    .filter(({ column, code }) => code <= (table.columns[column]?.cardinality ?? 0))
    .sort((a, b) => a.column - b.column);
}

const TABLE: SearchTable = {
  rows: 4,
  columns: [
    { codes: Uint8Array.of(1, 1, 2, 2), cardinality: 2 },
    { codes: Uint8Array.of(1, 2, 1, 2), cardinality: 2 },
  ],
  count: Float64Array.of(1, 1, 1, 1),
  weight: null,
  error: Float64Array.of(0, 1, 0, 1),
  before: null,
};

test('more slices than the limit are refused, as many are not', async () => {
  const options = { maxLevel: 2, minCases: 1 };
  expect((await collectSlices(TABLE, { ...options, limit: 8 })).size).toBe(8);
  await expect(collectSlices(TABLE, { ...options, limit: 7 })).rejects.toThrow('more than 7 slices');
});

test.each([
  [{ column: 2, code: 1 }, 'there is no column 2'],
  [{ column: 1, code: 3 }, 'column 1 has no code 3'],
  [{ column: 0, code: 0 }, 'column 0 has no code 0'],
] as const)('measuring %o is refused', (item, message) => {
  expect(() => measureSlices(TABLE, [[item]])).toThrow(message);
});

test('measuring items out of order is refused', () => {
  const items = [
    { column: 1, code: 1 },
    { column: 0, code: 1 },
  ];
  expect(() => measureSlices(TABLE, [items])).toThrow('ordered by column');
});
