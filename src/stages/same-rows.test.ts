/** Files that hold both runs side by side, as a command opens them. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EMPTY_CONFIG, loadConfig, type RunInput } from '../config/index.ts';
import { type LoadOptions, load } from './load.ts';

let cwd = '';
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'slicewise-same-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const COLUMNS = 'columns: { baseline: { passed: pass_before }, candidate: { passed: pass_after } }';

/** Both runs of one file, or of two. */
async function opened(files: readonly [string, string], options: LoadOptions, config = COLUMNS) {
  const input = (file: string): RunInput => ({ files: [file], run: null });
  return load(
    await loadConfig('slicewise.yaml', config),
    { baseline: input(files[0]), candidate: input(files[1]) },
    { cwd, now: () => new Date(0), progress: () => {} },
    options,
  );
}

function write(name: string, text: string): void {
  writeFileSync(join(cwd, name), text);
}

const WITHOUT_IDS = 'pass_before,pass_after,tag\n1,0,a\n1,1,b\n0,1,a\n';

test('rows are cases where that is asked for and no column tells cases apart', async () => {
  write('both.csv', WITHOUT_IDS);
  const { engine, candidate } = await opened(['both.csv', 'both.csv'], { cases: 'rows' });
  expect(await engine.profile()).toMatchObject({ paired: 3, onlyBaseline: 0, onlyCandidate: 0 });
  expect(await engine.caseIds()).toEqual(['row 00000001', 'row 00000002', 'row 00000003']);
  expect(candidate.opened.notes).toContain(
    'no column is the case id or the input: each row is a case of its own',
  );
  const plain = await opened(['both.csv', 'both.csv'], {});
  expect(await plain.engine.profile()).toMatchObject({ paired: 3 });
  const ledger = `${COLUMNS}\nledger: runs.db`;
  await expect(opened(['both.csv', 'both.csv'], {}, ledger)).rejects.toThrow(
    /cases cannot be told apart[\s\S]*--map baseline.passed=COLUMN .*each row is a case \(without a ledger\)/,
  );
});

test('rows of two files are not paired by their places', async () => {
  write('old.csv', WITHOUT_IDS);
  write('new.csv', WITHOUT_IDS);
  await expect(opened(['old.csv', 'new.csv'], { cases: 'rows' })).rejects.toThrow(/cannot be paired/);
});

test('a file with both runs is known when it is named once, and one run alone needs to say what a case is', async () => {
  write('wide.csv', WITHOUT_IDS);
  write('one.csv', 'passed,tag\n1,a\n0,b\n');
  const alone = (file: string) =>
    load(
      EMPTY_CONFIG,
      { baseline: null, candidate: { files: [file], run: null } },
      { cwd, now: () => new Date(0), progress: () => {} },
    );
  const { engine, baseline } = await alone('wide.csv');
  expect(baseline).not.toBeNull();
  expect(await engine.profile()).toMatchObject({ paired: 3 });
  await expect(alone('one.csv')).rejects.toThrow(
    'the columns are "passed", "tag" (one.csv)\n  hint: name the column that identifies a case with --map caseId=COLUMN',
  );
});

test('a case id is used where there is one, also when rows were asked for', async () => {
  write('both.csv', 'id,pass_before,pass_after\nx,1,0\ny,1,1\n');
  const { engine } = await opened(['both.csv', 'both.csv'], { cases: 'rows' });
  expect(await engine.caseIds()).toEqual(['x', 'y']);
  const { baseline, candidate } = await engine.table({
    groupings: [],
    measure: { kind: 'outcome', of: { kind: 'passRate' }, errors: 'fail' },
    minCases: 1,
    maxValues: 10,
    split: null,
    fold: false,
  });
  expect([[...baseline], [...candidate]]).toEqual([
    [1, 1],
    [0, 1],
  ]);
});

test('unreadable cells of both runs are told at once', async () => {
  write('both.csv', 'id,pass_before,pass_after\nx,perhaps,0\ny,1,maybe\n');
  await expect(opened(['both.csv', 'both.csv'], {})).rejects.toMatchObject({
    problems: [{ where: { line: 3, field: 'pass_after' } }, { where: { line: 2, field: 'pass_before' } }],
  });
});

test('one file with two runs told apart by a column is read as two runs', async () => {
  write('runs.csv', 'id,run,passed\nx,old,1\nx,new,0\n');
  const input = (run: string): RunInput => ({ files: ['runs.csv'], run });
  const { engine } = await load(
    await loadConfig('slicewise.yaml', 'columns: { run: run }'),
    { baseline: input('old'), candidate: input('new') },
    { cwd, now: () => new Date(0), progress: () => {} },
  );
  expect(await engine.profile()).toMatchObject({
    paired: 1,
    baseline: { scored: 1 },
    candidate: { scored: 1 },
  });
});
