import { describe, expect, it } from 'vitest';
import { slice } from '../../test/report-fixtures.ts';
import { finding } from '../checks/check.ts';
import type { Measure } from '../counts/index.ts';
import type { ReportCounts, SliceReport, WaiverReport } from './report.ts';
import { beliefLine, type ShipLineInput, shipLine } from './ship-line.ts';

const COUNTS: ReportCounts = {
  ...{ paired: 1200, onlyBaseline: 0, onlyCandidate: 0, edited: 0, pairing: 'paired', pairedBy: 'case id' },
  ...{ slices: 6, gatedSlices: 5, undecided: 1, nonInferior: 4, lowN: 0, lowNCases: 0, debt: 0, looks: null },
};
const waiver: WaiverReport = {
  ...{ kind: 'waiver', reason: 'r', owner: 'mara', reviewer: null, expires: '2026-03-31', expired: false },
};
const refund = slice('refund_flow', 47, 43, 7, 0, {
  verdict: 'BLOCK',
  grade: 'confirmed',
  adjustedPValue: 0.0303,
});
const passing = slice('invoice_parse', 210, 176, 6, 21);

function line(slices: readonly SliceReport[], changes: Partial<ShipLineInput> = {}) {
  return shipLine({
    verdict: 'BLOCK',
    hasBaseline: true,
    slices,
    findings: [],
    counts: COUNTS,
    waived: 0,
    waivedFindings: [],
    budget: 0.05,
    measureOf: () => ({ kind: 'passRate' }),
    ...changes,
  });
}

