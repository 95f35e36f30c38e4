import { expect, test } from 'vitest';
import { createProblemLog } from '../../cases/index.ts';
import type { DataError, Problem } from '../../errors.ts';
import type { ImportFile } from './importer.ts';
import { streamJson, streamJsonLines, type WantedParts } from './json-stream.ts';

function fileOf(text: string, blockSize = 1 << 20): ImportFile {
  const bytes = Buffer.from(text);
  const source = {
    label: 'a.json',
    path: null,
    size: bytes.length,
    async *open() {
      for (let at = 0; at < bytes.length; at += blockSize) yield bytes.subarray(at, at + blockSize);
    },
  };
  return { source, compression: 'none', kind: 'text', head: text, isWhole: true };
}

async function read(text: string, wanted: WantedParts, blockSize?: number) {
  const log = createProblemLog();
  const events = [];
  for await (const { kind, path, index, value, line } of streamJson(fileOf(text, blockSize), wanted, log)) {
    events.push([kind, path, index, value, line]);
  }
  return { events, problems: problemsOf(log) };
}

function problemsOf(log: ReturnType<typeof createProblemLog>): readonly Problem[] {
  try {
    log.throwIfAny();
    return [];
  } catch (error) {
    return (error as DataError).problems;
  }
}

const PROMPTFOO = `{
  "version": 3,
  "skipped": {"a": [1, {"b": "]}\\"[{"}], "results": [9]},
  "results": {
    "stats": {"passed": 2},
    "results": [{"id": "é"}, {"id": "b\\\\"},
      3, "x", null]
  },
  "é": [true]
}`;
const WANTED = { elements: ['results.results'], values: ['version', 'results.stats', 'é'] };

test('hands on elements and values in file order, whatever the size of the blocks', async () => {
  const expected = [
    ['value', 'version', 0, 3, 2],
    ['value', 'results.stats', 0, { passed: 2 }, 5],
    ['element', 'results.results', 0, { id: 'é' }, 6],
    ['element', 'results.results', 1, { id: 'b\\' }, 6],
    ['element', 'results.results', 2, 3, 7],
    ['element', 'results.results', 3, 'x', 7],
    ['element', 'results.results', 4, null, 7],
    ['value', 'é', 0, [true], 9],
  ];
  for (const blockSize of [1, 2, 3, 7, 64, 1_000]) {
    expect(await read(PROMPTFOO, WANTED, blockSize)).toEqual({ events: expected, problems: [] });
  }
});

test.each<[string, string, WantedParts, unknown[]]>([
  ['a list at the root', '[1, [2], {"a": 3}]', { elements: [''], values: [] }, [1, [2], { a: 3 }]],
  ['an empty list', ' [ ] ', { elements: [''], values: [] }, []],
  ['the whole document', '\ufeff{"a": 1}\n', { elements: [], values: [''] }, [{ a: 1 }]],
  ['a bare number', ' 12 ', { elements: [], values: [''] }, [12]],
  ['null in the place of a list', '{"a": null}', { elements: ['a'], values: [] }, []],
  ['any key', '{"a": [1], "b": {"c": 2}, "d": [3]}', { elements: ['*'], values: ['b.c'] }, [1, 2, 3]],
  [
    'lists inside of lists',
    '{"r": [{"s": [{"t": [1, 2]}, {"t": []}]}, {"s": [{"t": [3]}]}]}',
    { elements: ['r.*.s.*.t'], values: [] },
    [1, 2, 3],
  ],
  ['an object where a list may be', '{"r": {"r": [1]}}', { elements: ['r', 'r.r'], values: [] }, [1]],
  ['a list where an object may be', '{"r": [1]}', { elements: ['r', 'r.r'], values: [] }, [1]],
  [
    'integers that no double holds',
    '[{"id": 9007199254740993, "n": 0.1234567890123456, "k": 9007199254740991}]',
    { elements: [''], values: [] },
    [{ id: '9007199254740993', n: 0.1234567890123456, k: 9007199254740991 }],
  ],
  [
    'numbers that are not finite',
    '[{"a": NaN, "b": [-Infinity, Infinity], "id": -9007199254740993}, {"a": "NaN"}]',
    { elements: [''], values: [], nonFinite: true },
    [
      { a: Number.NaN, b: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY], id: '-9007199254740993' },
      { a: 'NaN' },
    ],
  ],
])('reads %s', async (_name, text, wanted, values) => {
  const { events, problems } = await read(text, wanted);
  expect(problems).toEqual([]);
  expect(events.map((event) => event[3])).toEqual(values);
});

test.each<[string, string, readonly [string, number, number][], number]>([
  [
    'an element that is malformed',
    '{"a": [{"b": 1},\n  {"b": tru},\n{"b": 3}]}',
    [['found "tru", expected a value', 2, 9]],
    2,
  ],
  ['a bare NaN that nobody allowed', '{"a": [NaN]}', [['NaN is no number', 1, 8]], 0],
  [
    'a comma too many',
    '{"a": [1, ,2,]}',
    [
      ['there is a comma without an element before it', 1, 11],
      ['there is a comma before the end of the array, expected an element', 1, 14],
    ],
    2,
  ],
  ['no comma', '{"a": [{} {}]}', [['there is no comma between two elements of the array', 1, 11]], 2],
  ['text after the end', '{"a": [1]} {', [['there is text after the end of the JSON document', 1, 12]], 1],
  [
    'a cut inside of an element',
    '{"a": [1,\n {"b": ',
    [['the JSON document does not end: the file stops inside element 2 of "a"', 2, 2]],
    1,
  ],
  [
    'a cut between elements',
    '{"a": [1,',
    [['the JSON document does not end: the file stops inside "a"', 1, 10]],
    1,
  ],
  [
    'a cut inside of a part that nobody wants',
    '{"b": "x',
    [['the JSON document does not end: the file stops inside "b"', 1, 7]],
    0,
  ],
  ['a cut inside of a key', '{"b', [['the JSON document does not end: the file stops inside it', 1, 2]], 0],
  ['a key without quotes', '{a: 1}', [['found "a", expected a key in double quotes', 1, 2]], 0],
  ['no colon', '{"a" [1]}', [['found a list, expected ":" after the key "a"', 1, 6]], 0],
  ['an object in the place of a list', '{"a": {"b": 1}}', [['"a" is an object, expected a list', 1, 7]], 0],
  ['another kind of root', '"text"', [['found a text, expected a JSON object', 1, 1]], 0],
  ['blanks alone', ' \n', [['the file holds no JSON document', 2, 1]], 0],
])('reports %s with its place', async (_name, text, expected, handedOn) => {
  const { events, problems } = await read(text, { elements: ['a'], values: [] });
  expect(problems.map(({ message, where }) => [message, where?.line, where?.column])).toEqual(expected);
  expect(events).toHaveLength(handedOn);
});

test('reads JSON lines, reports malformed ones and goes on', async () => {
  const log = createProblemLog();
  const values = [];
  for await (const line of streamJsonLines(fileOf('{"a":1}\r\n\n{"a":NaN}\n{"a"}\n3', 5), log, {
    nonFinite: true,
  })) {
    values.push(line);
  }
  expect(values).toEqual([
    { value: { a: 1 }, line: 1 },
    { value: { a: Number.NaN }, line: 3 },
    { value: 3, line: 5 },
  ]);
  expect(problemsOf(log)).toMatchObject([{ where: { file: 'a.json', line: 4, column: 5 } }]);
});
