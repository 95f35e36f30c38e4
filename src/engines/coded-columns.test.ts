/** What becomes of the values of a grouping in a coded table: literals, worked out by hand. */

import { describe, expect, test } from 'vitest';
import type { Grouping } from '../slices/index.ts';
import { codeGrouping } from './coded-columns.ts';
import { foldRows } from './fold-rows.ts';
import { groupingCodes } from './grouping-codes.ts';
import { rowHalves, textHalf } from './halves.ts';

const TAG: Grouping = { kind: 'column', id: 'g', column: 'tag' };

/** The codes of a column whose cells are these; null is missing. */
function coded(cells: readonly (string | readonly string[] | null)[], grouping: Grouping = TAG) {
  const names = [...new Set(cells.map((cell) => JSON.stringify(cell)))];
  const attributes = names.map((name) => {
    const cell = JSON.parse(name) as string | readonly string[] | null;
    return cell === null ? ({ state: 'missing' } as const) : ({ state: 'value', cell } as const);
  });
  const codes = Uint8Array.from(cells, (cell) => names.indexOf(JSON.stringify(cell)));
  return groupingCodes(grouping, ['tag'], [{ codes, attributes }], cells.length);
}

const ALL = { minCases: 1, maxValues: 100 };

describe('a column', () => {
  test('orders values by cases, then state, then text', async () => {
    const { columns } = await codeGrouping(coded(['b', 'a', null, 'c', 'c']), null, ALL);
    expect(columns).toEqual([
      {
        grouping: 'g',
        tag: null,
        values: [
          { state: 'value', value: 'c', cases: 2 },
          { state: 'value', value: 'a', cases: 1 },
          { state: 'value', value: 'b', cases: 1 },
          { state: 'missing', value: '', cases: 1 },
        ],
        codes: Uint8Array.of(3, 2, 4, 1, 1),
        rareValues: 0,
        rareCases: 0,
      },
    ]);
  });

  test('puts rare values and those beyond the limit under code 0', async () => {
    const source = coded(['a', 'a', 'a', 'b', 'b', 'c', null]);
    const rare = (await codeGrouping(source, null, { minCases: 2, maxValues: 100 })).columns[0]!;
    expect([rare.codes, rare.rareValues, rare.rareCases]).toEqual([Uint8Array.of(1, 1, 1, 2, 2, 0, 0), 2, 2]);
    const one = (await codeGrouping(source, null, { minCases: 1, maxValues: 1 })).columns[0]!;
    expect([one.codes, one.rareValues, one.rareCases]).toEqual([Uint8Array.of(1, 1, 1, 0, 0, 0, 0), 3, 4]);
  });

  test('counts only the cases of the table', async () => {
    const { columns } = await codeGrouping(coded(['a', 'b', 'b']), Int32Array.of(0, 2), ALL);
    expect(columns[0]).toMatchObject({ values: [{ cases: 1 }, { cases: 1 }], codes: Uint8Array.of(1, 2) });
  });

  test('takes two bytes from 256 values on', async () => {
    const names = Array.from({ length: 256 }, (_, i) => `v${i}`);
    const { columns } = await codeGrouping(coded(names), null, { minCases: 1, maxValues: 65_000 });
    expect(columns[0]!.codes).toBeInstanceOf(Uint16Array);
  });

  test('asks for no name of a rare value where numbers are slices', async () => {
    const asked: number[] = [];
    const source = {
      grouping: 'g',
      codes: Uint8Array.of(0, 0, 1, 2, 2, 2),
      size: 3,
      isDistinct: true,
      slicesOf: async (codes: readonly number[]) => {
        asked.push(...codes);
        return codes.map((code) => [{ grouping: 'g', state: 'value' as const, value: `v${code}` }]);
      },
    };
    const { columns } = await codeGrouping(source, null, { minCases: 2, maxValues: 1 });
    expect(asked).toEqual([2]);
    expect(columns[0]).toMatchObject({
      values: [{ value: 'v2', cases: 3 }],
      codes: Uint8Array.of(0, 0, 0, 1, 1, 1),
      rareValues: 2,
      rareCases: 3,
    });
  });
});

