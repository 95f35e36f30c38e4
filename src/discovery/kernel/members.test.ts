/** Rows of slices and their overlap. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldRows, overlap, rowSet } from './index.ts';
import { anyTable, oracleAll, oracleSlices } from './test-oracle.ts';
import type { SearchTable } from './types.ts';

const codes = (...values: number[]) => ({ codes: Uint8Array.from(values), cardinality: 3 });

const rowsIn = (bits: Int32Array, rows: number) =>
  Array.from({ length: rows }, (_, row) => row).filter(
    (row) => ((bits[row >>> 5]! >>> (row & 31)) & 1) === 1,
  );

test('the set of a slice has the rows that have all items', () => {
  const table = { rows: 6, columns: [codes(1, 2, 1, 1, 0, 1), codes(3, 3, 3, 1, 3, 3)] };
  const items = [
    { column: 0, code: 1 },
    { column: 1, code: 3 },
  ];
  expect(rowsIn(rowSet(table, items), 6)).toEqual([0, 2, 5]);
  expect(rowsIn(rowSet(table, items.toReversed()), 6)).toEqual([0, 2, 5]);
  expect(rowsIn(rowSet(table, []), 6)).toEqual([0, 1, 2, 3, 4, 5]);
});

test('sets end with the last row, also where it ends a word', () => {
  for (const rows of [1, 31, 32, 33, 64, 70]) {
    const all = { rows, columns: [{ codes: new Uint8Array(rows).fill(2), cardinality: 2 }] };
    for (const items of [[], [{ column: 0, code: 2 }]]) {
      const bits = rowSet(all, items);
      expect(rowsIn(bits, 32 * bits.length)).toHaveLength(rows);
    }
  }
});

test('overlap is the share of common cases', () => {
  const rows = fc.uniqueArray(fc.nat({ max: 99 }));
  const counts = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 100, maxLength: 100 });
  fc.assert(
    fc.property(rows, rows, counts, (a, b, count) => {
      const casesOf = (chosen: readonly number[], cases: (row: number) => number) =>
        chosen.reduce((sum, row) => sum + cases(row), 0);
      const both = a.filter((row) => b.includes(row));
      const either = [...new Set([...a, ...b])];
      const sets = [a, b].map((chosen) => {
        const marks = Uint8Array.from({ length: 100 }, (_, row) => (chosen.includes(row) ? 1 : 0));
        return rowSet({ rows: 100, columns: [{ codes: marks, cardinality: 1 }] }, [{ column: 0, code: 1 }]);
      });
      const share = (cases: (row: number) => number) =>
        either.length === 0 ? 0 : casesOf(both, cases) / casesOf(either, cases);
      expect(overlap(sets[0]!, sets[1]!, null)).toBe(share(() => 1));
      expect(overlap(sets[0]!, sets[1]!, Float64Array.from(count))).toBe(share((row) => count[row]!));
    }),
  );
});

test('folding keeps every sum and leaves no two equal rows', () => {
  fc.assert(
    fc.property(anyTable('quarters', 30), (table) => {
      const folded = foldRows(repeat(table, 3));
      expect(folded.rows).toBeLessThanOrEqual(table.rows * 1.5);
      expect(oracleAll(folded).cases).toBe(3 * oracleAll(table).cases);
      const oracle = oracleSlices(table, 3, 1);
      for (const [name, { sums }] of oracleSlices(folded, 3, 1)) {
        expect(sums.cases).toBe(3 * oracle.get(name)!.sums.cases);
        expect(sums.error).toBeCloseTo(3 * oracle.get(name)!.sums.error, 9);
        expect(sums.changeSquares).toBeCloseTo(3 * oracle.get(name)!.sums.changeSquares, 9);
      }
      const keys = Array.from({ length: folded.rows }, (_, row) =>
        [
          ...folded.columns.map((column) => column.codes[row]),
          folded.error[row],
          folded.before?.[row],
        ].join(),
      );
      if (folded.rows < table.rows * 3) expect(new Set(keys).size).toBe(folded.rows);
    }),
  );
});

test('a large table without equal rows is left as it is, one with many is folded', () => {
  const rows = 50_000;
  const numbers = Array.from({ length: rows }, (_, row) => row);
  const of = (distinct: number): SearchTable => ({
    rows,
    columns: [{ codes: Uint16Array.from(numbers, (row) => 1 + (row % distinct)), cardinality: distinct }],
    count: new Float64Array(rows).fill(1),
    weight: null,
    error: Float64Array.from(numbers, (row) => (row % distinct) % 2),
    before: null,
  });
  const different = of(rows);
  expect(foldRows(different)).toBe(different);
  const folded = foldRows(of(10_000));
  expect(folded.rows).toBe(10_000);
  expect([folded.count[0], folded.count[9_999]]).toEqual([5, 5]);
});

function repeat(table: SearchTable, times: number): SearchTable {
  const rows = Array.from({ length: table.rows * times }, (_, row) => row % Math.max(1, table.rows));
  const pick = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!);
  return {
    rows: rows.length,
    columns: table.columns.map(({ codes, cardinality }) => ({
      codes: Uint16Array.from(rows, (row) => codes[row]!),
      cardinality,
    })),
    count: pick(table.count),
    weight: table.weight && pick(table.weight),
    error: pick(table.error),
    before: table.before && pick(table.before),
  };
}
