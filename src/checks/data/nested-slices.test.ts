import { expect, test } from 'vitest';
import { sameCounts } from './nested-slices.ts';

/** Slices as far as they are looked at here. */
function slice(grouping: string, n: number) {
  return { metric: { id: 'passRate' }, key: { grouping }, n, tally: { n } } as unknown as Parameters<
    typeof sameCounts
  >[0][number];
}

test('slices of different groupings with the same counts are grouped, empty ones and those of one grouping are not', () => {
  const [a, b] = [slice('a', 3), slice('b', 3)];
  expect(sameCounts([a, b, slice('a', 4), slice('a', 4), slice('a', 0), slice('b', 0)])).toEqual([[a, b]]);
});

test('100,000 slices of one case each are grouped in well under a second', () => {
  const slices = Array.from({ length: 100_000 }, () => slice('user', 1));
  const begun = performance.now();
  expect(sameCounts(slices)).toEqual([]);
  expect(performance.now() - begun).toBeLessThan(2_000);
});
