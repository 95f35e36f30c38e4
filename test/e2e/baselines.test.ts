/** B-10 by the built command: scores that a constant answer reaches are invalid, and honest ones are left alone. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeData } from '../../examples/spam/prepare.ts';
import type { TrainReport } from '../../src/datasets/index.ts';
import type { Finding } from '../../src/findings/index.ts';
import { answered, constantNo, topThreeOfATail } from '../generators/answers.ts';
import type { ResultRow, RunPair } from '../generators/index.ts';
import { jsonLines, slicewise, workFolder } from './cli.ts';
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

test('a recorded baseline holds true labels as hashes, and the lift is counted all the same', async () => {
  const pair = answered([
    { label: 'a', cases: 340, rightBefore: 310, rightAfter: 310 },
    { label: 'b', cases: 330, rightBefore: 300, rightAfter: 300 },
    { label: 'c', cases: 330, rightBefore: 300, rightAfter: 300 },
  ]);
  const cwd = pairFolder(pair, { 'slicewise.yaml': 'slices: [region]\nledger: runs.sqlite\n' });
  await gateIn(cwd, ['gate', 'old.jsonl', 'new.jsonl', '--record-as', 'main']);
  const { report } = await gateIn(cwd, [
    'gate',
    '--baseline',
    'ledger:main@latest',
    '--candidate',
    'new.jsonl',
  ]);
  const [own] = report.findings.filter(({ check }) => check === 'trivial-baselines');
  expect(own!.reason).toMatch(/^always answering 'a' scores 34\.0%, the candidate 91\.0%/);
});

/** Ninety questions that words tell apart, and lengths do not. */
function questions(): RunPair {
  const kinds = [
    ['card', 'where is my new card'],
    ['top-up', 'why has the top up failed'],
    ['refund', 'please send the money back'],
  ] as const;
  const rows = Array.from({ length: 90 }, (_, i) => {
    const [expected, text] = kinds[i % 3]!;
    const passed = i % 10 > 0;
    return {
      case_id: `q${i}`,
      region: i % 2 ? 'eu' : 'us',
      question: `${text} ${'so '.repeat(i % 7)}${i}`,
      expected,
      predicted: passed ? expected : kinds[(i + 1) % 3]![0],
      passed,
    };
  });
  return { baseline: rows, candidate: rows } as unknown as RunPair;
}

test('baselines that the configuration names are fitted out of fold, or read, and compared case by case', async () => {
  const pair = questions();
  const people = pair.candidate.map(({ case_id, expected }, i) => ({
    case_id,
    predicted: i % 30 === 0 ? 'card' : expected,
  }));
  const yaml = `slices: [region]
baselines: [length-only, bag-of-words, { name: support team, kind: human, files: people.jsonl }]
`;
  const cwd = pairFolder(pair, { 'slicewise.yaml': yaml, 'people.jsonl': jsonLines(people) });
  const { report } = await gateIn(cwd, ['gate', 'old.jsonl', 'new.jsonl']);
  const own = report.findings.filter(({ check }) => check === 'trivial-baselines');
  expect(own.map(({ verdict }) => verdict)).toEqual([null, null, null, null]);
  expect(own[1]!.reason).toMatch(/^length-only \(fitted on these cases, out of fold\) scores \d+\.\d%/);
  expect(own[2]!.reason).toMatch(
    /^the candidate is not shown to be better than bag-of-words; bag-of-words .* scores 100\.0%/,
  );
  expect(own[3]!.reason).toMatch(/support team \(given as people\.jsonl\) scores 100\.0%/);
  expect(own[0]!.reason).not.toContain('not compared with');
});

test('a given run that fails on a case has failed it, and scores no less cases for that', async () => {
  const pair = questions();
  const fragile = pair.candidate.map(({ case_id }, i) =>
    i % 2 === 0 ? { case_id, passed: true } : { case_id, error: 'timeout' },
  );
  const yaml = 'slices: [region]\nbaselines: [{ name: fragile, kind: other, files: fragile.jsonl }]\n';
  const cwd = pairFolder(pair, { 'slicewise.yaml': yaml, 'fragile.jsonl': jsonLines(fragile) });
  const { report } = await gateIn(cwd, ['gate', 'old.jsonl', 'new.jsonl']);
  const own = report.findings.filter(({ check }) => check === 'trivial-baselines');
  expect(own[1]!.reason).toContain('fragile (given as fragile.jsonl) scores 50.0%');
});

