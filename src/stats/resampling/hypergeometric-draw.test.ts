/** Draws without replacement, held to the distribution that they should have. */

import { expect, test } from 'vitest';
import { createRandom } from '../random/index.ts';
import { hypergeometricPmf } from '../special/index.ts';
import { hypergeometricDraw, multivariateHypergeometricDraw } from './hypergeometric-draw.ts';

test.each([
  [16, 10, 9],
  [7, 3, 2],
  [200, 20, 100],
  [60, 59, 30],
])('of %i items with %i marked, draws of %i have the hypergeometric frequencies', (total, marked, drawn) => {
  const random = createRandom(11);
  const draws = 20_000;
  const seen = new Map<number, number>();
  for (let i = 0; i < draws; i++) {
    const x = hypergeometricDraw(random, total, marked, drawn);
    seen.set(x, (seen.get(x) ?? 0) + 1);
  }
  for (let x = 0; x <= drawn; x++) {
    const p = hypergeometricPmf(x, total, marked, drawn);
    const error = Math.sqrt((p * (1 - p)) / draws);
    expect(Math.abs((seen.get(x) ?? 0) / draws - p)).toBeLessThanOrEqual(4.5 * error + 1e-9);
  }
});

test('a million items cost no more than their spread', () => {
  const x = hypergeometricDraw(createRandom(3), 2_000_000, 1_000_000, 1_000_000);
  expect(Math.abs(x - 500_000)).toBeLessThan(6 * 354);
});

test('cells share out exactly what is drawn, and none gives more than it has', () => {
  const random = createRandom(5);
  const sizes = [3, 0, 50, 7, 40];
  for (let i = 0; i < 200; i++) {
    const out = multivariateHypergeometricDraw(random, sizes, 61, new Float64Array(5));
    expect(out.reduce((sum, x) => sum + x, 0)).toBe(61);
    expect(out.every((x, cell) => x >= 0 && x <= sizes[cell]!)).toBe(true);
  }
});
