/** The search finds what counting every slice finds, in every mode and order, by every method. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { searchSlices } from './index.ts';
import { anyOptions, anyTable, nameOf, oracleAll, oracleScore, oracleSlices } from './test-oracle.ts';
import type { FoundSlice, SearchOptions, SearchTable, SliceSums } from './types.ts';

const RUNS = 400;
const NEAR = 1e-9;

const withOptions = (table: SearchTable) =>
  anyOptions(table.before !== null).map((options) => ({ table, options }));

function expectNear(got: SliceSums, expected: SliceSums): void {
  for (const [field, value] of Object.entries(expected)) {
    const found = got[field as keyof SliceSums];
    expect(Math.abs(found - value), field).toBeLessThanOrEqual(NEAR * (1 + Math.abs(value)));
  }
}

function expectOrdered(slices: readonly FoundSlice[]): void {
  slices.slice(1).forEach((slice, i) => {
    const before = slices[i]!;
    const difference =
      before.score - slice.score || before.sums.cases - slice.sums.cases || compareItems(before, slice);
    expect(difference).toBeGreaterThan(0);
  });
}

/** Above 0 where the items of `a` come first. */
function compareItems(a: FoundSlice, b: FoundSlice): number {
  for (let i = 0; i < a.items.length && i < b.items.length; i++) {
    const difference = b.items[i]!.column - a.items[i]!.column || b.items[i]!.code - a.items[i]!.code;
    if (difference !== 0) return difference;
  }
  return b.items.length - a.items.length;
}

async function expectExact(table: SearchTable, options: SearchOptions): Promise<void> {
  const { slices, all } = await searchSlices(table, options);
  const oracle = oracleSlices(table, options.maxLevel, options.minCases);
  const score = oracleScore(table, options);
  expectNear(all, oracleAll(table));
  expectOrdered(slices);
  expect(slices.length).toBeLessThanOrEqual(options.top + options.mostTies);
  const found = new Map(slices.map((slice) => [nameOf(slice.items), slice]));
  expect(found.size).toBe(slices.length);
  for (const [name, slice] of found) {
    const expected = oracle.get(name)!;
    expectNear(slice.sums, expected.sums);
    expect(slice.score).toBeGreaterThan(0);
    expect(Math.abs(slice.score - score(expected.sums))).toBeLessThanOrEqual(NEAR * (1 + slice.score));
  }
  const last = slices.length < options.top ? 0 : slices[options.top - 1]!.score;
  const missed = [...oracle].filter(
    ([name, { sums }]) => !found.has(name) && score(sums) > last + NEAR * (1 + last),
  );
  expect(missed).toEqual([]);
  if (options.mostTies < 1000 || slices.length < options.top) return;
  const { sums } = slices[options.top - 1]!;
  const ties = [...oracle].filter(
    ([, other]) =>
      other.sums.cases === sums.cases &&
      other.sums.weight === sums.weight &&
      other.sums.error === sums.error &&
      other.sums.change === sums.change,
  );
  if (table.weight === null) expect(ties.filter(([name]) => !found.has(name))).toEqual([]);
}

describe.each(['binary', 'quarters', 'real'] as const)('tables with %s errors', (style) => {
  test('the best slices are those of counting all, with all ties', async () => {
    await fc.assert(
      fc.asyncProperty(anyTable(style).chain(withOptions), ({ table, options }) =>
        expectExact(table, options),
      ),
      { numRuns: RUNS },
    );
  });

  test('every method of counting gives the same result bit for bit', async () => {
    await fc.assert(
      fc.asyncProperty(anyTable(style, 80).chain(withOptions), async ({ table, options }) => {
        const cheapest = await searchSlices(table, options);
        for (const method of ['dense', 'gather', 'bits'] as const) {
          expect(await searchSlices(table, options, { method })).toEqual(cheapest);
        }
      }),
      { numRuns: RUNS / 2 },
    );
  });

  test('folding equal rows first changes no more than the rounding of sums', async () => {
    await fc.assert(
      fc.asyncProperty(anyTable(style).chain(withOptions), async ({ table, options }) => {
        const twice = repeatRows(table, 3);
        const [folded, unfolded] = await Promise.all(
          [true, false].map((fold) => searchSlices(twice, { ...options, mostTies: 0 }, { fold })),
        );
        expect(folded!.slices.map(({ score }) => score)).toEqual(
          unfolded!.slices.map(({ score }) => expect.closeTo(score, 9)),
        );
        expectNear(folded!.all, unfolded!.all);
      }),
      { numRuns: RUNS / 4 },
    );
  });
});

function repeatRows(table: SearchTable, times: number): SearchTable {
  const again = <Values extends Float64Array | Uint8Array | Uint16Array>(values: Values): Values => {
    const result = new (values.constructor as new (length: number) => Values)(values.length * times);
    for (let time = 0; time < times; time++) result.set(values as never, time * values.length);
    return result;
  };
  return {
    rows: table.rows * times,
    columns: table.columns.map(({ codes, cardinality }) => ({ codes: again(codes), cardinality })),
    count: again(table.count),
    weight: table.weight && again(table.weight),
    error: again(table.error),
    before: table.before && again(table.before),
  };
}