test('train and predict make a first system whose run the gate reads; the same seed gives the same bytes', async () => {
  const rows = questions().candidate.map(({ case_id, question, expected }) => ({
    case_id,
    question,
    expected,
  }));
  const cwd = workFolder({
    'train.jsonl': jsonLines(rows),
    'other.csv': 'case_id,question,label\n1,refund my money,refund\n2,a new card,\n',
  });
  const train = (out: string) =>
    slicewise(['baseline', 'train', 'train.jsonl', '--calibrate', 'temperature', '--out', out], { cwd });
  const first = await train('a.json');
  expect([first.code, first.stdout]).toEqual([
    0,
    expect.stringMatching(/Right {5}100\.0 % \(9\d\.\d to 100\.0\) of 90 rows out of fold/),
  ]);
  await train('b.json');
  expect(readFileSync(join(cwd, 'a.json'))).toEqual(readFileSync(join(cwd, 'b.json')));
  const predicted = await slicewise(['baseline', 'predict', 'a.json', 'other.csv', '-o', 'run.jsonl'], {
    cwd,
  });
  expect(predicted.stdout).toContain('of 1 labelled row');
  const run = readFileSync(join(cwd, 'run.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(run[0]).toMatchObject({
    case_id: '1',
    question: 'refund my money',
    expected: 'refund',
    predicted: 'refund',
    passed: true,
  });
  expect(Object.keys(run[1])).toEqual(['case_id', 'question', 'predicted', 'probabilities']);
  await slicewise(['baseline', 'predict', 'a.json', 'train.jsonl', '-o', 'own.jsonl'], { cwd });
  const { code } = await slicewise(['gate', 'own.jsonl', 'own.jsonl', '--slice', 'expected'], { cwd });
  expect(code).toBe(0);
});

test.each([
  ['a label that is no column', ['train', 'a.csv', '--label', 'intent'], 'no row has the column'],
  ['no text', ['train', 'b.csv', '--label', 'label'], 'is known as the text'],
  ['a number that is none', ['train', 'a.csv', '--number', 'text'], 'expected a number'],
  ['too many folds', ['train', 'a.csv', '--folds', '9'], '9 folds of 3 rows'],
  ['grams that are none', ['train', 'a.csv', '--words', '2-1'], '--words is "2-1", must be a range'],
  ['no model', ['predict', 'a.csv', 'a.csv', '-o', 'x.jsonl'], 'a.csv is not JSON'],
  [
    'a model that is not there',
    ['predict', 'no.json', 'a.csv', '-o', 'x.jsonl'],
    'no.json cannot be read (ENOENT)',
  ],
  [
    'a document that is no model',
    ['predict', 'c.json', 'a.csv', '-o', 'x.jsonl'],
    'is no text classifier of Slicewise',
  ],
])('%s is said, and nothing is written', async (_name, args, message) => {
  const cwd = workFolder({
    'a.csv': 'id,text,label\n1,one,a\n2,two,b\n3,three,a\n',
    'b.csv': 'id,label\n1,a\n',
    'c.json': '{"format":"something"}',
  });
  const { code, stderr } = await slicewise(['baseline', ...args], { cwd });
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  expect(readdirSync(cwd).filter((name) => name.startsWith('x'))).toEqual([]);
});

test('headers alone carry much of a corpus of mails: part of the input does as well as the body', async () => {
  const data = makeData(() => {});
  const cwd = workFolder({ 'train.jsonl': data.baselineTrain, 'held-out.jsonl': data.heldOut });
  const { stdout } = await slicewise(
    [
      'baseline',
      'train',
      'train.jsonl',
      '--text',
      'headers',
      'body',
      '--words',
      '1',
      '--min-rows',
      '2',
      '--passes',
      '5',
      '--test',
      'held-out.jsonl',
      '--format',
      'json',
      '--quiet',
    ],
    { cwd },
  );
  const { answers } = JSON.parse(stdout) as TrainReport;
  const rate = (name: string) => answers.find((one) => one.name === name)!.accuracy.estimate!;
  expect(rate('headers alone')).toBeGreaterThan(0.95);
  expect(rate('headers alone') / rate('model')).toBeGreaterThan(0.95);
  expect(rate('headers alone')).toBeGreaterThan(rate('body alone') - 0.01);
  expect(rate('majority')).toBeCloseTo(0.689, 2);
}, 120_000);

test('cases that come in clusters count as clusters in the interval of the lift', async () => {
  // 20 conversations of 30 cases each, all right or all wrong: 12 right, 8 wrong, and half of the labels are "a".
  const rows = Array.from({ length: 600 }, (_, at) => {
    const conversation = Math.floor(at / 30);
    const expected = conversation % 2 === 0 ? 'a' : conversation % 4 === 1 ? 'b' : 'c';
    const isRight = conversation % 5 < 3;
    const predicted = isRight ? expected : 'd';
    const facts = { conversation_id: `c${conversation}`, region: 'eu', expected, predicted };
    return { case_id: `k${at}`, ...facts, passed: isRight ? 1 : 0 };
  });
  const liftIn = async (yaml: string) => {
    const files = { 'old.jsonl': jsonLines(rows), 'new.jsonl': jsonLines(rows), 'slicewise.yaml': yaml };
    const { report } = await gateIn(workFolder(files), ['gate', 'old.jsonl', 'new.jsonl']);
    return (report.findings as readonly Finding[]).find(({ check }) => check === 'trivial-baselines')!;
  };
  const alone = await liftIn('slices: [region]\ncolumns: { cluster: "" }\n');
  const clustered = await liftIn('slices: [region]\ncolumns: { cluster: conversation_id }\n');
  expect(clustered.estimate!.estimate).toBeCloseTo(alone.estimate!.estimate!, 12);
  expect(alone.estimate!.method).not.toContain('clusters');
  expect(clustered.estimate!.method).toContain('20 clusters');
  expect(alone.reason).not.toContain('INVALID-METRIC');
  expect(clustered.reason).toContain('INVALID-METRIC: the candidate is not shown to be better');
});
