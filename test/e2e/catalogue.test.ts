/** Every Catch and Quiet of, A2 and T5, by the built command. */

import { describe, expect, test } from 'vitest';
import { ARTICLE_CONFIG, articleTable, quantization, smallN, winOrNoise } from '../generators/index.ts';
import { gatedRows, gateIn, gatePair, opening, pairFolder, sliceOf } from './gate-run.ts';

describe('A-1, the worst slice', () => {
  test('catch: refund_flow 43 to 36 of 47 blocks while the mean rises', async () => {
    const { report, stdout, code } = await gatePair(articleTable({ others: 'one' }));
    expect(code).toBe(1);
    expect(report).toMatchObject({ verdict: 'BLOCK', exitCode: 1 });
    expect(report.ship.text).toBe('BLOCK: refund_flow lost 7 of 47 (-14.9 points, adjusted p .030)');
    expect(opening(stdout)[0]).toBe(`Ship? ${report.ship.text}`);
    expect(opening(stdout)[1]).toMatch(
      /\d+ of \d+ checks could run; 1 slice undecided; no production sample$/,
    );
    const refund = sliceOf(report, 'refund_flow');
    expect(refund).toMatchObject({
      n: 47,
      lost: 7,
      gained: 0,
      verdict: 'BLOCK',
      grade: 'confirmed',
      test: 'exact McNemar',
    });
    expect(refund.pValue).toBeCloseTo(0.0078125, 14);
    expect(refund.pValueTwoSided).toBeCloseTo(0.015625, 14);
    expect(refund.holmPValue).toBeCloseTo(0.0390625, 14);
    expect(refund.baseline?.estimate).toBe(43 / 47);
    expect(refund.candidate?.estimate).toBe(36 / 47);
    expect(refund.delta?.estimate).toBeCloseTo(-7 / 47, 14);
    expect(refund.adjustedPValue).toBeCloseTo(0.0303, 4);
    expect(refund.cases.lost).toHaveLength(7);
    expect(report.findings.find(({ check }) => check === 'slice-losses')).toMatchObject({
      verdict: 'BLOCK',
      evidence: refund.cases.lost.map(({ id }) => id),
      evidenceTotal: 7,
    });
    for (const { id } of refund.cases.lost) {
      expect(id).toMatch(/^refund_flow\/\d{3}$/);
      expect(stdout).toContain(id);
    }
    const [overall] = report.overall;
    expect(overall).toMatchObject({ n: 1200, gated: false, lost: 54, gained: 58 });
    expect(overall?.baseline?.estimate).toBe(1045 / 1200);
    expect(overall?.candidate?.estimate).toBe(1049 / 1200);
    expect(stdout).toMatch(/^mean.* 1,200 +87\.1% +87\.4% +\+0\.3.* not gated$/m);
    for (const value of ['invoice_parse', 'contract_review', 'escalation_route', 'other']) {
      expect(sliceOf(report, value).verdict).toBe('PASS');
    }
  });

  test('catch: a mean over 0.85 passes where the gate blocks, over all 40 customers too', async () => {
    const { report, code } = await gatePair(articleTable(), ['--floor', '0.85']);
    expect(code).toBe(1);
    expect(report.overall[0]?.candidate?.estimate).toBeGreaterThan(0.85);
    expect(sliceOf(report, 'refund_flow').adjustedPValue).toBeCloseTo(0.0228, 4);
    expect(sliceOf(report, 'refund_flow').holmPValue).toBeCloseTo(0.171875, 12);
    expect(report.counts).toMatchObject({ slices: 40, lowN: 18, lowNCases: 191 });
    expect(gatedRows(report).filter((row) => / BLOCK | REVIEW /.test(row))).toEqual([
      'refund_flow BLOCK confirmed',
    ]);
  });

  test('quiet: refund_flow 43 to 42 neither blocks nor calls for review, and slices below the floor before are debt', async () => {
    const { report, code } = await gatePair(
      articleTable({ others: 'one', sixCases: true, refund: 'quiet' }),
      ['--floor', '0.85'],
    );
    expect(code).toBe(0);
    expect(report.verdict).toBe('PASS');
    expect(gatedRows(report).toSorted()).toEqual([
      'contract_review PASS non-inferior',
      'escalation_route DEBT undecided',
      'invoice_parse PASS non-inferior',
      'other PASS non-inferior',
      'refund_flow PASS undecided',
      'warranty_claim LOW-N -',
    ]);
    expect(sliceOf(report, 'invoice_parse').baseline?.estimate).toBeCloseTo(0.838, 3);
    expect(sliceOf(report, 'escalation_route').baseline?.estimate).toBeCloseTo(0.831, 3);
    expect(sliceOf(report, 'escalation_route').candidate?.estimate).toBeCloseTo(0.843, 3);
    const six = sliceOf(report, 'warranty_claim');
    expect(six).toMatchObject({
      n: 6,
      lost: 1,
      gained: 0,
      reason: expect.stringContaining('14 more needed'),
    });
    expect(six.delta?.estimate).toBeCloseTo(-1 / 6, 14);
    expect(report.ship.text).toBe(
      'PASS: no confirmed or suspected loss of 5 points or more in 4 gated slices, 3 non-inferior, 1 undecided, 1 in debt',
    );
  });
});

