/** B-10 by the built command: scores that a constant answer reaches are invalid, and honest ones are left alone. */

import { expect, test } from 'vitest';
import type { Finding } from '../../src/findings/index.ts';
import { answered, constantNo, topThreeOfATail } from '../generators/answers.ts';
import type { ResultRow, RunPair } from '../generators/index.ts';
import { gateIn, pairFolder } from './gate-run.ts';

async function gated(pair: RunPair, yaml = 'slices: [region]\n') {
  const cwd = pairFolder(pair, { 'slicewise.yaml': yaml });
  const run = await gateIn(cwd, ['gate', 'old.jsonl', 'new.jsonl']);
  const own = run.report.findings.filter(({ check }) => check === 'trivial-baselines') as readonly Finding[];
  return { ...run, own };
}

test('catch: shares .45, .30, .15 and a tail; a top-3 accuracy of .91 is no better than always naming three labels', async () => {
  const { report, own, code } = await gated(topThreeOfATail());
  expect([report.verdict, code]).toEqual(['INVALID', 4]);
  expect(own[0]).toMatchObject({ verdict: 'INVALID', status: 'checked' });
  expect(own[0]!.reason).toMatch(
    /^INVALID-METRIC: a constant answer reaches 98\.9% of the candidate's score; always answering the 3 most frequent labels 'billing', 'card', 'login' scores 90\.0%, the candidate 91\.0% \(89\.1 to 92\.6\)/,
  );
  expect(own[0]!.method).toContain('labels per answer: 3 (the lists in predicted)');
});

test('catch: 10 frauds in 10,000 and a constant "no" at 99.9 %', async () => {
  const { report, own } = await gated(constantNo());
  expect(report.verdict).toBe('INVALID');
  expect(own[0]!.reason).toMatch(
    /^INVALID-METRIC: a constant answer reaches 100\.0% of the candidate's score; always answering 'no' scores 99\.9%/,
  );
});

test('quiet: a model at .91 over a best trivial answer of .34', async () => {
  const { report, own } = await gated(
    answered([
      { label: 'a', cases: 340, rightBefore: 310, rightAfter: 310 },
      { label: 'b', cases: 330, rightBefore: 300, rightAfter: 300 },
      { label: 'c', cases: 330, rightBefore: 300, rightAfter: 300 },
    ]),
  );
  expect(report.verdict).toBe('PASS');
  expect(own).toHaveLength(1);
  expect(own[0]).toMatchObject({ verdict: null });
  expect(own[0]!.reason).toMatch(
    /^always answering 'a' scores 34\.0%, the candidate 91\.0% .*lift 57\.0 points \(53\.\d to 60\.\d\); random answers in proportion to the labels score 33\.\d%; not compared with a simple model \(slicewise baseline train\), people or another system$/,
  );
});

test('quiet: the number in the name of the verdict column, or in the configuration, is what an answer may name', async () => {
  const pair = answered([
    { label: 'a', cases: 100, rightBefore: 90, rightAfter: 90 },
    { label: 'b', cases: 100, rightBefore: 95, rightAfter: 95 },
    { label: 'c', cases: 100, rightBefore: 95, rightAfter: 95 },
  ]);
  const renamed = (rows: readonly ResultRow[]) =>
    rows.map(({ passed, ...row }) => ({ ...row, top_2_correct: passed }) as unknown as ResultRow);
  const named = await gated(
    { baseline: renamed(pair.baseline), candidate: renamed(pair.candidate) },
    'slices: [region]\ncolumns: { passed: top_2_correct }\n',
  );
  expect(named.own[0]!.reason).toContain("the 2 most frequent labels 'a', 'b' scores 66.7%");
  const configured = await gated(pair, 'slices: [region]\nbaselines: [{ topK: 2 }]\n');
  expect(configured.own[0]!.method).toContain('labels per answer: 2 (topK of baselines)');
});

test.each([
  ['free text', (i: number) => `an answer of its own, number ${i}`, 'are no classes'],
  ['one label', () => 'refuse', 'all cases have the same true label'],
])(
  'quiet: true answers that are %s are not classes, and nothing is invalid',
  async (_name, expected, reason) => {
    const rows = Array.from({ length: 60 }, (_, i) => {
      const passed = i % 3 > 0;
      return {
        case_id: `c${i}`,
        region: 'eu',
        expected: expected(i),
        predicted: passed ? expected(i) : 'no',
        passed,
      };
    }) as unknown as ResultRow[];
    const { report, own } = await gated({ baseline: rows, candidate: rows });
    expect(own[0]).toMatchObject({ verdict: null });
    expect(own[0]!.reason).toContain(reason);
    expect(report.verdict).toBe('PASS');
  },
);

test('a slice in which a constant answer is as good is a notice, and a slice of one label is left out', async () => {
  const pair = answered([
    { label: 'yes', cases: 500, rightBefore: 480, rightAfter: 480 },
    { label: 'no', cases: 500, rightBefore: 450, rightAfter: 450 },
  ]);
  // Within the new customers nearly all say no, and all who are gone say yes.
  const segment = (rows: readonly ResultRow[]) =>
    rows.map((row, i) => ({ ...row, segment: i < 100 ? 'gone' : i >= 898 || i === 497 ? 'new' : 'known' }));
  const { report, own } = await gated(
    { baseline: segment(pair.baseline), candidate: segment(pair.candidate) },
    'slices: [segment]\n',
  );
  expect(report.verdict).toBe('PASS');
  expect(own[1]).toMatchObject({ verdict: null, slice: 'passRate/segment=new' });
  expect(own[1]!.reason).toMatch(
    /^in 1 of 2 slices with several labels .*'new' \(always answering 'no': 99\.0%, .*not compared: 1 slice of one label/,
  );
});
