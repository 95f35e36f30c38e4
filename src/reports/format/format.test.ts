import { expect, test } from 'vitest';
import { ARTICLE_BLOCK, REVIEW, report, slice } from '../../../test/report-fixtures.ts';
import type { CaseHistory } from '../../gate/index.ts';
import { formatCount, formatP, formatQuantity, formatRound, formatShare } from './numbers.ts';
import { scaleOf } from './scale.ts';
import { sectionsOf } from './sections.ts';
import { undecidedList } from './summary.ts';
import { visible } from './visible.ts';
import { comparedLines, powerOf, recordOf } from './wording.ts';

test.each([
  [0, '<.0001'],
  [0.000099, '<.0001'],
  [0.001, '.0010'],
  [0.0078125, '.0078'],
  [0.0309, '.031'],
  [0.05, '.050'],
  [0.777, '.78'],
  [0.9949, '.99'],
  [0.996, '1.0'],
  [1, '1.0'],
  [null, '-'],
])('p %d reads %s', (p, text) => {
  expect(formatP(p)).toBe(text);
});

test.each([
  [0, '0'],
  [999, '999'],
  [1200, '1,200'],
  [1_000_000, '1,000,000'],
])('count %d reads %s', (count, text) => {
  expect(formatCount(count)).toBe(text);
});

test.each([
  [0, '0'],
  [0.81234, '0.8123'],
  [1234.56, '1,235'],
  [-912.14, '-912.1'],
  [1e12, '1.00e+12'],
  [0.00000123, '1.23e-6'],
])('quantity %d reads %s', (value, text) => {
  expect(formatQuantity(value)).toBe(text);
});

test.each([
  [61, '61'],
  [483, '480'],
  [1234, '1,200'],
])('about %d cases read %s', (count, text) => {
  expect(formatRound(count)).toBe(text);
});

test('budgets lose their trailing zeros', () => {
  expect([0.05, 0.25, 0.032].map(formatShare)).toEqual(['.05', '.25', '.032']);
});

test.each([
  ['passRate', -0.14893617, '-14.9'],
  ['passRate', 0.07142857, '+7.1'],
  ['passRate', -0.0001, '0.0'],
  ['pass@3', 0.5, '+50.0'],
  ['p95:latency', 33.512, '+33.5'],
  ['mean:helpfulness', -0.0123456, '-0.0123'],
])('a difference of %s of %d reads %s', (metric, delta, text) => {
  expect(scaleOf(metric).delta(delta)).toBe(text);
});

test.each<[CaseHistory | null, string]>([
  [
    { comparisons: 9, flipped: 4, unchangedComparisons: 3, flippedUnchanged: 2 },
    'flipped in 4 of 9 runs, 2 of them unchanged',
  ],
  [
    { comparisons: 9, flipped: 4, unchangedComparisons: 3, flippedUnchanged: 0 },
    'flipped in 4 of 9 runs, none of them unchanged',
  ],
  [{ comparisons: 1, flipped: 1, unchangedComparisons: 0, flippedUnchanged: 0 }, 'flipped in 1 of 1 run'],
  [{ comparisons: 0, flipped: 0, unchangedComparisons: 0, flippedUnchanged: 0 }, ''],
  [null, ''],
])('the record %j reads %s', (record, text) => {
  expect(recordOf(record)).toBe(text);
});

test.each([
  ['a\u001b[31mb\n', 'a\\x1b[31mb\\n'],
  ['\u202eevil', '\\u202eevil'],
  ['\ud800', '\\ud800'],
  ['日本 é \u{1f469}\u200d\u{1f469}', '日本 é \u{1f469}\u200d\u{1f469}'],
])('%j is shown as %j', (text, shown) => {
  expect(visible(text)).toBe(shown);
});

test('undecided slices that dropped by the margin are listed worst first, the others counted', () => {
  const power = { minimumDetectableDrop: 0.195, casesNeeded: 483 };
  const [section] = sectionsOf(
    report(
      [
        slice('small_drop', 100, 80, 6, 3, power),
        slice('ruin_names', 100, 80, 12, 5, power),
        slice('causal_judgement', 100, 80, 15, 5, power),
        slice('twin', 100, 80, 15, 5, {
          ...power,
          dimension: 'topic',
          sameCasesAs: ['segment = causal_judgement'],
        }),
        slice('proven', 100, 80, 15, 5, { ...power, grade: 'non-inferior' }),
      ].map((row) => (row.value === 'causal_judgement' ? { ...row, sameCasesAs: ['topic = twin'] } : row)),
    ),
  );
  const list = undecidedList(section!, 5)!;
  expect(list.shown.map(({ value }) => value)).toEqual(['causal_judgement', 'ruin_names']);
  expect(list.more).toBe('and 1 more like these, 1 more with a smaller drop or none');
  expect(powerOf(list.shown[0]!, scaleOf('passRate'))).toBe(
    'could miss 19.5 points; about 480 cases settle it',
  );
  expect(undecidedList(section!, 1)).toMatchObject({
    more: 'and 2 more like these, 1 more with a smaller drop or none',
    isCut: true,
  });
});

test('a drop of exactly the margin is listed, whatever its floating point says', () => {
  const [section] = sectionsOf(report([slice('benefits', 20, 19, 1, 0)]));
  expect(0.9 - 0.95).toBeGreaterThan(-0.05 - 1e-12);
  expect(undecidedList(section!, 5)!.shown.map(({ value }) => value)).toEqual(['benefits']);
});

test('a confirmed block is told no cases that would settle it', () => {
  expect(powerOf(ARTICLE_BLOCK.slices[0]!, scaleOf('passRate'))).toBe('');
});

test.each([
  [48, 'about 75 cases settle it'],
  [74, 'about 75 cases settle it'],
  [75, ''],
  [110, ''],
])('a slice of %d cases, of which 75 would do, is told "%s"', (n, text) => {
  const held = slice('refund_flow', n, n - 4, 4, 0, { verdict: 'REVIEW', grade: 'suspected' });
  expect(powerOf({ ...held, casesNeeded: 75, minimumDetectableDrop: null }, scaleOf('passRate'))).toBe(text);
});

test('the cases of a comparison are told with what is special about them, and what is not', () => {
  const lines = (document: typeof REVIEW): string => comparedLines(document).at(-1)!.text;
  expect(lines(ARTICLE_BLOCK)).toBe('1,200 paired by case id; none missing, edited, unscored or in error');
  expect(lines(REVIEW)).toBe(
    '638 paired by case id; 4 only before, 2 only after, 5 edited, unscored 2 before and 1 after, errors 3 before and 9 after; up to 3 trials a case, reduced to one value',
  );
});

test('runs in the same file are told apart by their columns', () => {
  const wide = (passed: string) => ({ ...ARTICLE_BLOCK.candidate, files: ['wide.csv'], columns: { passed } });
  const document = { ...ARTICLE_BLOCK, baseline: wide('pass_before'), candidate: wide('pass_after') };
  expect(comparedLines(document).slice(0, 2)).toEqual([
    { label: 'Before', text: 'wide.csv, column pass_before' },
    { label: 'After', text: 'wide.csv, column pass_after' },
  ]);
});
