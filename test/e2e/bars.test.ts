/** The acceptance bars of the gate, by the built command: each answers a failure seen in existing tools. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/gate/index.ts';
import {
  articleTable,
  changedJudge,
  clearWinBesideTinySlices,
  inOtherOrder,
  oneSuccessNineErrors,
  oneTrialLost,
  pairSlices,
  type ResultRow,
  type RunPair,
  sameCasesTwice,
  smallReleases,
  splitHalves,
  tenRepeatsOfFive,
  toJsonl,
} from '../generators/index.ts';
import { readXml } from '../read-xml.ts';
import { slicewise, workFolder } from './cli.ts';
import { gatedRows, gateIn, gatePair, opening, pairFolder, sliceOf } from './gate-run.ts';

/** One slice `only` with these counts. */
function one(n: number, before: number, lost: number, gained: number): RunPair {
  return pairSlices([{ slice: 'only', n, before, lost, gained }], { seed: 5 });
}

describe('bar 1, nothing changed', () => {
  test('a run against itself passes, every slice without a flip', async () => {
    const { baseline } = articleTable({ others: 'one' });
    const { report, code } = await gatePair({ baseline, candidate: baseline });
    expect([code, report.verdict]).toEqual([0, 'PASS']);
    expect(report.baseline?.fingerprint).toBe(report.candidate.fingerprint);
    expect(report.slices.filter(({ lost, gained }) => lost + gained > 0)).toEqual([]);
    expect(report.slices.every(({ adjustedPValue }) => adjustedPValue === 1)).toBe(true);
  });

  test('reruns of one system pass, and two halves of one run are compared without pairs', async () => {
    const [release] = smallReleases({ sizes: [5, 20, 100, 100], rate: 0.85, churn: 0.1, seed: 3 }, 1);
    const rerun = await gatePair(release!);
    expect(rerun.code).toBe(0);
    const halves = await gatePair(splitHalves(articleTable({ others: 'one' }).baseline, 3));
    expect(halves.report.counts.pairing).toBe('unpaired');
    expect(halves.report.verdict).toBe('PASS');
    expect(sliceOf(halves.report, 'other').test).toBe('Fisher exact');
  });
});

describe('bar 2, undecided is explicit', () => {
  test('slices that can never reach the minimum do not hold up a clear win', async () => {
    const { report, code, stdout } = await gatePair(clearWinBesideTinySlices());
    expect(code).toBe(0);
    expect(gatedRows(report)).toEqual(
      expect.arrayContaining([
        'tiny_a LOW-N -',
        'tiny_b LOW-N -',
        'tiny_c LOW-N -',
        'large_a PASS non-inferior',
      ]),
    );
    expect(report.belief.text).toContain('3 slices (13 cases) too small to gate');
    for (const tiny of ['tiny_a', 'tiny_b', 'tiny_c']) expect(stdout).toContain(tiny);
  });

  test('an undecided slice says how small a drop it can see and how many cases would settle it', async () => {
    const { report, stdout } = await gatePair(articleTable({ others: 'one' }));
    const route = sliceOf(report, 'escalation_route');
    expect(route).toMatchObject({ verdict: 'PASS', grade: 'undecided' });
    expect(route.minimumDetectableDrop).toBeGreaterThan(0.05);
    expect(route.minimumDetectableDrop).toBeLessThan(0.4);
    expect(route.casesNeeded).toBeGreaterThan(89);
    expect(opening(stdout).join(' ')).toContain('1 slice undecided');
  });

  test('the policy says what an undecided critical slice does: review, or nothing established', async () => {
    const cwd = pairFolder(articleTable({ others: 'one', refund: 'quiet' }));
    const files = ['gate', 'old.jsonl', 'new.jsonl', '--critical', 'segment=escalation_route'];
    const review = await gateIn(cwd, files);
    expect([review.code, review.report.verdict]).toEqual([3, 'REVIEW']);
    expect(review.report.ship.text).toContain('escalation_route');
    const untested = await gateIn(cwd, [...files, '--require-evidence']);
    expect([untested.code, untested.report.verdict]).toEqual([4, 'UNTESTED']);
    expect(sliceOf(untested.report, 'escalation_route')).toMatchObject({
      critical: true,
      verdict: 'UNTESTED',
      grade: 'undecided',
    });
  });

  test('critical slices share four fifths of the block budget, the others one fifth', async () => {
    const cwd = pairFolder(articleTable({ others: 'one' }));
    const files = ['gate', 'old.jsonl', 'new.jsonl', '--critical'];
    const inCritical = await gateIn(cwd, [...files, 'segment=refund_flow']);
    expect(inCritical.report.policy.budgets.critical).toBeCloseTo(0.04, 12);
    expect(inCritical.report.policy.budgets.other).toBeCloseTo(0.01, 12);
    // Alone among the critical: p .0078 over .8 of the budget.
    expect(sliceOf(inCritical.report, 'refund_flow').adjustedPValue).toBeCloseTo(0.0078125 / 0.8, 12);
    const outside = await gateIn(cwd, [...files, 'segment=invoice_parse']);
    expect(sliceOf(outside.report, 'refund_flow')).toMatchObject({ verdict: 'REVIEW', grade: 'suspected' });
  });
});

