import { describe, expect, test } from 'vitest';
import type { Cell } from '../cases/index.ts';
import { canonicalCell, cellText, hashedText, isHashedText } from './cell.ts';

describe('canonical cells', () => {
  test.each<[Cell, boolean, Cell]>([
    [null, true, null],
    ['a', false, 'a'],
    ['a', true, ['a']],
    [['b', 'a', 'b'], true, ['a', 'b']],
    [[], true, []],
    [['\u{1F600}', '\uFF5E'], true, ['\uFF5E', '\u{1F600}']],
    ['a\uD800', false, 'a\uFFFD'],
  ])('%j in a list column (%j) is %j', (cell, listColumn, wanted) => {
    expect(canonicalCell(cell, listColumn)).toEqual(wanted);
  });

  test.each<[Cell, string | null]>([
    [null, null],
    ['a', 'a'],
    [['a'], 'a'],
    [[], '[]'],
    [['a', 'b'], '["a","b"]'],
    [['"', '\\', '\n\r\t'], '["\\"","\\\\","\\n\\r\\t"]'],
  ])('%j reads as %j', (cell, wanted) => {
    expect(cellText(cell)).toBe(wanted);
  });
});

describe('hashed texts', () => {
  const empty = 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

  test('a text is replaced by its SHA-256, a hash by nothing', () => {
    expect(hashedText('')).toBe(empty);
    expect(hashedText(empty)).toBe(empty);
  });

  test.each([
    [empty, true],
    [empty.toUpperCase(), false],
    [`${empty}0`, false],
    [empty.slice(0, -1), false],
    [` ${empty}`, false],
  ])('%s is a hash: %j', (text, wanted) => {
    expect(isHashedText(text)).toBe(wanted);
  });
});
