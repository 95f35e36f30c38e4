import { describe, expect, it } from 'vitest';
import { slice } from '../../test/report-fixtures.ts';
import { finding } from '../checks/check.ts';
import type { Verdict } from '../findings/index.ts';
import { releaseVerdict, type VerdictInput, voidingFinding, withWaivers } from './release-verdict.ts';
import type { SliceReport, WaiverReport } from './report.ts';
import { voidSlices } from './void-slices.ts';
import type { WaiverEntry } from './waivers.ts';

const waiver = (changes: Partial<WaiverReport> = {}): WaiverReport => ({
  kind: 'waiver',
  reason: 'r',
  owner: 'mara',
  reviewer: 'ines',
  expires: '2026-03-31',
  expired: false,
  ...changes,
});
const row = (verdict: Verdict, changes: Partial<SliceReport> = {}) =>
  slice(verdict, 100, 90, 5, 5, { verdict, ...changes });
const checkWaiver: WaiverEntry = {
  ...{ kind: 'waiver', slice: null, check: 'errors', reason: 'r', owner: 'mara', reviewer: null, date: null },
  expires: '2026-03-31',
  runHash: 'run',
};
const tooManyErrors = finding({ check: 'errors', kind: 'evaluation', verdict: 'REVIEW', reason: 'errors' });

function decide(slices: readonly SliceReport[], changes: Partial<VerdictInput> = {}) {
  const input = { slices, findings: [], hasBaseline: true, waivers: [], runHash: 'run', today: '2026-02-01' };
  return releaseVerdict({ ...input, ...changes });
}

describe('the verdict of a release', () => {
  it.each<[string, readonly SliceReport[], Verdict, number]>([
    ['the worst slice', [row('PASS'), row('REVIEW')], 'REVIEW', 0],
    [
      'shown rows',
      [row('PASS'), row('BLOCK', { role: 'shown' }), row('BLOCK', { role: 'remainder' })],
      'PASS',
      0,
    ],
    ['small slices', [row('PASS'), row('LOW-N')], 'PASS', 0],
    ['small slices alone', [row('LOW-N')], 'INVALID', 0],
    ['nothing', [], 'INVALID', 0],
    ['debt without an owner', [row('PASS'), row('DEBT')], 'PASS', 0],
    ['debt alone', [row('DEBT')], 'PASS', 0],
    ['debt with an entry', [row('PASS'), row('DEBT', { waiver: waiver({ kind: 'debt' }) })], 'PASS', 0],
    [
      'debt past its entry',
      [row('PASS'), row('DEBT', { waiver: waiver({ kind: 'debt', expired: true }) })],
      'BLOCK',
      0,
    ],
    ['a waived slice', [row('PASS'), row('BLOCK', { waiver: waiver() })], 'PASS', 1],
    ['a waived slice alone', [row('BLOCK', { waiver: waiver() })], 'PASS', 1],
    ['a waived slice beside another', [row('REVIEW'), row('BLOCK', { waiver: waiver() })], 'REVIEW', 1],
    ['an expired waiver', [row('BLOCK', { waiver: waiver({ expired: true }) })], 'BLOCK', 0],
  ])('of %s', (_name, slices, verdict, waived) => {
    expect(decide(slices)).toMatchObject({ verdict, waived });
  });

  it('is at best UNTESTED without a baseline', () => {
    expect(decide([row('PASS')], { hasBaseline: false }).verdict).toBe('UNTESTED');
    expect(decide([row('BLOCK')], { hasBaseline: false }).verdict).toBe('BLOCK');
  });

  it('takes the findings of checks, unless they are waived', () => {
    const findings = [tooManyErrors, finding({ check: 'errors', kind: 'evaluation', reason: 'a notice' })];
    expect(decide([row('PASS')], { findings }).verdict).toBe('REVIEW');
    expect(decide([row('PASS')], { findings, waivers: [checkWaiver] })).toMatchObject({
      verdict: 'PASS',
      waived: 1,
    });
    expect(decide([row('PASS')], { findings, waivers: [checkWaiver], today: '2026-04-01' }).verdict).toBe(
      'REVIEW',
    );
    expect(decide([row('PASS')], { findings, waivers: [{ ...checkWaiver, runHash: 'old' }] }).verdict).toBe(
      'REVIEW',
    );
  });

  it('names who waived a finding', () => {
    const input = { slices: [], findings: [], hasBaseline: true, runHash: 'run', today: '2026-02-01' };
    const [waived] = withWaivers([tooManyErrors], { ...input, waivers: [checkWaiver] });
    expect(waived?.reason).toBe('errors (waived by mara until 2026-03-31: r)');
    expect(waived?.verdict).toBe('REVIEW');
    expect(withWaivers([tooManyErrors], { ...input, waivers: [] })).toEqual([tooManyErrors]);
  });
});

describe('a comparison that is void', () => {
  const void_ = finding({
    check: 'comparable-runs',
    kind: 'evaluation',
    verdict: 'INVALID',
    reason: 'judge',
  });
  const input = { findings: [void_], hasBaseline: true, waivers: [], runHash: 'run', today: '2026-02-01' };

  it('takes the verdict of every slice that has one, and leaves the numbers', () => {
    const rows = [
      row('BLOCK', { grade: 'confirmed', waiver: waiver() }),
      row('PASS'),
      row('LOW-N'),
      row('BLOCK', { role: 'shown' }),
    ];
    const voided = voidSlices(rows, voidingFinding(input));
    expect(voided.map(({ verdict }) => verdict)).toEqual(['INVALID', 'INVALID', 'LOW-N', 'BLOCK']);
    expect(voided[0]).toMatchObject({ grade: null, waiver: null, lost: 5, n: 100 });
    expect(decide(voided, { findings: [void_] }).verdict).toBe('INVALID');
  });

  it('is none where the finding is a notice, waived, or of another check', () => {
    const of = (changes: Partial<typeof void_>, waivers: readonly WaiverEntry[] = []) =>
      voidingFinding({ ...input, findings: [{ ...void_, ...changes }], waivers });
    expect(of({ verdict: null })).toBeNull();
    expect(of({ check: 'errors' })).toBeNull();
    expect(of({}, [{ ...checkWaiver, check: 'comparable-runs' }])).toBeNull();
    expect(of({})).not.toBeNull();
    const rows = [row('BLOCK')];
    expect(voidSlices(rows, null)).toBe(rows);
  });
});
