/** The two-stage gate by the built command: nominate, then decide on fresh cases alone. */

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { type Report, reportSchema } from '../../src/gate/index.ts';
import type { EmbeddedDocument } from '../../src/studio/contract/embedded.ts';
import type { ReleaseAnswer } from '../../src/studio/contract/index.ts';
import { dataElement, embeddedAnswers } from '../embedded-report.ts';
import { type ResultRow, type RunPair, toJsonl } from '../generators/index.ts';
import { slicewise, workFolder } from './cli.ts';
import { gatedRows, gateIn, gatePair, opening, sliceOf } from './gate-run.ts';

/** How many cases of a slice passed in both runs, in the old one only, in the new one only, in neither. */
type Counts = readonly [kept: number, lost: number, gained: number, failed: number];

const OUTCOMES = [
  [true, true],
  [true, false],
  [false, true],
  [false, false],
] as const;

/** Both runs of these slices; ids and inputs begin with `from`. */
function pairOf(slices: Readonly<Record<string, Counts>>, from = ''): RunPair {
  const cases = Object.entries(slices).flatMap(([segment, counts]) =>
    counts
      .flatMap((count, kind) => Array.from({ length: count }, () => OUTCOMES[kind]!))
      .map(([old, next], i) => ({ id: `${from}${segment}/${i + 1}`, segment, old, next })),
  );
  const rows = (side: 'old' | 'next') =>
    cases.map((one): ResultRow => {
      const { id, segment } = one;
      return { case_id: id, segment, input: `question ${id}`, passed: one[side] };
    });
  return { baseline: rows('old'), candidate: rows('next') };
}

const STAGE_ONE = pairOf({
  refund_flow: [36, 5, 1, 5],
  invoice_parse: [40, 4, 0, 6],
  other: [400, 8, 8, 34],
});
const CONFIG = `
inputs: { runs: { baseline: old.jsonl, candidate: new.jsonl } }
slices: [segment]
policy:
  confirmation: { casesPerNominee: 150 }
`;

/** A folder after stage one, with fresh runs in it. */
async function afterStageOne(
  fresh: RunPair,
  { config = CONFIG, runs = STAGE_ONE }: { readonly config?: string; readonly runs?: RunPair } = {},
): Promise<{ readonly cwd: string; readonly report: Report }> {
  const cwd = workFolder({
    'slicewise.yaml': config,
    'old.jsonl': toJsonl(runs.baseline),
    'new.jsonl': toJsonl(runs.candidate),
    'fresh-old.jsonl': toJsonl(fresh.baseline),
    'fresh-new.jsonl': toJsonl(fresh.candidate),
  });
  const { report } = await gateIn(cwd, ['gate', '--out', 'stage-one.json']);
  return { cwd, report };
}

const SECOND = [
  'gate',
  '--stage-one',
  'stage-one.json',
  '--confirm-baseline',
  'fresh-old.jsonl',
  '--confirm-candidate',
  'fresh-new.jsonl',
];

/** Every nominee with what became of it, sorted: `refund_flow confirmed`. */
function settled({ confirmation }: Report): readonly string[] {
  const nominees = confirmation?.nominees ?? [];
  return nominees.map(({ id, settled: state }) => `${id.replace(/^.*=/, '')} ${state}`).sort();
}

const LOST: Counts = [115, 20, 3, 12];
const SAME: Counts = [130, 4, 4, 12];

