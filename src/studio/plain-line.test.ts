import { describe, expect, it } from 'vitest';
import { isBlank, isPlainLine } from './plain-line.ts';

describe('a name that people type', () => {
  it.each([
    ['refund flow', true],
    ['- name: x #', true],
    ['نام\u200cها', true],
    ['👩‍👩‍👧', true],
    ['<script>', true],
    ['a\nb', false],
    ['a\u0000b', false],
    ['\u001b[2J', false],
    ['\u0085', false],
    ['\u202egnp.exe', false],
    ['\u2066x\u2069', false],
    ['a\u2028b', false],
    ['\ud800', false],
  ])('%j can be written down: %s', (text, isPlain) => {
    expect(isPlainLine(text)).toBe(isPlain);
  });

  it.each([
    ['', true],
    [' \t', true],
    ['\u200b', true],
    ['\ufeff\u00a0', true],
    ['\u200bx', false],
  ])('%j cannot be seen: %s', (text, blank) => {
    expect(isBlank(text)).toBe(blank);
  });
});
