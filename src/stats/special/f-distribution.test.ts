/** The F distribution, against scipy. */

import { expect, test } from 'vitest';
import { fSf } from './index.ts';

// scipy 1.17.1: stats.f.sf(4, 2, 10), stats.f.sf(300, 3, 200), stats.f.sf(0.2, 5.5, 7.25)
test.each([
  [4, 2, 10, 0.052922149401344654],
  [300, 3, 200, 9.434333163803588e-74],
  [0.2, 5.5, 7.25, 0.9603398599091343],
])('the tail above %d with %d and %d degrees of freedom', (f, df1, df2, expected) => {
  expect(Math.abs(fSf(f, df1, df2) / expected - 1)).toBeLessThan(1e-12);
});

test('the ends of the range', () => {
  expect(fSf(0, 2, 3)).toBe(1);
  expect(fSf(Number.POSITIVE_INFINITY, 2, 3)).toBe(0);
  expect(fSf(1, 0, 3)).toBeNaN();
});
