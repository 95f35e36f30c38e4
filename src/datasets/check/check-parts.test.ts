import { describe, expect, test } from 'vitest';
import { columnFacts } from './column-facts.ts';
import { damageOf } from './damage.ts';
import { countTrigrams } from './gibberish.ts';

describe('damage', () => {
  test.each([
    ['cafÃ©', 'UTF-8 read as Latin-1'],
    ['itâ€™s here', 'UTF-8 read as Latin-1'],
    ['ðŸ˜€', 'UTF-8 read as Latin-1'],
    ['a \ufffd b', 'characters were lost (U+FFFD)'],
    ['bell \u0007', 'control characters'],
    ['next \u0085 line', 'control characters'],
  ])('%j is damaged', (text, what) => {
    expect(damageOf(text)).toBe(what);
  });

  test.each(['café', 'NÃO', '«Â»', 'naïve Ångström', '日本語', 'a\tb\r\nc', '50 €', 'Ã', 'ﬁne', '😀'])(
    '%j is not',
    (text) => {
      expect(damageOf(text)).toBeNull();
    },
  );
});

describe('gibberish', () => {
  const words = ['please', 'refund', 'my', 'order', 'the', 'delivery', 'was', 'late', 'again', 'today'];
  const trigrams = countTrigrams();
  for (let k = 0; k < 300; k++) {
    trigrams.add(Array.from({ length: 8 }, (_, j) => words[(k * 7 + j * 3) % words.length]).join(' '));
  }

  test.each([
    ['xkcdqw zzxqvb pqrtw hjklb', 'letters that make no words'],
    ['aaaaaaaaaaaaaaaaaaaaaa', 'one character over and over'],
    ['#$%& ()=? //&& %$§" ,.-;', 'hardly a letter'],
  ])('%j is', (text, why) => {
    expect(trigrams.reason(text)).toBe(why);
  });

  test.each([
    'please refund my order today',
    'Szczecin i Wrzeszcz leżą w Polsce',
    'Das Straßenverkehrsrecht gilt',
    'kbd htm',
    'これは日本語のとても長い文章です',
    'order 12345-6789-0000 at 10:30',
  ])('%j is not', (text) => {
    expect(trigrams.reason(text)).toBeNull();
  });

  test('a small set does not know what is usual', () => {
    expect(countTrigrams().reason('xkcdqw zzxqvb pqrtw hjklb')).toBeNull();
  });
});

describe('a text of one endless word', () => {
  test('is judged like any other', () => {
    const trigrams = countTrigrams();
    const endless = 'qz'.repeat(4_000_000);
    trigrams.add(endless);
    for (let k = 0; k < 300; k++) trigrams.add('please refund my order');
    expect(trigrams.reason(endless)).toBe('letters that make no words');
  });
});

describe('columns', () => {
  const look = (cells: readonly (string | null)[]) => {
    const facts = columnFacts(['c'], '2026-01-02');
    cells.forEach((cell, row) => void facts.add('c', cell, 'f', row + 1));
    return facts.problems(cells.length).map(({ problem, rows, places }) => [problem, rows, places[0]?.line]);
  };
  const many = (cell: (k: number) => string | null) => Array.from({ length: 100 }, (_, k) => cell(k));

  test.each([
    ['numbers and a text', many((k) => (k === 6 ? 'n/a' : `${k}`)), [['mixed types', 1, 7]]],
    ['texts and a number', many((k) => (k === 6 ? '5' : `t${k}`)), []],
    ['a date that does not exist', ['2025-02-30', '2025-02-01'], [['dates out of range', 1, 1]]],
    ['a date to come', ['2026-01-03', '2026-01-02'], [['dates out of range', 1, 1]]],
    ['the epoch', ['1970-01-01T00:00:00Z', '2020-01-01'], [['dates out of range', 1, 1]]],
    ['one value', many(() => 'a'), [['constant', 100, undefined]]],
    ['hardly any other value', many((k) => (k === 0 ? 'b' : 'a')), [['near-constant', 99, undefined]]],
    ['more holes than cells', many((k) => (k < 60 ? null : `t${k}`)), [['mostly missing', 60, undefined]]],
    ['a few equal values', ['a', 'a', 'a'], []],
  ])('%s', (_, cells, problems) => {
    expect(look(cells)).toEqual(problems);
  });
});
