import { expect, test } from 'vitest';
import { finding, report, slice } from '../../test/report-fixtures.ts';
import type { Measure } from '../counts/index.ts';
import type { Verdict } from '../findings/index.ts';
import type { Report, SliceReport } from './report.ts';
import { beliefLine, shipLine } from './ship-line.ts';

const PASS_RATE: Measure = { kind: 'passRate' };
const LATENCY: Measure = { kind: 'quantile', column: 'latency', q: 0.95, direction: 'lower' };
const BLOCK = { verdict: 'BLOCK', grade: 'confirmed', adjustedPValue: 0.031 } as const;
const MISSING = finding(
  'configured-slices',
  'data',
  'BLOCK',
  "the policy names segment 'escalation_routing', but no case has it; did you mean 'escalation_route'?",
  { slice: 'escalation_routing' },
);

const refund = slice('refund_flow', 47, 43, 7, 0, BLOCK);
const absent = slice('escalation_routing', 0, 0, 0, 0, { ...BLOCK, grade: null, delta: null });

function line(verdict: Verdict, slices: readonly SliceReport[], more: Partial<Report> = {}): string {
  const { findings, counts } = report(slices, { findings: [], ...more });
  return shipLine({
    verdict,
    hasBaseline: more.baseline !== null,
    slices,
    findings,
    counts,
    waived: 0,
    measureOf: (metric) => (metric === 'passRate' ? PASS_RATE : LATENCY),
  });
}

test('a blocked release is answered by its worst slice', () => {
  expect(line('BLOCK', [refund])).toBe('BLOCK: refund_flow lost 7 of 47 (-14.9 points, adjusted p .031)');
});

test('gained cases and further slices are counted', () => {
  const sorting = slice('word_sorting', 250, 126, 44, 19, { ...BLOCK, adjustedPValue: 0.0204 });
  expect(line('BLOCK', [sorting, refund])).toBe(
    'BLOCK: word_sorting lost 44, gained 19 of 250 (-10.0 points, adjusted p .020), and 1 more slice',
  );
  expect(line('BLOCK', [sorting, refund, { ...refund, value: 'other' }])).toContain(', and 2 more slices');
});

test('a segment that the policy names and nobody has is the whole answer where nothing else blocks', () => {
  expect(line('BLOCK', [absent], { findings: [MISSING] })).toBe(
    "BLOCK: the policy names segment 'escalation_routing', but no case has it; did you mean 'escalation_route'?",
  );
});

test('beside a slice that blocks it takes a few words, and is not counted as a slice', () => {
  expect(line('BLOCK', [refund, absent], { findings: [MISSING] })).toBe(
    "BLOCK: refund_flow lost 7 of 47 (-14.9 points, adjusted p .031); no case has segment 'escalation_routing'",
  );
});

test('a check that decides too is counted, a waived one is not', () => {
  const unmatched = finding('pairing', 'evaluation', 'REVIEW', '30 cases in one run only');
  const review = slice('refund_flow', 47, 43, 7, 1, {
    verdict: 'REVIEW',
    grade: 'suspected',
    adjustedPValue: 0.102,
  });
  expect(line('REVIEW', [review], { findings: [unmatched] })).toBe(
    'REVIEW: refund_flow lost 7, gained 1 of 47 (-12.8 points, adjusted p .10); 1 check says REVIEW too',
  );
  const waived = { ...unmatched, reason: `${unmatched.reason} (waived by ana: known)` };
  expect(line('REVIEW', [review], { findings: [waived] })).not.toContain('too');
  expect(line('REVIEW', [], { findings: [unmatched] })).toBe('REVIEW: 30 cases in one run only');
});

test('a name of hundreds of characters leaves room for the numbers', () => {
  const long = slice('long '.repeat(80), 47, 43, 7, 0, BLOCK);
  const text = line('BLOCK', [long]);
  expect(text.length).toBeLessThanOrEqual(100);
  expect(text).toContain('lost 7 of 47 (-14.9 points, adjusted p .031)');
});

