import fc from 'fast-check';
import { expect, test } from 'vitest';
import { halfBinomial, halfBinomialSf } from './half-binomial.ts';
import { holm, mcnemarAttainable, minPDiscrete } from './index.ts';

test('under any dependence discrete p-values cost at least as much as when independent, and at most as much as Holm', () => {
  const flips = fc.record({ lost: fc.nat(30), gained: fc.nat(30) });
  fc.assert(
    fc.property(fc.array(flips, { minLength: 1, maxLength: 12 }), (slices) => {
      const attainable = mcnemarAttainable(
        slices.map(({ lost, gained }) => lost + gained),
        'exact',
      );
      const p = slices.map(({ lost, gained }) => halfBinomialSf(halfBinomial(lost + gained), lost));
      const hypotheses = p.map((value, i) => ({ p: value, attainable: attainable[i]! }));
      const independent = minPDiscrete(hypotheses);
      const any = minPDiscrete(hypotheses, 'any');
      const byHolm = holm(p);
      any.forEach((value, i) => {
        expect(value).toBeGreaterThanOrEqual(independent[i]! - 1e-12);
        expect(value).toBeLessThanOrEqual(byHolm[i]! + 1e-9);
      });
    }),
  );
});

test('two slices with six losses each: 2/64 under any dependence', () => {
  const [six] = mcnemarAttainable([6], 'exact');
  const pair = [1, 2].map(() => ({ p: 1 / 64, attainable: six! }));
  expect(minPDiscrete(pair, 'any')).toEqual([2 / 64, 2 / 64]);
});
