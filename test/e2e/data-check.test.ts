/** `slicewise data check`: every planted fault is found, clean rows stay as they are, and no row is lost. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copiedCases } from '../generators/overlap-rows.ts';
import { slicewise, workFolder } from './cli.ts';

const lines = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const linesOf = (path: string) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '');

const GOOD = copiedCases(9)
  .cases.slice(0, 400)
  .map(({ case_id: id, text, expected: label }, at) => ({ id, text, label, price: at, day: '2024-03-01' }));

const BAD = [
  { id: 'x1', text: '', label: 'refund' },
  { id: 'x2', text: 'hello', label: 'refund' },
  { id: 'x3', text: 'the cafÃ© is closed on Sunday', label: 'refund' },
  { id: 'x4', text: 'this one lost a \ufffd on the way', label: 'refund' },
  { id: 'x5', text: 'xkcdqw zzxqvb pqrtw hjklb wqrtp zxcvb', label: 'other' },
  { id: GOOD[4]!.id, text: 'an id that was there before', label: 'refund' },
  { id: 'x7', text: GOOD[5]!.text.toUpperCase(), label: GOOD[5]!.label },
  { id: 'x8', text: `${GOOD[6]!.text}!`, label: 'spam' },
];

test('each fault is found with its reason, and clean rows and rejects are the input', async () => {
  const cwd = workFolder({ 'd.jsonl': lines([...GOOD, ...BAD]) });
  const args = [
    'data',
    'check',
    'd.jsonl',
    '--clean',
    'clean.jsonl',
    '--rejects',
    'rejects.jsonl',
    '--format',
    'json',
  ];
  const { code, stdout } = await slicewise(args, { cwd });
  const report = JSON.parse(stdout);
  expect(code).toBe(3);
  const found = Object.fromEntries(
    report.rejected.map((row: { id: string; line: number; reasons: readonly string[] }) => [
      row.line,
      row.reasons.join(' '),
    ]),
  );
  expect(found).toEqual({
    7: 'conflict',
    401: 'empty',
    402: 'short',
    403: 'damaged',
    404: 'damaged',
    405: 'gibberish',
    406: 'duplicate-id',
    407: 'duplicate',
    408: 'near-duplicate conflict',
  });
  const clean = linesOf(join(cwd, 'clean.jsonl'));
  const rejects = linesOf(join(cwd, 'rejects.jsonl')).map((line) => JSON.stringify(JSON.parse(line).row));
  expect([...clean, ...rejects].sort()).toEqual(linesOf(join(cwd, 'd.jsonl')).sort());
  expect(report.classes.find(({ label }: { label: string }) => label === 'spam')).toMatchObject({
    kept: 0,
    isSmall: true,
  });
  const again = await slicewise(
    ['data', 'check', 'clean.jsonl', '--min-per-class', '5', '--format', 'json'],
    { cwd },
  );
  expect(JSON.parse(again.stdout).rejectedTotal).toBe(0);
});

test('CSV rows keep their cells, and the columns say what is wrong with them', async () => {
  const rows = Array.from({ length: 100 }, (_, k) => [
    `r${k}`,
    `"text number ${k}, with ""quotes"" and w${k * 7} words"`,
    k % 2 === 0 ? 'a' : 'b',
    k === 9 ? 'many' : `${k}`,
    k === 3 ? '2190-01-01' : `2024-01-${10 + (k % 20)}`,
    'same',
    k < 80 ? '' : 'x',
  ]);
  const csv = ['id,text,label,n,day,source,note', ...rows.map((row) => row.join(','))].join('\r\n');
  const cwd = workFolder({ 'd.csv': `${csv}\r\nr1,"=1+1 is a formula, here",a,5,2024-01-02,same,\r\n` });
  const args = ['data', 'check', 'd.csv', '--clean', 'c.csv', '--rejects', 'r.csv', '--format', 'json'];
  const { code, stdout } = await slicewise(args, { cwd });
  const report = JSON.parse(stdout);
  expect(code).toBe(3);
  const problems = report.columns.map(
    (one: { column: string; problem: string }) => `${one.column}: ${one.problem}`,
  );
  expect(problems.sort()).toEqual([
    'day: dates out of range',
    'n: mixed types',
    'note: mostly missing',
    'source: constant',
  ]);
  expect(linesOf(join(cwd, 'c.csv')).map((line) => line.trimEnd())).toEqual(csv.split('\r\n'));
  expect(readFileSync(join(cwd, 'r.csv'), 'utf8')).toContain('"=1+1 is a formula, here"');
});

test('a set without faults passes, and nothing is written over an input', async () => {
  const cwd = workFolder({ 'd.jsonl': lines(GOOD.map(({ id, text, label }) => ({ id, text, label }))) });
  expect((await slicewise(['data', 'check', 'd.jsonl'], { cwd })).code).toBe(0);
  const over = await slicewise(['data', 'check', 'd.jsonl', '--clean', 'd.jsonl'], { cwd });
  expect(over).toMatchObject({ code: 2, stdout: '' });
  expect(over.stderr).toContain('is an input');
});

test.each([
  [
    'all rows identical',
    lines(Array.from({ length: 5_000 }, (_, id) => ({ id, text: 'the same words in each row' }))),
    4_999,
  ],
  [
    'one text of 20 MB',
    lines([
      { id: 1, text: 'word after word '.repeat(1_300_000) },
      { id: 2, text: 'a text of usual length' },
    ]),
    0,
  ],
])(
  '%s',
  async (_, text, rejected) => {
    const cwd = workFolder({ 'd.jsonl': text });
    const { stdout } = await slicewise(['data', 'check', 'd.jsonl', '--format', 'json'], { cwd });
    expect(JSON.parse(stdout).rejectedTotal).toBe(rejected);
  },
  60_000,
);

test('rows without a label stand in no line of the labels, and are counted', async () => {
  const unlabelled = GOOD.slice(0, 7).map((row) => ({ ...row, label: '' }));
  const cwd = workFolder({ 'd.jsonl': lines([...unlabelled, ...GOOD.slice(7)]) });
  const { stdout } = await slicewise(['data', 'check', 'd.jsonl'], { cwd });
  expect(stdout).toContain('7 rows without a label, in no line of the labels');
});
