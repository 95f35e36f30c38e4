import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ColumnMapping } from '../cases/index.ts';
import { openMemory } from '../engines/index.ts';
import { sideOf, type TestRow } from '../engines/test-tables.ts';
import { readOutcomes, wasEdited } from './read-outcomes.ts';

let file: string;
beforeEach(() => {
  file = join(mkdtempSync(join(tmpdir(), 'slicewise-outcomes-')), 'run.parquet');
});
afterEach(() => rmSync(join(file, '..'), { recursive: true }));

/** Writes rows as the engine does. */
async function write(
  rows: readonly TestRow[],
  mapping: ColumnMapping,
  texts = false,
): Promise<ColumnMapping> {
  const engine = await openMemory({ baseline: null, candidate: sideOf(rows, mapping) });
  return engine.writeRows('candidate', file, { texts });
}

const ALL = { errors: 'fail', columns: [], ids: null } as const;

test('reads what the engine wrote: trials as one value, errors by policy, tags and text attributes', async () => {
  const rows: TestRow[] = [
    { id: 'a', trial: '1', passed: 1, cells: { intent: 'refund', tags: ['x', 'y'] } },
    { id: 'a', trial: '2', passed: 0, cells: { intent: 'refund', tags: ['x', 'y'] } },
    { id: 'b', status: 'error', cells: { intent: null, tags: [] } },
    { id: 'c', status: 'unscored', cells: { intent: 'greet' } },
    { id: 'd', trial: '1', passed: 1 },
    { id: 'd', trial: '2', status: 'error' },
  ];
  const mapping = await write(rows, { caseId: 'id', trial: 'trial', passed: 'ok', error: 'err' });
  const columns = ['intent', 'tags', 'absent'];
  const fail = await readOutcomes(file, mapping, { ...ALL, columns });
  expect([...fail].map(([id, { value }]) => [id, value])).toEqual([
    ['a', 0.5],
    ['b', 0],
    ['c', null],
    ['d', 0.5],
  ]);
  expect(fail.get('a')!.attributes).toEqual(
    new Map([
      ['intent', new Set(['refund'])],
      ['tags', new Set(['x', 'y'])],
      ['absent', new Set()],
    ]),
  );
  const exclude = await readOutcomes(file, mapping, { ...ALL, errors: 'exclude' });
  expect([...exclude.values()].map(({ value }) => value)).toEqual([0.5, null, null, 1]);
});

test.each([false, true])('finds cases that are keyed by their input, texts kept: %s', async (texts) => {
  const rows: TestRow[] = ['what is a refund?', 'hello', 'bye'].map((input, index) => ({
    id: input,
    passed: index === 1 ? 0 : 1,
    cells: { question: input },
  }));
  const mapping = await write(rows, { input: 'question', passed: 'ok' }, texts);
  const found = await readOutcomes(file, mapping, { ...ALL, ids: ['hello', 'nobody'] });
  expect([...found].map(([id, { value }]) => [id, value])).toEqual([['hello', 0]]);
});

test.each([
  ['ids in one plane', ['a', 'z', '\ud7ff']],
  ['ids beyond it', ['\u{1f600}', '\uffee', 'a']],
  ['many ids', Array.from({ length: 100 }, (_, index) => `id ${index}`)],
])('finds each of %s', async (_what, ids) => {
  const mapping = await write(
    ids.map((id) => ({ id, passed: 1 })),
    { caseId: 'id', passed: 'ok' },
  );
  const found = await readOutcomes(file, mapping, { ...ALL, ids });
  expect(new Set(found.keys())).toEqual(new Set(ids));
});

test('a text and its hash are the same text, so only a real edit counts', () => {
  const plain = { value: 1, input: 'hi', expected: null, attributes: new Map() };
  const hashed = {
    ...plain,
    input: 'sha256:8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4',
  };
  expect(wasEdited(plain, hashed)).toBe(false);
  expect(wasEdited(plain, { ...plain, input: 'ho' })).toBe(true);
  expect(wasEdited(plain, { ...plain, input: null, expected: 'x' })).toBe(false);
});

test('a file that is no Parquet is a clear error', async () => {
  writeFileSync(file, 'no parquet');
  await expect(readOutcomes(file, { caseId: 'id' }, ALL)).rejects.toThrow('recorded outcomes cannot be read');
  await expect(readOutcomes(file, {}, ALL)).rejects.toThrow('without a column of case ids');
});
