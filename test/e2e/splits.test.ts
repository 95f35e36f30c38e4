/** B-6 and the split builder by the built command: drops, the next source, leaks, and forecasts with their refusals. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ForecastReport, SplitsCheckReport, SplitsReport } from '../../src/datasets/index.ts';
import { type ResultRow, shiftedSources, sitesOfTexts, toJsonl } from '../generators/index.ts';
import { slicewise, workFolder } from './cli.ts';
import { gateIn } from './gate-run.ts';

const SHIFTS = 'slices: [source]\nshifts: [{ column: source, inDomain: internal, floor: 0.75 }]\n';

async function json<T>(cwd: string, args: readonly string[], code = 0): Promise<T> {
  const finished = await slicewise([...args, '--format', 'json'], { cwd });
  expect(finished.code, finished.stderr).toBe(code);
  return JSON.parse(finished.stdout) as T;
}

/** One run alone; the shift check needs no baseline. */
async function shiftFindings(rows: readonly ResultRow[], yaml = SHIFTS) {
  const cwd = workFolder({ 'new.jsonl': toJsonl(rows), 'slicewise.yaml': yaml });
  const { report, code } = await gateIn(cwd, ['gate', 'new.jsonl']);
  return { findings: report.findings.filter(({ check }) => check === 'shift-splits'), report, code };
}

describe('B-6, splits per shift type', () => {
  test('catch: drops of 2, 3 and 19 points show 19 as the worst and -39 to 55 for the next', async () => {
    const { findings } = await shiftFindings(shiftedSources([2, 3, 19]));
    expect(findings).toHaveLength(1);
    expect(findings[0]!.reason).toMatch(
      /^below the floor of 75\.0%: 1 of 3, worst site-3 with 71\.0%; the next source drops by -39\.4 to 55\.4 points \(3 splits: mean 8\.0, spread 9\.5, worst 19\.0 in site-3, in-domain 90\.0%\)$/,
    );
    expect(findings[0]).toMatchObject({ verdict: null, slice: 'passRate/source=site-3' });
  });

  test('catch: a kind of shift with one split is UNTESTED, and so is the release', async () => {
    const { findings, report, code } = await shiftFindings(shiftedSources([4]));
    expect(findings).toMatchObject([
      { verdict: 'UNTESTED', reason: expect.stringContaining('source has one split') },
    ]);
    expect([report.verdict, code]).toEqual(['UNTESTED', 4]);
  });

  test('quiet: drops of 4, 5 and 5 warn of nothing and put the next at 1.8 to 7.5', async () => {
    const { findings } = await shiftFindings(shiftedSources([4, 5, 5]));
    expect(findings).toMatchObject([{ verdict: null, remedy: null }]);
    expect(findings[0]!.reason).toMatch(/^the next source drops by 1\.8 to 7\.5 points/);
  });

  test('a column that no run has is refused', async () => {
    const cwd = workFolder({
      'new.jsonl': toJsonl(shiftedSources([4, 5], 50)),
      'slicewise.yaml': 'shifts: [{ column: sauce, inDomain: internal }]\n',
    });
    const { code, stderr } = await slicewise(['gate', 'new.jsonl'], { cwd });
    expect([code, stderr]).toEqual([2, expect.stringContaining("shifts names 'sauce'")]);
  });
});

