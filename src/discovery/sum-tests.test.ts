/** Tests from sums agree with tests of rows, and fall back to rows where sums lose the spread. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyTable } from './kernel/test-oracle.ts';
import type { RowTest } from './row-test.ts';
import { testRows, testSlice } from './row-tests.ts';
import { rowsOfSlice } from './rows.ts';
import { errorKind, type SliceQuestion } from './slice-tests.ts';
import { keepsSpread } from './sum-tests.ts';

const QUESTIONS: readonly SliceQuestion[] = [
  ...(['worse', 'regressed', 'improved', 'broke-more', 'regressed-more', 'improved-more'] as const),
];

/** Numbers of a test, rounded where the order of a sum may show. */
function numbersOf({ cases, units, rate, rest, difference, p, method, before }: RowTest) {
  const round = (value: number | null | undefined) =>
    value === null || value === undefined ? null : Number(value.toPrecision(6));
  const estimate = (of: typeof rate | null) => of && [of.estimate, of.lower, of.upper].map(round);
  const numbers = [rate, rest, difference].map(estimate);
  return { cases, units, numbers, p: round(p), method, before: round(before) };
}

describe('a slice tested by sums', () => {
  for (const style of ['binary', 'quarters'] as const) {
    test(`agrees with its rows: ${style} errors, against all others and within a parent`, () => {
      fc.assert(
        fc.property(anyTable(style), fc.nat({ max: 5 }), fc.boolean(), (table, at, isPair) => {
          const columns = table.columns.map((_, column) => column).slice(0, isPair ? 2 : 1);
          const items = columns.map((column) => ({ column, code: 1 }));
          const question = QUESTIONS[at]!;
          if (question !== 'worse' && table.before === null) return;
          const data = { table, cluster: null };
          const options = { question, kind: errorKind(table), level: 0.95, flips: 99, seed: 1 };
          for (const within of items.length > 1 ? [[], items.slice(1)] : [[]]) {
            const inside = rowsOfSlice(table, items);
            const side = rowsOfSlice(table, within).map((own, row) => (inside[row] === 1 ? 1 : 2 * own));
            const byRows = testRows(data, side, options);
            expect(numbersOf(testSlice(data, items, within, options))).toEqual(numbersOf(byRows));
          }
        }),
        { numRuns: 300 },
      );
    });
  }

  test('of values far from 0 is tested by rows', () => {
    const rows = 40;
    const error = Float64Array.from({ length: rows }, (_, row) => 1e9 + (row % 4) + (row < 20 ? 1 : 0));
    const columns = [
      { codes: Uint8Array.from({ length: rows }, (_, row) => (row < 20 ? 1 : 2)), cardinality: 2 },
    ];
    const table = { rows, columns, count: new Float64Array(rows).fill(1), weight: null, error, before: null };
    const options = { question: 'worse', kind: 'graded', level: 0.95, flips: 99, seed: 1 } as const;
    const near = { ...table, error: error.map((value) => value - 1e9) };
    const items = [{ column: 0, code: 1 }];
    const [far, same] = [table, near].map((own) =>
      testSlice({ table: own, cluster: null }, items, [], options),
    );
    expect(far!.difference.lower).toBeCloseTo(same!.difference.lower!, 5);
    const sums = { cases: 2, weight: 2, error: 2e9, errorSquares: 2e18, largestError: 1e9 };
    const none = { before: 0, change: 0, changeSquares: 0, broke: 0, fixed: 0 };
    expect(keepsSpread({ ...sums, ...none }, options)).toBe(false);
  });
});
