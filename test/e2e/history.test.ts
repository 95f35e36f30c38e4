/** The ledger by the built command: recorded baselines and their age, slow slides, anchors, records of single cases. */

import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { History, HistorySeries } from '../../src/ledger/index.ts';
import { randomStream } from '../generators/index.ts';
import { clockAt, jsonLines, slicewise, workFolder } from './cli.ts';
import { type GateRun, gateIn, opening, sliceOf } from './gate-run.ts';

const LEDGER = ['--ledger', 'ledger.db'];

/** A run of these cases: `n` in one slice, where `fails` says which of them fail. */
function run(n: number, fails: (i: number) => boolean, more: object = {}): string {
  return jsonLines(
    Array.from({ length: n }, (_, i) => ({
      case_id: `case-${i}`,
      segment: 'refund_flow',
      passed: !fails(i),
      ...more,
    })),
  );
}

/** Gates every run against the one before it, a week apart, with the ledger's newest as baseline. */
async function gateReleases(
  cwd: string,
  runs: readonly string[],
  more: readonly string[] = [],
): Promise<readonly GateRun[]> {
  const gates: GateRun[] = [];
  for (const [week, text] of runs.entries()) {
    writeFileSync(join(cwd, `release-${week}.jsonl`), text);
    if (week === 0) continue;
    const baseline = week === 1 ? 'release-0.jsonl' : 'ledger:main@latest';
    const args = ['gate', '--baseline', baseline, '--candidate', `release-${week}.jsonl`, ...LEDGER, ...more];
    gates.push(await gateIn(cwd, args, clockAt(`2026-03-0${week}T12:00:00Z`)));
  }
  return gates;
}

async function historyOf(cwd: string, args: readonly string[] = []): Promise<History> {
  const { code, stdout, stderr } = await slicewise(['history', ...LEDGER, ...args, '--format', 'json'], {
    cwd,
  });
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as History;
}

async function seriesOf(cwd: string, args: readonly string[] = []): Promise<HistorySeries> {
  const { series } = await historyOf(cwd, ['refund_flow', ...args]);
  expect(series).toHaveLength(1);
  return series[0]!;
}

/** 1,200 cases of which 93 % pass, 12 fewer with each release: to 87 % in six steps. */
const SLIDE = Array.from({ length: 7 }, (_, release) => run(1200, (i) => i < 84 + 12 * release));

/** Around 93 % by chance: each run fails 60 cases that always fail and 1 in 45 of the others. */
function noisyRuns(seed: number): readonly string[] {
  const random = randomStream(seed);
  return Array.from({ length: 7 }, () => {
    const failed = Array.from({ length: 1200 }, (_, i) => i < 60 || random() < 1 / 45);
    return run(1200, (i) => failed[i]!);
  });
}

describe('a slow slide', () => {
  test('from .93 to .87 in six steps above a floor of .85 passes every gate, and history says SLIDE', async () => {
    const cwd = workFolder();
    const gates = await gateReleases(cwd, SLIDE, ['--floor', '0.85']);
    expect(gates.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0, 0]);
    const series = await seriesOf(cwd);
    expect(series.verdict).toBe('REVIEW');
    expect(series.points.map(({ verdict, releaseVerdict }) => `${verdict} ${releaseVerdict}`)).toEqual(
      Array.from({ length: 6 }, () => 'PASS PASS'),
    );
    expect(series.drift).toMatchObject({ basis: 'paired', slide: true, since: { from: 'first release' } });
    expect(series.drift!.change.estimate).toBeCloseTo(-0.06, 12);
    expect(series.drift!.change.upper).toBeLessThan(-0.04);
    const { stdout, code } = await slicewise(['history', 'refund_flow', ...LEDGER], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^segment=refund_flow {2}pass rate\nSLIDE \(REVIEW\): -6\.0 points since the baseline of the first gate \(2026-03-01\)/,
    );
    // Trend, verdict and drift of each gate.
    expect(stdout).toMatch(/\n2026-03-06 .* 87\.0% .* PASS +-6\.0!\n/);
    expect(stdout.match(/\n2026-03-0\d /g)).toHaveLength(6);
  });

  test('noise around .93 stays quiet', async () => {
    for (const seed of [1, 2]) {
      const cwd = workFolder();
      const gates = await gateReleases(cwd, noisyRuns(seed), ['--floor', '0.85']);
      expect(gates.every(({ code }) => code === 0)).toBe(true);
      const series = await seriesOf(cwd);
      expect(series.verdict).toBeNull();
      expect(series.points.filter(({ drift }) => drift?.slide)).toEqual([]);
      expect((await slicewise(['history', ...LEDGER], { cwd })).stdout).not.toContain('SLIDE');
    }
  });

  test('counts from an anchor that a person set, with the reason', async () => {
    const cwd = workFolder();
    await gateReleases(cwd, SLIDE.slice(0, 5));
    expect((await seriesOf(cwd)).verdict).toBe('REVIEW');
    const anchor = ['anchor', ...LEDGER, '--reason', 'fewer refunds, reviewed', '--who', 'ana'];
    const set = await slicewise(anchor, { cwd, ...clockAt('2026-03-08T00:00:00Z') });
    expect(set.code, set.stderr).toBe(0);
    writeFileSync(join(cwd, 'next.jsonl'), SLIDE[4]!.replace('"passed":true', '"passed":false'));
    const next = ['gate', '--baseline', 'ledger:main@anchor', '--candidate', 'next.jsonl', ...LEDGER];
    await gateIn(cwd, next, clockAt('2026-03-09T00:00:00Z'));
    const series = await seriesOf(cwd);
    expect(series.drift).toMatchObject({
      slide: false,
      since: { from: 'anchor', reason: 'fewer refunds, reviewed', who: 'ana' },
    });
    expect(series.drift!.change.estimate).toBeCloseTo(-1 / 1200, 12);
    expect(series.verdict).toBeNull();
  });

  test('a change of judge breaks the line visibly', async () => {
    const cwd = workFolder();
    const judged = (release: number, judge: string) =>
      run(1200, (i) => i < 84 + 12 * release, { judge_fingerprint: judge });
    await gateReleases(cwd, [judged(0, 'j1'), judged(3, 'j1'), judged(6, 'j2')]);
    const series = await seriesOf(cwd);
    expect(series.points.map(({ breaks }) => breaks)).toEqual([[], ['the judge changed']]);
    expect(series.points[1]!.drift).toBeNull();
    expect(series.points[1]!.releaseVerdict).toBe('INVALID');
  });
});