describe('lists', () => {
  test('give one column per tag, with yes, no and missing', async () => {
    const cells = [['a', 'b'], ['a'], [], null];
    const { columns, rareTags } = await codeGrouping(coded(cells), null, ALL);
    expect(
      columns.map(({ tag, values }) => [
        tag,
        ...values.map(({ state, value, cases }) => [state, value, cases]),
      ]),
    ).toEqual([
      ['a', ['value', 'yes', 2], ['value', 'no', 1], ['missing', '', 1]],
      ['b', ['value', 'no', 2], ['value', 'yes', 1], ['missing', '', 1]],
    ]);
    expect(columns.map(({ codes }) => codes)).toEqual([Uint8Array.of(1, 1, 2, 3), Uint8Array.of(2, 1, 1, 3)]);
    expect(rareTags).toBeNull();
  });

  test('say how many tags are too rare for a column', async () => {
    const { columns, rareTags } = await codeGrouping(
      coded([
        ['a', 'b'],
        ['a', 'c'],
        ['b', 'a'],
      ]),
      null,
      {
        minCases: 3,
        maxValues: 100,
      },
    );
    expect(columns.map(({ tag }) => tag)).toEqual(['a']);
    expect(rareTags).toEqual({ grouping: 'g', tags: 2, cases: 3 });
  });

  test('of one tag at most are a column of values', async () => {
    const { columns } = await codeGrouping(coded([['a'], ['b'], []]), null, ALL);
    expect(columns).toHaveLength(1);
    expect(columns[0]!.values.map(({ state }) => state)).toEqual(['value', 'value', 'untagged']);
  });
});

describe('equal rows', () => {
  const codes = (...own: number[]) => [{ codes: Uint8Array.from(own), size: 4 }];

  test('become one where that halves the rows, in the order in which they first occur', () => {
    expect(foldRows(5, { codes: codes(2, 1, 2, 2, 1), values: [] })).toEqual({
      first: Int32Array.of(0, 1),
      into: Int32Array.of(0, 1, 0, 0, 1),
    });
    expect(foldRows(4, { codes: codes(1, 1, 2, 3), values: [] })).toBeNull();
  });

  test('are told apart by their values, few or many', () => {
    const few = Float64Array.of(0, 1, 0, 1);
    expect(foldRows(4, { codes: codes(1, 1, 1, 1), values: [few] })!.into).toEqual(Int32Array.of(0, 1, 0, 1));
    const many = Float64Array.from({ length: 80 }, (_, i) => (i % 40) / 7);
    const found = foldRows(80, { codes: [], values: [many] })!;
    expect(found.first).toHaveLength(40);
    expect([...found.into]).toEqual(Array.from({ length: 80 }, (_, i) => i % 40));
  });

  test('are found in large tables as in small ones', () => {
    const rows = 200_000;
    const a = Uint16Array.from({ length: rows }, (_, i) => (i * 7) % 300);
    const b = Uint8Array.from({ length: rows }, (_, i) => (i * 13) % 11);
    const on = {
      codes: [
        { codes: a, size: 300 },
        { codes: b, size: 11 },
      ],
      values: [new Float64Array(rows).fill(Number.NaN)],
    };
    const { first, into } = foldRows(rows, on)!;
    expect(first).toHaveLength(3_300);
    const seen = new Map<number, number>();
    for (let row = 0; row < rows; row++) {
      const kind = a[row]! * 11 + b[row]!;
      if (!seen.has(kind)) seen.set(kind, seen.size);
      if (into[row] !== seen.get(kind)) throw new Error(`row ${row} is folded into ${into[row]}`);
    }
  });
});

describe('halves', () => {
  test('of texts are bits of their MD5', () => {
    // `printf 'split:7\x1fcase-1' | md5sum` begins with da, and the others with dd, 3d and d7.
    expect(['case-1', 'case-2', 'case-3', 'case-4'].map((text) => textHalf(7, text))).toEqual([0, 1, 1, 1]);
  });

  test('of rows are consecutive bits of one MD5 per 128 rows, whatever their order', () => {
    const rows = Array.from({ length: 300 }, (_, i) => i + 1);
    const halves = rowHalves(7, rows);
    // `printf 'split:7\x1frows 0' | md5sum` begins with 23 33.
    expect([...halves.subarray(0, 8)]).toEqual([1, 0, 0, 0, 1, 0, 0, 1]);
    expect(rowHalves(7, rows.toReversed())).toEqual(halves.toReversed());
    const ones = halves.reduce((sum, half) => sum + half, 0);
    expect(ones).toBeGreaterThan(110);
    expect(ones).toBeLessThan(190);
  });
});
