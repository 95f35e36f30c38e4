import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shellQuote } from './shell-quote.ts';

describe('shell quoting', () => {
  it.each([
    ['old.jsonl', 'old.jsonl'],
    ['ledger:main@latest', 'ledger:main@latest'],
    ['--slice=a', '--slice=a'],
    ['a b', "'a b'"],
    ["it's.jsonl", "'it'\\''s.jsonl'"],
    ['$(rm -rf .)', "'$(rm -rf .)'"],
    ['*.jsonl', "'*.jsonl'"],
    ['~x', "'~x'"],
    ['=x', "'=x'"],
    ['', "''"],
    ['日本', "'日本'"],
    ['a\nb', "$'a\\012b'"],
    ["\u001b[31m'\\", "$'\\033[31m\\'\\\\'"],
    ['a\u202eb', "$'a\\342\\200\\256b'"],
  ])('%j is written %s', (text, quoted) => {
    expect(shellQuote(text)).toBe(quoted);
  });

  it('every text reaches a program as it was', () => {
    const texts = fc
      .array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 20 })
      .map((list) => list.map((text) => text.replaceAll('\0', '').toWellFormed()));
    fc.assert(
      fc.property(texts, (list) => {
        const line = `printf '%s\\0' ${list.map(shellQuote).join(' ')}`;
        const { stdout } = spawnSync('bash', ['-c', line], {
          encoding: 'utf8',
          env: { LC_ALL: 'C.UTF-8', ...process.env },
        });
        expect(stdout.split('\0').slice(0, -1)).toEqual(list);
      }),
      { numRuns: 40 },
    );
  });
});
