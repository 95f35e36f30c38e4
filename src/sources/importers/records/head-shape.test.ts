import { describe, expect, test } from 'vitest';
import { textFile } from '../../../../test/import-texts.ts';
import { headShape } from './head-shape.ts';

describe('the shape of a file', () => {
  test.each([
    ['[{"id":1,"a":[1]}]', 'array', ['id', 'a']],
    ['{"id":1}\n{"id":2}\n', 'lines', ['id']],
    ['{\n "data": [{"id":1}],\n "meta": {}\n}', 'object', ['data', 'meta']],
    ['{"data":[{"id":1}]}', 'object', ['data']],
    ['id,"a b"\n1,2\n', 'csv', ['id', 'a b']],
    ['[]', 'array', []],
    ['[1,2]', 'none', []],
    ['', 'none', []],
    ['\ufeff{"a":"}{","b":"\\"c\\":1"}', 'object', ['a', 'b']],
  ] as const)('%j is %s', (text, kind, keys) => {
    const shape = headShape(textFile('a', text));
    expect([shape.kind, [...shape.keys]]).toEqual([kind, keys]);
  });

  test('keys of a first object that is longer than the head are those that were seen', () => {
    const shape = headShape({ ...textFile('a', '{"id":1,"input":"abc'), isWhole: false });
    expect([...shape.starts]).toEqual([
      ['id', '1'],
      ['input', ''],
    ]);
  });
});
