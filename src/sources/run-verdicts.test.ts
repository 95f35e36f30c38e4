/** Runs of one file of which one was judged and another only scored. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRun } from './index.ts';

const ROWS = [
  { run: 'judged', case_id: 'a', passed: 'true', score: '1' },
  { run: 'judged', case_id: 'b', passed: null, score: null },
  { run: 'scored', case_id: 'a', passed: null, score: '0.25' },
  { run: 'scored', case_id: 'b', passed: null, score: '0.5' },
  { run: 'neither', case_id: 'a', passed: null, score: null },
];
let cwd: string;

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'slicewise-verdicts-'));
  writeFileSync(join(cwd, 'runs.jsonl'), ROWS.map((row) => JSON.stringify(row)).join('\n'));
  const columnData = (['run', 'case_id', 'passed', 'score'] as const).map((name) => ({
    name,
    data: ROWS.map((row) => row[name]),
  }));
  writeFileSync(join(cwd, 'runs.parquet'), Buffer.from(parquetWriteBuffer({ columnData })));
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

describe.each(['runs.jsonl', 'runs.parquet'])('%s', (file) => {
  const open = (run: string, mapping = {}): ReturnType<typeof openRun> =>
    openRun({ files: [file], run, mapping, cwd });

  it('takes the scores of a run without verdicts, and says so', async () => {
    const { mapping, detected, notes } = await open('scored');
    expect(mapping).toMatchObject({ run: 'run', caseId: 'case_id', score: 'score' });
    expect(mapping.passed).toBeUndefined();
    expect(detected).not.toContain('passed');
    expect(notes).toContain(
      'run "scored" has scores (column "score") and no verdict in column "passed", which is not used',
    );
  });

  it('keeps the verdicts of a run that has some, of one without anything, and those that the user named', async () => {
    expect((await open('judged')).mapping.passed).toBe('passed');
    expect((await open('neither')).mapping.passed).toBe('passed');
    expect((await open('scored', { passed: 'passed' })).mapping.passed).toBe('passed');
  });
});

it('tells an engine that reads Parquet how a run is chosen', async () => {
  const { source } = await openRun({
    files: ['runs.parquet'],
    run: null,
    mapping: {},
    cwd,
    side: 'baseline',
  });
  const runs = [
    { run: 'judged', rows: 2 },
    { run: 'scored', rows: 2 },
  ];
  expect(source.kind === 'parquet' && source.chooseRun?.(runs)).toBe('choose one with --baseline-run judged');
});
