import { describe, expect, it } from 'vitest';
import { SENTENCES } from './test-languages.ts';
import { cheapTokenCount } from './token-count.ts';

/** Tokens of SENTENCES in the encoding o200k_base, by gpt-tokenizer 3. */
const TRUE_COUNTS = [19, 18, 18, 17, 19, 18, 18, 18, 24, 18, 20, 21, 29, 28, 18, 18, 20, 13, 21, 18];

describe('the cheap token count', () => {
  it.each(SENTENCES.map(([language, , text], index) => ({ language, text, truth: TRUE_COUNTS[index]! })))(
    'of a sentence in $language is within its stated error',
    ({ text, truth }) => {
      const ratio = cheapTokenCount(text) / truth;
      expect(ratio).toBeGreaterThanOrEqual(0.58);
      expect(ratio).toBeLessThanOrEqual(1.16);
    },
  );

  it('is right on average in Western European languages', () => {
    const sum = (counts: readonly number[]) => counts.slice(0, 8).reduce((a, b) => a + b, 0);
    const ratio = sum(SENTENCES.map(([, , text]) => cheapTokenCount(text))) / sum(TRUE_COUNTS);
    expect(Math.abs(ratio - 1)).toBeLessThan(0.06);
  });

  it.each([
    ['', 0],
    [' ', 0],
    ['a', 1],
    ['Where is my card?', 5],
    ['1234567', 3],
    ['😀', 2],
    ['\ud800', 1],
    ['我的卡', 2],
  ])('of %j is %d', (text, count) => {
    expect(cheapTokenCount(text)).toBe(count);
  });

  it('of 10 MB grows with the text', () => {
    expect(cheapTokenCount('Where is my card? '.repeat(600_000))).toBe(3_000_000);
  });
});
