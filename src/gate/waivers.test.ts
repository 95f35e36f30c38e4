import { describe, expect, it } from 'vitest';
import { finding } from '../checks/check.ts';
import { type WaiverEntry, waiverFor, waiverForFinding, waiverNotes } from './waivers.ts';

const RUN = 'abcdef0123456789';
const entry = (changes: Partial<WaiverEntry> = {}): WaiverEntry => ({
  kind: 'waiver',
  slice: 'segment=refund_flow',
  check: null,
  reason: 'known outage',
  owner: 'mara',
  reviewer: 'ines',
  date: '2026-01-01',
  expires: '2026-03-31',
  runHash: RUN,
  ...changes,
});
const refund = { id: 'passRate/segment=refund_flow', dimension: 'segment', value: 'refund_flow' };
const covered = (waiver: WaiverEntry, kind: WaiverEntry['kind'] = 'waiver', today = '2026-02-01') =>
  waiverFor(refund, kind, [waiver], RUN, today);

describe('a waiver', () => {
  it.each([
    ['segment=refund_flow', true],
    ['refund_flow', true],
    ['passRate/segment=refund_flow', true],
    ['customer=refund_flow', false],
    ['Refund_flow', false],
    ['refund', false],
    ['', false],
  ])('for %j covers refund_flow: %s', (slice, covers) => {
    expect(covered(entry({ slice })) !== null).toBe(covers);
  });

  it('is of exactly one run, and debt of every run', () => {
    expect(covered(entry({ runHash: '0000000000000000' }))).toBeNull();
    expect(covered(entry({ kind: 'debt', runHash: null }), 'debt')).toMatchObject({ kind: 'debt' });
    expect(covered(entry({ kind: 'debt', runHash: null }))).toBeNull();
    expect(covered(entry(), 'debt')).toBeNull();
  });

  it.each([
    ['2026-03-31', false],
    ['2026-04-01', true],
  ])('on %s is past its last day: %s', (today, expired) => {
    expect(covered(entry(), 'waiver', today)).toMatchObject({ expired, owner: 'mara', reviewer: 'ines' });
  });

  it('of a check, or of a slice that a finding names, covers the finding', () => {
    const found = finding({ check: 'configured-slices', kind: 'data', slice: 'ghost', reason: 'x' });
    const of = (changes: Partial<WaiverEntry>) =>
      waiverForFinding(found, [entry(changes)], RUN, '2026-02-01');
    expect(of({ slice: null, check: 'configured-slices' })).not.toBeNull();
    expect(of({ slice: 'ghost' })).not.toBeNull();
    expect(of({ slice: 'segment=ghost' })).not.toBeNull();
    expect(of({ slice: 'other' })).toBeNull();
    expect(of({ slice: null, check: 'errors' })).toBeNull();
    expect(of({ slice: 'ghost', runHash: 'x' })).toBeNull();
    expect(of({ kind: 'debt', slice: 'ghost' })).toBeNull();
  });

  it('of another run is told as not applied', () => {
    const names = { slices: [refund], findings: [{ check: 'errors', slice: null }] };
    const notesOf = (...entries: readonly WaiverEntry[]) => waiverNotes(entries, RUN, '2026-02-01', names);
    const ofCheck = { slice: null, check: 'errors' };
    expect(
      notesOf(entry(), entry(ofCheck), entry({ kind: 'debt', runHash: null, slice: 'nothing' })),
    ).toEqual([]);
    expect(
      notesOf(
        entry({ runHash: 'old' }),
        entry({ ...ofCheck, runHash: 'old' }),
        entry({ expires: '2026-01-31' }),
        entry({ slice: 'segment=refnud_flow' }),
        entry({ slice: null, check: 'erorrs' }),
      ),
    ).toEqual([
      `waiver for segment=refund_flow is for run old, this is run ${RUN}: not applied`,
      `waiver for check errors is for run old, this is run ${RUN}: not applied`,
      'waiver for segment=refund_flow expired 2026-01-31: not applied',
      'waiver for segment=refnud_flow names nothing in this run: not applied',
      'waiver for check erorrs names nothing in this run: not applied',
    ]);
  });
});
