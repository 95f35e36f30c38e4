import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Multiplicity } from '../config/index.ts';
import { mcnemarTest } from '../evidence/loss-test.ts';
import { adjustFamily, type Hypothesis } from './adjust.ts';

const family = (...flips: [lost: number, gained: number][]): Hypothesis[] =>
  flips.map(([lost, gained]) => ({ test: mcnemarTest(lost, gained), joint: null }));

/** The article's five segments. */
const ARTICLE = family([7, 0], [6, 21], [8, 9], [5, 6], [28, 22]);

describe('a family of slices', () => {
  it.each<[Multiplicity, number, string]>([
    ['min-p', 0.0303, 'step-down discrete min-P'],
    ['holm', 0.0390625, 'Holm'],
    ['bh', 0.0390625, 'Benjamini-Hochberg'],
    // Times 1 + 1/2 + 1/3 + 1/4 + 1/5.
    ['by', (0.0390625 * 137) / 60, 'Benjamini-Yekutieli'],
    ['none', 0.0078125, 'none'],
    ['tarone', 0.0390625, 'Tarone (factor 5)'],
  ])('by %s gives 7 lost of 7 among five segments %d', (method, adjusted, name) => {
    const found = adjustFamily(ARTICLE, method, true, 0.05);
    expect(found.method).toBe(name);
    expect(found.values[0]?.pValue).toBeCloseTo(0.0078125, 14);
    expect(found.values[0]?.adjusted).toBeCloseTo(adjusted, 4);
    expect(found.values[0]?.holm).toBeCloseTo(0.0390625, 14);
  });

  it('by min-P steps down: .003, .054 and .21 for the three tails of T5', () => {
    const { values } = adjustFamily(family([20, 17], [9, 0], [5, 0], [3, 0]), 'min-p', true, 0.05);
    expect(values[1]?.adjusted).toBeCloseTo(0.003, 3);
    expect(values[2]?.adjusted).toBeCloseTo(0.054, 3);
    expect(values[3]?.adjusted).toBeCloseTo(0.21, 2);
  });

  it('pays nothing to min-P and Tarone for slices without flips', () => {
    const silent = Array.from({ length: 100 }, (): [number, number] => [0, 0]);
    const { values } = adjustFamily(family([7, 0], ...silent), 'min-p', true, 0.05);
    expect(values[0]?.adjusted).toBeCloseTo(0.0078125, 12);
    expect(adjustFamily(family([7, 0], ...silent), 'tarone', true, 0.05).values[0]?.adjusted).toBeCloseTo(
      0.0078125,
      12,
    );
    expect(adjustFamily(family([7, 0], ...silent), 'holm', true, 0.05).values[0]?.adjusted).toBeCloseTo(
      101 / 128,
      12,
    );
  });

  it('falls back to Holm where slices overlap and were not flipped together', () => {
    const found = adjustFamily(ARTICLE, 'min-p', false, 0.05);
    expect(found.method).toContain('Holm');
    expect(found.values[0]?.adjusted).toBeCloseTo(0.0390625, 14);
  });

  it('takes joint flips where every slice has them', () => {
    const joint = ARTICLE.map(({ test }, i) => ({
      test,
      joint: { pValue: 0.01 * (i + 1), adjusted: 0.02 * (i + 1) },
    }));
    const found = adjustFamily(joint, 'min-p', false, 0.05);
    expect(found.method).toBe('step-down min-P, joint sign flips');
    expect(found.values.map(({ pValue, adjusted }) => [pValue, adjusted])[1]).toEqual([0.02, 0.04]);
  });

  it('of nobody is nobody', () => {
    expect(adjustFamily([], 'min-p', true, 0.05).values).toEqual([]);
  });

  it('never adjusts below the raw p, keeps the order, and does not depend on the order of slices', () => {
    const flips = fc.array(fc.tuple(fc.nat(25), fc.nat(25)), { minLength: 1, maxLength: 12 });
    const method = fc.constantFrom<Multiplicity>('min-p', 'holm', 'tarone', 'bh', 'by');
    fc.assert(
      fc.property(flips, method, (some, how) => {
        const found = adjustFamily(family(...some), how, true, 0.05).values;
        const turned = adjustFamily(family(...some.toReversed()), how, true, 0.05).values.toReversed();
        found.forEach((one, i) => {
          expect(one.adjusted).toBeGreaterThanOrEqual((one.pValue ?? 0) * (1 - 1e-12));
          expect(one.adjusted).toBeLessThanOrEqual(1);
          expect(turned[i]?.adjusted).toBeCloseTo(one.adjusted ?? Number.NaN, 12);
        });
      }),
      { numRuns: 100 },
    );
  });
});
