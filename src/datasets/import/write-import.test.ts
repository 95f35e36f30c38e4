import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { expect, onTestFinished, test } from 'vitest';
import type { ProblemLog, RowChunk } from '../../cases/index.ts';
import type { ReadImport } from '../../sources/index.ts';
import { cellValue, rowColumns } from './row-kinds.ts';
import { rowFileFormat, writeImport } from './write-import.ts';

const CHUNKS: readonly RowChunk[] = [
  {
    file: 'r.json',
    lines: [1, 2],
    columns: new Map<string, (string | readonly string[] | null)[]>([
      ['run', ['a', 'b']],
      ['case_id', ['1', '2']],
      ['passed', ['true', null]],
      ['score', ['0.30000000000000004', null]],
      ['tags.lang', ['en', 'de']],
      ['tags.topics', [['x', 'y'], 'z']],
      ['scores.match', ['true', 'false']],
      ['scores.f1', ['0.5', 'true']],
    ]),
  },
  {
    file: 'r.json',
    lines: [3],
    columns: new Map([
      ['run', ['a']],
      ['case_id', ['3']],
      ['2', ['late']],
    ]),
  },
];

function importOf(fail = false): ReadImport {
  const metric = { run: 'a', scored: 1, mean: 1, direction: 'higher', primary: false } as const;
  return {
    summary: {
      runs: [],
      metrics: [
        { ...metric, name: 'match', kind: 'pass' },
        { ...metric, name: 'f1', kind: 'number' },
      ],
      ownNumbers: [],
      dropped: [],
      unmapped: [],
      tags: [],
      tagValues: [],
      notes: [],
    },
    columns: [
      'run',
      'case_id',
      'passed',
      'score',
      'tags.lang',
      'tags.topics',
      'scores.match',
      'scores.f1',
      '2',
    ],
    lists: new Set(['tags.topics']),
    sample: new Map(),
    async *rows(log: ProblemLog) {
      yield* CHUNKS;
      if (fail) log.add({ message: 'broken at the end', where: { file: 'r.json', line: 9 } });
    },
  };
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'slicewise-import-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

test('JSON lines hold numbers, booleans and lists as such, tags and scores in objects', async () => {
  const path = join(folder(), 'r.jsonl');
  expect(await writeImport(importOf(), null, path)).toBe(3);
  expect(readFileSync(path, 'utf8').split('\n')).toEqual([
    '{"run":"a","case_id":"1","passed":true,"score":0.30000000000000004,"tags":{"lang":"en","topics":["x","y"]},"scores":{"match":true,"f1":0.5}}',
    '{"run":"b","case_id":"2","tags":{"lang":"de","topics":["z"]},"scores":{"match":false,"f1":1}}',
    '{"run":"a","case_id":"3","2":"late"}',
    '',
  ]);
});

test('Parquet has a type for each column, and row groups for chunks', async () => {
  const path = join(folder(), 'r.parquet');
  expect(await writeImport(importOf(), null, path)).toBe(3);
  const rows = await parquetReadObjects({ file: await asyncBufferFromFile(path) });
  expect(rows).toEqual([
    {
      run: 'a',
      case_id: '1',
      passed: true,
      score: 0.30000000000000004,
      'tags.lang': 'en',
      'tags.topics': ['x', 'y'],
      'scores.match': true,
      'scores.f1': 0.5,
      2: null,
    },
    expect.objectContaining({ run: 'b', passed: null, 'tags.topics': ['z'], 'scores.f1': 1 }),
    expect.objectContaining({ run: 'a', case_id: '3', score: null, 2: 'late' }),
  ]);
});

test('one run of several is written', async () => {
  const path = join(folder(), 'r.jsonl');
  expect(await writeImport(importOf(), new Set(['b']), path)).toBe(1);
  expect(readFileSync(path, 'utf8')).toMatch(/^\{"run":"b"[^\n]*\n$/);
});

test('nothing is left where the import has a problem or the file cannot be written', async () => {
  const cwd = folder();
  for (const name of ['r.jsonl', 'r.parquet', 'r.jsonl.gz']) {
    await expect(writeImport(importOf(true), null, join(cwd, name))).rejects.toThrow(
      'broken at the end (r.json:9)',
    );
  }
  expect(readdirSync(cwd)).toEqual([]);
  await expect(writeImport(importOf(), null, join(cwd, 'no', 'r.jsonl'))).rejects.toThrow(
    'could not be written (ENOENT)',
  );
});

test.each([
  ['a.parquet', { name: 'parquet', compression: 'none' }],
  ['a.JSONL', { name: 'jsonl', compression: 'none' }],
  ['a.jsonl.gz', { name: 'jsonl', compression: 'gzip' }],
  ['a.ndjson.zst', { name: 'jsonl', compression: 'zstd' }],
])('%s is written as %j', (path, format) => {
  expect(rowFileFormat(path)).toEqual(format);
});

test('other endings are refused', () => {
  expect(() => rowFileFormat('a.json')).toThrow('the ending of a.json names no format for rows');
});

test('kinds of columns follow what the import knows', () => {
  expect(rowColumns(importOf()).map(({ kind }) => kind)).toEqual([
    'text',
    'text',
    'boolean',
    'number',
    'text',
    'list',
    'boolean',
    'number',
    'text',
  ]);
  expect([cellValue(null, 'list'), cellValue('false', 'number'), cellValue(['a'], 'text')]).toEqual([
    null,
    0,
    '["a"]',
  ]);
});
