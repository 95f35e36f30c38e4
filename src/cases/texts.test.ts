import { describe, expect, it } from 'vitest';
import { parseDecimal } from './decimal.ts';
import { foundText, foundTexts } from './found-text.ts';

describe('a decimal number', () => {
  it.each<[string, number | null]>([
    ['1.50', 1.5],
    ['-0', -0],
    ['+7', 7],
    ['.5', 0.5],
    ['5.', 5],
    ['1e-3', 0.001],
    ['007', 7],
    ['', null],
    [' 1', null],
    ['.', null],
    ['0x10', null],
    ['1_000', null],
    ['1,5', null],
    ['NaN', null],
    ['Infinity', null],
    ['1e999', null],
    ['١', null],
  ])('is read from %j as %d', (text, value) => {
    expect(parseDecimal(text)).toBe(value);
  });
});

describe('a text in a message', () => {
  it.each([
    ['a "b"\n', '"a \\"b\\"\\n"'],
    ['\u001b[31mred', '"\\u001b[31mred"'],
    ['\u009b31m', '"\\u009b31m"'],
    ['\u202egnp', '"\\u202egnp"'],
    ['x'.repeat(61), `"${'x'.repeat(59)}…"`],
    ['😀'.repeat(60), `"${'😀'.repeat(60)}"`],
  ])('cannot do harm: %j', (text, shown) => {
    expect(foundText(text)).toBe(shown);
  });

  it('stands in a list that is cut after some', () => {
    expect(foundTexts(['a', 'b', 'c'], 2)).toBe('"a", "b" and 1 more');
  });
});