describe('stage one', () => {
  test('blocks directly with .02 of .05 and nominates by mid-p and margin', async () => {
    const plain = await gatePair(STAGE_ONE);
    const { report } = await afterStageOne(pairOf({ refund_flow: LOST }, 'fresh/'));
    expect(report.policy.budgets).toEqual({ critical: 0, other: 0.02, floors: 0 });
    expect(plain.report.policy.budgets.other).toBe(0.05);
    expect(report.policy.controls).toBe(
      'family-wise error: of unchanged releases at most 5% BLOCK, 2% directly and 3% on fresh cases; nominees for them have no budget',
    );
    expect(gatedRows(report)).toEqual([
      'invoice_parse REVIEW suspected',
      'refund_flow REVIEW suspected',
      'other PASS non-inferior',
    ]);
    expect(sliceOf(report, 'refund_flow').reason).toBe(
      'nominated for confirmation: about 150 fresh cases settle it',
    );
    expect(report.next[0]).toEqual({
      command:
        'slicewise gate --config slicewise.yaml --stage-one report.json --confirm-baseline FRESH_OLD --confirm-candidate FRESH_NEW',
      settles: 'decides the 2 nominees on fresh cases',
    });
  });

  test('a loss that the whole budget blocks is only nominated, and one within .02 blocks', async () => {
    // 7 lost of 47 among five slices: adjusted p about .037.
    const others = Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [name, [80, 3, 4, 10] as const]));
    const runs = pairOf({ refund_flow: [36, 7, 0, 4], ...others });
    const plain = (await gatePair(runs)).report;
    expect(sliceOf(plain, 'refund_flow')).toMatchObject({ verdict: 'BLOCK' });
    expect(sliceOf(plain, 'refund_flow').adjustedPValue).toBeGreaterThan(0.02);
    const { report } = await afterStageOne(runs, { runs });
    expect(sliceOf(report, 'refund_flow')).toMatchObject({ verdict: 'REVIEW', grade: 'suspected' });
    const worse = pairOf({ refund_flow: [36, 10, 0, 4], ...others });
    const direct = await afterStageOne(worse, { runs: worse });
    expect(sliceOf(direct.report, 'refund_flow')).toMatchObject({ verdict: 'BLOCK', grade: 'confirmed' });
  });

  test('a floor takes its fifth of both parts of the budget', async () => {
    const { cwd, report } = await afterStageOne(pairOf({ refund_flow: LOST, invoice_parse: LOST }, 'f/'), {
      config: `${CONFIG}  floor: 0.5\n`,
    });
    expect(report.policy.budgets.other).toBeCloseTo(0.016, 15);
    expect(report.policy.budgets.floors).toBeCloseTo(0.01, 15);
    const second = await gateIn(cwd, SECOND);
    expect(second.report.policy.budgets.other).toBeCloseTo(0.024, 15);
  });

  test('budgets that the policy leaves unspent stay unspent', async () => {
    const config = CONFIG.replace('150', '150, directBudget: 0.01, confirmBudget: 0.02');
    const { cwd, report } = await afterStageOne(pairOf({ refund_flow: LOST }, 'f/'), { config });
    expect(report.policy.budgets.other).toBe(0.01);
    expect((await gateIn(cwd, SECOND)).report.policy.budgets.other).toBe(0.02);
  });

  test('a slice beyond mid-p .10, or below the margin, is not nominated', async () => {
    const runs = pairOf({ refund_flow: [38, 3, 0, 6], tiny_drop: [900, 30, 10, 60], other: [90, 5, 5, 20] });
    const { report } = await afterStageOne(runs, { runs });
    // 3 lost, none gained: mid-p 1/16, and 6.4 points.
    expect(sliceOf(report, 'refund_flow').verdict).toBe('REVIEW');
    // p .001, but 2 points.
    expect(sliceOf(report, 'tiny_drop').verdict).toBe('PASS');
    const fewer = pairOf({ refund_flow: [38, 4, 1, 4], other: [90, 5, 5, 20] });
    // 4 lost, 1 gained: 6.4 points, but mid-p .11.
    const { report: quiet } = await afterStageOne(fewer, { runs: fewer });
    expect(sliceOf(quiet, 'refund_flow').verdict).toBe('PASS');
  });
});

