import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newcombeUnpairedInterval } from '../stats/index.ts';
import { isSlide, unpairedChange } from './drift.ts';
import { rate } from './ledger.contract.ts';

describe('the change between two recorded rates', () => {
  test('is the published interval for 56 of 70 after 48 of 80', () => {
    const change = unpairedChange(rate(48, 80), rate(56, 70));
    expect(change.estimate).toBeCloseTo(0.2, 12);
    // Newcombe 1998, table II, method 10.
    expect(change.lower).toBeCloseTo(0.0524, 4);
    expect(change.upper).toBeCloseTo(0.3339, 4);
    expect(change).toMatchObject({ method: 'newcombe-hybrid', level: 0.95, n: 150 });
  });

  test("is Newcombe's hybrid for any two Wilson intervals", () => {
    const counts = fc
      .integer({ min: 1, max: 5000 })
      .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
    fc.assert(
      fc.property(counts, counts, ([a, m], [b, n]) => {
        const change = unpairedChange(rate(a, m), rate(b, n));
        const expected = newcombeUnpairedInterval({
          baselinePasses: a,
          baselineCases: m,
          candidatePasses: b,
          candidateCases: n,
        });
        expect(change.lower).toBeCloseTo(expected.lower!, 9);
        expect(change.upper).toBeCloseTo(expected.upper!, 9);
      }),
    );
  });

  test('takes any estimate with limits, and is null without them', () => {
    const latency = { estimate: 1.5, lower: 1.3, upper: 1.8, level: 0.95, method: 'bootstrap', n: 40 };
    const later = { ...latency, estimate: 2.5, lower: 2.1, upper: 3.2 };
    const change = unpairedChange(latency, later);
    expect(change).toMatchObject({ estimate: 1, level: 0.95, method: 'mover', n: 80 });
    expect(change.lower).toBeCloseTo(1 - Math.hypot(0.4, 0.3), 12);
    expect(change.upper).toBeCloseTo(1 + Math.hypot(0.7, 0.2), 12);
    expect(unpairedChange(latency, { ...later, lower: null })).toMatchObject({
      estimate: null,
      lower: null,
      reason: 'one of the two releases has no interval',
    });
  });

  test.each([
    [-0.09, -0.01, 'higher', true],
    [-0.09, 0, 'higher', false],
    [0.01, 0.09, 'higher', false],
    [0.01, 0.09, 'lower', true],
    [0, 0.09, 'lower', false],
    [null, null, 'higher', false],
  ] as const)('from %s to %s, where %s is better, a slide is %s', (lower, upper, direction, expected) => {
    expect(isSlide({ estimate: 0, lower, upper, level: 0.95, method: 'x', n: 1 }, direction)).toBe(expected);
  });
});