describe('bar 3, denominators', () => {
  test('one success and nine errors read as 1 of 10', async () => {
    const rows = oneSuccessNineErrors();
    const sound = rows.map((row) => ({ ...row, passed: row.passed ?? true, error: null }));
    const { report, code, stdout } = await gatePair({ baseline: sound, candidate: rows }, [
      '--min-cases',
      '5',
    ]);
    const flaky = sliceOf(report, 'flaky_tool');
    expect(flaky.n).toBe(10);
    expect(flaky.candidate?.estimate).toBe(0.1);
    expect(flaky.counts).toMatchObject({ cases: 10, compared: 10, withErrors: 9 });
    expect(code).toBe(3);
    expect(flaky).toMatchObject({ verdict: 'REVIEW', reason: expect.stringMatching(/^errors:/) });
    expect(report.candidate).toMatchObject({ rows: 50, cases: 50, scored: 41, errors: 9, unscored: 0 });
    expect(stdout).not.toMatch(/flaky_tool.*100\.0%.*100\.0%/);
  });

  test('errors left out by policy leave their cases in the count', async () => {
    const rows = oneSuccessNineErrors();
    const sound = rows.map((row) => ({ ...row, passed: row.passed ?? true, error: null }));
    const { report } = await gatePair({ baseline: sound, candidate: rows }, ['--errors', 'exclude']);
    const flaky = sliceOf(report, 'flaky_tool');
    expect(flaky).toMatchObject({ n: 1, verdict: 'LOW-N' });
    expect(flaky.counts).toMatchObject({ cases: 10, compared: 1, unscored: 9 });
  });

  test('compared, one-sided, edited and unscored cases add up in every slice, and slices to the total', async () => {
    const both = articleTable({ others: 'one' });
    const baseline = both.baseline.filter(({ case_id }) => case_id !== 'refund_flow/001');
    const candidate = both.candidate
      .filter(({ case_id }) => case_id !== 'other/002')
      .map((row) =>
        row.case_id === 'refund_flow/003'
          ? { ...row, input: 'another question' }
          : row.case_id === 'refund_flow/004'
            ? { ...row, passed: null }
            : row,
      );
    const { report } = await gatePair({ baseline, candidate });
    expect(sliceOf(report, 'refund_flow').counts).toEqual({
      cases: 47,
      compared: 44,
      onlyBaseline: 0,
      onlyCandidate: 1,
      edited: 1,
      unscored: 1,
      withErrors: 0,
    });
    expect(sliceOf(report, 'other').counts).toMatchObject({ cases: 698, compared: 697, onlyBaseline: 1 });
    expect(report.slices.reduce((sum, { counts }) => sum + counts.cases, 0)).toBe(1200);
    expect(report.counts).toMatchObject({ paired: 1198, onlyBaseline: 1, onlyCandidate: 1, edited: 1 });
  });
});