describe('names', () => {
  test('--record-as names a line of runs: history shows it alone, and a baseline comes from it', async () => {
    const cwd = workFolder({ 'a.jsonl': SLIDE[0]!, 'b.jsonl': SLIDE[1]!, 'c.jsonl': SLIDE[2]! });
    await gateIn(cwd, ['gate', 'a.jsonl', 'b.jsonl', ...LEDGER, '--record-as', 'canary']);
    await gateIn(cwd, ['gate', 'a.jsonl', 'c.jsonl', ...LEDGER]);
    expect((await historyOf(cwd)).gates).toBe(2);
    expect((await historyOf(cwd, ['--name', 'canary'])).gates).toBe(1);
    expect((await seriesOf(cwd, ['--name', 'main'])).points[0]!.candidate!.estimate).toBe(0.91);
    const gate = ['gate', '--baseline', 'ledger:canary', '--candidate', 'c.jsonl', ...LEDGER];
    expect(sliceOf((await gateIn(cwd, gate)).report, 'refund_flow')).toMatchObject({ lost: 12, gained: 0 });
  });
});

describe('a recorded baseline', () => {
  const recorded = async () => {
    const cwd = workFolder({ 'old.jsonl': SLIDE[0]!, 'new.jsonl': SLIDE[1]! });
    await gateIn(cwd, ['gate', 'old.jsonl', 'old.jsonl', ...LEDGER], clockAt('2026-01-01T00:00:00Z'));
    return cwd;
  };
  const NEXT = ['gate', '--baseline', 'ledger:main@latest', '--candidate', 'new.jsonl'];

  test('shows its age in the opening lines', async () => {
    const cwd = await recorded();
    const { report, stdout, code } = await gateIn(cwd, [...NEXT, ...LEDGER], clockAt('2026-02-15T06:00:00Z'));
    expect(code).toBe(0);
    expect(report.baseline).toMatchObject({ name: 'ledger:main@latest', ageDays: 45.25 });
    expect(opening(stdout)[1]).toContain('baseline 45 days old');
  });

  test('beyond the limit makes the release STALE, whatever the numbers say', async () => {
    const cwd = await recorded();
    const config = 'ledger: ledger.db\npolicy: { maxBaselineAgeDays: 30 }\n';
    writeFileSync(join(cwd, 'slicewise.yaml'), config);
    const fresh = await gateIn(cwd, NEXT, clockAt('2026-01-31T00:00:00Z'));
    expect([fresh.code, fresh.report.verdict]).toEqual([0, 'PASS']);
    // The newest run is that of 31 January now.
    const latest = await gateIn(cwd, NEXT, clockAt('2026-02-15T00:00:00Z'));
    expect([latest.code, latest.report.baseline?.ageDays]).toEqual([0, 15]);
    const dated = NEXT.map((word) => (word === 'ledger:main@latest' ? 'ledger:main@2026-01-01' : word));
    const stale = await gateIn(cwd, dated, clockAt('2026-02-15T00:00:00Z'));
    expect([stale.code, stale.report.verdict]).toEqual([4, 'STALE']);
    expect(stale.report.ship.text).toContain('recorded 45 days ago, more than the 30');
  });
});

