import fc from 'fast-check';
import { expect, it } from 'vitest';
import { tokenBuckets } from './token-bucket.ts';

it('a bucket begins full, is emptied, and fills at its rate', () => {
  const buckets = tokenBuckets({ burst: 2, perSecond: 0.5 });
  const takes = [0, 0, 0, 1000, 2000, 2001, 60_000, 60_000, 60_000].map((at) => buckets.take('a', at));
  expect(takes).toEqual([true, true, false, false, true, false, true, true, false]);
});

it('each client has a bucket of its own', () => {
  const buckets = tokenBuckets({ burst: 1, perSecond: 0 });
  expect([buckets.take('a', 0), buckets.take('b', 0), buckets.take('a', 0)]).toEqual([true, true, false]);
});

it('looking takes nothing, and a clock that goes back gives nothing', () => {
  const buckets = tokenBuckets({ burst: 1, perSecond: 1 });
  expect([buckets.has('a', 0), buckets.has('a', 0), buckets.take('a', 5000)]).toEqual([true, true, true]);
  expect([buckets.has('a', 0), buckets.take('a', 1000)]).toEqual([false, false]);
});

it('never lets through more than the burst and what has flowed in since', () => {
  const times = fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 200 });
  fc.assert(
    fc.property(times, fc.integer({ min: 1, max: 20 }), (gaps, burst) => {
      const buckets = tokenBuckets({ burst, perSecond: 2 });
      let now = 0;
      let passed = 0;
      for (const gap of gaps) {
        now += gap;
        if (buckets.take('a', now)) passed += 1;
      }
      expect(passed).toBeLessThanOrEqual(burst + (2 * now) / 1000 + 1e-6);
    }),
  );
});