describe('Ship?', () => {
  it('names the worst slice, what it lost, of how many, and the adjusted p', () => {
    expect(line([refund, passing])).toBe('BLOCK: refund_flow lost 7 of 47 (-14.9 points, adjusted p .030)');
  });

  it('counts the other slices that decide, once each', () => {
    const second = slice('other', 100, 90, 20, 1, { verdict: 'BLOCK', grade: 'confirmed' });
    const same = { ...second, dimension: 'tier', value: 'gold', sameCasesAs: ['segment = other'] };
    expect(line([refund, second])).toMatch(/, and 1 more slice$/);
    expect(line([refund, second, second])).toMatch(/, and 2 more slices$/);
    expect(line([refund, { ...second, sameCasesAs: ['tier = gold'] }, same])).toMatch(/, and 1 more slice$/);
    expect(line([refund, { ...second, verdict: 'REVIEW' }])).not.toContain('more');
    expect(line([refund, { ...second, role: 'shown' }])).not.toContain('more');
  });

  it('leaves out waived slices and names them again when the waiver is past', () => {
    const waived = { ...refund, waiver };
    expect(
      line([waived, passing], { verdict: 'PASS', waived: 1, counts: { ...COUNTS, nonInferior: 3 } }),
    ).toBe(
      'PASS with 1 waiver: refund_flow lost 7 of 47 (-14.9 points, adjusted p .030), waived by mara until 2026-03-31; no other confirmed or suspected loss of 5 points or more in 4 gated slices, 3 non-inferior, 1 undecided',
    );
    expect(line([waived], { verdict: 'PASS', waived: 2 })).toMatch(/^PASS with 2 waivers: /);
    expect(line([{ ...refund, waiver: { ...waiver, expired: true } }])).toContain('refund_flow lost 7 of 47');
  });

  it('names debt whose entry is past', () => {
    const debt = {
      ...passing,
      verdict: 'DEBT' as const,
      waiver: { ...waiver, kind: 'debt' as const, expired: true },
    };
    expect(line([debt])).toContain('invoice_parse');
  });

  it('says what a passing release rests on', () => {
    expect(line([passing], { verdict: 'PASS', counts: { ...COUNTS, debt: 2 } })).toBe(
      'PASS: no confirmed or suspected loss of 5 points or more in 5 gated slices, 4 non-inferior, 1 undecided, 2 in debt',
    );
  });

  it('names who accepted a finding until when', () => {
    const waivedFindings = ['errors', 'pairing'].map((check) => ({
      ...{ check, owner: 'mara', expires: '2026-03-31' },
    }));
    expect(line([passing], { verdict: 'PASS', waived: 2, waivedFindings })).toMatch(
      /^PASS with 2 waivers: finding of errors waived by mara until 2026-03-31, and 1 more; no other confirmed/,
    );
  });

  it('does not deny a loss that is proven and smaller than the margin', () => {
    const small = slice('topic', 3080, 2860, 40, 5, {
      ...{ verdict: 'PASS', grade: 'non-inferior', adjustedPValue: 0.0003 },
    });
    expect(line([small], { verdict: 'PASS' })).toMatch(
      /loss of 5 points or more in 5 .*; a smaller loss is confirmed: topic lost 40, gained 5 of 3,080 \(-1\.1 points, adjusted p \.0003\)$/,
    );
    expect(line([{ ...small, adjustedPValue: 0.06 }], { verdict: 'PASS' })).not.toContain('smaller');
    const better = slice('topic', 3080, 2860, 5, 40, { verdict: 'PASS', adjustedPValue: 0.0003 });
    expect(line([better], { verdict: 'PASS' })).not.toContain('smaller');
    expect(line([small, { ...passing, margin: 0.02 }], { verdict: 'PASS' })).toContain(
      'loss of its margin or more in',
    );
  });

  it('names the floor that is breached', () => {
    const breach = slice('rare_flow', 20, 19, 9, 0, {
      ...{ verdict: 'BLOCK', reason: 'new breach of the floor: the baseline held it' },
      ...{ floor: 0.85, floorPValue: 0.00049 },
    });
    expect(line([breach])).toMatch(/rare_flow at 50\.0 ?% of 20, .*floor 85\.0 ?%.*p \.0005/);
  });

  it('says what is missing or void', () => {
    const void_ = finding({
      check: 'comparable-runs',
      kind: 'evaluation',
      verdict: 'INVALID',
      reason: 'NOT COMPARABLE: x',
    });
    expect(line([], { verdict: 'UNTESTED', hasBaseline: false })).toBe(
      'UNTESTED: no baseline to compare with',
    );
    expect(line([], { verdict: 'INVALID', findings: [void_] })).toBe('INVALID: NOT COMPARABLE: x');
    expect(line([], { verdict: 'INVALID' })).toContain('nothing was gated');
  });

  it('adds a configured slice without cases, and falls back to it alone', () => {
    const absent = finding({
      check: 'configured-slices',
      kind: 'data',
      verdict: 'BLOCK',
      slice: 'ghost',
      reason: "the policy names segment 'ghost', but no case has it",
    });
    const row = slice('ghost', 0, 0, 0, 0, { verdict: 'BLOCK', grade: null });
    expect(line([refund, row], { findings: [absent] })).toMatch(/^BLOCK: refund_flow lost 7 .*; .*ghost/);
    expect(line([row, passing], { findings: [absent] })).toBe(`BLOCK: ${absent.reason}`);
  });

  it('words other metrics in their own unit', () => {
    const latency: Measure = { kind: 'mean', column: 'ms', direction: 'lower', bounds: null };
    const slow = slice('refund_flow', 47, 43, 20, 3, {
      ...{ verdict: 'BLOCK', metric: 'mean:ms', direction: 'lower', adjustedPValue: 0.01 },
      delta: { estimate: 31.256, lower: 10, upper: 50, level: 0.95, method: 'bca', n: 47 },
      baseline: { estimate: 100, lower: 90, upper: 110, level: 0.95, method: 't', n: 47 },
      candidate: { estimate: 131.256, lower: 90, upper: 110, level: 0.95, method: 't', n: 47 },
    });
    const text = line([slow], { measureOf: () => latency });
    expect(text).toContain('+31.3');
    expect(text).not.toContain('points');
  });
});

describe('Believe it?', () => {
  const of = (
    changes: Partial<ReportCounts>,
    more: { age?: number; production?: boolean; sliced?: boolean } = {},
  ) =>
    beliefLine({
      ...{ ran: 4, total: 9, counts: { ...COUNTS, ...changes }, isSliced: more.sliced ?? true },
      ...{ hasProductionSample: more.production ?? false, baselineAgeDays: more.age ?? null },
    });

  it('counts checks, undecided and small slices, and says what is absent', () => {
    expect(of({ undecided: 12 })).toMatch(
      /4 of 9 checks could run; 12 slices undecided; no production sample$/,
    );
    expect(of({ lowN: 1, lowNCases: 19 })).toContain('1 slice (19 cases) too small to gate');
    expect(of({ pairing: 'unpaired' })).toContain('runs share no cases');
    expect(of({}, { age: 3.9 })).toContain('baseline 3 days old');
    expect(of({}, { production: true })).not.toContain('production');
    expect(of({ pairing: 'single run' })).not.toContain('undecided');
    expect(of({}, { sliced: false })).toContain('1 slice undecided; no dimension: all cases are one slice;');
    expect(of({})).not.toContain('dimension');
  });
});
