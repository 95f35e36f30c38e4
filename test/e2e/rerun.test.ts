/** A second run of the unchanged baseline, by the built command: what it measures, and what it may decide. */

import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/gate/index.ts';
import { skellamTail } from '../../src/stats/index.ts';
import { jsonLines, slicewise, workFolder } from './cli.ts';
import { type GateRun, gateIn, opening, sliceOf } from './gate-run.ts';

/** A slice of cases, all right in the baseline but for `failed`, which the other two runs lose and win back. */
interface Slice {
  readonly n: number;
  readonly failed: number;
  /** Cases that the candidate loses and gains. */
  readonly lost: number;
  readonly gained: number;
  /** Cases that the rerun loses and gains. */
  readonly rerunLost: number;
  readonly rerunGained: number;
}

/** Baseline, candidate and rerun of these slices; `more` adds columns to a row. */
function runsOf(
  slices: Readonly<Record<string, Slice>>,
  more: (row: number) => object = () => ({}),
): Readonly<Record<'old.jsonl' | 'new.jsonl' | 'again.jsonl', string>> {
  const rows = (passed: (slice: Slice, i: number) => boolean) =>
    jsonLines(
      Object.entries(slices).flatMap(([segment, slice]) =>
        Array.from({ length: slice.n }, (_, i) => ({
          case_id: `${segment}/${i}`,
          segment,
          passed: passed(slice, i),
          ...more(i),
        })),
      ),
    );
  // The first cases fail; losses are at the other end.
  return {
    'old.jsonl': rows(({ failed }, i) => i >= failed),
    'new.jsonl': rows(({ n, failed, lost, gained }, i) => i >= failed - gained && i < n - lost),
    'again.jsonl': rows(
      ({ n, failed, rerunLost, rerunGained }, i) => i >= failed - rerunGained && i < n - rerunLost,
    ),
  };
}

/** Thirty of these beside it, and 5 lost of 47 are no news to min-P. */
const CALM: Slice = { n: 300, failed: 30, lost: 15, gained: 15, rerunLost: 3, rerunGained: 3 };
const TARGET: Slice = { n: 47, failed: 6, lost: 5, gained: 0, rerunLost: 0, rerunGained: 0 };
const others = (slice: Slice, count = 30) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`s${i}`, slice]));

const SMALL: Slice = { n: 30, failed: 6, lost: 3, gained: 3, rerunLost: 0, rerunGained: 1 };

const RUN = ['gate', 'old.jsonl', 'new.jsonl'];
const WITH = [...RUN, '--rerun', 'again.jsonl'];

function inFolder(
  slices: Readonly<Record<string, Slice>>,
  args: readonly string[] = WITH,
  policy: string | null = null,
): Promise<GateRun> {
  const config: Readonly<Record<string, string>> =
    policy === null ? {} : { 'slicewise.yaml': `policy: ${policy}\n` };
  return gateIn(workFolder({ ...runsOf(slices), ...config }), args);
}

function churnOf({ findings }: Report): string | undefined {
  return findings.find(({ check }) => check === 'rerun-churn')?.reason;
}

describe('the noise band', () => {
  test('is measured and printed, and the conclusion over all cases must exceed it', async () => {
    // A rerun that moved by as much as the candidate: 6 points of noise.
    const noisy = { all: { n: 400, failed: 80, lost: 30, gained: 6, rerunLost: 70, rerunGained: 70 } };
    const without = await inFolder(noisy, RUN);
    expect(without.report.overall[0]).toMatchObject({ conclusion: 'WORSE', rerunBand: null });
    const { report, stdout } = await inFolder(noisy);
    const band = report.overall[0]!.rerunBand!;
    // 140 of 400 flip, as many each way: 1.96 standard errors.
    expect(band).toBeCloseTo((1.959964 * Math.sqrt(140 / 399)) / 20, 6);
    expect(Math.abs(report.overall[0]!.delta!.estimate!)).toBeGreaterThan(band);
    expect(report.overall[0]!.conclusion).toBe('WORSE');
    expect(churnOf(report)).toContain('flips 140 of 400 cases (35.0%)');
    expect(stdout).toContain('5.8 points');
    const smaller = await inFolder({ all: { ...noisy.all, lost: 26 } });
    expect(smaller.report.overall[0]!.delta!.upper).toBeLessThan(0);
    expect(smaller.report.overall[0]!.conclusion).toBe('NO EVIDENCE EITHER WAY');
  });

  test('is wider where cases flip together in clusters', async () => {
    const slices = { all: { n: 400, failed: 80, lost: 30, gained: 6, rerunLost: 70, rerunGained: 70 } };
    const plain = await inFolder(slices);
    const cwd = workFolder(runsOf(slices, (i) => ({ cluster_id: `c${Math.floor(i / 10)}` })));
    const { report } = await gateIn(cwd, [...WITH, '--map', 'cluster=cluster_id']);
    // Ten cases of a cluster flip alike: about root ten as wide.
    const wider = report.overall[0]!.rerunBand! / plain.report.overall[0]!.rerunBand!;
    expect(wider).toBeGreaterThan(3);
    expect(wider).toBeLessThan(3.3);
  });

  test('says nothing about a metric that is no pass rate', async () => {
    const cwd = workFolder(runsOf({ all: CALM }, (i) => ({ latency: i })));
    const { report } = await gateIn(cwd, [...WITH, '--metric', 'mean:latency', '--margin', 'mean:latency=5']);
    expect(report.overall[0]).toMatchObject({ metric: 'mean:latency', rerunBand: null });
  });
});