describe('A-2, small slices', () => {
  test('catch: 19 cases at 50 % are shown with an interval and not gated', async () => {
    const { report, code, stdout } = await gatePair(smallN({ n: 19, rate: 'half' }), ['--floor', '0.85']);
    expect(code).toBe(0);
    const rare = sliceOf(report, 'rare_flow');
    expect(rare).toMatchObject({ n: 19, verdict: 'LOW-N', lost: 9, gained: 0 });
    expect(rare.candidate).toMatchObject({ estimate: 9 / 19, method: 'wilson', n: 19 });
    expect(rare.candidate?.lower).toBeCloseTo(0.2733, 4);
    expect(rare.candidate?.upper).toBeCloseTo(0.6829, 4);
    expect(report.counts).toMatchObject({ lowN: 1, lowNCases: 19 });
    expect(report.belief.text).toContain('1 slice (19 cases) too small to gate');
    expect(stdout).toContain('rare_flow');
    expect(rare.reason).toContain('1 more needed to gate');
  });

  test('catch: the same slice with 20 cases gates', async () => {
    const { report, code } = await gatePair(smallN({ n: 20, rate: 'half' }), ['--floor', '0.85']);
    expect(code).toBe(1);
    const rare = sliceOf(report, 'rare_flow');
    expect(rare).toMatchObject({ n: 20, verdict: 'BLOCK', grade: 'confirmed', lost: 9 });
    // P(below .85) > .99: the exact binomial P(X <= 10 | 20, .85) is .00025, two slices by Holm.
    expect(rare.floorPValue).toBeLessThan(0.001);
  });

  test('catch: a policy under which no slice reaches the minimum establishes nothing', async () => {
    const { report, code } = await gatePair(smallN({ n: 19, rate: 'high', alone: true }));
    expect(code).toBe(4);
    expect(report.verdict).toBe('INVALID');
    expect(report.ship.text).toContain('nothing was gated');
    const raised = await gatePair(articleTable({ others: 'one' }), ['--min-cases', '1000']);
    expect([raised.code, raised.report.verdict]).toEqual([4, 'INVALID']);
  });

  test('quiet: 20 cases at 95 % gate and pass', async () => {
    const { report, code } = await gatePair(smallN({ n: 20, rate: 'high' }), ['--floor', '0.85']);
    expect(code).toBe(0);
    expect(sliceOf(report, 'rare_flow')).toMatchObject({ n: 20, verdict: 'PASS' });
    expect(sliceOf(report, 'rare_flow').candidate?.estimate).toBe(0.95);
  });
});

