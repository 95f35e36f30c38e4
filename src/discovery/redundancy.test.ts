/** Redundancy: children that add nothing, and slices that are nearly the same. */

import { describe, expect, test } from 'vitest';
import { CONFIRM_DEFAULTS } from './confirm.ts';
import { beyondParents, foldSlices } from './redundancy.ts';
import { rowsOfSlice } from './rows.ts';
import { randomTable } from './testing/random-table.ts';

const single = [{ column: 0, code: 1 }];
const child = [...single, { column: 1, code: 2 }];
const other = [...single, { column: 2, code: 1 }];
const options = { ...CONFIRM_DEFAULTS, kind: 'pass-fail' } as const;

describe('a child is kept only if it is worse than what is left of each parent', () => {
  const input = randomTable({
    rows: 3000,
    columns: [3, 3, 2],
    rate: 0.1,
    planted: { items: child, rate: 0.6 },
    seed: 1,
  });

  test.each([
    ['test', { by: 'test', alpha: 0.05 }],
    ['margin', { by: 'margin', margin: 0.1 }],
  ] as const)('by %s', (_, rule) => {
    const kept = beyondParents(
      input,
      [single, child, other, [...child, { column: 2, code: 1 }]],
      options,
      rule,
    );
    expect(kept.map((slice) => slice.kept)).toEqual([true, true, false, false]);
    expect(kept[1]!.difference).toBeGreaterThan(0.4);
    expect(kept[3]!.weakestItem).toBe(2);
  });

  test('a child that is all of its parent adds nothing', () => {
    const { table, cluster } = input;
    const copy = { ...table, columns: [...table.columns, table.columns[0]!] };
    const [kept] = beyondParents({ table: copy, cluster }, [[...single, { column: 3, code: 1 }]], options, {
      by: 'test',
      alpha: 0.05,
    });
    expect(kept).toMatchObject({ kept: false, p: 1, difference: 0 });
  });
});

describe('overlapping slices', () => {
  const { table } = randomTable({ rows: 1000, columns: [2, 2, 3], rate: 0.2, seed: 2 });
  // Column 3 is column 0 with a tenth of the rows moved, so that their slices share most cases.
  const near = {
    cardinality: 2,
    codes: table.columns[0]!.codes.map((code, row) => (row % 10 === 0 ? 3 - code : code)),
  };
  const wide = { ...table, columns: [...table.columns, near] };
  const slices = [single, [{ column: 3, code: 1 }], [{ column: 1, code: 1 }], other];

  test('go under the first of them', () => {
    const groups = foldSlices({ table: wide }, slices, 0.5);
    expect(groups.map(({ representative }) => representative)).toEqual([0, 2, 3]);
    const [a, b] = [rowsOfSlice(wide, slices[0]!), rowsOfSlice(wide, slices[1]!)];
    const shared = a.filter((inside, row) => inside === 1 && b[row] === 1).length;
    const either = a.filter((inside, row) => inside === 1 || b[row] === 1).length;
    expect(groups[0]!.folded).toEqual([{ slice: 1, overlap: shared / either }]);
  });

  test('stay apart where only equal row sets are folded', () => {
    expect(foldSlices({ table: wide }, [...slices, single], 1)).toHaveLength(4);
  });

  test('overlap by weight where cases have weights', () => {
    const weight = Float64Array.from(wide.error, (_, row) => (row % 10 === 0 ? 20 : 1));
    expect(foldSlices({ table: { ...wide, weight } }, slices, 0.5)).toHaveLength(4);
  });

  test('need a share', () => {
    expect(() => foldSlices({ table }, [], 0)).toThrow('must be in (0, 1]');
    expect(foldSlices({ table }, [], 0.5)).toEqual([]);
  });
});