describe('stage two', () => {
  test('a confirmed nominee blocks, and the report says which are settled', async () => {
    const { cwd, report: one } = await afterStageOne(
      pairOf({ refund_flow: LOST, invoice_parse: SAME }, 'fresh/'),
    );
    const { report, code, stdout } = await gateIn(cwd, SECOND);
    expect([code, report.verdict]).toEqual([1, 'BLOCK']);
    expect(settled(report)).toEqual(['invoice_parse cleared', 'refund_flow confirmed']);
    expect(report.confirmation?.stageOneRunHash).toBe(one.runHash);
    expect(report.policy.multiplicity).toBe('step-down discrete Bonferroni on fresh cases alone');
    const refund = sliceOf(report, 'refund_flow');
    expect(refund).toMatchObject({ n: 150, lost: 20, gained: 3, verdict: 'BLOCK', grade: 'confirmed' });
    // The other nominee has 8 flips, and so no p-value as small as this.
    expect(refund.adjustedPValue).toBe(refund.pValue!);
    expect(opening(stdout)[0]).toMatch(/^Ship\? BLOCK: refund_flow lost 20, gained 3 of 150/);
    expect(stdout).toContain('confirmed refund_flow: confirmed loss on 150 fresh cases');
    expect(stdout).toContain('cleared');
  });

  test('the HTML report says what became of the nominees, and of what it is', async () => {
    const { cwd } = await afterStageOne(pairOf({ refund_flow: LOST, invoice_parse: SAME }, 'fresh/'));
    const { code } = await slicewise([...SECOND, '--html', 'two.html', '--out', 'two.json', '--quiet'], {
      cwd,
    });
    expect(code).toBe(1);
    const report: Report = JSON.parse(readFileSync(join(cwd, 'two.json'), 'utf8'));
    const page = readFileSync(join(cwd, 'two.html'), 'utf8');
    const data: EmbeddedDocument = JSON.parse(dataElement(page));
    const release = (await embeddedAnswers(data)).get('release {}') as ReleaseAnswer;
    expect(release).toMatchObject({ verdict: 'BLOCK', ship: report.ship.text });
    expect(release.nominees!.map((one) => `${one.name} ${one.settled}`).sort()).toEqual([
      'invoice_parse cleared',
      'refund_flow confirmed',
    ]);
    expect(data.home).toBe('/verdict');
    expect(data.hidden).toEqual(expect.arrayContaining(['/classes', '/health', '/policy']));
    expect(data.notices[0]).toMatch(/^This is a second stage/);
  });

  test('all cleared passes', async () => {
    const { cwd } = await afterStageOne(pairOf({ refund_flow: SAME, invoice_parse: SAME }, 'fresh/'));
    const { report, code } = await gateIn(cwd, SECOND);
    expect([code, report.ship.text]).toEqual([0, 'PASS: 2 nominees of stage one cleared on fresh cases']);
  });

  test('a loss below the margin is cleared, however sure', async () => {
    const drop: Counts = [2700, 100, 20, 180];
    const { cwd } = await afterStageOne(pairOf({ refund_flow: drop, invoice_parse: SAME }, 'fresh/'));
    const { report } = await gateIn(cwd, SECOND);
    expect(sliceOf(report, 'refund_flow').adjustedPValue).toBeLessThan(1e-9);
    expect(settled(report)).toEqual(['invoice_parse cleared', 'refund_flow cleared']);
  });

  test('below the planned number of cases a nominee stays open, whatever they say', async () => {
    const { cwd } = await afterStageOne(pairOf({ refund_flow: [100, 40, 0, 9], other: SAME }, 'fresh/'));
    const { report, code, stdout } = await gateIn(cwd, SECOND);
    expect([code, report.verdict]).toEqual([3, 'REVIEW']);
    expect(report.confirmation?.nominees.map(({ reason }) => reason)).toEqual([
      'no fresh case yet; about 150 settle it',
      '149 of 150 fresh cases: 1 more decides it',
    ]);
    expect(settled(report)).toEqual(['invoice_parse open', 'refund_flow open']);
    expect(stdout).toContain('open');
    // The cases of another slice that came along decide nothing.
    expect(sliceOf(report, 'other')).toMatchObject({ verdict: null });
    expect(report.next.map(({ command }) => command)).toEqual([expect.stringContaining('--stage-one')]);
  });

  test('a nominee that has no case yet counts among the tests', async () => {
    // One-sided p .0149: within .03 alone, not among two.
    const { cwd } = await afterStageOne(pairOf({ refund_flow: [126, 12, 3, 9] }, 'fresh/'));
    const { report } = await gateIn(cwd, SECOND);
    const { pValue, adjustedPValue } = sliceOf(report, 'refund_flow');
    expect(pValue).toBeLessThan(0.03);
    expect(adjustedPValue).toBe(2 * pValue!);
    expect(settled(report)).toEqual(['invoice_parse open', 'refund_flow cleared']);
    // So does one that has too few: 8 flips now may be more later.
    const some = pairOf({ refund_flow: [126, 12, 3, 9], invoice_parse: [80, 4, 4, 12] }, 'fresh/');
    writeFileSync(join(cwd, 'fresh-old.jsonl'), toJsonl(some.baseline));
    writeFileSync(join(cwd, 'fresh-new.jsonl'), toJsonl(some.candidate));
    const second = (await gateIn(cwd, SECOND)).report;
    expect(sliceOf(second, 'refund_flow').adjustedPValue).toBe(2 * pValue!);
    expect(report.ship.text).toBe('REVIEW: 1 of 2 nominees still open');
  });

  test('what stage one blocked stays blocked', async () => {
    const runs = pairOf({
      lost_for_sure: [60, 30, 0, 10],
      refund_flow: [36, 5, 1, 5],
      other: [80, 3, 3, 14],
    });
    const { cwd } = await afterStageOne(pairOf({ refund_flow: SAME }, 'fresh/'), { runs });
    const { report, code } = await gateIn(cwd, SECOND);
    expect([code, report.verdict]).toEqual([1, 'BLOCK']);
    expect(report.ship.text).toMatch(/^BLOCK: stage one stands: BLOCK: lost_for_sure lost 30 of 100/);
    expect(settled(report)).toEqual(['refund_flow cleared']);
  });

  test('a suspected breach of a floor is no nominee and stays in review', async () => {
    // 151 lost, 130 gained: mid-p .105, so no nominee; from 60.5% to 55.3% of 400.
    const runs = pairOf({ at_floor: [91, 151, 130, 28], refund_flow: [36, 5, 1, 5], other: [180, 3, 3, 0] });
    const config = `${CONFIG}  floor: 0.6\n`;
    const { cwd, report: one } = await afterStageOne(pairOf({ refund_flow: SAME }, 'fresh/'), {
      config,
      runs,
    });
    expect(sliceOf(one, 'at_floor')).toMatchObject({
      verdict: 'REVIEW',
      reason: 'suspected new breach of the floor',
    });
    const { report } = await gateIn(cwd, SECOND);
    expect(settled(report)).toEqual(['refund_flow cleared']);
    expect(report.verdict).toBe('REVIEW');
  });

  test('graded scores and clusters are confirmed too', async () => {
    const scored = ({ baseline, candidate }: RunPair): RunPair => {
      const graded = (rows: readonly ResultRow[]) =>
        rows.map(({ passed, ...row }, i) => ({
          ...row,
          passed: null,
          score: (passed ? 0.9 : 0.2) + (i % 7) / 100,
        }));
      return { baseline: graded(baseline), candidate: graded(candidate) };
    };
    const graded = await afterStageOne(scored(pairOf({ refund_flow: LOST, invoice_parse: SAME }, 'f/')), {
      runs: scored(STAGE_ONE),
    });
    const scores = await gateIn(graded.cwd, SECOND);
    expect(settled(scores.report)).toContain('refund_flow confirmed');
    const clustered = ({ baseline, candidate }: RunPair): RunPair => {
      const grouped = (rows: readonly ResultRow[]) =>
        rows.map((row, i) => ({ ...row, cluster_id: `${row.segment}-${Math.floor(i / 2)}` }));
      return { baseline: grouped(baseline), candidate: grouped(candidate) };
    };
    const clusters = await afterStageOne(
      clustered(pairOf({ refund_flow: LOST, invoice_parse: SAME }, 'f/')),
      {
        runs: clustered(pairOf({ refund_flow: [60, 10, 0, 6], other: [400, 8, 8, 34] })),
        config: `${CONFIG}columns: { cluster: cluster_id }\n`,
      },
    );
    const second = await gateIn(clusters.cwd, SECOND);
    expect(settled(second.report)).toContain('refund_flow confirmed');
    expect(sliceOf(second.report, 'refund_flow').test).toBe('sign flip');
  });

  test.each([
    ['a dimension that stage one found by itself', CONFIG.replace('slices: [segment]\n', ''), STAGE_ONE],
    [
      'a list of segments whose column stage one found',
      CONFIG.replace('slices: [segment]', 'segments: [refund_flow, invoice_parse, other]'),
      STAGE_ONE,
    ],
  ])('%s is that dimension still, though fresh cases hold one slice', async (_, config, runs) => {
    const { cwd } = await afterStageOne(pairOf({ refund_flow: LOST }, 'fresh/'), { config, runs });
    const second = await gateIn(cwd, SECOND);
    expect(settled(second.report)).toEqual(['invoice_parse open', 'refund_flow confirmed']);
  });

  test('all cases together, where stage one found no dimension', async () => {
    const without = ({ baseline, candidate }: RunPair): RunPair => {
      const bare = (rows: readonly ResultRow[]) => rows.map(({ segment: _, ...row }) => row as ResultRow);
      return { baseline: bare(baseline), candidate: bare(candidate) };
    };
    const runs = without(pairOf({ all: [80, 8, 2, 10] }));
    // The fresh cases happen to have a column that would gate.
    const { cwd } = await afterStageOne(pairOf({ refund_flow: LOST, b: SAME }, 'fresh/'), {
      config: CONFIG.replace('slices: [segment]\n', ''),
      runs,
    });
    const second = await gateIn(cwd, SECOND);
    expect(second.report.confirmation?.nominees).toHaveLength(1);
    expect(second.report.slices[0]).toMatchObject({ dimension: '(all cases)', n: 300 });
  });

  test('reports of both stages are valid against the schema', async () => {
    const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(reportSchema());
    const { cwd, report } = await afterStageOne(pairOf({ refund_flow: [40, 9, 0, 1] }, 'fresh/'));
    const second = await gateIn(cwd, SECOND);
    for (const document of [report, second.report]) {
      expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    }
  });
});

