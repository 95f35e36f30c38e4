/** Shares of right answers and their differences, for rows that stand alone and rows in groups. */

import { describe, expect, test } from 'vitest';
import { accuracyOf, pairedLift } from './index.ts';

// 10 groups of 10 rows, right or wrong as a whole: six are right.
const rows = Array.from({ length: 100 }, (_, at) => Math.floor(at / 10));
const isRight = rows.map((group) => group < 6);
const never = rows.map(() => false);
const groups = rows.map((group) => `g${group}`);
const width = ({ lower, upper }: { lower: number | null; upper: number | null }) => upper! - lower!;

describe('rows in groups', () => {
  test('say as much as their groups: the interval is that of 10, not of 100', () => {
    const [alone, grouped] = [accuracyOf(isRight, 0.95), accuracyOf(isRight, 0.95, groups)];
    expect(grouped.estimate).toBe(alone.estimate);
    expect(grouped).toMatchObject({ n: 100, method: 'CR2 over 10 groups' });
    // Ten values of 0 and 1 with mean .6: t(9) = 2.2622 times sqrt(.24 / 9).
    expect(grouped.lower).toBeCloseTo(0.6 - 2.262157 * Math.sqrt(0.24 / 9), 5);
    expect(width(grouped)).toBeGreaterThan(3 * width(alone));
    expect(width(pairedLift(isRight, never, 0.95, groups))).toBeGreaterThan(
      3 * width(pairedLift(isRight, never, 0.95)),
    );
  });

  test('of one row each are rows', () => {
    const own = rows.map((_, at) => `g${at}`);
    expect(accuracyOf(isRight, 0.95, own)).toEqual(accuracyOf(isRight, 0.95));
    expect(pairedLift(isRight, never, 0.95, own)).toEqual(pairedLift(isRight, never, 0.95));
  });

  test('that do not differ keep the interval of rows, and rows without an answer count nowhere', () => {
    const all = rows.map((_, at) => (at < 50 ? true : null));
    expect(accuracyOf(all, 0.95, groups)).toMatchObject({ estimate: 1, n: 50, method: 'wilson' });
  });
});
