/** The interval for the next value: the catalogue's examples, and how often it holds the next value. */

import { describe, expect, it } from 'vitest';
import { createRandom } from '../random/index.ts';
import { predictionInterval } from './prediction.ts';

describe('predictionInterval', () => {
  it.each([
    { values: [2, 3, 19], mean: 8, lower: -39.4, upper: 55.4 },
    { values: [4, 5, 5], mean: 4.67, lower: 1.8, upper: 7.5 },
  ])('of $values is $lower to $upper', ({ values, mean, lower, upper }) => {
    const found = predictionInterval(values);
    expect(found.estimate).toBeCloseTo(mean, 1);
    expect(found.lower).toBeCloseTo(lower, 1);
    expect(found.upper).toBeCloseTo(upper, 1);
  });

  it('knows nothing of the next value from one or none', () => {
    expect(predictionInterval([4])).toMatchObject({ estimate: 4, lower: null, upper: null });
    expect(predictionInterval([])).toMatchObject({ estimate: null, lower: null });
  });

  it('of equal values has no width', () => {
    expect(predictionInterval([5, 5, 5])).toMatchObject({ estimate: 5, lower: 5, upper: 5 });
  });

  it('holds the next normal value in 95 % of draws, with 2, 3 and 8 values', () => {
    for (const count of [2, 3, 8]) {
      const random = createRandom(11, count);
      let held = 0;
      for (let draw = 0; draw < 4_000; draw++) {
        const values = Array.from({ length: count }, () => random.nextNormal());
        const { lower, upper } = predictionInterval(values);
        const next = random.nextNormal();
        if (lower! <= next && next <= upper!) held += 1;
      }
      // Four standard errors of a share of 4,000.
      expect(Math.abs(held / 4_000 - 0.95)).toBeLessThan(0.014);
    }
  });
});
