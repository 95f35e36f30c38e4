/** Parts of a policy that change what is gated, through the whole pipeline but without a process of its own. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Flags } from '../../src/config/index.ts';
import type { Report } from '../../src/gate/index.ts';
import { gate } from '../../src/pipeline.ts';
import { renderReport as render } from '../../src/reports/index.ts';
import { prepareRequest } from '../../src/request/index.ts';
import { pairSlices, type ResultRow, type RunPair, type SliceSpec, toJsonl } from '../generators/index.ts';
import { gatedRows, sliceOf } from './gate-run.ts';

const FILES = { baseline: ['old.jsonl'], candidate: ['new.jsonl'] };

/** The report on a pair under a policy file and flags. */
async function judged(
  pair: RunPair,
  yaml = '',
  flags: Flags = {},
  more: Readonly<Record<string, readonly ResultRow[]>> = {},
): Promise<Report> {
  const cwd = mkdtempSync(join(tmpdir(), 'slicewise-test-'));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  for (const [name, rows] of Object.entries({
    'old.jsonl': pair.baseline,
    'new.jsonl': pair.candidate,
    ...more,
  })) {
    writeFileSync(join(cwd, name), toJsonl(rows));
  }
  writeFileSync(join(cwd, 'policy.yaml'), yaml);
  const configFile = yaml === '' ? null : 'policy.yaml';
  const request = await prepareRequest({ flags: { ...FILES, ...flags }, configFile }, cwd);
  return gate(request, { cwd, now: () => new Date('2026-01-31T00:00:00Z'), progress: () => {} });
}

const specs = (
  ...rows: [slice: string, n: number, before: number, lost: number, gained: number][]
): SliceSpec[] => rows.map(([slice, n, before, lost, gained]) => ({ slice, n, before, lost, gained }));
const pairOf = (...rows: Parameters<typeof specs>) => pairSlices(specs(...rows), { seed: 1 });
const both = (pair: RunPair, change: (row: ResultRow, candidate: boolean) => object): RunPair => ({
  baseline: pair.baseline.map((row) => ({ ...row, ...change(row, false) })),
  candidate: pair.candidate.map((row) => ({ ...row, ...change(row, true) })),
});

const pairingFindings = ({ findings }: Report) => findings.filter(({ check }) => check === 'pairing');

describe('families', () => {
  // Three siblings of 15 cases lose 3 each: none is gated alone, together they are.
  const siblings = pairOf(
    ['small_a', 15, 15, 3, 0],
    ['small_b', 15, 15, 3, 0],
    ['small_c', 15, 15, 3, 0],
    ['large', 200, 180, 5, 5],
  );

  test('by a map see the loss that is spread over small siblings', async () => {
    const alone = await judged(siblings, '', { slice: ['segment'] });
    expect(alone.verdict).toBe('PASS');
    const yaml =
      'slices:\n  - column: segment\n    families: { small: [small_a, small_b, small_c], big: [large] }\n';
    const report = await judged(siblings, yaml);
    expect(gatedRows(report)).toEqual(['small BLOCK confirmed', 'big PASS non-inferior']);
    expect(sliceOf(report, 'small')).toMatchObject({ n: 45, lost: 9, gained: 0 });
    const member = sliceOf(report, 'small_a');
    expect(member).toMatchObject({ role: 'shown', family: 'small', verdict: null, n: 15 });
    expect(member.adjustedPValue).toBeGreaterThanOrEqual(sliceOf(report, 'small').pValue ?? 1);
  });

  test('by a column', async () => {
    const tagged = both(siblings, (row) => ({ family: row.segment === 'large' ? 'big' : 'small' }));
    const report = await judged(tagged, 'slices:\n  - column: segment\n    familyColumn: family\n');
    expect(gatedRows(report)).toEqual(['small BLOCK confirmed', 'big PASS non-inferior']);
    expect(sliceOf(report, 'small x small_b')).toMatchObject({ role: 'shown', family: 'small' });
  });

  test('with a member that no case has block', async () => {
    const yaml = 'slices:\n  - column: segment\n    families: { small: [small_a, small_x], big: [large] }\n';
    const report = await judged(siblings, yaml);
    expect(report.verdict).toBe('BLOCK');
    expect(report.findings.find(({ verdict }) => verdict === 'BLOCK')?.reason).toBeDefined();
    expect(report.ship.text).toMatch(/small/);
    expect(
      report.findings.some(({ check, slice }) => check === 'configured-slices' && slice === 'small_x'),
    ).toBe(true);
  });
});

