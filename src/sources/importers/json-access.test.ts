import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  canonicalJson,
  contentId,
  contentText,
  flattenTags,
  number,
  path,
  record,
  scalarText,
  text,
  trialCounter,
} from './json-access.ts';

test('reads values only where they have the shape', () => {
  expect([record({}), record([]), record(null), text('a'), text(1), number(0), number(Number.NaN)]).toEqual([
    {},
    null,
    null,
    'a',
    null,
    0,
    null,
  ]);
  expect([scalarText(1.5), scalarText(false), scalarText(''), scalarText(null), scalarText({})]).toEqual([
    '1.5',
    'false',
    '',
    null,
    null,
  ]);
});

test.each<[unknown, string, unknown]>([
  [{ a: [{ b: 1 }] }, 'a.0.b', 1],
  [{ a: null }, 'a', null],
  [{ a: null }, 'a.b', undefined],
  [{}, 'toString', undefined],
  ['text', '0', undefined],
])('finds in %j below %s: %j', (value, keys, expected) => {
  expect(path(value, keys)).toBe(expected);
});

test('spells contents compactly in the order of the file, and sorted for ids', () => {
  expect(contentText({ b: 1, a: [2, null] })).toBe('{"b":1,"a":[2,null]}');
  expect(contentText(undefined)).toBeNull();
  expect(canonicalJson({ b: Number.NaN, a: { d: 1, c: '\ud800' } })).toBe(
    '{"a":{"c":"\ufffd","d":1},"b":NaN}',
  );
  expect(contentId('a', 1)).toBe(contentId('a', 1));
  expect(contentId('a', 1)).not.toBe(contentId('a1'));
  expect(contentId('a')).toMatch(/^[0-9a-f]{16}$/);
});

test('canonical JSON is JSON of the same value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('flattens tags to dotted names', () => {
  expect(
    flattenTags({
      a: { b: 1, c: { d: true } },
      list: ['x', 2, null],
      nested: [['x'], { y: 1 }],
      nothing: null,
      empty: {},
      none: [],
    }),
  ).toEqual({ 'a.b': '1', 'a.c.d': 'true', list: ['x', '2'], nested: '[["x"],{"y":1}]', none: [] });
  expect(flattenTags('x', 'source')).toEqual({ source: 'x' });
  expect(flattenTags({ a: 1 }, 'meta')).toEqual({ 'meta.a': '1' });
  expect(flattenTags({ a: { b: { c: { d: { e: { f: { g: 1 } } } } } } })).toEqual({
    'a.b.c.d.e.f': '{"g":1}',
  });
});

test('counts repeats per run and case', () => {
  const count = trialCounter();
  expect([count('r', 'a'), count('r', 'a'), count('s', 'a'), count('r', 'b'), count('r', 'a')]).toEqual([
    '1',
    '2',
    '1',
    '1',
    '3',
  ]);
});

test('spells objects and lists of any depth', () => {
  const depth = 10_000;
  const lists = `${'['.repeat(depth)}1,"x"${']'.repeat(depth)}`;
  expect(contentText(JSON.parse(lists))).toBe(lists);
  const objects = `${'{"b":2,"a":'.repeat(depth)}null${'}'.repeat(depth)}`;
  expect(contentText(JSON.parse(objects))).toBe(objects);
  expect(canonicalJson(JSON.parse(objects))).toBe(`${'{"a":'.repeat(depth)}null${',"b":2}'.repeat(depth)}`);
  expect(Object.keys(flattenTags(JSON.parse(objects)))).toContain('a.a.b');
});
