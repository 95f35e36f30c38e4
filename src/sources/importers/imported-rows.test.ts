import { expect, test } from 'vitest';
import { createProblemLog } from '../../cases/index.ts';
import { createNotebook } from './create-notebook.ts';
import type { ImportedResult } from './imported-result.ts';
import { importedRows } from './imported-rows.ts';
import type { Importer, ImportFile } from './importer.ts';

const FILE: ImportFile = {
  source: { label: 'a.json', path: null, size: 0, async *open() {} },
  compression: 'none',
  kind: 'text',
  head: '',
  isWhole: true,
};

async function rowsOf(results: readonly ImportedResult[]) {
  const importer: Importer = {
    name: 'helm',
    label: 'HELM',
    recognises: () => true,
    async *read() {
      yield* results;
    },
  };
  const context = { log: createProblemLog(), notebook: createNotebook(), score: null };
  const chunks = [];
  for await (const chunk of importedRows(importer, [FILE], context)) chunks.push(chunk);
  return chunks;
}

test('every field of a result becomes a cell as rows of files have them', async () => {
  const [chunk, ...others] = await rowsOf([
    {
      run: 'r',
      caseId: 'a',
      trial: '2',
      status: 'scored',
      passed: true,
      score: 0.1 + 0.2,
      scores: { match: false, 'f1,none': 1e-7, lost: Number.NaN },
      output: 'half \ud800',
      latencyMs: 12,
      tags: { lang: 'en', topics: ['x', 'y'], nothing: null },
      extra: { reason: 'because', score: 'clash', 'tags.x': 'clash' },
      line: 7,
    },
    { run: 'r', caseId: 'b', status: 'unscored', passed: false, score: 1, line: 8 },
    { run: 'r', caseId: 'c', status: 'error', error: 'none', passed: false, line: 9 },
  ]);
  expect(others).toEqual([]);
  expect([chunk!.file, chunk!.lines]).toEqual(['a.json', [7, 8, 9]]);
  expect(Object.fromEntries(chunk!.columns)).toEqual({
    run: ['r', 'r', 'r'],
    case_id: ['a', 'b', 'c'],
    trial: ['2', null, null],
    passed: ['true', null, null],
    score: ['0.30000000000000004', null, null],
    output: ['half \ufffd', null, null],
    latency_ms: ['12', null, null],
    'tags.lang': ['en', null, null],
    'tags.topics': [['x', 'y'], null, null],
    'scores.match': ['false', null, null],
    'scores.f1,none': ['1e-7', null, null],
    reason: ['because', null, null],
    'extra.score': ['clash', null, null],
    'extra.tags.x': ['clash', null, null],
    // A text that reads as "no error" must not turn an error into a result.
    error: [null, null, 'error: none'],
  });
});

test('rows come in chunks', async () => {
  const results = Array.from({ length: 10_001 }, (_, at) => ({
    run: 'r',
    caseId: String(at),
    status: 'scored' as const,
    passed: true,
    line: at + 1,
  }));
  expect((await rowsOf(results)).map(({ lines }) => lines.length)).toEqual([10_000, 1]);
});