describe('what is gated', () => {
  const loss = pairOf(['bad', 100, 90, 30, 0], ['good', 100, 90, 3, 4]);

  test('is no ignored value, which stands in a row of its own', async () => {
    const report = await judged(loss, 'slices:\n  - column: segment\n    ignore: [bad]\n');
    expect(report.verdict).toBe('PASS');
    expect(sliceOf(report, 'bad')).toMatchObject({
      role: 'remainder',
      state: 'ignored',
      verdict: null,
      lost: 30,
    });
    expect(report.counts.slices).toBe(1);
  });

  test('is no slice with gate: false, and no metric with gate: false', async () => {
    const shown = await judged(
      loss,
      'slices:\n  - { column: segment, gate: false }\n  - { name: goods, where: "segment == \'good\'" }\n',
    );
    expect(sliceOf(shown, 'bad')).toMatchObject({ role: 'shown', verdict: null });
    const yaml =
      'slices: [{ column: segment }]\nmetrics:\n  - { metric: passRate, gate: false }\n  - errorRate\n';
    const report = await judged(loss, yaml);
    expect(report.verdict).toBe('PASS');
    const rows = report.slices.filter(({ value }) => value === 'bad');
    expect(rows.map(({ metric, role, verdict }) => [metric, role, verdict]).toSorted()).toEqual([
      ['errorRate', 'gated', 'PASS'],
      ['passRate', 'shown', null],
    ]);
  });

  test('are predicates and crosses, each under its expression', async () => {
    const tiered = both(loss, (row) => ({ tier: row.case_id.endsWith('1') ? 'gold' : 'free' }));
    const report = await judged(tiered, '', { where: ["golden: tier == 'gold'"], cross: ['segment,tier'] });
    expect(sliceOf(report, 'golden')).toMatchObject({
      role: 'gated',
      definition: expect.stringContaining('tier'),
    });
    expect(sliceOf(report, 'bad x gold')).toMatchObject({ role: 'gated', n: 10, verdict: 'LOW-N' });
    expect(sliceOf(report, 'bad x free')).toMatchObject({ verdict: 'BLOCK', n: 90 });
    expect(report.policy.multiplicity).toContain('joint sign flips');
  });

  test('are cases without a value, together', async () => {
    const half = both(loss, (row) => (row.segment === 'bad' ? { segment: null } : {}));
    const report = await judged(half);
    expect(sliceOf(report, '(missing)')).toMatchObject({
      role: 'gated',
      state: 'missing',
      verdict: 'BLOCK',
      n: 100,
    });
  });

  test('keep a case whose value the candidate spells differently', async () => {
    const moved = both(loss, (row, candidate) =>
      candidate && row.case_id === 'bad/001' ? { segment: 'Bad' } : {},
    );
    for (const flags of [{ slice: ['segment'] }, {}]) {
      const report = await judged(moved, '', flags);
      expect(report).toMatchObject({ verdict: 'BLOCK', unsliced: { cases: 0 } });
      expect(sliceOf(report, 'bad')).toMatchObject({ role: 'gated', verdict: 'BLOCK', n: 100 });
      expect(report.slices.some(({ value }) => value === 'Bad')).toBe(false);
      expect(pairingFindings(report)).toEqual([
        expect.objectContaining({
          verdict: 'REVIEW',
          evidence: ['bad/001'],
          evidenceTotal: 1,
          reason: expect.stringContaining('segment differs between the runs in 1 case'),
        }),
      ]);
      expect(pairingFindings(report)[0]?.reason).toContain("'bad' became 'Bad' (1)");
    }
  });

  test('keep a slice that the candidate renames, and every slice where it renames them all', async () => {
    for (const isRenamed of [(segment: unknown) => segment === 'bad', () => true]) {
      const renamed = both(loss, ({ segment }, candidate) =>
        candidate && isRenamed(segment) ? { segment: String(segment).toUpperCase() } : {},
      );
      const report = await judged(renamed);
      expect(report.verdict).toBe('BLOCK');
      expect(sliceOf(report, 'bad')).toMatchObject({ role: 'gated', verdict: 'BLOCK', n: 100 });
      expect(pairingFindings(report)[0]?.reason).toContain("'bad' became 'BAD' (100)");
    }
  });

  test('stay where they are and call for review where nothing but a name changed', async () => {
    const level = pairOf(['bad', 100, 90, 1, 1], ['good', 200, 180, 2, 2]);
    const renamed = both(level, ({ segment }, candidate) =>
      candidate && segment === 'bad' ? { segment: 'worse' } : {},
    );
    expect((await judged(level)).verdict).toBe('PASS');
    const report = await judged(renamed);
    expect(report.verdict).toBe('REVIEW');
    expect(report.ship.text).toContain('segment differs between the runs in 100 cases');
  });

  test('come from the run that has the column where the other one lacks it', async () => {
    for (const lacking of ['baseline', 'candidate']) {
      const half = both(loss, (_row, candidate) =>
        candidate === (lacking === 'candidate') ? { segment: undefined } : {},
      );
      const report = await judged(half);
      expect(report.verdict).toBe('BLOCK');
      expect(sliceOf(report, 'bad')).toMatchObject({ role: 'gated', verdict: 'BLOCK', n: 100 });
      expect(pairingFindings(report)).toEqual([
        expect.objectContaining({ verdict: null, reason: expect.stringContaining('has segment') }),
      ]);
    }
  });

  test('are none of a case whose own baseline rows disagree', async () => {
    const trials = both(loss, () => ({ trial: '1' }));
    const again = trials.baseline.slice(0, 1).map((row) => ({ ...row, trial: '2', segment: 'elsewhere' }));
    const report = await judged({ ...trials, baseline: [...trials.baseline, ...again] }, '', {
      slice: ['segment'],
    });
    const changed = report.slices.find(({ state }) => state === 'changed');
    expect(changed).toMatchObject({ role: 'remainder', verdict: null, counts: { cases: 1 } });
    expect(report.unsliced.cases).toBe(1);
    expect(pairingFindings(report)[0]).toMatchObject({ verdict: 'REVIEW', evidenceTotal: 0 });
    expect(pairingFindings(report)[0]?.reason).toBe(
      '1 case whose baseline rows differ in segment is in no slice',
    );
  });

  test('may be lists of tags: a case is in several slices', async () => {
    const listed = both(
      loss,
      (row) =>
        ({
          tags: row.segment === 'bad' ? ['x', 'y'] : row.case_id.endsWith('0') ? [] : ['y'],
        }) as never,
    );
    const report = await judged(listed, '', { slice: ['tags'] });
    expect(sliceOf(report, 'x')).toMatchObject({ n: 100, verdict: 'BLOCK' });
    expect(sliceOf(report, 'y').n).toBe(190);
    expect(sliceOf(report, '(untagged)')).toMatchObject({ n: 10, state: 'untagged' });
    expect(report.policy.multiplicity).toContain('joint sign flips');
  });
});

