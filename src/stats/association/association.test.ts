/** Association and Shapley values, against scipy, the definition, and chance. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../random/index.ts';
import { cramersV, shapleyValues } from './index.ts';

describe("Cramer's V", () => {
  test('agrees with scipy and with the formula of Bergsma', () => {
    // scipy 1.17.1: chi2_contingency(t, correction=False), contingency.association(t, 'cramer'); numpy for Bergsma 2013
    const got = cramersV([
      [12, 30, 8],
      [25, 10, 15],
      [7, 9, 40],
      [3, 5, 6],
    ]);
    expect(got.chiSquare).toBeCloseTo(55.22749450587101, 11);
    expect(got.p! / 4.1701486448636975e-10).toBeCloseTo(1, 10);
    expect(got.v).toBeCloseTo(0.40303077719971814, 13);
    expect(got.corrected).toBeCloseTo(0.3826421965390739, 13);
    expect(got).toMatchObject({ n: 170, df: 6 });
  });

  test('does not count empty rows and columns', () => {
    expect(
      cramersV([
        [10, 0, 3],
        [0, 0, 0],
        [2, 0, 9],
      ]),
    ).toEqual(
      cramersV([
        [10, 3],
        [2, 9],
      ]),
    );
  });

  test('is near 0 for independent dimensions with many values, where the plain one is not', () => {
    const random = createRandom(1);
    let [plain, corrected] = [0, 0];
    for (let round = 0; round < 50; round++) {
      const table = Array.from({ length: 10 }, () => new Float64Array(10));
      for (let i = 0; i < 300; i++) table[random.nextBelow(10)]![random.nextBelow(10)]! += 1;
      const got = cramersV(table);
      plain += got.v! / 50;
      corrected += got.corrected! / 50;
    }
    expect(plain).toBeGreaterThan(0.15);
    expect(corrected).toBeLessThan(0.06);
  });

  test.each([
    [[]],
    [[[5, 4]]],
    [[[5], [4]]],
    [
      [
        [0, 0],
        [0, 0],
      ],
    ],
  ])('of one value is undefined: %o', (table) => {
    expect(cramersV(table as number[][])).toMatchObject({ v: null, corrected: null, p: null, df: 0 });
  });

  test('refuses what are no counts', () => {
    expect(() => cramersV([[1, 2], [1]])).toThrow('row 1 has 1 counts, not 2');
    expect(() => cramersV([[1, -2]])).toThrow('count 0, 1 is -2');
  });
});

describe('Shapley values', () => {
  test('are the mean contribution over all orders', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 8, maxLength: 8 }), (value) => {
        const orders = [
          [0, 1, 2],
          [0, 2, 1],
          [1, 0, 2],
          [1, 2, 0],
          [2, 0, 1],
          [2, 1, 0],
        ];
        const expected = [0, 0, 0];
        for (const order of orders) {
          let team = 0;
          for (const member of order) {
            expected[member]! += (value[team | (1 << member)]! - value[team]!) / 6;
            team |= 1 << member;
          }
        }
        shapleyValues(3, (team) => value[team]!).forEach((got, i) => {
          expect(got).toBeCloseTo(expected[i]!, 12);
        });
      }),
    );
  });

  test('sum to what all together add', () => {
    const value = (team: number) => Math.sqrt(team);
    expect(shapleyValues(6, value).reduce((sum, v) => sum + v, 0)).toBeCloseTo(Math.sqrt(63), 12);
    expect(shapleyValues(0, value)).toEqual([]);
    expect(() => shapleyValues(17, value)).toThrow('17 members');
  });
});
