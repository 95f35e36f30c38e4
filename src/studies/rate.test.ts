/** Simulated shares and the rule by which they are above a budget. */

import { expect, test } from 'vitest';
import { isAbove, simulatedRate } from './rate.ts';

test('a share carries its Wilson interval', () => {
  const rate = simulatedRate(24, 1000);
  expect(rate.rate).toBe(0.024);
  expect(rate.lower).toBeCloseTo(0.0162, 4);
  expect(rate.upper).toBeCloseTo(0.0355, 4);
});

test.each([
  [0, 1000, false],
  [50, 1000, false],
  [67, 1000, false],
  [68, 1000, true],
  [80, 1000, true],
  [3, 10, false],
  [4, 10, true],
])('%i of %i against a budget of .05: above is %s', (count, releases, above) => {
  expect(isAbove(simulatedRate(count, releases), 0.05)).toBe(above);
});