describe('bar 4, the baseline', () => {
  test('a recorded run comes back as it was, with its age, and a missing one never passes', async () => {
    const cwd = pairFolder(articleTable({ others: 'one' }));
    const ledger = ['--ledger', 'ledger.db'];
    const missing = await slicewise(
      ['gate', '--baseline', 'ledger:main@latest', '--candidate', 'new.jsonl', ...ledger],
      {
        cwd,
      },
    );
    expect(missing.code).toBe(2);
    expect(missing.stdout).toBe('');
    expect(missing.stderr).toContain('ledger');
    const first = await gateIn(cwd, ['gate', 'old.jsonl', 'old.jsonl', ...ledger, '--record-as', 'main']);
    expect(first.code).toBe(0);
    const second = await gateIn(cwd, [
      'gate',
      '--baseline',
      'ledger:main@latest',
      '--candidate',
      'new.jsonl',
      ...ledger,
      '--record-as',
      'candidate',
    ]);
    expect(second.code).toBe(1);
    expect(second.report.baseline?.name).toBe('ledger:main@latest');
    expect(second.report.baseline?.fingerprint).toBe(first.report.candidate.fingerprint);
    expect(second.report.baseline?.ageDays).toBeGreaterThanOrEqual(0);
    expect(second.report.baseline?.ageDays).toBeLessThan(1);
    expect(second.report.belief.text).toContain('baseline 0 days old');
    const direct = await gateIn(cwd, ['gate', 'old.jsonl', 'new.jsonl']);
    expect(numbers(second.report)).toEqual(numbers(direct.report));
    const unknown = await slicewise(
      ['gate', '--baseline', 'ledger:nobody@latest', '--candidate', 'new.jsonl', ...ledger],
      { cwd },
    );
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('nobody');
  });

  test('without a baseline nothing is established, unless a floor is surely breached', async () => {
    const cwd = pairFolder(articleTable({ others: 'one' }));
    const alone = await gateIn(cwd, ['new.jsonl']);
    expect([alone.code, alone.report.verdict]).toEqual([4, 'UNTESTED']);
    expect(alone.report.ship.text).toContain('no baseline');
    expect(alone.report.next[0]?.command).toContain('--baseline');
    expect(sliceOf(alone.report, 'refund_flow')).toMatchObject({
      verdict: 'UNTESTED',
      delta: null,
      test: null,
    });
    const floor = await gateIn(cwd, ['gate', 'new.jsonl', '--floor', '0.95']);
    expect([floor.code, floor.report.verdict]).toEqual([1, 'BLOCK']);
    expect(floor.report.ship.text).toContain('refund_flow');
    // 36 of 47 against .85 is a suspicion at most: P(X <= 36) = .085.
    const mild = await gateIn(cwd, ['gate', 'new.jsonl', '--floor', '0.85']);
    expect([mild.code, mild.report.verdict]).toEqual([4, 'UNTESTED']);
  });

  test('a baseline of which no case is left to compare is no silent pass', async () => {
    const { baseline, candidate } = articleTable({ others: 'one' });
    const edited = candidate.map((row) => ({ ...row, input: `${row.input} edited` }));
    const { report, code } = await gatePair({ baseline, candidate: edited });
    expect(code).toBe(4);
    expect(report.verdict).toBe('INVALID');
  });
});