describe('a second stage is refused', () => {
  const fresh = pairOf({ refund_flow: LOST, invoice_parse: SAME }, 'fresh/');

  async function refusal(cwd: string, args: readonly string[] = SECOND): Promise<string> {
    const ended = await slicewise([...args, '--out', 'second.json'], { cwd });
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(() => readFileSync(join(cwd, 'second.json'))).toThrow('ENOENT');
    return ended.stderr;
  }

  test('where stage one declared none', async () => {
    const { cwd } = await afterStageOne(fresh, { config: CONFIG.replace(/policy:[\s\S]*/, '') });
    writeFileSync(join(cwd, 'slicewise.yaml'), CONFIG);
    expect(await refusal(cwd)).toContain('stage one declared no confirmation');
  });

  test('where stage one nominated nothing', async () => {
    const runs = pairOf({ refund_flow: [90, 2, 2, 6] });
    const { cwd } = await afterStageOne(fresh, { runs });
    expect(await refusal(cwd)).toContain('stage one nominated nothing (verdict PASS)');
  });

  test.each([
    ['a margin', `${CONFIG}  margin: 0.04\n`, 'the policy changed since stage one: margin'],
    ['the confirmation', CONFIG.replace('150', '100'), 'the policy changed since stage one: confirmation'],
    ['a floor', `${CONFIG}  floor: 0.5\n`, 'the policy changed since stage one: floor'],
    [
      'the margin of one slice',
      CONFIG.replace('[segment]', '[{ column: segment, margin: 0.01 }]'),
      'the margin of refund_flow changed since stage one, from 0.05 to 0.01',
    ],
    [
      'the metric',
      `${CONFIG}metrics: [errorRate]\n`,
      'stage one measured passRate, and the fresh cases do not',
    ],
  ])('where the policy changed: %s', async (_, changed, message) => {
    const { cwd } = await afterStageOne(fresh);
    writeFileSync(join(cwd, 'slicewise.yaml'), changed);
    expect(await refusal(cwd)).toContain(message);
  });

  test('where the files of stage one changed', async () => {
    const { cwd } = await afterStageOne(fresh);
    const [first, ...others] = STAGE_ONE.candidate;
    writeFileSync(join(cwd, 'new.jsonl'), toJsonl([{ ...first!, passed: !first!.passed }, ...others]));
    expect(await refusal(cwd)).toContain('the files of stage one changed since it ran');
    rmSync(join(cwd, 'new.jsonl'));
    expect(await refusal(cwd)).toContain('the file does not exist (new.jsonl)');
  });

  test('where a fresh case is an old one, by its id', async () => {
    const old = pairOf({ refund_flow: [1, 0, 0, 0] });
    const { cwd } = await afterStageOne({
      baseline: [...fresh.baseline, ...old.baseline.map((row) => ({ ...row, input: 'other words' }))],
      candidate: [...fresh.candidate, ...old.candidate.map((row) => ({ ...row, input: 'other words' }))],
    });
    expect(await refusal(cwd)).toContain('1 of the fresh cases were already in stage one: "refund_flow/1"');
  });

  test('where a fresh case is an old one under another id', async () => {
    const renamed = ({ baseline, candidate }: RunPair): RunPair => {
      const rename = (rows: readonly ResultRow[]) =>
        rows.map((row) => ({ ...row, case_id: `new ${row.case_id}` }));
      return { baseline: rename(baseline), candidate: rename(candidate) };
    };
    const old = renamed(pairOf({ refund_flow: [2, 0, 0, 0] }));
    const { cwd } = await afterStageOne({
      baseline: [...fresh.baseline, ...old.baseline],
      candidate: [...fresh.candidate, ...old.candidate],
    });
    expect(await refusal(cwd)).toContain(
      '2 of the fresh cases have an input that was already in stage one, under another id: "new refund_flow/1", "new refund_flow/2"',
    );
  });

  test('but cases without input texts are told by id, and the report says so', async () => {
    const bare = (rows: readonly ResultRow[]) => rows.map(({ input: _, ...row }) => row as ResultRow);
    const { cwd } = await afterStageOne({ baseline: bare(fresh.baseline), candidate: bare(fresh.candidate) });
    const { report } = await gateIn(cwd, SECOND);
    expect(report.notes).toContain(
      'fresh cases were told from those of stage one by id alone: the fresh cases have no input texts',
    );
  });

  test('where the report is none, or a second stage itself', async () => {
    const { cwd } = await afterStageOne(fresh);
    await gateIn(cwd, SECOND);
    const from = (file: string) => SECOND.map((word) => (word === 'stage-one.json' ? file : word));
    expect(await refusal(cwd, from('report.json'))).toContain('this report is a second stage itself');
    expect(await refusal(cwd, from('none.json'))).toContain('the report of stage one does not exist');
    expect(await refusal(cwd, from('new.jsonl'))).toContain('not JSON');
    writeFileSync(join(cwd, 'other.json'), '{"schemaVersion":"1.0"}');
    expect(await refusal(cwd, from('other.json'))).toContain('no Slicewise report of schema 1');
  });

  test('where a part of it is missing, or stage one is named again', async () => {
    const { cwd } = await afterStageOne(fresh);
    expect(await refusal(cwd, SECOND.slice(0, 5))).toContain('needs --confirm-candidate as well');
    expect(await refusal(cwd, [...SECOND.slice(0, 1), 'old.jsonl', ...SECOND.slice(1)])).toContain(
      'reads fresh runs only',
    );
  });
});
