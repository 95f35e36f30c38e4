import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffTexts } from './word-diff.ts';

const differing = (parts: readonly { text: string; differs: boolean }[]) =>
  parts.filter(({ differs }) => differs).map(({ text }) => text);
const joined = (parts: readonly { text: string }[]) => parts.map(({ text }) => text).join('');

test('the words that differ are marked on their own side', () => {
  const { before, after, by } = diffTexts('The refund is not possible.', 'The refund is possible today.');
  expect(differing(before).join('')).toContain('not');
  expect(differing(after).join('')).toContain('today');
  expect(by).toBe('words');
});

test('whatever differs, each side reads as it was', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', ' ', '\n', '<b>', '\u202e', 'é'), { maxLength: 30 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, text, (a, b) => {
      const { before, after } = diffTexts(a, b);
      expect(joined(before)).toBe(a);
      expect(joined(after)).toBe(b);
      if (a === b) expect([...differing(before), ...differing(after)]).toEqual([]);
    }),
  );
});

test('long texts are compared line by line, and words where lines were replaced', () => {
  const lines = Array.from({ length: 800 }, (_, i) => `line ${i} of the text`);
  const changed = lines.with(400, 'line 400 of another text');
  const { before, after, by } = diffTexts(lines.join('\n'), changed.join('\n'));
  expect(by).toBe('lines');
  expect(joined(after)).toBe(changed.join('\n'));
  expect(differing(before).join('').trim()).toBe('the');
  expect(differing(after).join('').trim()).toBe('another');
});

test('texts that are too long are shown without marks, at once', () => {
  const started = performance.now();
  const { before, by } = diffTexts('x '.repeat(40_000), 'y '.repeat(40_000));
  expect([before.length, by]).toEqual([1, null]);
  const hard = diffTexts(
    Array.from({ length: 4_000 }, (_, i) => `a${(i * 7919) % 4_001} `).join(''),
    Array.from({ length: 4_000 }, (_, i) => `b${(i * 104_729) % 4_003} `).join(''),
  );
  expect(joined(hard.before).startsWith('a0 ')).toBe(true);
  expect(performance.now() - started).toBeLessThan(3_000);
});
