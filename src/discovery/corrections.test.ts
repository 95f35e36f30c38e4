/** Corrections in typed arrays, against the list versions and their promises. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  benjaminiHochberg,
  benjaminiYekutieli,
  bonferroni,
  createRandom,
  holm,
  tarone,
} from '../stats/index.ts';
import { correctByLevel, correctFamily, levelShares, testableFamily } from './corrections.ts';
import { numberList } from './p-value-list.ts';

const pValues = fc.array(
  fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.01, 0.5, 1)),
  {
    maxLength: 60,
  },
);

test.each([
  ['bonferroni', bonferroni],
  ['holm', holm],
  ['bh', benjaminiHochberg],
  ['by', benjaminiYekutieli],
] as const)('%s agrees with the correction of lists', (method, reference) => {
  fc.assert(
    fc.property(pValues, (p) => {
      const family = correctFamily(Float64Array.from(p), method, 0.05);
      const expected = reference(p);
      p.forEach((value, i) => {
        expect(family.adjust(value)).toBeCloseTo(expected[i]!, 12);
      });
      expect(family.significant).toBe(p.filter((value) => family.adjust(value)! <= 0.05).length);
    }),
  );
});

describe('a family', () => {
  test('does not count what could not be tested', () => {
    const family = correctFamily(Float64Array.of(0.01, Number.NaN, 0.04), 'bonferroni', 0.05);
    expect(family).toMatchObject({ tests: 2, significant: 1, cutoff: 0.01 });
    expect(family.adjust(Number.NaN)).toBeNull();
  });

  test('that is empty, or in which nothing passes, has no cutoff', () => {
    expect(correctFamily(new Float64Array(0), 'bh', 0.05)).toMatchObject({
      tests: 0,
      significant: 0,
      cutoff: null,
    });
    expect(correctFamily(Float64Array.of(0.9), 'bh', 0.05).cutoff).toBeNull();
  });

  test('refuses numbers that are no p-values, and p-values that are not its own', () => {
    expect(() => correctFamily(Float64Array.of(1.5), 'holm', 0.05)).toThrow('must be in [0, 1]');
    expect(() => correctFamily(Float64Array.of(0.5), 'holm', 0.05).adjust(0.4)).toThrow(
      'no p-value of this family',
    );
  });

  test('of a million p-values is corrected in about a second', () => {
    const random = createRandom(1);
    const list = numberList();
    for (let i = 0; i < 1_000_000; i++) list.push(random.nextFloat() ** (i % 1000 === 0 ? 12 : 1));
    const p = list.toArray();
    const family = correctFamily(p, 'bh', 0.05);
    expect(family.tests).toBe(1_000_000);
    expect(family.significant).toBeGreaterThan(100);
    expect(family.significant).toBe(p.filter((value) => value <= family.cutoff!).length);
  });
});

describe("Tarone's family", () => {
  test('is that of the list version', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 80 }), (flips) => {
        const smallest = flips.map((m) => 2 ** -m);
        const expected = tarone(smallest, 0.05);
        const got = testableFamily(Float64Array.from(smallest), 0.05);
        expect(got.factor).toBe(expected.k);
        expect(got.testable).toBe(expected.testable.filter(Boolean).length);
      }),
    );
  });

  test('keeps a find that Bonferroni loses among many slices that could never be significant', () => {
    const smallest = Float64Array.from({ length: 5000 }, (_, i) => (i < 3 ? 1e-6 : 0.02));
    expect(testableFamily(smallest, 0.05)).toEqual({ factor: 3, bound: 0.05 / 3, testable: 3, tests: 5000 });
  });

  test('of nothing tests nothing', () => {
    expect(testableFamily(new Float64Array(0), 0.05)).toEqual({
      factor: 1,
      bound: 0.05,
      testable: 0,
      tests: 0,
    });
  });
});

describe('alpha by level', () => {
  test('sums to 1, half to the single conditions', () => {
    expect(levelShares(1)).toEqual([1]);
    expect(levelShares(3)).toEqual([0.5, 0.25, 0.25]);
    expect(levelShares(4)).toEqual([0.5, 0.25, 0.125, 0.125]);
  });

  test('is spent level by level', () => {
    const [first, second] = correctByLevel(
      [Float64Array.of(0.02), Float64Array.of(0.02, 0.5)],
      'bonferroni',
      0.05,
    );
    expect(first).toMatchObject({ level: 1, share: 0.5, family: { alpha: 0.025, significant: 1 } });
    expect(second).toMatchObject({ level: 2, share: 0.5, family: { tests: 2, significant: 0 } });
  });
});
