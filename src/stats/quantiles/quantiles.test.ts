/** Quantiles and tail means, against R, Hmisc and numpy. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { testGolden } from '../../../test/golden.ts';
import { conditionalTailMean, harrellDavis, type QuantileType, quantile } from './index.ts';

testGolden('quantiles_cvar', ({ input }) => {
  if (input.method === 'cvar_lower') return { value: conditionalTailMean(input.x, input.alpha) };
  const estimate = (q: number) =>
    input.method === 'quantile' ? quantile(input.x, q, input.type) : harrellDavis(input.x, q);
  return { values: input.q.map(estimate) };
});

test('every type lies within the sample and grows with q', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 1, max: 9 }),
      fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
      (values, type, [a, b]) => {
        const low = quantile(values, Math.min(a, b), type as QuantileType)!;
        const high = quantile(values, Math.max(a, b), type as QuantileType)!;
        expect(low).toBeLessThanOrEqual(high + 1e-6);
        expect(low).toBeGreaterThanOrEqual(Math.min(...values) - 1e-6);
        expect(high).toBeLessThanOrEqual(Math.max(...values) + 1e-6);
      },
    ),
  );
});

test('an empty sample has none, and a share outside its range is refused', () => {
  expect([quantile([], 0.5), harrellDavis([], 0.5), conditionalTailMean([], 0.5)]).toEqual([
    null,
    null,
    null,
  ]);
  expect(() => quantile([1], 1.5)).toThrow('q is 1.5');
  expect(() => harrellDavis([1], 0)).toThrow('q is 0');
  expect(() => conditionalTailMean([1], 0)).toThrow('alpha is 0');
});
