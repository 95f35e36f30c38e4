/** In which slices a case is, for every kind of grouping; and how slices are named, ordered and described. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CaseAttribute } from './attribute.ts';
import { binLabel, binLabels } from './bins.ts';
import { crossValue } from './cross-value.ts';
import { describeGrouping, groupingColumns } from './describe-grouping.ts';
import { evaluateGrouping } from './evaluate-grouping.ts';
import type { Grouping, SliceKey } from './grouping.ts';
import { parseExpression } from './parse-expression.ts';
import { compareSliceKeys, sliceId } from './slice-key.ts';
import { timeBucket } from './time-bucket.ts';

const CELLS: Readonly<Record<string, string | readonly string[]>> = {
  customer: 'acme',
  language: ['en', 'de', 'en'],
  none: [],
  tokens: '1000',
  word: 'many',
  when: '2024-02-29T23:30:00-08:00',
};

function attribute(column: string): CaseAttribute {
  const cell = CELLS[column];
  if (cell !== undefined) return { state: 'value', cell };
  return { state: column === 'changed' ? 'changed' : 'missing' };
}

const column = (name: string): Grouping => ({ kind: 'column', id: name, column: name });
const cross = (...names: string[]): Grouping => ({
  kind: 'cross',
  id: names.join(' x '),
  parts: names.map(column),
});
const where = (text: string): Grouping => ({
  kind: 'predicate',
  id: 'p',
  name: 'p',
  where: parseExpression(text),
});
const bins = (name: string, of: 'number' | 'characters' | 'words', ...edges: number[]): Grouping => ({
  kind: 'bins',
  id: 'b',
  column: name,
  of,
  edges,
});
const time = (name: string, by: 'hour' | 'weekday' | 'month'): Grouping => ({
  kind: 'time',
  id: 't',
  column: name,
  by,
});
const map = (of: Grouping, other: string | null, ...pairs: [string, string][]): Grouping => ({
  kind: 'map',
  id: 'm',
  of,
  values: new Map(pairs),
  other,
});

describe('evaluateGrouping', () => {
  test.each<[string, Grouping, string | readonly string[]]>([
    ['all', { kind: 'all', id: 'all' }, ['(all)']],
    ['a column', column('customer'), ['acme']],
    ['a list', column('language'), ['de', 'en']],
    ['an empty list', column('none'), 'untagged'],
    ['a missing column', column('gone'), 'missing'],
    ['a changed column', column('changed'), 'changed'],
    ['a cross', cross('customer', 'language'), ['acme x de', 'acme x en']],
    ['a cross with itself', cross('language', 'language'), ['de x de', 'de x en', 'en x de', 'en x en']],
    ['a cross with a missing part', cross('customer', 'none', 'gone'), 'missing'],
    ['a cross with a changed part', cross('gone', 'changed'), 'changed'],
    ['a cross with an untagged part', cross('customer', 'none'), 'untagged'],
    ['a predicate that holds', where("customer == 'acme'"), ['p']],
    ['a predicate that does not', where("customer == 'x'"), 'untagged'],
    ['a predicate on nothing', where("gone == 'x'"), 'untagged'],
    ['a predicate on a changed attribute', where("changed == 'x'"), 'changed'],
    ['a predicate decided without the changed attribute', where("changed == 'x' or tokens > 1"), ['p']],
    ['a predicate refused without it', where("changed == 'x' and tokens > 1000"), 'untagged'],
    ['numbers at an edge', bins('tokens', 'number', 10, 1000), ['>=1000']],
    ['a word as a number', bins('word', 'number', 10), 'missing'],
    ['a list as a number', bins('language', 'number', 10), 'missing'],
    ['characters', bins('word', 'characters', 4, 5), ['4-5']],
    ['words', bins('word', 'words', 2), ['<2']],
    ['a missing number', bins('gone', 'number', 1), 'missing'],
    ['a changed number', bins('changed', 'number', 1), 'changed'],
    ['an hour', time('when', 'hour'), ['23']],
    ['a word as a time', time('word', 'hour'), 'missing'],
    ['a renamed value', map(column('customer'), null, ['acme', 'enterprise']), ['enterprise']],
    ['an unlisted value', map(column('customer'), 'others', ['globex', 'enterprise']), ['others']],
    ['an unlisted value that stays', map(column('language'), null, ['de', 'en']), ['en']],
    ['a renamed missing value', map(column('gone'), 'others'), 'missing'],
    [
      'a cross of bins and a map',
      { kind: 'cross', id: 'c', parts: [bins('tokens', 'number', 10), map(column('customer'), 'o')] },
      ['>=10 x o'],
    ],
  ])('%s', (_name, grouping, expected) => {
    expect(evaluateGrouping(grouping, attribute)).toEqual(
      typeof expected === 'string' ? { state: expected, values: [] } : { state: 'value', values: expected },
    );
  });
});

describe('labels', () => {
  test('bins are half-open and named by their edges', () => {
    expect(binLabels([-5, 0, 0.5, 1e21])).toEqual(['<-5', '-5-0', '0-0.5', '0.5-1e+21', '>=1e+21']);
    expect([9.99, 10, 19, 20, -1].map((value) => binLabel(value, [10, 20]))).toEqual([
      '<10',
      '10-20',
      '10-20',
      '>=20',
      '<10',
    ]);
  });

  test.each<[string, string | null, string | null, string | null]>([
    ['2024-02-29T23:30:00-08:00', '23', '4 Thu', '2024-02'],
    ['2024-01-01 00:00', '00', '1 Mon', '2024-01'],
    ['2024-12-29t07:08:09.123456z', '07', '7 Sun', '2024-12'],
    ['2024-12-29', null, '7 Sun', '2024-12'],
    ['2023-02-29', null, null, null],
    ['2024-13-01', null, null, null],
    ['2024-12-29T24:00', null, null, null],
    ['2024-12-29T07', null, null, null],
    ['2024-12-29T07:00:00Z\n', null, null, null],
    ['0999-01-01', null, null, null],
    ['1700000000', null, null, null],
    ['', null, null, null],
  ])('%j is hour %s, weekday %s, month %s', (text, hour, weekday, month) => {
    expect([timeBucket(text, 'hour'), timeBucket(text, 'weekday'), timeBucket(text, 'month')]).toEqual([
      hour,
      weekday,
      month,
    ]);
  });

  test('no two combinations share a cross value', () => {
    const part = fc
      .array(fc.constantFrom('x', ' ', '"', 'a', ' x '), { maxLength: 5 })
      .map((bits) => bits.join(''));
    const parts = fc.array(part, { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        expect(crossValue(a) === crossValue(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
      { numRuns: 5000 },
    );
    expect(crossValue(['max tokens', 'box'])).toBe('max tokens x box');
    expect(crossValue(['a x', '"q"'])).toBe('"a x" x """q"""');
  });
});

describe('slice keys', () => {
  const keys: readonly SliceKey[] = [
    { grouping: 'B', state: 'value', value: '\uFFFD' },
    { grouping: 'B', state: 'value', value: '\u{1F600}' },
    { grouping: 'B', state: 'missing', value: '' },
    { grouping: 'B', state: 'untagged', value: '' },
    { grouping: 'B', state: 'changed', value: '' },
    { grouping: 'a', state: 'value', value: '' },
  ];

  test('are ordered by grouping, state and value', () => {
    expect([...keys].reverse().sort(compareSliceKeys)).toEqual(keys);
  });

  test('have ids that read well', () => {
    expect(sliceId('passRate', { grouping: 'customer', state: 'value', value: 'a=b/c' })).toBe(
      'passRate/customer=a=b/c',
    );
    expect(sliceId('mean:a/b', { grouping: '50% = x', state: 'ignored', value: '' })).toBe(
      'mean:a%2Fb/50%25 %3D x/ignored',
    );
  });

  test('have ids that no other slice has', () => {
    const text = fc
      .array(fc.constantFrom('=', '/', '%', '%2F', 'a', 'missing'), { maxLength: 3 })
      .map((bits) => bits.join(''));
    const key = fc.oneof(
      fc.tuple(text, text, fc.constant('value' as const), text),
      fc.tuple(text, text, fc.constantFrom('missing' as const, 'untagged' as const), fc.constant('')),
    );
    const id = ([metric, grouping, state, value]: [string, string, SliceKey['state'], string]) =>
      sliceId(metric, { grouping, state, value });
    fc.assert(
      fc.property(key, key, (a, b) => {
        expect(id(a) === id(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
      { numRuns: 5000 },
    );
  });
});

test.each<[Grouping, readonly string[], string | null]>([
  [{ kind: 'all', id: 'all' }, [], null],
  [column('customer'), ['customer'], null],
  [cross('customer', 'the language'), ['customer', 'the language'], 'customer x `the language`'],
  [where("a > 1 and b = 'x' and a < 9"), ['a', 'b'], "a > 1 and b == 'x' and a < 9"],
  [bins('input', 'words', 50, 200), ['input'], 'words(input): <50, 50-200, >=200'],
  [bins('input', 'characters', 50), ['input'], 'length(input): <50, >=50'],
  [bins('tokens', 'number', 1), ['tokens'], 'tokens: <1, >=1'],
  [time('when', 'weekday'), ['when'], 'weekday of when'],
  [map(column('customer'), null, ['a', 'f'], ['b', 'f']), ['customer'], 'customer (2 values as 1)'],
  [
    map(time('when', 'hour'), 'the rest', ['01', 'night']),
    ['when'],
    'hour of when (1 values as 1, else `the rest`)',
  ],
])('a grouping names its columns and its definition: %j', (grouping, columns, definition) => {
  expect(groupingColumns(grouping)).toEqual(columns);
  expect(describeGrouping(grouping)).toBe(definition);
});
