/** When a fitted baseline is right, where several labels may be named. */

import { expect, test } from 'vitest';
import { isHit } from './other-baselines.ts';

const LABELS = ['a', 'b', 'c', 'd'];
const answer = (...chances: readonly number[]) => ({
  label: LABELS[chances.indexOf(Math.max(...chances))]!,
  probabilities: Float64Array.from(chances),
});

test.each([
  ['the likeliest of one', [0.6, 0.2, 0.1, 0.1], 'a', 1, true],
  ['the third of three', [0.4, 0.3, 0.2, 0.1], 'c', 3, true],
  ['the fourth of three', [0.4, 0.3, 0.2, 0.1], 'd', 3, false],
  ['one that had no chance because another is certain', [1, 0, 0, 0], 'd', 3, false],
  ['one of equal chances that comes late', [0.25, 0.25, 0.25, 0.25], 'd', 3, false],
  ['one of equal chances that comes early', [0.25, 0.25, 0.25, 0.25], 'c', 3, true],
  ['a label that was never learnt', [0.4, 0.3, 0.2, 0.1], 'z', 3, false],
] as const)('a true label is hit where it is among the likeliest: %s', (_, chances, truth, k, hit) => {
  expect(isHit(answer(...chances), LABELS, truth, k)).toBe(hit);
});