describe('metrics', () => {
  const scored = both(pairOf(['bad', 60, 50, 5, 5], ['good', 60, 50, 5, 5]), (row, candidate) => ({
    tokens: 100 + (Number(row.case_id.slice(-2)) % 7) + (candidate && row.segment === 'bad' ? 40 : 0),
  }));

  test('of a column are gated by their own margin and direction', async () => {
    const yaml = `slices: [{ column: segment }]
metrics:
  - { mean: tokens, direction: lower, margin: 10 }
`;
    const report = await judged(scored, yaml);
    expect(report.verdict).toBe('BLOCK');
    expect(sliceOf(report, 'bad')).toMatchObject({
      ...{ metric: 'mean:tokens', direction: 'lower', lost: 60, gained: 0, test: 'sign flip', margin: 10 },
    });
    expect(sliceOf(report, 'bad').delta?.estimate).toBeCloseTo(40, 9);
    expect(sliceOf(report, 'bad').cases.lost.length).toBe(60);
    expect(sliceOf(report, 'good')).toMatchObject({ verdict: 'PASS', lost: 0 });
  });

  test('each list their own lost cases', async () => {
    const yaml = `slices: [{ column: segment }]
metrics:
  - passRate
  - { mean: tokens, direction: lower, margin: 10 }
`;
    const report = await judged(scored, yaml);
    const rows = report.slices.filter(({ value }) => value === 'bad');
    const lost = new Map(rows.map(({ metric, cases }) => [metric, cases.lost.length]));
    expect(lost.get('passRate')).toBe(5);
    expect(lost.get('mean:tokens')).toBe(60);
  });

  test('over trials: pass@2 and pass^2 tell apart what the pass rate does not', async () => {
    const trials = (spread: boolean): ResultRow[] =>
      Array.from({ length: 80 }, (_, i) => ({
        ...{ case_id: `c${i >> 1}`, trial: i % 2, segment: 'all' },
        passed: spread ? i % 2 === 0 : i < 40,
      }));
    const report = await judged({ baseline: trials(false), candidate: trials(true) }, '', {
      metric: ['passRate', 'pass@2', 'pass^2', 'flakiness'],
      slice: ['segment'],
    });
    const values = Object.fromEntries(
      report.overall.map(({ metric, baseline, candidate }) => [
        metric,
        [baseline?.estimate, candidate?.estimate],
      ]),
    );
    expect(values).toEqual({
      passRate: [0.5, 0.5],
      'pass@2': [0.5, 1],
      'pass^2': [0.5, 0],
      flakiness: [0, 1],
    });
    expect(report.slices.find(({ metric }) => metric === 'pass^2')).toMatchObject({
      verdict: 'BLOCK',
      lost: 20,
    });
    expect(report.slices.find(({ metric }) => metric === 'flakiness')).toMatchObject({
      direction: 'lower',
      lost: 40,
    });
  });
});