describe('bar 5, nothing is rounded before it is compared', () => {
  test.each([
    // n, lost, margin: the drop as shown is the margin in every row.
    [200, 10, '0.05', 'BLOCK'],
    [201, 10, '0.05', 'PASS'],
    [100, 10, '0.1', 'BLOCK'],
    [100, 10, '0.1000001', 'PASS'],
    [20_001, 1000, '0.05', 'PASS'],
  ])('of %i cases %i are lost at a margin of %s: %s', async (n, lost, margin, verdict) => {
    const { report } = await gatePair(one(n, n, lost, 0), ['--margin', margin]);
    expect(report.verdict).toBe(verdict);
    expect(report.overall[0]?.delta?.estimate).toBeCloseTo(-lost / n, 14);
  });

  test('an observed rate of exactly the floor holds it', async () => {
    // 85 of 100 before, 80 after: a new breach needs a baseline at or above the floor.
    const at = await gatePair(one(100, 85, 20, 0), ['--floor', '0.85', '--margin', '0.3']);
    expect(sliceOf(at.report, 'only')).toMatchObject({
      verdict: 'BLOCK',
      reason: expect.stringContaining('floor'),
    });
    const below = await gatePair(one(100, 84, 20, 0), ['--floor', '0.85', '--margin', '0.3']);
    expect(sliceOf(below.report, 'only').verdict).toBe('DEBT');
  });
});

describe('bar 6, comparability', () => {
  test('another judge voids the comparison, and no slice decides by its own numbers', async () => {
    const pair = changedJudge();
    const { report, code, stdout } = await gatePair(pair);
    expect([code, report.verdict]).toEqual([4, 'INVALID']);
    expect(report.ship.text).toContain('judge-1');
    expect(stdout).toContain('NOT COMPARABLE');
    const worse = pair.candidate.map((row, index) => (index % 2 === 0 ? { ...row, passed: false } : row));
    const loss = await gatePair({ baseline: pair.baseline, candidate: worse });
    expect([loss.code, loss.report.verdict]).toEqual([4, 'INVALID']);
    expect(sliceOf(loss.report, 'chat')).toMatchObject({ verdict: 'INVALID', grade: null });
  });

  test('a policy may allow it, and the report says so', async () => {
    const cwd = pairFolder(changedJudge(), { 'policy.yaml': 'policy:\n  allowChanged: [judge]\n' });
    const { report, code } = await gateIn(cwd, ['gate', '--config', 'policy.yaml', 'old.jsonl', 'new.jsonl']);
    expect(code).toBe(0);
    const found = report.findings.find(
      ({ check, status }) => check === 'comparable-runs' && status === 'checked',
    );
    expect(found).toMatchObject({ verdict: null, reason: expect.stringContaining('the policy allows it') });
  });

  test('edited cases are left out and named; other orders of rows and columns are no change', async () => {
    const { baseline, candidate } = articleTable({ others: 'one' });
    const ids = new Set(baseline.slice(0, 12).map(({ case_id }) => case_id));
    const edited = candidate.map((row) => (ids.has(row.case_id) ? { ...row, input: 'rewritten' } : row));
    const { report } = await gatePair({ baseline, candidate: edited });
    const found = report.findings.find(({ check }) => check === 'comparable-runs');
    expect(found?.evidence.toSorted()).toEqual([...ids].toSorted());
    expect(found?.reason).toContain('12 cases edited');
    expect(report.counts.edited).toBe(12);
    const turned = candidate.map((row) => Object.fromEntries(Object.entries(row).reverse()) as ResultRow);
    const quiet = await gatePair({ baseline, candidate: turned });
    expect(quiet.report.counts.edited).toBe(0);
    expect(sliceOf(quiet.report, 'refund_flow').verdict).toBe('BLOCK');
  });
});

