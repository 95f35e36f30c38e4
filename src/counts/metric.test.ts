import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SideOutcome } from './cell.ts';
import type { OutcomeMeasure } from './metric.ts';
import { boundsOf, caseValue, directionOf, hasError, isOutcomeMeasure, isRate } from './metric.ts';

const side = (passed: number, failed: number, errors = 0, unscored = 0): SideOutcome => ({
  passed,
  failed,
  errors,
  unscored,
});
const RATE: OutcomeMeasure = { kind: 'passRate' };
const OUTCOMES: readonly OutcomeMeasure[] = [
  RATE,
  { kind: 'errorRate' },
  { kind: 'passAtK', k: 3 },
  { kind: 'passHatK', k: 3 },
  { kind: 'flakiness' },
];

describe('the value of a case', () => {
  it.each<[string, OutcomeMeasure, SideOutcome, number | null, number | null]>([
    // measure, trials, value with errors as failures, value without errors
    ['one pass', RATE, side(1, 0), 1, 1],
    ['two of three', RATE, side(2, 1), 2 / 3, 2 / 3],
    ['one success and nine errors', RATE, side(1, 0, 9), 0.1, 1],
    ['errors alone', RATE, side(0, 0, 4), 0, null],
    ['unscored alone', RATE, side(0, 0, 0, 4), null, null],
    ['unscored beside a pass', RATE, side(1, 0, 0, 4), 1, 1],
    ['error rate of all rows', { kind: 'errorRate' }, side(1, 1, 1, 1), 0.25, 0.25],
    ['error rate without rows', { kind: 'errorRate' }, side(0, 0), null, null],
    // Chen et al. 2021: 1 - C(n-c, k) / C(n, k).
    ['pass@1', { kind: 'passAtK', k: 1 }, side(3, 7), 0.3, 0.3],
    ['pass@3 of 3 in 10', { kind: 'passAtK', k: 3 }, side(3, 7), 1 - 35 / 120, 1 - 35 / 120],
    ['pass@3 of 8 in 10', { kind: 'passAtK', k: 3 }, side(8, 2), 1, 1],
    ['pass@3 of two trials', { kind: 'passAtK', k: 3 }, side(1, 1), null, null],
    ['pass@2 with an error', { kind: 'passAtK', k: 2 }, side(1, 1, 1), 1 - 1 / 3, 1],
    // Yao et al. 2024: C(c, k) / C(n, k).
    ['pass^3 of 8 in 10', { kind: 'passHatK', k: 3 }, side(8, 2), 56 / 120, 56 / 120],
    ['pass^3 of 2 in 10', { kind: 'passHatK', k: 3 }, side(2, 8), 0, 0],
    ['flakiness of 1 in 2', { kind: 'flakiness' }, side(1, 1), 1, 1],
    ['flakiness of 2 in 4', { kind: 'flakiness' }, side(2, 2), 2 / 3, 2 / 3],
    ['flakiness of one trial', { kind: 'flakiness' }, side(1, 0), null, null],
  ])('%s', (_name, measure, trials, withErrors, without) => {
    for (const [errors, value] of [
      ['fail', withErrors],
      ['exclude', without],
    ] as const) {
      const found = caseValue(measure, trials, errors);
      if (value === null || found === null) expect(found).toBe(value);
      else expect(found).toBeCloseTo(value, 14);
    }
  });

  it('lies in [0, 1], and is 1 or 0 for a single scored trial', () => {
    const trials = fc.record({
      passed: fc.nat(20),
      failed: fc.nat(20),
      errors: fc.nat(20),
      unscored: fc.nat(20),
    });
    fc.assert(
      fc.property(
        trials,
        fc.constantFrom(...OUTCOMES),
        fc.constantFrom('fail', 'exclude'),
        (one, measure, errors) => {
          const value = caseValue(measure, one, errors);
          if (value !== null) {
            expect(value).toBeGreaterThanOrEqual(0);
            expect(value).toBeLessThanOrEqual(1);
          }
        },
      ),
      { numRuns: 200 },
    );
    expect(caseValue(RATE, side(1, 0), 'fail')).toBe(1);
    expect(caseValue(RATE, side(0, 1), 'fail')).toBe(0);
  });

  it('of pass@k is at least that of the pass rate, and of pass^k at most', () => {
    fc.assert(
      fc.property(fc.nat(10), fc.nat(10), fc.integer({ min: 1, max: 5 }), (passed, failed, k) => {
        const any = caseValue({ kind: 'passAtK', k }, side(passed, failed), 'fail');
        const every = caseValue({ kind: 'passHatK', k }, side(passed, failed), 'fail');
        if (any === null || every === null) return;
        const rate = passed / (passed + failed);
        expect(any).toBeGreaterThanOrEqual(rate - 1e-12);
        expect(every).toBeLessThanOrEqual(rate + 1e-12);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a measure', () => {
  const mean = { kind: 'mean', column: 'x', direction: 'lower', bounds: null } as const;
  const p95 = { kind: 'quantile', column: 'x', q: 0.95, direction: 'lower' } as const;

  it.each([
    [RATE, 'higher', [0, 1], true],
    [{ kind: 'errorRate' } as const, 'lower', [0, 1], true],
    [{ kind: 'flakiness' } as const, 'lower', [0, 1], true],
    [{ kind: 'passHatK', k: 2 } as const, 'higher', [0, 1], true],
    [mean, 'lower', null, false],
    [{ ...mean, direction: 'higher', bounds: [1, 5] } as const, 'higher', [1, 5], false],
    [p95, 'lower', null, false],
  ])('%j has its direction, its bounds and its kind', (measure, direction, bounds, rate) => {
    expect(directionOf(measure)).toBe(direction);
    expect(boundsOf(measure)).toEqual(bounds);
    expect(isRate(measure)).toBe(rate);
    expect(isOutcomeMeasure(measure)).toBe(rate);
  });

  it('sees an error on either side', () => {
    const cell = { edited: false, cases: 1 };
    expect(hasError({ ...cell, baseline: side(1, 0), candidate: side(1, 0) })).toBe(false);
    expect(hasError({ ...cell, baseline: side(1, 0, 1), candidate: null })).toBe(true);
    expect(hasError({ ...cell, baseline: null, candidate: side(0, 0, 1) })).toBe(true);
  });
});