describe('errors, unmatched cases and reruns', () => {
  test('a loss of errors alone goes to review, a loss beyond them blocks', async () => {
    const pair = pairOf(['tool', 100, 95, 20, 0], ['rest', 900, 800, 10, 12]);
    const errored = (share: number) =>
      both(pair, (row, candidate) =>
        candidate && row.segment === 'tool' && row.passed === false && Number(row.case_id.slice(-3)) <= share
          ? { passed: null, error: 'Timeout' }
          : {},
      );
    const all = await judged(errored(100));
    expect(sliceOf(all, 'tool')).toMatchObject({
      verdict: 'REVIEW',
      reason: expect.stringMatching(/^errors:/),
    });
    expect(all.verdict).toBe('REVIEW');
    const few = await judged(errored(20));
    expect(sliceOf(few, 'tool').verdict).toBe('BLOCK');
  });

  test('more than 1 % of cases in one run only call for review', async () => {
    const pair = pairOf(['a', 200, 180, 3, 4]);
    const without = (count: number) => ({
      ...pair,
      candidate: pair.candidate.filter(({ case_id }) => Number(case_id.slice(-3)) > count),
    });
    expect((await judged(without(2))).verdict).toBe('PASS');
    const report = await judged(without(3));
    expect(report.verdict).toBe('REVIEW');
    expect(report.findings.find(({ check }) => check === 'pairing')?.reason).toContain(
      '3 cases (1.5%) only in the baseline',
    );
  });

  test('a rerun of the unchanged baseline nominates what it cannot explain', async () => {
    const pair = pairOf(['bad', 60, 54, 7, 1], ['rest', 400, 360, 4, 4]);
    const rows = pairOf(['bad', 60, 54, 0, 0], ['rest', 400, 360, 1, 1]);
    const still = await judged(
      pair,
      '',
      { rerun: ['rerun.jsonl'], blockBudget: '0.02', reviewBudget: '0.02' },
      {
        'rerun.jsonl': rows.candidate,
      },
    );
    expect(still.overall[0]?.rerunBand).toBeLessThan(0.01);
    expect(sliceOf(still, 'bad')).toMatchObject({
      verdict: 'REVIEW',
      reason: expect.stringContaining('unchanged rerun'),
    });
    const without = await judged(pair, '', { blockBudget: '0.02', reviewBudget: '0.02' });
    expect(sliceOf(without, 'bad').verdict).toBe('PASS');
  });

  test('a rerun without a common case is refused', async () => {
    const pair = pairOf(['a', 60, 54, 3, 3]);
    const foreign = pairOf(['b', 60, 54, 3, 3]);
    const run = judged(pair, '', { rerun: ['rerun.jsonl'] }, { 'rerun.jsonl': foreign.candidate });
    await expect(run).rejects.toThrow('no scored case in common');
  });

  test('clusters widen intervals and flip as a whole', async () => {
    const pair = both(pairOf(['a', 60, 60, 12, 0]), () => ({}));
    const lost = new Set(pair.candidate.filter(({ passed }) => !passed).map(({ case_id }) => case_id));
    const grouped = both(pair, (row) => ({
      conversation: lost.has(row.case_id)
        ? `bad ${Number(row.case_id.slice(-1)) % 2}`
        : `c${row.case_id.slice(-2)}`,
    }));
    const alone = await judged(grouped, '', { slice: ['segment'] });
    const clustered = await judged(grouped, '', { slice: ['segment'], map: ['cluster=conversation'] });
    expect(sliceOf(alone, 'a').verdict).toBe('BLOCK');
    expect(sliceOf(clustered, 'a').pValue).toBeGreaterThanOrEqual(0.2);
    expect(sliceOf(clustered, 'a').verdict).not.toBe('BLOCK');
    const width = (report: Report) => {
      const { lower, upper } = sliceOf(report, 'a').delta ?? {};
      return (upper ?? 0) - (lower ?? 0);
    };
    expect(width(clustered)).toBeGreaterThan(width(alone));
  });

  test('cases are paired by their input where no id is known, never by position', async () => {
    const pair = pairOf(['a', 60, 54, 12, 0]);
    const anonymous = both(pair, (row) => ({ input: `question ${row.case_id}` }));
    const strip = (rows: readonly ResultRow[]) =>
      rows.map(({ case_id: _, ...rest }) => rest) as unknown as ResultRow[];
    const report = await judged({
      baseline: strip(anonymous.baseline),
      candidate: strip(anonymous.candidate),
    });
    expect(report.counts).toMatchObject({ paired: 60, pairedBy: 'input' });
    expect(sliceOf(report, 'a')).toMatchObject({ lost: 12, gained: 0 });
  });
});

