/** Explanations of a slice: identities that hold exactly, and planted causes that are named. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../stats/index.ts';
import { naiveSums } from '../testing/naive-search.ts';
import { randomTable } from '../testing/random-table.ts';
import { contrastWords, itemContributions, mixShift, nearestNeighbours } from './index.ts';

describe('item contributions', () => {
  const items = [
    { column: 0, code: 1 },
    { column: 1, code: 2 },
    { column: 2, code: 1 },
  ];
  const { table } = randomTable({
    ...{ rows: 4000, columns: [2, 3, 2], rate: 0.1, seed: 1 },
    planted: { items: [items[1]!], rate: 0.6 },
  });

  test.each(['worst', 'regressed', 'improved'] as const)('sum to the divergence: %s', (mode) => {
    const got = itemContributions(table, items, mode);
    const slice = naiveSums(table, items);
    const all = naiveSums(table, []);
    const mean = (sums: typeof slice) =>
      (mode === 'worst' ? sums.error : mode === 'regressed' ? sums.change : -sums.change) / sums.cases;
    expect(got.divergence).toBeCloseTo(mean(slice) - mean(all), 12);
    expect(got.items.reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(
      got.divergence,
      12,
    );
  });

  test('name the item that carries the error', () => {
    const { items: parts, divergence } = itemContributions(table, items, 'worst');
    expect(parts[1]!.contribution).toBeGreaterThan(0.8 * divergence);
    expect(Math.abs(parts[0]!.contribution)).toBeLessThan(0.05);
  });

  test('need cases and a second run where one is asked for', () => {
    expect(() =>
      itemContributions(
        table,
        [
          { column: 0, code: 1 },
          { column: 1, code: 3 },
          { column: 2, code: 2 },
        ],
        'worst',
      ),
    ).not.toThrow();
    const empty = {
      ...table,
      error: table.error,
      columns: [{ codes: new Uint8Array(table.rows).fill(2), cardinality: 2 }],
    };
    expect(() => itemContributions(empty, [{ column: 0, code: 1 }], 'worst')).toThrow('no cases');
    expect(() => itemContributions({ ...table, before: null }, items, 'regressed')).toThrow('a run before');
  });
});

describe('inside or mix', () => {
  const period = fc.record({ cases: fc.integer({ min: 0, max: 50 }), sum: fc.integer({ min: 0, max: 50 }) });
  const lawful = period.map(({ cases, sum }) => ({ cases, sum: Math.min(cases, sum) }));
  const values = fc.array(fc.record({ label: fc.string(), before: lawful, after: lawful }), { maxLength: 8 });

  test('the parts sum to the change of the total, whatever the shares', () => {
    fc.assert(
      fc.property(values, (table) => {
        const got = mixShift(table);
        if (got === null) return;
        const total = (of: 'before' | 'after') =>
          table.reduce((sum, value) => sum + value[of].sum, 0) /
          table.reduce((sum, value) => sum + value[of].cases, 0);
        expect(got.change).toBeCloseTo(total('after') - total('before'), 12);
        expect(got.inside + got.mix).toBeCloseTo(got.change, 12);
      }),
    );
  });

  test('equal shares leave everything inside', () => {
    const got = mixShift([
      { label: 'a', before: { cases: 40, sum: 30 }, after: { cases: 40, sum: 20 } },
      { label: 'b', before: { cases: 60, sum: 50 }, after: { cases: 60, sum: 55 } },
    ])!;
    expect(got.mix).toBeCloseTo(0, 14);
    expect(got.values.map(({ inside }) => Number(inside.toFixed(12)))).toEqual([-0.1, 0.05]);
  });

  test('equal rates leave everything to the mix: Simpson is seen', () => {
    const got = mixShift([
      { label: 'easy', before: { cases: 80, sum: 72 }, after: { cases: 20, sum: 18 } },
      { label: 'hard', before: { cases: 20, sum: 10 }, after: { cases: 80, sum: 40 } },
    ])!;
    expect(got.inside).toBeCloseTo(0, 14);
    expect(got.change).toBeCloseTo(-0.24, 12);
  });

  test('a value that only one period has is all mix', () => {
    const got = mixShift([
      { label: 'old', before: { cases: 50, sum: 40 }, after: { cases: 50, sum: 40 } },
      { label: 'new', before: { cases: 0, sum: 0 }, after: { cases: 50, sum: 10 } },
    ])!;
    expect(got.values[1]).toMatchObject({ rateBefore: null, rateAfter: 0.2, inside: 0 });
    expect(got.inside).toBe(0);
    expect(got.mix).toBeCloseTo(-0.3, 12);
  });

  test('a period without cases has no total', () => {
    expect(mixShift([{ label: 'a', before: { cases: 0, sum: 0 }, after: { cases: 5, sum: 1 } }])).toBeNull();
    expect(() =>
      mixShift([{ label: 'a', before: { cases: -1, sum: 0 }, after: { cases: 5, sum: 1 } }]),
    ).toThrow('a: -1 cases');
  });
});

describe('words of lost cases', () => {
  test('a planted word leads, and common words do not', () => {
    const random = createRandom(3);
    const lost = new Map<string, number>();
    const others = new Map<string, number>();
    const add = (counts: Map<string, number>, token: string) =>
      counts.set(token, (counts.get(token) ?? 0) + 1);
    for (let i = 0; i < 400; i++) {
      const counts = i < 60 ? lost : others;
      add(counts, 'the');
      for (let word = 0; word < 10; word++) add(counts, `w${random.nextBelow(200)}`);
      if (random.nextFloat() < (i < 60 ? 0.5 : 0.05)) add(counts, 'refund');
    }
    const { words, ranked } = contrastWords(lost, others);
    expect(words[0]).toMatchObject({ token: 'refund' });
    expect(words[0]!.z).toBeGreaterThan(words[1]!.z * 1.5);
    expect(words.findIndex(({ token }) => token === 'the')).toBe(-1);
    expect(words.length).toBeLessThanOrEqual(20);
    expect(ranked).toBeGreaterThan(150);
  });

  test('rare words are not ranked and equal words come in code point order', () => {
    const lost = new Map([
      ['b', 5],
      ['a', 5],
      ['rare', 2],
      ['c', 1],
    ]);
    const { words, ranked } = contrastWords(lost, new Map([['c', 30]]));
    expect(words.map(({ token }) => token)).toEqual(['a', 'b']);
    expect(ranked).toBe(3);
    expect(contrastWords(new Map(), new Map())).toEqual({ words: [], ranked: 0 });
  });
});

describe('nearest neighbours', () => {
  const vectors = { data: Float32Array.of(1, 0, 2, 0, 1, 1, 0, 1, -1, 0, 0, 0), width: 2 };

  test('by angle, equal ones by row, without the row itself', () => {
    const [nearest] = nearestNeighbours(vectors, [0], [5, 4, 3, 2, 1, 0], 3);
    expect(nearest!.map(({ row }) => row)).toEqual([1, 2, 3]);
    expect(nearest!.map(({ distance }) => Number(distance.toFixed(6)))).toEqual([0, 0.292893, 1]);
    expect(nearestNeighbours(vectors, [2], [1, 0], 1)[0]).toMatchObject([{ row: 0 }]);
  });

  test('none where nothing is asked for or a vector has no length', () => {
    expect(nearestNeighbours(vectors, [0, 5], [1], 0)).toEqual([[], []]);
    expect(nearestNeighbours(vectors, [5], [1], 3)).toEqual([[]]);
    expect(nearestNeighbours(vectors, [], [], 3)).toEqual([]);
  });

  test('refuses rows that do not exist', () => {
    expect(() => nearestNeighbours(vectors, [6], [1], 1)).toThrow('row 6 does not exist, there are 6');
    expect(() => nearestNeighbours({ data: new Float32Array(5), width: 2 }, [], [], 1)).toThrow('5 numbers');
  });
});