describe('bars 7 and 9, the same bytes', () => {
  const args = ['gate', '--baseline', 'old.jsonl', 'older.jsonl', '--candidate', 'new.jsonl', '--slice'];

  test('in any order of rows, files and slices, in any locale and time zone', async () => {
    const { baseline, candidate } = articleTable();
    const tagged = (rows: readonly ResultRow[]) =>
      rows.map((row) => ({ ...row, tier: `tier ${row.case_id.length % 3}` }));
    const folder = (old: readonly ResultRow[], next: readonly ResultRow[], cut: number) =>
      workFolder({
        'old.jsonl': toJsonl(old.slice(0, cut)),
        'older.jsonl': toJsonl(old.slice(cut)),
        'new.jsonl': toJsonl(next),
      });
    const old = tagged(baseline);
    const next = tagged(candidate);
    const first = await gateIn(folder(old, next, 700), [...args, 'segment', '--slice', 'tier']);
    const other = await gateIn(
      folder(inOtherOrder(old, 1), inOtherOrder(next, 2), 500),
      [...args, 'segment', '--slice', 'tier'],
      { env: { LANG: 'de_DE.UTF-8', LC_ALL: 'tr_TR.UTF-8', TZ: 'Asia/Kolkata' } },
    );
    expect(other.stdout).toBe(first.stdout);
    expect(readFileSync(join(other.cwd, 'report.json'), 'utf8')).toBe(
      readFileSync(join(first.cwd, 'report.json'), 'utf8'),
    );
    const turned = await gateIn(first.cwd, [...args, 'tier', '--slice', 'segment']);
    expect(numbers(turned.report)).toEqual(numbers(first.report));
  });
});

describe('bar 8, repeats', () => {
  test('ten repeats of five cases are five cases', async () => {
    const { report, code } = await gatePair(tenRepeatsOfFive());
    expect(sliceOf(report, 'repeats')).toMatchObject({ n: 5, verdict: 'LOW-N', lost: 5 });
    expect(report.candidate).toMatchObject({ rows: 50, cases: 5, maxTrials: 10 });
    expect(code).toBe(4);
    const forced = await gatePair(tenRepeatsOfFive(), ['--min-cases', '5']);
    // Five cases that all lose: at best p = 1/32, never 1/2^25.
    expect(sliceOf(forced.report, 'repeats').pValue).toBeGreaterThan(0.03);
  });

  test('a case that falls from 3 of 3 to 2 of 3 is visible', async () => {
    const { report, stdout } = await gatePair(oneTrialLost());
    const tools = sliceOf(report, 'tools');
    expect(tools).toMatchObject({ n: 25, lost: 1, gained: 0 });
    expect(tools.delta?.estimate).toBeCloseTo(-1 / 75, 14);
    expect(tools.cases.lost.map(({ id }) => id)).toEqual(['case-07']);
    expect(tools.pValueTwoSided).toBe(1);
    const flaky = report.findings.find(
      ({ check, status }) => check === 'flaky-trials' && status === 'checked',
    );
    expect(flaky?.reason).toMatch(/^1 (case )?of 25/);
    expect(stdout).toContain('-1.3');
  });
});

