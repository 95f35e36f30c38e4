/** Shrinkage, against scipy, VGAM and the batting averages of 1970. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type GoldenCase, testGolden } from '../../../test/golden.ts';
import { betaPriorByLikelihood, betaPriorByMoments, jamesStein, pauleMandel, shrinkRate } from './index.ts';
import { minimise } from './nelder-mead.ts';

const slicesOf = ({ x, n }: { x: number[]; n: number[] }) => x.map((passed, i) => ({ passed, n: n[i]! }));

const methods: Record<string, (input: GoldenCase['input']) => unknown> = {
  beta_binomial_mle: (input) => {
    const slices = slicesOf(input);
    const prior = betaPriorByLikelihood(slices);
    const posterior = slices.map((slice) => shrinkRate(slice, prior, 0.9));
    return {
      mu: prior.mean,
      concentration: prior.concentration,
      alpha: prior.mean * prior.concentration!,
      beta: (1 - prior.mean) * prior.concentration!,
      logLik: prior.logLikelihood,
      posteriorMean: posterior.map((rate) => rate.estimate),
      lower90: posterior.map((rate) => rate.lower),
      upper90: posterior.map((rate) => rate.upper),
    };
  },
  beta_binomial_moments: (input) => {
    const prior = betaPriorByMoments(slicesOf(input));
    const shrunk = slicesOf(input).map((slice) => shrinkRate(slice, prior, 0.9).estimate);
    return { mu: prior.mean, rho: prior.correlation, concentration: prior.concentration, shrunk };
  },
  paule_mandel_shrink: (input) => {
    const { between, mean, shrunken } = pauleMandel(input.estimates, input.variances);
    return { tau2: between, mean, shrunk: shrunken };
  },
  james_stein_positive_part: (input) => {
    const { mean, factor, shrunken } = jamesStein(input.estimates, input.variance);
    return { mean, factor, shrunk: shrunken };
  },
};

testGolden('shrinkage', ({ input }) => methods[input.method]!(input));

test('a shrunken rate lies between the raw rate and the common one', () => {
  const slice = fc
    .integer({ min: 1, max: 40 })
    .chain((n) => fc.record({ n: fc.constant(n), passed: fc.integer({ min: 0, max: n }) }));
  fc.assert(
    fc.property(fc.array(slice, { minLength: 2, maxLength: 12 }), (slices) => {
      for (const prior of [betaPriorByMoments(slices), betaPriorByLikelihood(slices)]) {
        for (const one of slices) {
          const raw = one.passed / one.n;
          const { estimate, lower, upper } = shrinkRate(one, prior, 0.9);
          expect(estimate).toBeGreaterThanOrEqual(Math.min(raw, prior.mean) - 1e-9);
          expect(estimate).toBeLessThanOrEqual(Math.max(raw, prior.mean) + 1e-9);
          expect(lower).toBeLessThanOrEqual(upper);
        }
      }
    }),
    { numRuns: 40 },
  );
});

test('equal slices are pooled entirely, and the likelihood never falls below that of pooling', () => {
  const prior = betaPriorByLikelihood(Array.from({ length: 6 }, () => ({ passed: 40, n: 50 })));
  expect(prior).toMatchObject({ mean: 0.8, concentration: Number.POSITIVE_INFINITY, correlation: 0 });
});

test('the simplex finds the minimum of a curved valley', () => {
  const { point } = minimise(([x, y]) => (1 - x!) ** 2 + 100 * (y! - x! * x!) ** 2, [-1, 1], [0.5, 0.5]);
  expect(point[0]).toBeCloseTo(1, 6);
  expect(point[1]).toBeCloseTo(1, 6);
});

test('what cannot be shrunk is refused', () => {
  expect(() => betaPriorByMoments([{ passed: 3, n: 2 }])).toThrow('3 passes of 2 cases');
  expect(() => pauleMandel([1], [0])).toThrow('variances above 0');
  expect(() => jamesStein([], 1)).toThrow('0 estimates');
});
