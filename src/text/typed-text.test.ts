import { describe, expect, it } from 'vitest';
import { isBlank, isPlainLine, isPlainText, typedProblems } from './typed-text.ts';

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

describe('a comment that people type', () => {
  it.each([
    ['two\nlines and a\ttab', true],
    ['\r\n', false],
    ['a\u0000b', false],
    ['\u001b]0;owned\u0007', false],
    ['\u202egnp.exe', false],
    ['\udfff', false],
  ])('%j can be written down: %s', (text, isPlain) => {
    expect(isPlainText(text)).toBe(isPlain);
    expect(typedProblems([{ what: 'the comment', text, lines: true }])).toHaveLength(isPlain ? 0 : 1);
  });

  it('is refused with the character, its place and what it does, for every text at once', () => {
    const problems = typedProblems([
      { what: 'the reason', text: '👩 no\u0000pe', lines: true, field: 'reason' },
      { what: 'the owner', text: 'ana' },
      { what: 'the tag', text: 'a\nb' },
      { what: 'the person', text: '\u2066ana' },
      { what: 'the queue', text: 'q\ud800' },
    ]);
    expect(problems.map(({ message }) => message)).toEqual([
      'the reason has U+0000 as its character 5, which steers terminals and files',
      'the tag has U+000A as its character 2, which ends a line',
      'the person has U+2066 as its character 1, which turns the reading direction',
      'the queue has U+D800 as its character 2, which is half a character',
    ]);
    expect(problems[0]!.where).toEqual({ field: 'reason' });
  });
});
