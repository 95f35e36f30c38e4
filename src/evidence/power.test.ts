/** Power of single slices: the reference values of the catalogue, and the two other routes by their definitions. */

import { describe, expect, test } from 'vitest';
import { proportionPower } from '../stats/index.ts';
import { casesToSee, type PowerBasis, powerToSee, smallestDropSeen } from './power.ts';

/** A 15-point drop: 18 % lost, 3 % gained. */
const flips: PowerBasis = { kind: 'flips', gains: 0.03 };

describe('paired pass or fail', () => {
  test.each([
    [47, 0.05, 0.65],
    [47, 0.0125, 0.42],
    [47, 0.00125, 0.12],
    [20, 0.05, 0.18],
  ])('%i pairs at alpha %d see a 15-point drop with power %d', (n, alpha, power) => {
    expect(powerToSee(flips, n, 0.15, alpha)).toBeCloseTo(power, 2);
  });

  test('about 60 pairs reach 80 % at .05 and about 90 at .0125', () => {
    expect(casesToSee(flips, 0.15, 0.05)).toBeGreaterThanOrEqual(58);
    expect(casesToSee(flips, 0.15, 0.05)).toBeLessThanOrEqual(64);
    expect(casesToSee(flips, 0.15, 0.0125)).toBeGreaterThanOrEqual(85);
    expect(casesToSee(flips, 0.15, 0.0125)).toBeLessThanOrEqual(95);
  });

  test('a 5-point drop (8 % lost, 3 % gained) needs about 300', () => {
    const cases = casesToSee(flips, 0.05, 0.05)!;
    expect(Math.abs(cases - 300)).toBeLessThan(25);
  });

  test('47 cases see 18.7 points', () => {
    expect(smallestDropSeen(flips, 47, 0.05)).toBeCloseTo(0.1869224, 6);
  });

  test('a drop for which there is no room is not seen, not even by chance', () => {
    expect(powerToSee({ kind: 'flips', gains: 0.3 }, 100, 0.5, 0.05)).toBeNull();
    expect(casesToSee({ kind: 'flips', gains: 0.3 }, 0.5, 0.05)).toBeNull();
  });
});

test.each<[string, PowerBasis]>([
  ['two samples', { kind: 'rates', rate: 0.85 }],
  ['numbers', { kind: 'spread', variance: 0.2 }],
])('of %s, the smallest drop and the needed cases agree with the power', (_, basis) => {
  const drop = smallestDropSeen(basis, 150, 0.01)!;
  expect(powerToSee(basis, 150, drop, 0.01)).toBeCloseTo(0.8, 6);
  expect(Math.abs(casesToSee(basis, drop, 0.01)! - 150)).toBeLessThanOrEqual(1);
});

test('two samples take the power of R power.prop.test', () => {
  expect(powerToSee({ kind: 'rates', rate: 0.85 }, 100, 0.14, 0.025)).toBe(
    proportionPower(100, { p1: 0.85, p2: 0.71, alpha: 0.05, sides: 'two-sided' }),
  );
});
