/** No row is lost where a file ends exactly at the end of a chunk, with or without a last line end. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetWriteFile } from 'hyparquet-writer';
import { afterAll, describe, expect, it } from 'vitest';
import { CHUNK_ROWS } from './chunk-builder.ts';
import { openRecords, openRun } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'slicewise-chunks-'));
afterAll(() => rmSync(folder, { recursive: true }));

const WRITERS: Readonly<Record<string, (ids: readonly string[]) => string>> = {
  'lines.jsonl': (ids) => `${ids.map((id) => `{"id":"${id}","passed":true}`).join('\n')}\n`,
  'open-end.jsonl': (ids) => ids.map((id) => `{"id":"${id}","passed":true}`).join('\n'),
  'array.json': (ids) => JSON.stringify(ids.map((id) => ({ id, passed: true }))),
  'lines.csv': (ids) => `id,passed\n${ids.map((id) => `${id},1`).join('\n')}\n`,
  'open-end.csv': (ids) => `id,passed\n${ids.map((id) => `${id},1`).join('\n')}`,
  'evals.jsonl': (ids) =>
    ids
      .map((id, i) =>
        JSON.stringify({
          evalId: 'e',
          promptIdx: 0,
          testIdx: i,
          provider: { id: 'echo' },
          testCase: { metadata: { testCaseId: id }, vars: {} },
          prompt: { raw: 'p', label: 'p' },
          promptId: 'p',
          vars: {},
          response: { output: 'o' },
          failureReason: 0,
          gradingResult: { pass: true, score: 1 },
          success: true,
          score: 1,
        }),
      )
      .join('\n'),
};

describe.each([CHUNK_ROWS - 1, CHUNK_ROWS, CHUNK_ROWS + 1, 2 * CHUNK_ROWS])('%i rows', (count) => {
  const ids = Array.from({ length: count }, (_, i) => `c${i}`);

  it.each(Object.keys(WRITERS))('all arrive from %s', async (name) => {
    writeFileSync(join(folder, name), WRITERS[name]!(ids));
    const { source } = await openRun({ files: [name], run: null, mapping: {}, cwd: folder });
    if (source.kind !== 'rows') throw new Error('expected rows');
    const found: string[] = [];
    for await (const chunk of source.chunks) found.push(...chunk.caseId);
    expect(found).toEqual(ids);
  });

  it.each([...Object.keys(WRITERS).slice(0, 5), 'rows.parquet'])(
    'all arrive as records from %s',
    async (name) => {
      const path = join(folder, name);
      if (name.endsWith('.parquet')) {
        parquetWriteFile({ filename: path, columnData: [{ name: 'id', type: 'STRING', data: ids }] });
      } else writeFileSync(path, WRITERS[name]!(ids));
      const records = await openRecords({ files: [name], mapping: {}, cwd: folder });
      const found: unknown[] = [];
      for await (const chunk of records.rows()) found.push(...chunk.columns.get('id')!);
      expect(found).toEqual(ids);
    },
  );
});