describe('bar 10, missing slices', () => {
  const rows = (value: string | null) =>
    Array.from({ length: 60 }, (_, i) => ({
      case_id: `c${i}`,
      ...(i < 30 ? { segment: 'known' } : value === null ? {} : { segment: value }),
      passed: i % 5 !== 0,
    }));

  test.each(['values', 'only'])(
    'a slice that the policy names under %s and no case has fails',
    async (kind) => {
      const named = kind === 'values' ? 'values: { known: {}, ghost: {} }' : 'only: [known, ghost]';
      const cwd = workFolder({
        'old.jsonl': toJsonl(rows('other')),
        'new.jsonl': toJsonl(rows('other')),
        'policy.yaml': `slices:\n  - column: segment\n    ${named}\n`,
      });
      const { report, code } = await gateIn(cwd, [
        'gate',
        '--config',
        'policy.yaml',
        'old.jsonl',
        'new.jsonl',
      ]);
      expect(code).toBe(1);
      expect(report.ship.text).toContain('ghost');
      expect(sliceOf(report, 'ghost')).toMatchObject({ n: 0, verdict: 'BLOCK', state: 'value' });
    },
  );

  test('a predicate of the policy that holds for no case fails', async () => {
    const pair = { baseline: rows('other'), candidate: rows('other') };
    const { report, code } = await gatePair(pair, ['--where', "ghosts: segment == 'ghost'"]);
    expect(code).toBe(1);
    expect(report.ship.text).toContain('ghosts');
  });

  test.each(['(missing)', '(untagged)', 'null', ' ', ''])(
    'a slice that is named %j by value is no missing one',
    async (value) => {
      const pair = { baseline: rows(value), candidate: rows(value) };
      const { report } = await gatePair(pair);
      expect(sliceOf(report, value)).toMatchObject({ n: 30, state: 'value', role: 'gated' });
      expect(report.unsliced.cases).toBe(0);
    },
  );

  test('cases without the column stand in a row of their own', async () => {
    const { report } = await gatePair({ baseline: rows(null), candidate: rows(null) });
    expect(sliceOf(report, '(missing)')).toMatchObject({ n: 30, state: 'missing' });
    expect(report.unsliced.cases).toBe(30);
  });
});

describe('bar 11, nested slices', () => {
  test('one set of cases under two names is told once', async () => {
    const { report, code, stdout } = await gatePair(sameCasesTwice(), [
      '--slice',
      'segment',
      '--slice',
      'customer',
    ]);
    expect(code).toBe(1);
    expect(sliceOf(report, 'emea').sameCasesAs).toEqual(['customer = acme']);
    expect(sliceOf(report, 'acme').sameCasesAs).toEqual(['segment = emea']);
    expect(report.slices.filter(({ sameCasesAs }) => sameCasesAs.length > 0)).toHaveLength(2);
    expect(report.findings.filter(({ check }) => check === 'slice-losses')).toHaveLength(1);
    expect(report.ship.text).not.toContain('more slice');
    expect(report.findings.find(({ check }) => check === 'nested-slices')?.reason).toContain(
      'segment = emea',
    );
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('same cases as segment = emea');
  });

  test('equal counts alone are not the same cases', async () => {
    const rows = Array.from({ length: 80 }, (_, i) => ({
      case_id: `c${i}`,
      half: i < 40 ? 'first' : 'second',
      parity: i % 2 === 0 ? 'even' : 'odd',
      passed: true,
    }));
    const { report } = await gatePair({ baseline: rows, candidate: rows }, [
      '--slice',
      'half',
      '--slice',
      'parity',
    ]);
    expect(report.slices.filter(({ sameCasesAs }) => sameCasesAs.length > 0)).toEqual([]);
  });
});

describe('bar 12, first use', () => {
  test('one command without configuration answers, and every format is a view of one document', async () => {
    const cwd = pairFolder(articleTable({ others: 'one' }));
    const outs = ['report.md', 'report.xml', 'report.csv', 'report.sarif'];
    const { report, code, stdout } = await gateIn(cwd, [
      'old.jsonl',
      'new.jsonl',
      ...outs.flatMap((file) => ['--out', file]),
    ]);
    expect(code).toBe(1);
    const [markdown, junit, csv, sarif] = outs.map((file) => readFileSync(join(cwd, file), 'utf8'));
    const flat = (text = '') => text.replaceAll(/\s+/g, ' ');
    for (const text of [stdout, markdown]) expect(flat(text)).toContain(report.ship.text);
    const suite = readXml(junit ?? '');
    // The release, and the slice that blocks it.
    expect(suite.attributes.failures).toBe('2');
    expect(junit).toContain('refund_flow');
    const rows = csv?.trim().split('\n') ?? [];
    expect(rows).toHaveLength(1 + report.slices.length);
    expect(rows.filter((row) => row.includes('BLOCK'))).toHaveLength(1);
    const results = (JSON.parse(sarif ?? '') as { runs: { results: { level: string }[] }[] }).runs[0]
      ?.results;
    expect(results?.filter(({ level }) => level === 'error')).toHaveLength(1);
  });
});

