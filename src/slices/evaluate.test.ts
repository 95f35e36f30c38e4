/** What predicates mean for one case: three values, numbers, texts, lists. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDecimal } from '../cases/index.ts';
import { type CaseAttribute, characterCount, WORD_PATTERN, wordCount } from './attribute.ts';
import { compareText } from './compare-text.ts';
import { evaluate } from './evaluate.ts';
import { parseExpression } from './parse-expression.ts';

const CELLS: Readonly<Record<string, string | readonly string[]>> = {
  customer: 'acme',
  tokens: '1200',
  level: '007',
  price: '1e3',
  word: 'n/a',
  yes: 'True',
  no: 'false',
  input: 'pay the\u00A0refund \u{1F600}',
  empty: '',
  tags: ['fr', '12', 'de'],
  none: [],
};

function attribute(column: string): CaseAttribute {
  const cell = CELLS[column];
  if (cell !== undefined) return { state: 'value', cell };
  return { state: column === 'changed' ? 'changed' : 'missing' };
}

describe('evaluate', () => {
  test.each<[string, boolean | null]>([
    ["customer == 'acme'", true],
    ["customer != 'acme'", false],
    ["customer < 'acmf'", true],
    ["'Z' < customer", true],
    ['tokens > 1000', true],
    ["tokens > '9'", false],
    ['level == 7', true],
    ["level == '7'", false],
    ['level in (7, 8)', true],
    ['level not in (7)', false],
    ["level in ('7', 'x')", false],
    ['price == 1000', true],
    ['price < tokens', true],
    ['customer < word', true],
    ['word > 5', null],
    ['not (word > 5)', null],
    ['word == 5', false],
    ['word != 5', true],
    ['word in (5)', false],
    ['yes == true', true],
    ['yes != true', false],
    ['no == false', true],
    ['customer == true', false],
    ['yes in (true, 1)', true],
    ['length(input) == 16', true],
    ['words(input) == 4', true],
    ['length(empty) == 0 and words(empty) == 0', true],
    ['length(input) < tokens', true],
    ['length(input) < word', null],
    ["input contains 'REFUND'", false],
    ["input contains 'refund'", true],
    ["empty contains ''", true],
    ["input matches '^pay'", true],
    ["input matches '(?i)REFUND'", true],
    ["input matches '^refund'", false],
    ['gone is missing', true],
    ['customer is missing', false],
    ['none is missing', false],
    ['changed is missing', null],
    ["gone == 'x'", null],
    ["gone != 'x'", null],
    ["gone in ('x')", null],
    ["gone not contains 'x'", null],
    ["changed matches 'x'", null],
    ["gone == 'x' and customer == 'other'", false],
    ["gone == 'x' or customer == 'acme'", true],
    ["gone == 'x' or customer == 'other'", null],
    ["gone == 'x' and customer == 'acme'", null],
    ["tags == 'fr'", true],
    ["tags != 'fr'", false],
    ["tags in ('it', 'de')", true],
    ['tags == 12', true],
    ['tags > 11', true],
    ['tags > 12', false],
    ['12 <= tags', true],
    ["tags contains 'f'", false],
    ["tags contains 'fr'", true],
    ["tags matches '^d'", true],
    ['tags == customer', null],
    ['length(tags) > 0', null],
    ['length(customer) < tags', true],
    ["none == 'fr'", false],
    ["none != 'fr'", true],
    ["none matches ''", false],
  ])('%s is %s', (text, expected) => {
    expect(evaluate(parseExpression(text), attribute)).toBe(expected);
  });

  test('a pattern takes linear time', () => {
    const where = parseExpression("input matches '(a+)+$'");
    const started = performance.now();
    expect(evaluate(where, () => ({ state: 'value', cell: `${'a'.repeat(20_000)}!` }))).toBe(false);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('reading texts', () => {
  test.each<[string, number | null]>([
    ['0', 0],
    ['-12.50', -12.5],
    ['1E+2', 100],
    ['007', 7],
    ['1e-999', 0],
    ['', null],
    [' 1', null],
    ['1\n', null],
    ['+1', 1],
    ['.5', 0.5],
    ['1.', 1],
    ['1,5', null],
    ['.', null],
    ['+-1', null],
    ['0x1F', null],
    ['1_000', null],
    ['NaN', null],
    ['Infinity', null],
    ['1e999', null],
    ['١', null],
  ])('the number of %j is %s', (text, expected) => {
    expect(parseDecimal(text)).toBe(expected);
  });

  test.each([
    ['', 0, 0],
    [' \t\n', 3, 0],
    ['a\u{1F600}', 2, 1],
    ['\u{1F926}\u{1F3FC}\u200D\u2642\uFE0F', 5, 1],
    ['e\u0301 \uD800', 4, 2],
    ['a\u2003b\u3000c\u0085d\u200Be', 9, 4],
  ])('%j has %i characters and %i words', (text, characters, words) => {
    expect([characterCount(text), wordCount(text)]).toEqual([characters, words]);
  });

  test('words are the runs that the pattern for SQL matches, whatever the text', () => {
    const pattern = new RegExp(WORD_PATTERN.replaceAll('\\x{', '\\u{'), 'gu');
    const unit = fc.oneof(
      fc.integer({ min: 0, max: 0xffff }),
      fc.constantFrom(0x20, 0x85, 0xa0, 0x1680, 0x2005, 0x2028, 0x202f, 0x205f, 0x3000, 0xfeff, 0x200b),
    );
    fc.assert(
      fc.property(fc.array(unit), (units) => {
        const text = String.fromCharCode(...units);
        expect(wordCount(text)).toBe(text.match(pattern)?.length ?? 0);
        expect(characterCount(text)).toBe([...text].length);
      }),
    );
  });

  test('texts are ordered as their UTF-8 bytes', () => {
    const texts = [
      '',
      'A',
      'Z',
      'a',
      'a\u0000',
      'aa',
      'ä',
      '\uD7FF',
      '\uE000',
      '\uFFFD',
      '\u{10000}',
      '\u{1F600}',
      '\u{1F600}a',
    ];
    const byBytes = [...texts].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect([...texts].reverse().sort(compareText)).toEqual(byBytes);
  });
});
