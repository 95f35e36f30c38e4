/** A file that holds both runs, named once: two runs where that is sure, one where a person said otherwise. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { configFromFlags, type Flags } from '../config/index.ts';
import { configuredRuns, load } from './load.ts';

/** The verdict columns that a file with this head and one row is read with, old run first. */
async function verdicts(head: string, flags: Flags = {}, asRows = false) {
  const cwd = mkdtempSync(join(tmpdir(), 'slicewise-one-'));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  const names = head.split(',');
  writeFileSync(
    join(cwd, 'f.csv'),
    `${head}\n${names.map((name) => (name === 'id' ? 'x' : '1')).join(',')}\n`,
  );
  const config = configFromFlags({ candidate: ['f.csv'], ...flags });
  const row = Object.fromEntries(names.map((name) => [name, name === 'id' ? 'x' : 1]));
  const pair = configuredRuns(config);
  const comparison = await load(
    config,
    asRows ? { ...pair, candidate: { files: ['rows'], run: null, rows: [row] } } : pair,
    { cwd, now: () => new Date(0), progress: () => {} },
  );
  await comparison.engine.close();
  return comparison.mappings.map(({ passed, predicted, score }) => passed ?? predicted ?? score ?? null);
}

describe('one file', () => {
  test.each<[string, Flags, readonly (string | null)[]]>([
    ['id,pass_before,pass_after', {}, ['pass_before', 'pass_after']],
    ['id,label,pred_old,pred_new', {}, ['pred_old', 'pred_new']],
    ['id,x,y', { map: ['baseline.passed=x', 'candidate.passed=y'] }, ['x', 'y']],
    ['id,pass_before,pass_after,passed', {}, ['passed']],
    ['id,pass_before,pass_after', { map: ['passed=pass_after'] }, ['pass_after']],
    ['id,pass_before,pass_after,loss', { metric: ['mean:loss'], margin: ['mean:loss=1'] }, [null]],
    ['id,label,pred_a,pred_b', {}, [null]],
    ['id,score_1,score_2', {}, [null]],
    ['id,pass_before', {}, [null]],
  ])('%s with %j has the verdicts %j', async (head, flags, expected) => {
    expect(await verdicts(head, flags)).toEqual(expected);
  });

  test('rows in memory are read as the same rows in a file', async () => {
    expect(await verdicts('id,pass_before,pass_after', {}, true)).toEqual(['pass_before', 'pass_after']);
  });
});
