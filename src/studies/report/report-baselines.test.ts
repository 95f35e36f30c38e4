/** A report compares with baselines as the gate does: slices, configured baselines, clusters, and what is missing. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, describe, expect, test } from 'vitest';
import { type Config, configFromFlags, type Flags } from '../../config/index.ts';
import { REPORT_DEFAULTS, type ReportResult, renderStudy, runReport } from '../index.ts';
import type { ComparedBaselines } from './baseline-report.ts';

type Row = Readonly<Record<string, unknown>>;

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

async function reportOf(
  files: Readonly<Record<string, readonly Row[]>>,
  flags: Flags = {},
  baselines?: Config['baselines'],
): Promise<ReportResult> {
  const cwd = mkdtempSync(join(tmpdir(), 'slicewise-baselines-'));
  folders.push(cwd);
  for (const [name, rows] of Object.entries(files)) {
    writeFileSync(join(cwd, name), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  }
  const config = configFromFlags({ candidate: ['new.jsonl'], ...flags });
  return runReport(
    { ...REPORT_DEFAULTS, config: { ...config, ...(baselines === undefined ? {} : { baselines }) } },
    { cwd, now: () => new Date('2026-01-02T03:04:05Z'), progress: () => {} },
  );
}

function comparedOf({ baselines }: ReportResult): ComparedBaselines {
  expect(baselines?.kind).toBe('compared');
  return baselines as ComparedBaselines;
}

/** 200 mails: a long one is spam; where everything is good, in team b, a constant answer does as well as the run. */
const MAILS = Array.from({ length: 200 }, (_, i) => {
  const inB = i % 2 === 1;
  const spam = inB ? i % 40 === 1 : i % 4 === 0;
  return {
    ...{ id: `c${i}`, team: inB ? 'b' : 'a', thread: `t${Math.floor(i / 4)}` },
    input: spam ? `win money now ${'x '.repeat(40)}` : `see you at ${i % 12}`,
    expected: spam ? 'spam' : 'good',
    predicted: inB ? 'good' : i % 20 === 0 ? 'good' : spam ? 'spam' : 'good',
  };
});

describe('the lift over constant answers', () => {
  test('is shown for all cases and per slice, in the page, in Markdown and unrounded in CSV', async () => {
    const result = await reportOf({ 'new.jsonl': MAILS }, { slice: ['team'] });
    const { overall, slices, missing } = comparedOf(result);
    // 55 of 200 are spam: 145 for a constant answer; 10 and 5 of them are missed by the run.
    expect(overall.baselines[0]).toMatchObject({ guess: ['good'], score: 145 / 200 });
    expect(overall.lift.estimate).toBeCloseTo((185 - 145) / 200, 12);
    expect(slices.map(({ name, lift }) => [name, lift.lift.estimate, lift.fails])).toEqual([
      ['team=a', 0.4, null],
      ['team=b', 0, 'share'],
    ]);
    expect(missing).toEqual([
      'a simple model (slicewise baseline train)',
      'a previous run',
      'people or another system',
    ]);
    const page = renderStudy(result, 'terminal', { columns: 100 });
    expect(page).toContain("always answering 'good' scores 72.5%, lift 20.0 points");
    expect(page).toMatch(/^team=b: good +100 +0\.950 +0\.950 +0\.000 .*!$/m);
    expect(page.replace(/\s+/g, ' ')).toContain('hardly better than a constant answer in 1 of 2 slices');
    expect(page).toContain('a lift with a mark (!)');
    expect(renderStudy(result, 'markdown')).toContain('| `team=b: good` | 100 | 0.950 | 0.950 |');
    const rows = parse(renderStudy(result, 'csv'), { columns: true }) as Record<string, string>[];
    const lifts = rows.filter(({ metric }) => metric === 'passRate over the best constant answer');
    expect(lifts.map(({ value, baseline, candidate, delta }) => [value, baseline, candidate, delta])).toEqual(
      [
        ['(all)', '0.725', '0.925', `${overall.lift.estimate}`],
        ['a', '0.5', '0.9', '0.4'],
        ['b', '0.95', '0.95', '0'],
      ],
    );
  });

  test('slices of one label and small ones are counted', async () => {
    const rows = MAILS.map((row, i) => ({
      ...row,
      team: i < 10 ? 'tiny' : row.expected === 'good' && row.team === 'b' ? 'clean' : 'mixed',
    }));
    const result = await reportOf({ 'new.jsonl': rows }, { slice: ['team'] });
    expect(comparedOf(result)).toMatchObject({ oneClass: 1, small: 1 });
    expect(result.dimensions[0]).toMatchObject({ slices: 2, smallSlices: 1 });
    expect(renderStudy(result, 'terminal', { columns: 200 })).toContain(
      'not compared with a constant answer: 1 slice of one label, where a constant is always right, 1 slice below 20 cases',
    );
  });

  test('has the intervals of clusters where cases come in clusters', async () => {
    const alone = comparedOf(await reportOf({ 'new.jsonl': MAILS }, { slice: ['team'] }));
    const flags = { slice: ['team'], map: ['cluster=thread'] };
    const clustered = comparedOf(await reportOf({ 'new.jsonl': MAILS }, flags));
    expect(clustered.overall.lift.estimate).toBeCloseTo(alone.overall.lift.estimate!, 12);
    expect(clustered.overall.lift.method).not.toBe(alone.overall.lift.method);
    expect(clustered.caveat).toBeNull();
  });

  test('is counted from labels alone where no rate of right answers is asked for, and says so', async () => {
    const rows = MAILS.map((row, i) => ({ ...row, seconds: i % 7 }));
    const flags = { slice: ['team'], metric: ['mean:seconds'], margin: ['mean:seconds=1'] };
    const result = await reportOf({ 'new.jsonl': rows }, { ...flags, map: ['cluster=thread'] });
    const found = comparedOf(result);
    expect(found).toMatchObject({ metric: 'accuracy', small: null });
    expect(found.caveat).toContain('mean:seconds is no rate of right answers');
    expect(found.caveat).toContain('intervals take cases as independent though they come in clusters');
    expect(found.slices.map(({ name, lift }) => [name, lift.lift.estimate])).toEqual([
      ['team=a', 0.4],
      ['team=b', 0],
    ]);
    const both = { ...flags, metric: ['mean:seconds', 'passRate'] };
    expect(comparedOf(await reportOf({ 'new.jsonl': rows }, both))).toMatchObject({
      metric: 'passRate',
      caveat: null,
    });
  });
});

