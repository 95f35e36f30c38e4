import { describe, expect, it } from 'vitest';
import { readability } from './readability.ts';
import { SCRIPTS, textScript } from './scripts.ts';
import { SENTENCES } from './test-languages.ts';
import { hasCode, hasNumber, hasUrl } from './text-marks.ts';

describe('the script of a text', () => {
  it.each(SENTENCES)('is right for %s: %s', (_language, script, text) => {
    expect(textScript(text)).toBe(script);
  });

  it.each([
    ['', 'none'],
    ['123 + 456 = ?', 'none'],
    ['😀👍🏽', 'none'],
    ['\ud800\udc00', 'other'],
    ['\ud800', 'none'],
    ['hello мир', 'mixed'],
    ['use Python to sort 我的', 'Latin'],
    ['漢字', 'Han'],
    ['漢字かな', 'Japanese'],
    ['カード', 'Japanese'],
    ['한국어 漢字文', 'Korean'],
    ['𠀀𠀁𠀂', 'Han'],
    ['ᏣᎳᎩ', 'other'],
  ])('of %j is %s', (text, script) => {
    expect(textScript(text)).toBe(script);
  });

  it('knows the letters of every script that it names', () => {
    for (const script of SCRIPTS) {
      const pattern = new RegExp(`^\\p{Script=${script}}$`, 'u');
      const letters = Array.from({ length: 0x3000 }, (_, at) => String.fromCodePoint(at)).filter(
        (text) => pattern.test(text) && /\p{L}/u.test(text),
      );
      if (letters.length > 0 && !/Hiragana|Katakana/.test(script))
        expect(textScript(letters.join(''))).toBe(script);
    }
  });
});

describe('marks of a text', () => {
  it.each([
    ['no digits here', false],
    ['room 7', true],
    ['٧', true],
    ['Ⅷ', false],
    ['', false],
  ])('a number in %j: %s', (text, expected) => {
    expect(hasNumber(text)).toBe(expected);
  });

  it.each([
    ['see https://example.com/a', true],
    ['HTTP://EXAMPLE.COM', true],
    ['www.example.com', true],
    ['(www.example.com)', true],
    ['example.com', false],
    ['https://', false],
    ['awww.that.is sweet', false],
  ])('an address in %j: %s', (text, expected) => {
    expect(hasUrl(text)).toBe(expected);
  });

  it.each([
    ['```js\nx\n```', true],
    ['def f(x):\n    return x + 1', true],
    ['Why does this fail?\nfor (let i = 0; i < n; i++) {\n  total += i;\n}', true],
    ['SELECT name FROM users WHERE id = 1', true],
    ['#include <stdio.h>', true],
    ['<div class="a">\n<p>hi</p>', true],
    ['import numpy as np\nx = np.array([1])', true],
    ['Please import the goods from Spain; return them later.', false],
    ['I would like to know: is the class full?', false],
    ['For each item in the list, say why.\nIf not, stop.', false],
    ['Dear team,\nlet me know if this works for you.\nThanks', false],
    ['', false],
  ])('code in %j: %s', (text, expected) => {
    expect(hasCode(text)).toBe(expected);
  });

  it('takes hostile lines in linear time', () => {
    expect(hasCode(`${'a'.repeat(5_000_000)}\n${'<'.repeat(5_000_000)}`)).toBe(false);
    expect(hasUrl('www.'.repeat(500_000))).toBe(true);
    expect(hasUrl(`https:/${'/'.repeat(1_000_000)}`)).toBe(false);
  });
});

describe('readability', () => {
  it.each([
    // 6 words, 1 sentence, 6 syllables.
    ['The cat sat on the mat.', 206.835 - 1.015 * 6 - 84.6],
    // 10 words, 2 sentences; ta-ble, a, lit-tle have 2, 1 and 2 syllables.
    ['It is a little table. The dog is by it.', 206.835 - 1.015 * 5 - (84.6 * 12) / 10],
  ])('of %j is %d', (text, score) => {
    expect(readability(text)).toEqual({ score: expect.closeTo(score, 9) });
  });

  it('is lower for harder prose', () => {
    const easy = readability('We sold the car. It was old. The new one is good and it runs well.');
    const hard = readability(
      'The organisation of international institutional responsibilities necessitates the systematic identification of interdependent regulatory considerations.',
    );
    expect(easy.score).toBeGreaterThan(80);
    expect(hard.score).toBeLessThan(0);
  });

  it.each([
    ['', 'fewer than 5 words'],
    ['Where is it', 'fewer than 5 words'],
    ['😀😀😀', 'fewer than 5 words'],
    ['Где моя новая карта и когда', 'not in Latin script'],
    ['Meine neue Karte ist noch nicht angekommen', 'does not read as English'],
    ['alpha beta gamma delta epsilon zeta', 'does not read as English'],
  ])('of %j is absent: %s', (text, reason) => {
    expect(readability(text)).toEqual({ score: null, reason });
  });
});
