/** B-11 by the built command: changed data sets are restricted to unchanged cases, changed prompts are said. */

import { expect, test } from 'vitest';
import { articleTable } from '../generators/index.ts';
import { gatePair } from './gate-run.ts';

const { baseline, candidate } = articleTable({ others: 'one' });
const labelled = (rows: typeof baseline, column: string, value: string) =>
  rows.map((row) => ({ ...row, [column]: value }));

const findingsOf = async (before: typeof baseline, after: typeof baseline) => {
  const { report } = await gatePair({ baseline: before, candidate: after });
  const found = report.findings.filter(
    ({ check, status }) => check === 'comparable-runs' && status === 'checked',
  );
  return { report, found };
};

test('another data set is restricted to its unchanged cases, with the twelve edited ones named', async () => {
  const ids = new Set(baseline.slice(0, 12).map(({ case_id }) => case_id));
  const edited = candidate.map((row) => (ids.has(row.case_id) ? { ...row, input: 'rewritten' } : row));
  const { report, found } = await findingsOf(
    labelled(baseline, 'dataset_hash', 'd1'),
    labelled(edited, 'dataset_hash', 'd2'),
  );
  expect(found).toHaveLength(2);
  const [left, dataset] = found;
  expect(left?.evidence.toSorted()).toEqual([...ids].toSorted());
  expect(left?.reason).toContain('restricted to the 1,188 unchanged cases');
  expect(dataset).toMatchObject({ verdict: null });
  expect(dataset?.reason).toContain('the 1,188 unchanged cases');
  expect(report.counts).toMatchObject({ edited: 12, paired: baseline.length });
});

test('another data set of which every shared case is unchanged is compared, and said', async () => {
  const { report, found } = await findingsOf(
    labelled(baseline, 'dataset_hash', 'd1'),
    labelled(candidate, 'dataset_hash', 'd2'),
  );
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ verdict: null });
  expect(found[0]?.reason).toContain('all 1,200 shared cases, every one unchanged');
  expect(report.verdict).toBe('BLOCK');
});

test('another data set whose cases cannot be told apart is NOT COMPARABLE', async () => {
  const blind = (rows: typeof baseline) => rows.map(({ input: _, ...row }) => row as (typeof rows)[number]);
  const { report, found } = await findingsOf(
    labelled(blind(baseline), 'dataset_hash', 'd1'),
    labelled(blind(candidate), 'dataset_hash', 'd2'),
  );
  expect(found[0]).toMatchObject({ verdict: 'INVALID' });
  expect(found[0]?.reason).toMatch(/^NOT COMPARABLE: dataset differs/);
  expect(report.verdict).toBe('INVALID');
});

test('another code is a notice, and a commit that one run lacks is listed', async () => {
  const changed = await findingsOf(
    labelled(baseline, 'git_commit', 'aaa1'),
    labelled(candidate, 'git_commit', 'bbb2'),
  );
  expect(changed.found).toHaveLength(1);
  expect(changed.found[0]).toMatchObject({ verdict: null });
  expect(changed.found[0]?.reason).toContain('code differs between the runs: aaa1 and bbb2; the runs stay');
  const lost = await findingsOf(labelled(baseline, 'git_commit', 'aaa1'), candidate);
  expect(lost.found[0]?.reason).toContain('code (only in the baseline)');
});

test('another prompt is a notice; the same one is nothing', async () => {
  const changed = await findingsOf(
    labelled(baseline, 'prompt_hash', 'p1'),
    labelled(candidate, 'prompt_hash', 'p2'),
  );
  expect(changed.found).toHaveLength(1);
  expect(changed.found[0]).toMatchObject({ verdict: null });
  expect(changed.found[0]?.reason).toContain('prompt differs between the runs: p1 and p2');
  const same = await findingsOf(
    labelled(baseline, 'prompt_hash', 'p1'),
    labelled(candidate, 'prompt_hash', 'p1'),
  );
  expect(same.found).toEqual([]);
});