describe('configured baselines', () => {
  const people = MAILS.slice(0, 100).map(({ id, expected }) => ({ id, predicted: expected }));

  test('stand in a table of their own, and what they are is no longer missing', async () => {
    const result = await reportOf(
      { 'new.jsonl': MAILS, 'people.jsonl': people },
      { slice: ['team'] },
      {
        topK: null,
        simple: ['length-only', 'bag-of-words'],
        runs: [{ name: 'people', kind: 'human', files: ['people.jsonl'] }],
      },
    );
    const { others, missing } = comparedOf(result);
    expect(others.map(({ name, kind, score }) => [name, kind, score.estimate])).toEqual([
      ['length-only', 'trivial', 1],
      ['bag-of-words', 'model', 1],
      ['people', 'human', 1],
    ]);
    expect(missing).toEqual(['a previous run']);
    const page = renderStudy(result, 'terminal', { columns: 110 });
    expect(page.replace(/\s+/g, ' ')).toContain('INVALID-METRIC: length-only comes too close');
    expect(page.replace(/\s+/g, ' ')).toContain('not shown to be better than bag-of-words, people');
    expect(page).toMatch(/^people: given as people\.jsonl +100 +1\.000 +0\.920 +-0\.080 .*!$/m);
    const rows = parse(renderStudy(result, 'csv'), { columns: true }) as Record<string, string>[];
    expect(rows.find(({ metric }) => metric === 'passRate over baseline people')).toMatchObject({
      n: '100',
      baseline: '1',
    });
  });

  test('topK widens what the constant answer may name', async () => {
    const rows = Array.from({ length: 100 }, (_, i) => ({
      ...{ id: `c${i}`, expected: ['a', 'b', 'c', 'd'][i % 4]!, predicted: 'a', passed: i % 10 > 0 },
    }));
    const result = await reportOf({ 'new.jsonl': rows }, {}, { topK: 2, simple: [], runs: [] });
    expect(comparedOf(result).overall).toMatchObject({ k: 2, baselines: [{ score: 0.5 }, {}] });
    const page = renderStudy(result, 'terminal', { columns: 110 }).replace(/\s+/g, ' ');
    expect(page).toContain("always answering the 2 most frequent labels 'a', 'b' scores 50.0%");
    expect(page).toContain('scores are of the pass rate; labels per answer: 2 (topK of baselines)');
  });

  test('are said to be out of place where there are no labels', async () => {
    const rows = MAILS.map(({ id, team }, i) => ({ id, team, passed: i % 3 > 0 }));
    const result = await reportOf(
      { 'new.jsonl': rows },
      {},
      { topK: null, simple: ['length-only'], runs: [] },
    );
    expect(result.baselines?.kind).toBe('not applicable');
    expect(renderStudy(result, 'terminal', { columns: 110 })).toContain(
      'no baselines: there are no true and predicted labels',
    );
  });

  test('that cannot be read are an error with their file', async () => {
    const runs = [{ name: 'x', kind: 'other', files: ['none.jsonl'] }] as const;
    await expect(reportOf({ 'new.jsonl': MAILS }, {}, { topK: null, simple: [], runs })).rejects.toThrow(
      'none.jsonl',
    );
  });
});

test('sets of labels have no constant answer, and the page says why', async () => {
  const rows = MAILS.map((row) => ({ ...row, expected: [row.expected], predicted: [row.predicted, 'x'] }));
  const result = await reportOf({ 'new.jsonl': rows });
  expect(result.classes?.hasLists).toBe(true);
  expect(result.baselines?.kind).toBe('not applicable');
});