describe('slicewise splits', () => {
  test('build holds out sites, days and rare texts; no copy of a test case trains; the check reads it back', async () => {
    const rows = sitesOfTexts(1, 600);
    const cwd = workFolder({ 'data.jsonl': toJsonl(rows) });
    const args = [
      'splits',
      'build',
      'data.jsonl',
      '--source',
      'site',
      '--time',
      'day',
      '--rare',
      '--hard',
      '--folds',
      '4',
    ];
    const report = await json<SplitsReport>(cwd, [...args, '-o', 'splits.jsonl']);
    expect(report.splits.map(({ name }) => name.split(':')[0])).toEqual([
      ...['iid', 'iid', 'iid', 'source', 'source', 'source', 'time', 'time', 'time'],
      ...['rare', 'rare', 'hard', 'hard'],
    ]);
    expect(report.duplicates).toEqual({ groups: 55, cases: 110 });
    for (const { leaks, test: tested, train, alike, later, unknown } of report.splits) {
      expect(leaks).toBe(0);
      expect(tested + train + alike + later + unknown).toBe(600);
    }
    expect(report.splits.filter(({ shift }) => shift === 'source').every(({ alike }) => alike > 0)).toBe(
      true,
    );
    expect(report.untested).toEqual([]);
    const cases = readFileSync(join(cwd, 'splits.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly id: string; readonly splits: readonly string[] });
    expect(cases.map(({ id }) => id)).toEqual(rows.map(({ case_id: id }) => id));
    const again = await json<SplitsReport>(cwd, [...args, '-o', 'again.jsonl']);
    expect(readFileSync(join(cwd, 'again.jsonl'), 'utf8')).toBe(
      readFileSync(join(cwd, 'splits.jsonl'), 'utf8'),
    );
    expect(again.splits).toEqual(report.splits);

    // Cases of a held-out site fail twice as often.
    const results = cases.map(({ id, splits }, at) => ({
      case_id: id,
      passed: at % (splits.some((name) => name.startsWith('source:')) ? 5 : 10) !== 0,
    }));
    const checkIn = workFolder({
      'results.jsonl': toJsonl(results),
      'splits.jsonl': readFileSync(join(cwd, 'splits.jsonl'), 'utf8'),
    });
    const check = await json<SplitsCheckReport>(checkIn, [
      'splits',
      'check',
      'results.jsonl',
      '--splits',
      'splits.jsonl',
    ]);
    expect(check.shifts!.shifts.map(({ shift, splits }) => [shift, splits.length])).toEqual([
      ['hard', 2],
      ['rare', 2],
      ['source', 3],
      ['time', 3],
    ]);
    expect(check.shifts!.inDomain.n).toBe(report.splits.slice(0, 3).reduce((sum, one) => sum + one.test, 0));
  }, 60_000);

  test('check tells two sets of texts apart by their words, and the divergence comes last', async () => {
    const rows = sitesOfTexts(2, 400);
    const other = rows.slice(200).map((row) => ({ ...row, text: `${row.text} sincerely yours` }));
    const cwd = workFolder({ 'a.jsonl': toJsonl(rows.slice(0, 200)), 'b.jsonl': toJsonl(other) });
    const { code, stdout } = await slicewise(['splits', 'check', '--train', 'a.jsonl', '--test', 'b.jsonl'], {
      cwd,
    });
    expect(code).toBe(0);
    expect(stdout).toMatch(/Apart +1\.00/);
    expect(stdout).toMatch(/sincerely yours +test/);
    expect(stdout.lastIndexOf('weak evidence')).toBeGreaterThan(stdout.indexOf('sincerely'));
  });

  test('check says what is missing', async () => {
    const cwd = workFolder({
      'r.jsonl': toJsonl(shiftedSources([4, 5], 50)),
      's.jsonl': '{"id":"x","splits":["iid:1"]}\n',
    });
    const none = await slicewise(['splits', 'check'], { cwd });
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('there is nothing to check')]);
    const both = await slicewise(['splits', 'check', 'r.jsonl'], { cwd });
    expect([both.code, both.stderr]).toEqual([2, expect.stringContaining('--splits and --column')]);
    const apart = await slicewise(['splits', 'check', 'r.jsonl', '--splits', 's.jsonl'], { cwd });
    expect([apart.code, apart.stderr]).toEqual([2, expect.stringContaining('no id is in both')]);
  });

  test('build names rows that share an id, and asks what to hold out', async () => {
    const cwd = workFolder({ 'd.jsonl': '{"id":"a","text":"x"}\n{"id":"a","text":"y"}\n' });
    const twice = await slicewise(['splits', 'build', 'd.jsonl', '--group', 'text'], { cwd });
    expect([twice.code, twice.stderr]).toEqual([
      2,
      expect.stringContaining('the id "a" stands here and in d.jsonl, line 1'),
    ]);
    const nothing = await slicewise(['splits', 'build', 'd.jsonl'], { cwd });
    expect([nothing.code, nothing.stderr]).toEqual([2, expect.stringContaining('no way to split is named')]);
  });
});

describe('files that do not fit', () => {
  const rows = toJsonl(shiftedSources([2, 3]));

  test('lists are not written over a file, and no folder is left where nothing was built', async () => {
    const cwd = workFolder({ 'd.jsonl': rows, 'bad.jsonl': '{"id":' });
    const build = (data: string, folder: string) =>
      slicewise(['splits', 'build', data, '--source', 'source', '--files', folder], { cwd });
    expect(await build('d.jsonl', 'd.jsonl')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--files d.jsonl is a file, expected a folder'),
    });
    expect((await build('bad.jsonl', 'lists')).code).toBe(2);
    expect(existsSync(join(cwd, 'lists'))).toBe(false);
  });

  test('every file that is missing is named at once', async () => {
    const cwd = workFolder({ 'd.jsonl': rows });
    const files = ['--results', 'no-results.jsonl', '--splits', 'no-splits.jsonl'];
    const { code, stderr } = await slicewise(['forecast', 'no-inputs.jsonl', ...files], { cwd });
    expect(code).toBe(2);
    for (const name of ['inputs', 'results', 'splits']) expect(stderr).toContain(`(no-${name}.jsonl)`);
  });
});

describe('slicewise forecast', () => {
  const results = sitesOfTexts(3, 900).map((row, at) => ({
    ...row,
    passed: at % 10 >= (String(row.text).includes('refund') ? 5 : 1),
  }));
  const known = results.filter(({ site }) => site !== 'site 4');
  const fresh = results.filter(({ site }) => site === 'site 4').map((row) => ({ ...row, passed: null }));
  const args = ['--results', 'known.jsonl', '--column', 'site', '--in-domain', 'site 0'];

  test('foresees the rate of a new site within its interval', async () => {
    const cwd = workFolder({ 'known.jsonl': toJsonl(known), 'new.jsonl': toJsonl(fresh) });
    const report = await json<ForecastReport>(cwd, ['forecast', 'new.jsonl', ...args]);
    const actual = results.filter(({ site, passed }) => site === 'site 4' && passed).length / fresh.length;
    expect(report.expected!.lower).toBeLessThanOrEqual(actual);
    expect(report.expected!.upper).toBeGreaterThanOrEqual(actual);
    expect(report.records.map(({ name, heldOut }) => [name, heldOut.length])).toEqual([
      ['average', 3],
      ['words', 3],
      ['confidence', 3],
    ]);
  });

  test('refuses a language that no split held, with exit code 4', async () => {
    const foreign = fresh.map((row, at) => ({
      ...row,
      text: `le bateau numéro ${at} part demain avec son équipage`,
    }));
    const cwd = workFolder({ 'known.jsonl': toJsonl(known), 'new.jsonl': toJsonl(foreign) });
    const { code, stdout } = await slicewise(['forecast', 'new.jsonl', ...args], { cwd });
    expect([code, stdout]).toEqual([4, expect.stringMatching(/^Refused +the new cases lie outside/)]);
  });
});
