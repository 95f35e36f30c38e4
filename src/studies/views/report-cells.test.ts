/** How values are spelled: narrow, aligned, never misleading. */

import { describe, expect, test } from 'vitest';
import type { Estimate } from '../../stats/index.ts';
import {
  bareShare,
  beforeAfter,
  changeRange,
  changeText,
  labelName,
  limitText,
  shareBar,
  shareText,
} from './report-cells.ts';

const of = (estimate: number | null, lower: number | null = null, upper: number | null = null): Estimate => ({
  ...{ estimate, lower, upper, level: 0.95, method: 'wilson', n: 10 },
});

test.each([
  [0.823, 2, '.82'],
  [1, 2, '1.0'],
  [0, 2, '.00'],
  [0.9996, 3, '1.00'],
  [0.9994, 3, '.999'],
] as const)('the limit %d with %d digits is %s, as wide as any other', (value, digits, text) => {
  expect(limitText(value, digits)).toBe(text);
  expect(text).toHaveLength(digits + 1);
});

describe('a share and its interval', () => {
  test.each([
    [of(0.8511, 0.7231, 0.9259), '0.851 .72-.93'],
    [of(1, 0.93, 1), '1.000 .93-1.0'],
    [of(0, 0, 0.09), '0.000 .00-.09'],
    [of(-0.02, -0.11, 0.07), '-0.020 -.11..+.07'],
    [of(null), '-'],
  ])('%j is %s', (estimate, text) => {
    expect(shareText(estimate, 2)).toBe(text);
  });

  test('without limits keeps the width of one that has them', () => {
    expect(shareText(of(1), 2)).toHaveLength(shareText(of(0.8511, 0.7231, 0.9259), 2).length);
  });
});

test('nothing reads as minus zero', () => {
  expect(bareShare(of(-0.0001))).toBe('0.000');
  expect(changeText(of(-0.0001))).toBe('0.000');
  expect(changeRange(of(0, -0.0001, 0.0001))).toBe('0..0');
});

test('a change has its sign, and its limits cannot be misread', () => {
  expect(changeText(of(0.0451))).toBe('+0.045');
  expect(changeRange(of(-0.1, -0.25, -0.01), 2)).toBe('-.25..-.01');
  expect(changeRange(of(-0.1, -0.25, 0.001), 2)).toBe('-.25..0');
  expect(changeRange(of(0.9, 0.8, 1), 2)).toBe('+.80..+1.00');
  expect(beforeAfter(of(0.9), of(null))).toBe('.90 > -');
});

describe('bars', () => {
  test.each([
    [of(0.5, 0.3, 0.7), '###++--...'],
    [of(1, 0.9, 1), '#########+'],
    [of(0, 0, 0.3), '---.......'],
    [of(0.4), '####......'],
    [of(null), ''],
  ])('%j is %s', (estimate, bar) => {
    expect(shareBar(estimate, 10, true)).toBe(bar);
  });

  test('are as wide in Unicode', () => {
    expect([...shareBar(of(0.5, 0.3, 0.7), 10, false)]).toHaveLength(10);
  });
});

test('a label of blanks can be seen', () => {
  expect([labelName('a b'), labelName('  '), labelName('')]).toEqual(['a b', '"  "', '""']);
});