describe('a quantile of too few cases', () => {
  const slow = (n: number): RunPair =>
    both(pairOf(['a', n, n - 10, 2, 2], ['b', n + 20, n, 2, 2]), (row, candidate) => {
      const ms = 100 + Number(row.case_id.split('/')[1]) * 7;
      return { ms: candidate ? 2 * ms : ms };
    });
  const flags = { metric: ['p95:ms:lower'], margin: ['p95:ms=100'] };

  test('is not gated: what it needs is in the answer, and no p-value stands beside a missing value', async () => {
    const report = await judged(slow(80), '', flags);
    expect(report.verdict).toBe('INVALID');
    expect(report.ship.text).toContain('b, the largest, has 100 of 200 cases that p95:ms needs: 100 more');
    for (const [value, n] of [
      ['a', 80],
      ['b', 100],
    ] as const) {
      expect(sliceOf(report, value)).toMatchObject({
        ...{ n, verdict: 'LOW-N', grade: null, casesToGate: 200 },
        ...{ test: null, pValue: null, pValueTwoSided: null, adjustedPValue: null, holmPValue: null },
        delta: { estimate: null },
      });
    }
    expect(report.counts).toMatchObject({ slices: 2, gatedSlices: 0, undecided: 0, lowN: 2, lowNCases: 180 });
    const terminal = render(report, 'terminal');
    expect(terminal).toContain('Not gated: 2 slices (180 cases) below 200 cases');
    expect(terminal).toContain('+120');
    expect(terminal).not.toContain('undecided ');
    expect(render(report, 'markdown')).toContain('Not gated: fewer than 200 cases');
  });

  test('leaves the pass rate to decide, and is told beside it', async () => {
    const report = await judged(slow(80), '', { ...flags, metric: ['passRate', 'p95:ms:lower'] });
    expect(report.verdict).toBe('PASS');
    expect(report.counts).toMatchObject({ gatedSlices: 2, lowN: 2 });
    expect(report.findings.find(({ check }) => check === 'small-slices')?.reason).toContain(
      '2 slices (180 cases) with fewer than 200 cases that p95:ms needs',
    );
  });

  test('has no evidence where the slice is critical and must have some', async () => {
    const yaml = 'slices:\n  - column: segment\n    critical: true\npolicy: { requireEvidence: true }\n';
    const report = await judged(slow(80), yaml, flags);
    expect(report.verdict).toBe('UNTESTED');
  });

  test('gates from the first case on that leaves ten beyond it', async () => {
    expect((await judged(slow(199), '', flags)).slices.map(({ n, verdict }) => [n, verdict])).toEqual([
      [219, 'BLOCK'],
      [199, 'LOW-N'],
    ]);
    expect(sliceOf(await judged(slow(200), '', flags), 'a')).toMatchObject({ n: 200, verdict: 'BLOCK' });
  });

  test('still holds its ceiling, for that counts cases', async () => {
    const report = await judged(slow(80), '', { ...flags, floor: ['p95:ms=700'] });
    expect(sliceOf(report, 'a').verdict).toBe('BLOCK');
  });

  test('of runs without common cases has no test at all, and does not pass', async () => {
    const pair = slow(300);
    const apart = {
      ...pair,
      candidate: pair.candidate.map((row) => ({ ...row, case_id: `new/${row.case_id}` })),
    };
    const report = await judged(apart, '', flags);
    expect(report.verdict).toBe('UNTESTED');
    expect(report.ship.text).toContain('no test for runs without common cases');
  });
});