describe('nomination', () => {
  test('a loss that McNemar among many slices cannot see calls for review where the baseline hardly churns', async () => {
    const slices = { refund_flow: TARGET, ...others(CALM) };
    const without = sliceOf((await inFolder(slices, RUN)).report, 'refund_flow');
    expect(without).toMatchObject({ verdict: 'PASS', grade: 'undecided' });
    const { report, code, stdout } = await inFolder(slices);
    expect(code).toBe(3);
    expect(sliceOf(report, 'refund_flow')).toMatchObject({
      verdict: 'REVIEW',
      grade: 'suspected',
      reason: 'suspected loss: more than the churn of an unchanged rerun explains',
    });
    expect(opening(stdout)[0]).toMatch(/^Ship\? REVIEW: refund_flow lost 5 of 47/);
    // The adjusted p-value is still McNemar's.
    expect(sliceOf(report, 'refund_flow').adjustedPValue).toBe(without.adjustedPValue);
  });

  test('stays quiet where the rerun of the slice churns as much', async () => {
    const churning: Slice = { ...TARGET, rerunLost: 5, rerunGained: 5 };
    const { report } = await inFolder({ refund_flow: churning, ...others(CALM) });
    expect(sliceOf(report, 'refund_flow').verdict).toBe('PASS');
  });

  test('stays quiet where the candidate gains elsewhere as often: it reshuffles', async () => {
    const reshuffling: Slice = { ...TARGET, lost: 8, gained: 3 };
    const { report } = await inFolder({ refund_flow: reshuffling, ...others(CALM) });
    expect(sliceOf(report, 'refund_flow').verdict).toBe('PASS');
    // By the rerun's churn alone it would have been more than noise.
    expect(skellamTail(5, 47 * 0.012)).toBeLessThan(0.05 / 31);
    expect(skellamTail(5, 3)).toBeGreaterThan(0.05 / 31);
  });

  test('still needs the margin', async () => {
    const large: Slice = { n: 300, failed: 20, lost: 7, gained: 0, rerunLost: 0, rerunGained: 0 };
    const slices = { large, ...others(CALM) };
    expect(sliceOf((await inFolder(slices)).report, 'large').verdict).toBe('PASS');
    const { report } = await inFolder(slices, [...WITH, '--margin', '0.02']);
    expect(sliceOf(report, 'large').verdict).toBe('REVIEW');
  });

  test('a rerun without a single flip does not make one lost case news', async () => {
    const still = { n: 20, failed: 2, lost: 0, gained: 0, rerunLost: 0, rerunGained: 0 };
    const { report } = await inFolder({ small: { ...still, lost: 1 }, ...others(still, 4) });
    expect(churnOf(report)).toContain('flips 0 of 100 cases');
    expect(sliceOf(report, 'small').verdict).toBe('PASS');
  });
});

describe('churn: block', () => {
  const slices = { refund_flow: TARGET, ...others(CALM) };

  test('blocks what is beyond the churn, and says by what and what that leans on', async () => {
    const { report, code } = await inFolder(slices, WITH, '{ churn: block }');
    expect(code).toBe(1);
    expect(sliceOf(report, 'refund_flow')).toMatchObject({
      verdict: 'BLOCK',
      grade: 'confirmed',
      reason: 'confirmed loss: at least the margin, more than the churn of an unchanged rerun explains',
    });
    expect(report.policy.controls).toContain('blocks by the churn of the rerun lean on a model');
  });

  test('only calls for review beyond 200 slices, and says so', async () => {
    const many = { refund_flow: { ...TARGET, lost: 6 }, ...others(SMALL, 200) };
    const { report, code } = await inFolder(many, WITH, '{ churn: block }');
    expect([code, sliceOf(report, 'refund_flow').verdict]).toEqual([3, 'REVIEW']);
    expect(report.notes).toContain(
      'policy.churn: block is used up to 200 slices: among 201 a loss beyond the churn calls for review',
    );
  });

  test('without a rerun does nothing, and says so', async () => {
    const { report } = await inFolder(slices, RUN, '{ churn: block }');
    expect(report.verdict).toBe('PASS');
    expect(report.notes).toContain(
      'policy.churn is block, but no second run of the baseline measures churn (--rerun FILE)',
    );
  });

  test('does not block in always-valid looks, for which it does not hold', async () => {
    const { report } = await inFolder(slices, [...WITH, '--always-valid'], '{ churn: block }');
    expect(sliceOf(report, 'refund_flow').verdict).toBe('REVIEW');
    expect(report.notes).toContain(
      'policy.churn: block holds for one look: here a loss beyond the churn calls for review',
    );
  });

  test('leaves clusters alone, whose churn it does not know', async () => {
    const cwd = workFolder({
      ...runsOf(slices, (i) => ({ cluster_id: `c${Math.floor(i / 5)}` })),
      'slicewise.yaml': 'policy: { churn: block }\ncolumns: { cluster: cluster_id }\n',
    });
    const { report } = await gateIn(cwd, WITH);
    expect(sliceOf(report, 'refund_flow').verdict).toBe('PASS');
    expect(report.notes).toContain(
      'cases come in clusters, which the model of churn does not know: the rerun shows its band alone',
    );
  });
});

describe('a rerun is refused', () => {
  test.each([
    ['which is the baseline itself', 'old.jsonl', 'the rerun is the baseline itself'],
    ['which shares no case with the baseline', 'foreign.jsonl', 'no scored case in common with the baseline'],
    ['which does not exist', 'none.jsonl', 'the file does not exist (none.jsonl)'],
  ])('%s', async (_, file, message) => {
    const cwd = workFolder({
      ...runsOf({ all: CALM }),
      'foreign.jsonl': jsonLines([{ case_id: 'x', segment: 'all', passed: true }]),
    });
    const ended = await slicewise([...RUN, '--rerun', file], { cwd });
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toContain(message);
  });
});