describe('waivers and debt', () => {
  const entry = (fields: Readonly<Record<string, string>>) =>
    `-${Object.entries(fields)
      .map(([key, value]) => ` ${key}: ${value}\n`)
      .join(' ')}`;

  test('a waiver of exactly this run passes it, an expired or foreign one does not', async () => {
    const cwd = pairFolder(articleTable({ others: 'one' }));
    const gate = ['gate', 'old.jsonl', 'new.jsonl', '--waivers', 'waivers.yaml'];
    const waiver = (runHash: string, expires: string) =>
      writeFileSync(
        join(cwd, 'waivers.yaml'),
        entry({
          slice: 'segment=refund_flow',
          reason: 'known outage',
          owner: 'mara',
          reviewer: 'ines',
          date: '2019-01-01',
          expires,
          runHash,
        }),
      );
    const { report: plain } = await gateIn(cwd, ['gate', 'old.jsonl', 'new.jsonl']);
    waiver(plain.runHash, '2999-01-01');
    const waived = await gateIn(cwd, gate);
    expect([waived.code, waived.report.verdict]).toEqual([0, 'PASS']);
    expect(waived.report.runHash).toBe(plain.runHash);
    expect(waived.report.ship.text).toMatch(/^PASS with 1 waiver: /);
    expect(sliceOf(waived.report, 'refund_flow')).toMatchObject({
      verdict: 'BLOCK',
      waiver: { kind: 'waiver', owner: 'mara', reviewer: 'ines', expired: false },
    });
    waiver(plain.runHash, '2020-01-01');
    const expired = await gateIn(cwd, gate);
    expect(expired.code).toBe(1);
    expect(expired.report.ship.text).toContain('refund_flow lost 7 of 47');
    waiver('0123456789abcdef', '2999-01-01');
    const foreign = await gateIn(cwd, gate);
    expect(foreign.code).toBe(1);
    expect(foreign.report.notes.join('\n')).toContain('0123456789abcdef');
  });

  test('debt passes while its entry holds, has no owner without one, and blocks when the entry is past', async () => {
    const cwd = pairFolder(articleTable({ others: 'one', refund: 'quiet' }));
    const gate = ['gate', 'old.jsonl', 'new.jsonl', '--floor', '0.85'];
    const unowned = await gateIn(cwd, gate);
    expect(sliceOf(unowned.report, 'escalation_route')).toMatchObject({
      verdict: 'DEBT',
      reason: expect.stringContaining('no owner'),
    });
    const debt = (expires: string) =>
      writeFileSync(
        join(cwd, 'waivers.yaml'),
        entry({ kind: 'debt', slice: 'escalation_route', reason: 'rewrite planned', owner: 'mara', expires }),
      );
    debt('2999-01-01');
    const owned = await gateIn(cwd, [...gate, '--waivers', 'waivers.yaml']);
    expect([unowned.code, owned.code]).toEqual([0, 0]);
    expect(sliceOf(owned.report, 'escalation_route').reason).toContain('owner mara');
    debt('2020-01-01');
    const past = await gateIn(cwd, [...gate, '--waivers', 'waivers.yaml']);
    expect([past.code, past.report.verdict]).toEqual([1, 'BLOCK']);
    expect(past.report.ship.text).toContain('escalation_route');
  });
});

/** What a report says about slices, apart from the order and the files. */
function numbers(report: Report) {
  return report.slices
    .map(({ value, dimension, verdict, grade, n, lost, gained, pValue, adjustedPValue, delta }) => ({
      ...{ value, dimension, verdict, grade, n, lost, gained, pValue, adjustedPValue, delta },
    }))
    .toSorted((a, b) => (`${a.dimension}=${a.value}` < `${b.dimension}=${b.value}` ? -1 : 1));
}
