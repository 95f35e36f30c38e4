/** Repeated trials, against exact fractions and R's analysis of variance. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { testGolden } from '../../../test/golden.ts';
import { flakiness, isFlaky, passAtK, passHatK, varianceComponents } from './index.ts';

testGolden('repeated_trials', ({ input }) => {
  if (input.method === 'pass_k') {
    return { passAtK: passAtK(input.n, input.c, input.k), passHatK: passHatK(input.n, input.c, input.k) };
  }
  const trials: number[][] = input.trials;
  const passed = trials.map((scores) => scores.reduce((sum, x) => sum + x, 0));
  const disagreement = trials.map((scores, i) => flakiness(passed[i]!, scores.length)!);
  return {
    ...varianceComponents(trials),
    flakyShare: trials.filter((scores, i) => isFlaky(passed[i]!, scores.length)).length / trials.length,
    meanDisagreement: disagreement.reduce((sum, x) => sum + x, 0) / trials.length,
  };
});

test('all trials pass at most as often as one of them, and more draws pull them apart', () => {
  const numbers = fc
    .integer({ min: 1, max: 60 })
    .chain((n) => fc.tuple(fc.constant(n), fc.integer({ min: 0, max: n }), fc.integer({ min: 1, max: n })));
  fc.assert(
    fc.property(numbers, ([n, c, k]) => {
      expect(passHatK(n, c, k)!).toBeLessThanOrEqual(passAtK(n, c, k)! + 1e-12);
      expect(passAtK(n, c, 1)).toBeCloseTo(c / n, 12);
      if (k > 1) expect(passAtK(n, c, k)!).toBeGreaterThanOrEqual(passAtK(n, c, k - 1)! - 1e-12);
    }),
  );
});

test('too few trials or cases have no number', () => {
  expect(flakiness(1, 1)).toBeNull();
  expect(varianceComponents([])).toMatchObject({ mean: null, icc1: null });
  expect(varianceComponents([[1], [0]])).toMatchObject({ mean: 0.5, msWithin: null, icc1: null });
  expect(
    varianceComponents([
      [1, 1],
      [1, 1],
    ]).icc1,
  ).toBeNull();
  expect(() => passAtK(3, 4, 1)).toThrow('4 of 3 trials');
  expect(() => flakiness(4, 3)).toThrow('4 of 3 trials');
});