test('values that say nothing alone, and values of several dimensions, stand with their column', () => {
  expect(line('BLOCK', [{ ...refund, dimension: 'steps', value: '7' }])).toMatch(
    /^BLOCK: steps=7 lost 7 of 47/,
  );
  const other = slice('en', 100, 90, 0, 0, { dimension: 'language' });
  expect(line('BLOCK', [refund, other])).toMatch(/^BLOCK: segment=refund_flow lost/);
});

test('runs that share no cases lose points, not cases', () => {
  const unpaired = slice('refund_flow', 47, 43, 7, 0, { ...BLOCK, test: 'Fisher exact', lost: 0, gained: 0 });
  expect(line('BLOCK', [unpaired])).toBe(
    'BLOCK: refund_flow fell from 91.5% to 76.6% of 47 (-14.9 points, adjusted p .031)',
  );
});

test('other metrics are named, in their own unit', () => {
  const value = (estimate: number) => ({
    estimate,
    lower: null,
    upper: null,
    level: 0.95,
    method: 'x',
    n: 47,
  });
  const slow = slice('refund_flow', 47, 43, 7, 0, {
    ...BLOCK,
    metric: 'p95:latency',
    direction: 'lower',
    baseline: value(1200),
    candidate: value(1500),
    delta: value(300),
    lost: 30,
    gained: 17,
  });
  expect(line('BLOCK', [slow])).toBe(
    'BLOCK: refund_flow p95:latency rose from 1200 to 1500 (+300, adjusted p .031)',
  );
});

test('a breach of the floor is told with rate, cases and floor', () => {
  const low = slice('refund_flow', 47, 43, 7, 0, {
    ...BLOCK,
    reason: 'new breach of the floor: the baseline held it',
    floor: 0.85,
    floorPValue: 0.004,
  });
  expect(line('BLOCK', [low])).toBe('BLOCK: refund_flow at 76.6% of 47, below the floor 85.0% (p .0040)');
});

test('debt whose entry expired blocks by name', () => {
  const debt = slice('escalation_route', 89, 74, 4, 5, {
    verdict: 'DEBT',
    reason: 'below the floor in both runs; debt entry expired 2026-01-01, owner ana',
    waiver: { kind: 'debt', reason: 'x', owner: 'ana', reviewer: null, expires: '2026-01-01', expired: true },
  });
  expect(line('BLOCK', [debt])).toBe(
    'BLOCK: escalation_route: below the floor in both runs; debt entry expired 2026-01-01, owner ana',
  );
});

test('without a baseline that is the answer', () => {
  expect(line('UNTESTED', [refund], { baseline: null })).toBe('UNTESTED: no baseline to compare with');
});

test('a release that passes says what was looked at and what stays open', () => {
  const text = line('PASS', [
    slice('a', 30, 25, 0, 0),
    slice('b', 300, 250, 0, 0, { grade: 'non-inferior' }),
  ]);
  expect(text).toBe('PASS: no confirmed or suspected loss in 2 gated slices, 1 non-inferior, 1 undecided');
});

test('belief counts what stands behind the answer', () => {
  const { counts } = report([]);
  const input = { ran: 4, total: 9, hasProductionSample: false, baselineAgeDays: null };
  expect(beliefLine({ ...input, counts: { ...counts, undecided: 12 } })).toBe(
    'Belief: 4 of 9 checks could run; 12 slices undecided; no production sample',
  );
  const more = { ...counts, undecided: 1, lowN: 1, lowNCases: 1234 };
  expect(beliefLine({ ...input, counts: more, baselineAgeDays: 1.9, hasProductionSample: true })).toBe(
    'Belief: 4 of 9 checks could run; 1 slice undecided; 1 slice (1,234 cases) too small to gate; baseline 1 day old',
  );
});
