/** Heatmap and association matrix. */

import { describe, expect, test } from 'vitest';
import { associationMatrix, correctedCorrelationRatio } from './association-matrix.ts';
import { heatmap } from './heatmap.ts';
import { naiveSums } from './testing/naive-search.ts';
import { randomTable } from './testing/random-table.ts';

const table = {
  rows: 5,
  columns: [
    { codes: Uint8Array.of(1, 1, 2, 2, 0), cardinality: 2 },
    { codes: Uint8Array.of(1, 1, 1, 2, 2), cardinality: 2 },
  ],
  count: Float64Array.of(3, 1, 4, 2, 1),
  weight: null,
  error: Float64Array.of(0, 1, 0, 1, 1),
  before: null,
};

describe('the heatmap', () => {
  const { cells, cases, empty } = heatmap({ table, cluster: null }, 0, 1);

  test('counts every case once, rare values in a row of their own', () => {
    expect(cells.map((row) => row.map((cell) => cell.cases))).toEqual([
      [0, 0, 1],
      [0, 4, 0],
      [0, 4, 2],
    ]);
    expect({ cases, empty }).toEqual({ cases: 11, empty: 5 });
  });

  test('tells an empty cell from one without errors', () => {
    expect(cells[1]![2]!.rate).toBeNull();
    expect(cells[2]![1]!.rate).toMatchObject({ estimate: 0, n: 4, method: 'wilson' });
    expect(cells[1]![1]!.rate!.estimate).toBe(0.25);
  });

  test('shares out the errors', () => {
    expect(cells.flat().reduce((sum, cell) => sum + cell.errorShare!, 0)).toBeCloseTo(1, 14);
    const clean = heatmap({ table: { ...table, error: new Float64Array(5) }, cluster: null }, 0, 1);
    expect(clean.cells[1]![1]!.errorShare).toBeNull();
  });

  test('agrees with counting slices', () => {
    const input = randomTable({ rows: 500, columns: [3, 4], rate: 0.3, seed: 1 });
    const map = heatmap(input, 0, 1);
    const sums = naiveSums(input.table, [
      { column: 0, code: 2 },
      { column: 1, code: 3 },
    ]);
    expect(map.cells[2]![3]).toMatchObject({
      cases: sums.cases,
      rate: { estimate: sums.error / sums.cases },
    });
    expect(() => heatmap(input, 0, 2)).toThrow('no column 2');
  });
});

describe('the association matrix', () => {
  const input = randomTable({
    ...{ rows: 2000, columns: [3, 4, 2], rate: 0.1, seed: 2 },
    planted: { items: [{ column: 2, code: 1 }], rate: 0.5 },
  });
  const copy = input.table.columns[0]!;
  const wide = { ...input, table: { ...input.table, columns: [...input.table.columns, copy] } };
  const { pairs, withMetric } = associationMatrix(wide);

  test('finds the copy of a column and nothing between independent ones', () => {
    expect(pairs[0]![3]!.corrected).toBeCloseTo(1, 6);
    expect(pairs[3]![0]).toBe(pairs[0]![3]);
    expect(pairs[0]![0]).toBeNull();
    expect(pairs[0]![1]!.corrected).toBeLessThan(0.06);
  });

  test('finds the column that goes with the errors', () => {
    const ratios = withMetric.map((explained) => correctedCorrelationRatio(explained)!);
    expect(ratios[2]).toBeGreaterThan(0.4);
    expect(Math.max(ratios[0]!, ratios[1]!)).toBeLessThan(0.06);
    expect(withMetric[2]!.p).toBeLessThan(1e-20);
  });

  test('is undefined for a column of one value', () => {
    const flat = {
      rows: 5,
      columns: [{ codes: new Uint8Array(5).fill(1), cardinality: 1 }, table.columns[1]!],
    };
    const got = associationMatrix({ table: { ...table, ...flat }, cluster: null });
    expect(got.pairs[0]![1]).toMatchObject({ v: null, corrected: null });
    expect(correctedCorrelationRatio(got.withMetric[0]!)).toBeNull();
  });
});
