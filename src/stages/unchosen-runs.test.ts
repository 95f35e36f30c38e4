import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetWriteFile } from 'hyparquet-writer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { configFromFlags, type Flags } from '../config/index.ts';
import { configuredRuns, load } from './load.ts';

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'slicewise-runs-'));
  const rows = ['fp32', 'int8', 'int4'].flatMap((run) => ['a', 'b'].map((id) => ({ run, id })));
  const lines = rows.map(({ run, id }) => `${run},${id},1`);
  writeFileSync(join(cwd, 'q.csv'), `variant,id,passed\n${lines.join('\n')}\n`);
  writeFileSync(join(cwd, 'twice.csv'), `variant,id,passed\n${lines.join('\n')}\nfp32,a,0\n`);
  parquetWriteFile({
    filename: join(cwd, 'q.parquet'),
    columnData: [
      { name: 'model', data: rows.map(({ run }) => run), type: 'STRING' },
      { name: 'id', data: rows.map(({ id }) => id), type: 'STRING' },
    ],
  });
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

function opened(flags: Flags) {
  const config = configFromFlags(flags);
  return load(config, configuredRuns(config), { cwd, now: () => new Date(0), progress: () => {} });
}

const RUNS = '"fp32" (2 rows), "int8" (2 rows), "int4" (2 rows)';

test.each([
  ['q.csv', 'variant'],
  ['q.parquet', 'model'],
])('%s is said to hold the runs of its column %s', async (file, column) => {
  await expect(opened({ candidate: [file] })).rejects.toMatchObject({
    code: 'DATA',
    problems: [
      {
        message: `the file holds 3 runs (column "${column}"), expected one: ${RUNS}`,
        hint: expect.stringContaining('choose one with --candidate-run fp32, or compare two of them: '),
      },
    ],
  });
});

test('the side that holds several runs is the one that is told', async () => {
  await expect(
    opened({ baseline: ['q.csv'], candidate: ['q.csv'], candidateRun: 'int8' }),
  ).rejects.toMatchObject({ problems: [{ hint: 'choose one with --baseline-run fp32' }] });
});

test('rows that are doubled within a run stay duplicates', async () => {
  await expect(opened({ candidate: ['twice.csv'] })).rejects.toMatchObject({
    problems: [
      { message: expect.stringContaining('case "a" has 4 rows') },
      { message: expect.stringContaining('case "b" has 3 rows') },
    ],
  });
});
