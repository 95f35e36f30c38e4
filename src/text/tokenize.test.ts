import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizeText, wordHashes, words } from './tokenize.ts';

const WORDS = /[\p{L}\p{N}\p{M}_]+/gu;

describe('words', () => {
  it.each([
    ['', []],
    ['   \n', []],
    ['Refund ME, now!', ['refund', 'me', 'now']],
    ['snake_case x2', ['snake_case', 'x2']],
    ['ＰＡＹ ﬁne', ['pay', 'fine']],
    ['cafe\u0301 Straße', ['café', 'straße']],
    ['😀😀 👍🏽', []],
    ['𝐁old 𐐀x', ['bold', '𐐨x']],
    ['我的卡 abc', ['我', '的', '卡', 'abc']],
    ['カードがない', ['カ', 'ー', 'ド', 'が', 'な', 'い']],
    ['𠀀𠀁', ['𠀀', '𠀁']],
    ['שלום עולם', ['שלום', 'עולם']],
    ['नया कार्ड', ['नया', 'कार्ड']],
    ['a\ud800b', ['a', 'b']],
    ['\udc00', []],
    ["don't", ['don', 't']],
  ])('of %j are %j', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it('are the runs of letters, digits, marks and _ where blanks are written', () => {
    const spaced = fc.string({ unit: fc.constantFrom(...'aZ9_é́ßЖغ א😀𝐁-.,\n\t\ud800') });
    fc.assert(
      fc.property(spaced, (text) => {
        const normal = normalizeText(text);
        expect(words(text)).toEqual(normal.match(WORDS) ?? []);
      }),
    );
  });

  it('have equal hashes exactly where they are equal', () => {
    const [card, Card, cart] = ['card', 'CARD', 'cart'].map((word) => wordHashes(word)[0]);
    expect(card).toBe(Card);
    expect(card).not.toBe(cart);
    expect(wordHashes('我 卡')).toHaveLength(2);
  });

  it('are read from 10 MB in one pass', () => {
    const text = 'word wörd 卡 '.repeat(800_000);
    expect(wordHashes(text)).toHaveLength(2_400_000);
  });
});