describe('A-6, configuration and data', () => {
  const gate = ['gate', '--config', 'eval_config.yaml', 'old.jsonl', 'new.jsonl'];

  test("catch: the article's own file, unchanged, blocks on the segment that the data spells otherwise", async () => {
    const cwd = pairFolder(articleTable(), { 'eval_config.yaml': ARTICLE_CONFIG });
    const { report, code, stdout } = await gateIn(cwd, gate);
    expect(code).toBe(1);
    expect(report.policy).toMatchObject({ floor: 0.85, minCases: 20, dimensions: ['segment'] });
    expect(report.notes.join('\n')).toContain('segments were found in column segment (3 of 4 names)');
    const found = report.findings.filter(({ check }) => check === 'configured-slices');
    expect(found[0]).toMatchObject({ verdict: 'BLOCK', slice: 'escalation_routing' });
    expect(found[0]?.reason).toContain("did you mean 'escalation_route'?");
    expect(found[1]?.reason).toMatch(
      /^37 values of segment with 787 cases are not configured: escalation_route \(89\)/,
    );
    expect(sliceOf(report, 'escalation_routing')).toMatchObject({ n: 0, verdict: 'BLOCK', role: 'gated' });
    expect(sliceOf(report, '(not listed)')).toMatchObject({ n: 787, role: 'gated' });
    expect(gatedRows(report)).toHaveLength(5);
    // The article's table.
    for (const row of [
      /refund_flow +47 +91\.5% +76\.6% +-14\.9/,
      /invoice_parse +210 +83\.8% +91\.0% +\+7\.1/,
      /contract_review +156 +88\.5% +89\.1% +\+0\.6/,
      /escalati\S*routing +0 /,
      /mean.* 1,200 +87\.1% +87\.4% +\+0\.3/,
    ]) {
      expect(stdout).toMatch(row);
    }
  });

  test('catch: with 698 cases untagged, all three lists are raised', async () => {
    const cwd = pairFolder(articleTable({ others: 'untagged' }), { 'eval_config.yaml': ARTICLE_CONFIG });
    const { report, code } = await gateIn(cwd, gate);
    expect(code).toBe(1);
    const reasons = report.findings
      .filter(({ check, status }) => check === 'configured-slices' && status === 'checked')
      .map(({ reason }) => reason);
    expect(reasons).toHaveLength(3);
    expect(reasons[0]).toContain("'escalation_routing'");
    expect(reasons[1]).toContain('escalation_route (89)');
    expect(reasons[2]).toBe('698 cases without a segment (missing)');
    expect(report.unsliced.cases).toBe(698);
    expect(sliceOf(report, 'refund_flow').adjustedPValue).toBeCloseTo(0.0303, 4);
  });

  test('catch: without any loss the missing segment alone blocks, and the first line says so', async () => {
    const table = articleTable({ others: 'one', refund: 'quiet' });
    const cwd = pairFolder(table, { 'eval_config.yaml': ARTICLE_CONFIG });
    const { report, code, stdout } = await gateIn(cwd, gate);
    expect([code, report.verdict]).toEqual([1, 'BLOCK']);
    expect(opening(stdout)[0]).toContain('escalation_routing');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain("did you mean 'escalation_route'?");
  });

  test('quiet: the same names in an ignore list raise nothing', async () => {
    const policy = `slices:
  - column: segment
    only: [refund_flow, invoice_parse, contract_review]
    ignore: [escalation_routing, escalation_route, other]
`;
    const cwd = pairFolder(articleTable({ others: 'one', refund: 'quiet' }), { 'policy.yaml': policy });
    const { report, code } = await gateIn(cwd, ['gate', '--config', 'policy.yaml', 'old.jsonl', 'new.jsonl']);
    expect(code).toBe(0);
    expect(report.findings.filter(({ check }) => check === 'configured-slices')).toEqual([]);
    expect(sliceOf(report, 'escalation_route')).toMatchObject({
      role: 'remainder',
      state: 'ignored',
      verdict: null,
      n: 89,
    });
    expect(gatedRows(report)).toHaveLength(3);
  });
});

