/** Log odds with a Dirichlet prior, against the published formulas in numpy. */

import { describe, expect, test } from 'vitest';
import { logOddsDirichlet } from './index.ts';

test('agrees with the formulas of Monroe, Colaresi and Quinn', () => {
  // numpy: d = log((y1+a)/(n1+a0-y1-a)) - log((y2+a)/(n2+a0-y2-a)), a = 20 * pooled share, z = d / sqrt(1/(y1+a) + 1/(y2+a))
  const got = logOddsDirichlet([10, 5, 0, 30], [2, 13, 4, 40], 20);
  const d = [1.3987297545277773, -0.5646350388944612, -1.6798529155629156, -0.03674074867111221];
  const z = [2.4985570293480497, -1.3348328104215612, -1.3671909591242752, -0.1798902723185545];
  got.forEach((word, i) => {
    expect(word.logOddsRatio).toBeCloseTo(d[i]!, 13);
    expect(word.z).toBeCloseTo(z[i]!, 13);
  });
});

describe('the prior', () => {
  test('pulls every word to 0 as it grows', () => {
    const [weak] = logOddsDirichlet([10, 50], [2, 58], 1);
    const [strong] = logOddsDirichlet([10, 50], [2, 58], 10_000);
    expect(Math.abs(strong!.z)).toBeLessThan(Math.abs(weak!.z));
    expect(Math.abs(strong!.logOddsRatio)).toBeLessThan(0.02);
  });

  test('turned texts turn the sign', () => {
    const forth = logOddsDirichlet([10, 5, 1], [2, 13, 9], 5);
    const back = logOddsDirichlet([2, 13, 9], [10, 5, 1], 5);
    forth.forEach(({ z }, i) => {
      expect(z).toBeCloseTo(-back[i]!.z, 12);
    });
  });
});

test('words that nobody uses, and a lone word, say nothing', () => {
  expect(logOddsDirichlet([3, 0, 1], [1, 0, 3], 2)[1]).toEqual({ logOddsRatio: 0, z: 0 });
  expect(logOddsDirichlet([3], [9], 2)).toEqual([{ logOddsRatio: 0, z: 0 }]);
  expect(logOddsDirichlet([], [], 2)).toEqual([]);
});

test.each([
  [[1], [1, 2], 1, '1 and 2 words'],
  [[-1], [1], 1, 'count of word 0 is -1'],
  [[1], [Number.NaN], 1, 'count of word 0 is NaN'],
  [[1], [1], 0, 'strength is 0'],
])('refuses what are no counts: %o %o', (first, second, strength, message) => {
  expect(() => logOddsDirichlet(first, second, strength)).toThrow(message);
});
