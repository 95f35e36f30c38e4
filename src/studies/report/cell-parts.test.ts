/** Cells as parts: every spelling that files have, and what is no part of anything. */

import { describe, expect, test } from 'vitest';
import { jsonParts } from '../../stats/index.ts';
import { jsonOf, loose, readParts, spreadFields } from './cell-parts.ts';

describe('lists', () => {
  test.each([
    [
      ['a', 'b'],
      ['a', 'b'],
    ],
    ['["a", 1, true]', ['a', '1', 'true']],
    ['a|b ; c', ['a', 'b', 'c']],
    ['one item', ['one item']],
    ['', []],
    ['[broken', ['[broken']],
  ])('%j holds %j', (cell, texts) => {
    expect(readParts(cell, 'list')).toEqual({ kind: 'texts', texts });
  });
});

describe('spans', () => {
  const name = { start: 3, end: 9, label: 'name' };
  test.each([
    ['[{"start":3,"end":9,"label":"name"}]', [name]],
    ['[[3,9,"name"]]', [name]],
    [
      ['3-9:name', '10-12'],
      [name, { start: 10, end: 12, label: '' }],
    ],
    ['3:9:name|10:12:x', [name, { start: 10, end: 12, label: 'x' }]],
    ['[{"begin":3,"stop":9,"entity":"name"}]', [name]],
    ['[]', []],
    ['', []],
  ])('%j holds %j', (cell, spans) => {
    expect(readParts(cell, 'spans')).toEqual({ kind: 'spans', spans });
  });

  test.each([
    ['[{"start":9,"end":3,"label":"x"}]'],
    ['[{"start":1.5,"end":3}]'],
    ['no span'],
    [['9']],
    ['[null]'],
  ])('%j is no span', (cell) => {
    expect(readParts(cell, 'spans').kind).toBe('fault');
  });
});

describe('fields', () => {
  test('of a JSON text, with or without the fence that models put around it', () => {
    const plain = readParts('{"to":"Ann","n":[1,2]}', 'json-fields');
    expect(plain).toEqual({ kind: 'texts', texts: ['.n[] = 1', '.n[] = 2', '.to = "Ann"'], fields: true });
    expect(readParts('```json\n{"to":"Ann","n":[1,2]}\n```', 'json-fields')).toEqual(plain);
  });

  test.each(['Sure! {"a": 1}', '12', 'null', ''])('%j holds no object', (cell) => {
    expect(readParts(cell, 'json-fields').kind).toBe('fault');
  });

  test('that a reader spread over columns are those of the object, whatever their names', () => {
    const object = { to: 'Ann', zip: 8001, ok: true, deep: { a: ['x', 'y'] }, __proto__x: 'y' };
    const cells = new Map<string, string | readonly string[]>([
      ['to', 'Ann'],
      ['zip', '8001'],
      ['ok', 'true'],
      ['deep.a', ['x', 'y']],
      ['__proto__x', 'y'],
    ]);
    expect(spreadFields(cells)).toEqual(jsonParts(object));
    expect(spreadFields(new Map([['__proto__', 'x']]))).toEqual(['.__proto__ = "x"']);
  });

  test('of a text are loosened as a spread object is', () => {
    expect(jsonParts(loose(jsonOf('{"zip":"8001","ok":"true"}')!))).toEqual(['.ok = true', '.zip = 8001']);
  });
});