describe('A2, win or noise', () => {
  test('catch: 599 to 617 of 840 by 126 gained and 108 lost is no evidence', async () => {
    const { report, stdout } = await gatePair(winOrNoise('noise'));
    const [overall] = report.overall;
    expect(overall).toMatchObject({ n: 840, lost: 108, gained: 126, conclusion: 'NO EVIDENCE EITHER WAY' });
    expect(overall?.delta?.estimate).toBeCloseTo(18 / 840, 14);
    expect(overall?.delta?.lower).toBe(-12 / 840);
    expect(overall?.delta?.upper).toBe(48 / 840);
    expect(overall?.pValueTwoSided).toBeCloseTo(0.2665, 3);
    expect(overall?.unpairedStandardError).toBeCloseTo(0.0218, 4);
    expect(stdout).toContain('NO EVIDENCE EITHER WAY');
  });

  test('catch: 84.2 % against 85.8 % of 500 is no win either, by about 3 points each', async () => {
    const { report } = await gatePair(winOrNoise('five hundred'));
    const [overall] = report.overall;
    expect(overall?.conclusion).toBe('NO EVIDENCE EITHER WAY');
    for (const run of [overall?.baseline, overall?.candidate]) {
      const { lower = null, upper = null } = run ?? {};
      expect(((upper ?? 0) - (lower ?? 0)) / 2).toBeCloseTo(0.031, 2);
    }
  });

  test('quiet: the same 18 as 20 gained and 2 lost is better', async () => {
    const { report, code, stdout } = await gatePair(winOrNoise('win'));
    const [overall] = report.overall;
    expect(code).toBe(0);
    expect(overall).toMatchObject({ lost: 2, gained: 20, conclusion: 'BETTER' });
    expect(overall?.delta?.lower).toBe(9 / 840);
    expect(overall?.delta?.upper).toBe(27 / 840);
    expect(stdout).toContain('BETTER');
    expect(overall?.pValueTwoSided).toBeCloseTo(0.00012, 5);
  });

  test('catch: a difference within the band of an unchanged rerun is no evidence, however narrow its interval', async () => {
    const win = winOrNoise('win');
    const noise = winOrNoise('noise', 840);
    const cwd = pairFolder(win, {
      'rerun.jsonl': noise.candidate.map((row) => `${JSON.stringify(row)}\n`).join(''),
    });
    const { report } = await gateIn(cwd, ['gate', 'old.jsonl', 'new.jsonl', '--rerun', 'rerun.jsonl']);
    const [overall] = report.overall;
    expect(overall?.rerunBand).toBeGreaterThan(18 / 840);
    expect(overall?.conclusion).toBe('NO EVIDENCE EITHER WAY');
  });
});

describe('T5, the tail under compression', () => {
  test('catch: one tail is confirmed, two are sent to review, overall falls by one point', async () => {
    const { report, code } = await gatePair(quantization('int4'), ['--slice', 'capability']);
    expect(code).toBe(1);
    expect(report.overall[0]?.delta?.estimate).toBeCloseTo(-0.01, 12);
    expect(gatedRows(report)).toEqual([
      'long context BLOCK confirmed',
      'low-resource REVIEW suspected',
      'arithmetic REVIEW suspected',
      'core PASS non-inferior',
    ]);
    const p = ['long context', 'low-resource', 'arithmetic'].map((value) => {
      const { pValue, adjustedPValue, casesNeeded, lost, gained } = sliceOf(report, value);
      expect(gained).toBe(0);
      expect(casesNeeded).toBeGreaterThan(0);
      return { pValue, adjusted: adjustedPValue, lost };
    });
    [1 / 512, 1 / 32, 1 / 8].forEach((expected, i) => {
      expect(p[i]?.pValue).toBeCloseTo(expected, 14);
    });
    expect(p.map(({ lost }) => lost)).toEqual([9, 5, 3]);
    expect(p[0]?.adjusted).toBeCloseTo(0.003, 3);
    expect(p[1]?.adjusted).toBeCloseTo(0.054, 3);
    expect(p[2]?.adjusted).toBeCloseTo(0.21, 2);
  });

  test('quiet: int8 at -0.8 points with balanced flips passes, every tail non-inferior', async () => {
    const { report, code } = await gatePair(quantization('int8'), ['--slice', 'capability']);
    expect(code).toBe(0);
    expect(report.overall[0]?.delta?.estimate).toBeCloseTo(-0.008, 12);
    expect(gatedRows(report).every((row) => row.endsWith('PASS non-inferior'))).toBe(true);
  });
});