describe('a blocked candidate', () => {
  test('is no baseline: the same loss blocks again the next night, and a note says what was passed over', async () => {
    const worse = run(1200, (i) => i < 180);
    const cwd = workFolder({ 'old.jsonl': SLIDE[0]!, 'night-1.jsonl': worse, 'night-2.jsonl': worse });
    await gateIn(cwd, ['gate', 'old.jsonl', 'old.jsonl', ...LEDGER]);
    const night = (file: string) =>
      gateIn(cwd, ['gate', '--baseline', 'ledger:main@latest', '--candidate', file, ...LEDGER]);
    expect((await night('night-1.jsonl')).code).toBe(1);
    const second = await night('night-2.jsonl');
    expect(second.code).toBe(1);
    expect(sliceOf(second.report, 'refund_flow').lost).toBe(96);
    expect(second.report.notes).toContain(
      'ledger:main@latest is the newest run that no gate blocked: 1 newer run of main was blocked',
    );
    await slicewise(['anchor', ...LEDGER, '--reason', 'meant', '--who', 'ana'], { cwd });
    expect((await night('night-2.jsonl')).code).toBe(0);
  });
});

describe('the record of a case', () => {
  test('says in how many comparisons it flipped, and in how many of those nothing had changed', async () => {
    const flaky = (fails: boolean) => run(60, (i) => i >= 56 || (i === 0 && fails));
    const cwd = workFolder();
    const names = [true, false, true, false, false];
    for (const [k, fails] of names.entries()) writeFileSync(join(cwd, `r${k}.jsonl`), flaky(fails));
    // A flip with each release, and reruns of which two flip and one does not.
    await gateIn(cwd, ['gate', 'r1.jsonl', 'r0.jsonl', ...LEDGER, '--rerun', 'r2.jsonl']);
    await gateIn(cwd, [
      'gate',
      '--baseline',
      'ledger:main',
      '--candidate',
      'r3.jsonl',
      ...LEDGER,
      '--rerun',
      'r1.jsonl',
    ]);
    const args = ['gate', '--baseline', 'ledger:main', '--candidate', 'r0.jsonl', ...LEDGER];
    const { report, stdout } = await gateIn(cwd, [...args, '--rerun', 'r4.jsonl', '--all']);
    const [lost] = sliceOf(report, 'refund_flow').cases.lost;
    expect(lost).toMatchObject({
      id: 'case-0',
      // The first gate had the same results as this one, so it is left out.
      record: { comparisons: 4, flipped: 3, unchangedComparisons: 3, flippedUnchanged: 2 },
    });
    expect(stdout).not.toContain('undefined');
    // The same gate once more: what was just recorded is this very comparison, and no past of its cases.
    const again = await gateIn(cwd, ['gate', 'r3.jsonl', 'r0.jsonl', ...LEDGER]);
    expect(sliceOf(again.report, 'refund_flow').cases.lost[0]!.record).toEqual(lost!.record);
  });

  test('stands beside the case in the report', async () => {
    const cwd = workFolder();
    writeFileSync(
      join(cwd, 'old.jsonl'),
      run(60, () => false),
    );
    writeFileSync(
      join(cwd, 'again.jsonl'),
      run(60, (i) => i === 0),
    );
    writeFileSync(
      join(cwd, 'new.jsonl'),
      run(60, (i) => i < 12),
    );
    const gate = ['gate', 'old.jsonl', 'new.jsonl', '--rerun', 'again.jsonl', ...LEDGER];
    const { stdout } = await gateIn(cwd, gate);
    expect(stdout).toContain('flipped in 1 of 1 run, 1 of them unchanged');
    expect(stdout).toContain('flipped in 0 of 1 run');
  });
});

describe('retention', () => {
  test('keeps as many runs of a name as the configuration says', async () => {
    const cwd = workFolder({ 'slicewise.yaml': 'ledger: { path: ledger.db, keepRuns: 2 }\n' });
    for (const [k, text] of SLIDE.slice(0, 5).entries()) writeFileSync(join(cwd, `r${k}.jsonl`), text);
    for (const k of [1, 2, 3, 4]) await gateIn(cwd, ['gate', `r${k}.jsonl`]);
    expect(readdirSync(join(cwd, 'ledger.db.cases'))).toHaveLength(2);
    const gone = ['gate', '--baseline', 'ledger:main@2000-01-01', '--candidate', 'r4.jsonl'];
    expect((await slicewise(gone, { cwd })).stderr).toContain('has no run up to 2000-01-01');
    // What was decided stays.
    expect((await historyOf(cwd)).gates).toBe(4);
  });
});
