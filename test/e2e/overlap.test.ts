/** Cases that stand in training data or in the few-shot store (B-5, E-8): found by the command and by the gate, or quiet. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { copiedCases, type OverlapRows, sameStyle, sharedBoilerplate } from '../generators/overlap-rows.ts';
import { slicewise, workFolder } from './cli.ts';

const lines = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

/** The page, as JSON, of one command in a folder with these files. */
async function overlap(files: Readonly<Record<string, string | Uint8Array>>, ...args: readonly string[]) {
  const cwd = workFolder(files);
  const { code, stdout, stderr } = await slicewise(['splits', 'overlap', ...args, '--format', 'json'], {
    cwd,
  });
  return { cwd, code, stderr, report: stdout === '' ? null : JSON.parse(stdout) };
}

async function gateWith(rows: OverlapRows, store: 'train' | 'fewShot') {
  const cwd = workFolder({
    'old.jsonl': lines(rows.cases),
    'new.jsonl': lines(rows.cases),
    'seen.jsonl': lines(rows.train),
    'slicewise.yaml': `inputs:\n  runs: { baseline: old.jsonl, candidate: new.jsonl }\n  ${store}: seen.jsonl\nslices: [segment]\n`,
  });
  const { code, stdout } = await slicewise(['gate', '--format', 'json'], { cwd });
  const check = store === 'train' ? 'split-overlap' : 'few-shot-leakage';
  const report = JSON.parse(stdout);
  return { code, report, findings: report.findings.filter((one: { check: string }) => one.check === check) };
}

describe('B-5', () => {
  test('60 copied cases of 1,000 are found, and 0.887 becomes 0.880 without them', async () => {
    const { cases, train } = copiedCases(1);
    const files = { 'eval.jsonl': lines(cases), 'train.jsonl': lines(train) };
    const args = ['--eval', 'eval.jsonl', '--train', 'train.jsonl', '--remove', 'rows.csv'];
    const { cwd, code, report } = await overlap(files, ...args);
    const [store] = report.stores;
    expect(code).toBe(3);
    expect(report.headline).toBe('REVIEW: BLEED: 60 of 1,000 cases (6.0%) stand in the training data');
    expect(store.casesBy).toEqual({ exact: 60, near: 0, similar: 0 });
    expect(store.overlapping).toEqual(
      cases.filter((_, at) => at % 16 === 3 && at < 960).map((one) => one.case_id),
    );
    expect(store.candidate.all.estimate).toBe(0.887);
    expect(store.candidate.clean).toMatchObject({ estimate: 827 / 940, n: 940 });
    expect((827 / 940).toFixed(3)).toBe('0.880');
    expect([store.conflicting.length, store.sameLabel]).toEqual([6, 54]);
    expect(store.pairs.every((pair: { caseText: unknown }) => pair.caseText === null)).toBe(true);
    const removal = readFileSync(join(cwd, 'rows.csv'), 'utf8').trimEnd().split('\r\n');
    expect(removal.slice(0, 2)).toEqual(['store,file,line', 'train,train.jsonl,1001']);
    expect(removal).toHaveLength(61);
  });

  test('the gate says so, and asks for a person', async () => {
    const { code, findings } = await gateWith(copiedCases(1), 'train');
    expect(code).toBe(3);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ verdict: 'REVIEW', kind: 'data', evidenceTotal: 60, source: 'B-5' });
    expect(findings[0].reason).toContain('BLEED: 60 cases of 1000 compared (6.0%)');
    expect(findings[0].reason).toContain('0.887 on all and 0.880 on clean cases');
    expect(findings[0].remedy).toContain('not from the eval set');
  });

  test('an eval set of copies is no eval set', async () => {
    const { cases } = copiedCases(1);
    const { code, findings } = await gateWith({ cases, train: cases }, 'train');
    expect(code).toBe(4);
    expect(findings[0]).toMatchObject({ verdict: 'INVALID', evidenceTotal: 1000 });
  });

  test('a header on every text does not count, and short inputs stand apart', async () => {
    const { cases, train } = sharedBoilerplate(2);
    const files = { 'eval.jsonl': lines(cases), 'train.jsonl': lines(train) };
    const { code, report } = await overlap(files, '--eval', 'eval.jsonl', '--train', 'train.jsonl');
    const [store] = report.stores;
    expect(code).toBe(0);
    expect(store.casesBy).toEqual({ exact: 0, near: 0, similar: 0 });
    expect(store.boilerplateGrams).toBeGreaterThanOrEqual(58);
    expect(store.leftOut).toMatchObject({ short: 40, shortEqual: 40, onlyBoilerplate: 0 });
    expect(store.compared).toBe(400);
    const { findings } = await gateWith({ cases, train }, 'train');
    expect(findings.map(({ verdict }: { verdict: unknown }) => verdict)).toEqual([null]);
    expect(findings[0].reason).toContain('so short, equal texts are no copies');
  });

  test('private training texts are compared as salted hashes, and the texts are not in the file', async () => {
    const { cases, train } = copiedCases(3);
    const cwd = workFolder({ 'eval.jsonl': lines(cases), 'train.jsonl': lines(train) });
    const run = (...args: readonly string[]) => slicewise(['splits', 'overlap', ...args], { cwd });
    const written = await run('--train', 'train.jsonl', '--write-hashes', 'h.jsonl', '--salt', 'pepper');
    expect(written.code).toBe(0);
    const hashes = readFileSync(join(cwd, 'h.jsonl'), 'utf8');
    expect(hashes).not.toContain(train[0]!.text.split(' ')[0]);
    const found = await run(
      '--eval',
      'eval.jsonl',
      '--train',
      'h.jsonl',
      '--salt',
      'pepper',
      '--format',
      'json',
    );
    expect(JSON.parse(found.stdout).stores[0]).toMatchObject({ casesBy: { exact: 60 }, verified: false });
    const wrong = await run('--eval', 'eval.jsonl', '--train', 'h.jsonl', '--salt', 'salt');
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
    expect(wrong.stderr).toContain('another salt');
  });

  test('a corpus that holds cases inside of longer texts is found by long runs of words', async () => {
    const { cases, train } = copiedCases(4);
    const article = train
      .slice(0, 50)
      .map(({ text }) => text)
      .join('\n');
    const inside = cases
      .slice(0, 20)
      .map(({ text }) => text.replaceAll(' ', '\n'))
      .join(' and then ');
    const files = { 'eval.jsonl': lines(cases), 'web.txt': `${article}\n${inside}\n${article}` };
    const { code, report } = await overlap(
      files,
      '--eval',
      'eval.jsonl',
      '--corpus',
      'web.txt',
      '--words',
      '8',
    );
    expect(code).toBe(3);
    expect(report.contamination.contaminated).toBe(20);
    expect(report.contamination.found.map((one: { caseId: string }) => one.caseId).sort()).toEqual(
      cases.slice(0, 20).map((one) => one.case_id),
    );
  });
});

describe('E-8', () => {
  test('cases in the example store leak', async () => {
    const rows = copiedCases(5);
    const { code, findings } = await gateWith({ ...rows, train: rows.train.slice(995, 1065) }, 'fewShot');
    expect(code).toBe(3);
    expect(findings[0].reason).toContain('LEAK: 60 cases of 1000 compared');
    expect(findings[0].reason).toContain('0.887 on all and 0.880 on clean cases');
  });

  test('examples of the same style do not', async () => {
    const { code, report, findings } = await gateWith(sameStyle(6), 'fewShot');
    expect(findings).toEqual([]);
    expect([code, report.verdict]).toEqual([0, 'PASS']);
  });
});

describe('hostile data', () => {
  const cases = lines([
    { id: 'a', text: 'the first of two texts here', passed: true },
    { id: '\u001b[31mb', text: 'the second\u001b[2J of =two texts here', passed: false },
  ]);
  const asked = ['--eval', 'e.jsonl', '--train', 't.jsonl'];

  test('one text of 50 MB is compared as any other', async () => {
    const long = `the first of two texts here ${'many words of a long text '.repeat(2_000_000)}`;
    const { code, report } = await overlap(
      { 'e.jsonl': cases, 't.jsonl': lines([{ text: long }]) },
      ...asked,
    );
    expect([code, report.stores[0].rows, report.stores[0].overlapping]).toEqual([0, 1, []]);
  }, 120_000);

  test('all rows identical, on both sides', async () => {
    const same = lines(
      Array.from({ length: 3_000 }, (_, id) => ({ id, text: 'all of these rows are the same' })),
    );
    const { code, report } = await overlap({ 'e.jsonl': same, 't.jsonl': same }, ...asked);
    expect(code).toBe(4);
    expect(report.stores[0]).toMatchObject({ casesBy: { exact: 3_000 }, pairsBy: { exact: 9_000_000 } });
    expect(report.stores[0].pairs).toHaveLength(10_000);
  });

  test.each([
    ['bytes that are no UTF-8', Buffer.from('{"text":"\xff\xfe\xfa bad"}\n', 'latin1'), /t\.jsonl/],
    ['an empty file', '', /t\.jsonl/],
    ['no column of texts', '{"n":1}\n', /no column of texts is found; the columns are n/],
  ])('%s is an error that names the file', async (_, train, message) => {
    const { code, report, stderr } = await overlap({ 'e.jsonl': cases, 't.jsonl': train }, ...asked);
    expect([code, report]).toEqual([2, null]);
    expect(stderr).toMatch(message);
  });

  test('texts cannot write to a terminal', async () => {
    const cwd = workFolder({ 'e.jsonl': cases, 't.jsonl': cases });
    const { stdout } = await slicewise(['splits', 'overlap', ...asked, '--texts'], { cwd });
    expect(stdout).toContain('the second');
    expect(stdout).not.toContain('\u001b');
  });
});

test('the configuration says what a copy is, and what is too much', async () => {
  const { cases, train } = copiedCases(7);
  const files = { 'old.jsonl': lines(cases), 'new.jsonl': lines(cases), 'seen.jsonl': lines(train) };
  const verdictWith = async (overlapSection: string, seen = files['seen.jsonl']) => {
    const config = `inputs:\n  runs: { baseline: old.jsonl, candidate: new.jsonl }\n  train: seen.jsonl\nslices: [segment]\n${overlapSection}`;
    const cwd = workFolder({ ...files, 'seen.jsonl': seen, 'slicewise.yaml': config });
    const { code, stdout } = await slicewise(['gate', '--format', 'json'], { cwd });
    const found = JSON.parse(stdout).findings.filter(
      (one: { check: string }) => one.check === 'split-overlap',
    );
    return [
      code,
      ...found.map(({ verdict, status }: { verdict: string; status: string }) => verdict ?? status),
    ];
  };
  expect(await verdictWith('')).toEqual([3, 'REVIEW']);
  expect(await verdictWith('overlap: { invalidShare: 0.05 }\n')).toEqual([4, 'INVALID']);
  expect(await verdictWith('overlap: { minWords: 1000 }\n')).toEqual([4, 'UNTESTED', 'checked']);
  expect(await verdictWith('', lines([{ amount: 1 }]))).toEqual([0, 'not checkable']);
});

test('short cases that are equal to a row are listed, and an eval set of nothing else is untested', async () => {
  const cases = ['reset password', 'Reset  PASSWORD', 'cancel'].map((input, at) => {
    return { case_id: `s${at}`, input, segment: 'eu', expected: 'a', passed: 1 };
  });
  const rows = { cases, train: [{ id: 't', input: 'reset password', expected: 'b' }] };
  const files = { 'eval.jsonl': lines(cases), 'train.jsonl': lines(rows.train) };
  const { report, code } = await overlap(files, '--eval', 'eval.jsonl', '--train', 'train.jsonl');
  expect([report.verdict, code]).toEqual(['UNTESTED', 4]);
  expect(report.stores[0].shortCopies).toEqual(
    ['s0', 's1'].map((caseId) => {
      return { caseId, row: { file: 'train.jsonl', line: 1 }, caseLabel: 'a', rowLabel: 'b' };
    }),
  );
  const { findings } = await gateWith(rows as unknown as OverlapRows, 'train');
  expect(findings.map((one: { verdict: unknown }) => one.verdict)).toEqual(['UNTESTED', null]);
  expect(findings[0].reason).toContain('none of 3 cases has 5 words or more');
  expect(findings[1].evidence).toEqual(['s0', 's1']);
});

describe('neighbours among points', () => {
  const words = (from: number, count: number) =>
    Array.from({ length: count }, (_, k) => `w${from + k}`).join(' ');
  const cases = [
    { case_id: 'copy', input: words(0, 12), passed: 1, vec: [1, 0] },
    { case_id: 'reordered', input: words(100, 12), passed: 0, vec: [0.6, 0.8] },
    { case_id: 'new', input: words(200, 12), passed: 1, vec: [-1, 0] },
    { case_id: 'none', input: '', passed: 1, vec: [] },
  ];
  const train = [
    { row_id: 't1', input: words(0, 12), vec: [2, 0] },
    { row_id: 't2', input: words(100, 12).split(' ').reverse().join(' '), vec: [0.5, 0.9] },
    { row_id: 't3', input: words(300, 12), vec: [0, 0] },
  ];
  const files = { 'eval.jsonl': lines(cases), 'train.jsonl': lines(train) };
  const args = ['--eval', 'eval.jsonl', '--train', 'train.jsonl'];

  test('by words find a reordered text, say so as a notice, and change no verdict', async () => {
    const plain = await overlap(files, ...args);
    const { report, code } = await overlap(files, ...args, '--neighbours');
    expect([code, report.verdict]).toEqual([plain.code, plain.report.verdict]);
    const [found] = report.neighbours;
    expect(found).toMatchObject({ cases: 3, casesWithoutPoint: 1, rows: 3, above: 2, aboveAndNotCopied: 1 });
    expect(found.nearest.map((one: { caseId: string }) => one.caseId)).toEqual(['copy', 'reordered', 'new']);
    expect(found.nearest[1]).toMatchObject({ row: { file: 'train.jsonl', line: 2 }, isCopied: false });
    expect(found.nearest[1].similarity).toBeCloseTo(1, 6);
    expect(found.nearest[2].similarity).toBeLessThan(0.5);
    expect(found.distribution.at(-1)).toEqual({ share: 1, similarity: found.nearest[0].similarity });
    expect(plain.report.neighbours).toEqual([]);
  });

  test('by a column of vectors are those of the cosine', async () => {
    const { report } = await overlap(files, ...args, '--vectors', 'vec', '--similarity', '0.95');
    const [found] = report.neighbours;
    expect(found).toMatchObject({
      dimensions: 2,
      casesWithoutPoint: 1,
      rows: 2,
      rowsWithoutPoint: 1,
      above: 2,
    });
    const byCase = new Map(
      found.nearest.map((one: { caseId: string; similarity: number }) => [one.caseId, one.similarity]),
    );
    expect(byCase.get('copy')).toBeCloseTo(1, 6);
    expect(byCase.get('reordered')).toBeCloseTo((0.6 * 0.5 + 0.8 * 0.9) / Math.hypot(0.5, 0.9), 6);
    expect(byCase.get('new')).toBeCloseTo(-0.5 / Math.hypot(0.5, 0.9), 6);
  });

  test('by a file of vectors need ids, and ids that mean one text', async () => {
    const vectors = [
      ...cases.map(({ case_id, vec }) => ({ id: case_id, vector: vec })),
      { id: 't2', vector: [3, 4] },
    ];
    const own = { ...files, 'v.jsonl': lines(vectors) };
    const map = ['--train-map', 'caseId=row_id', '--vectors', 'v.jsonl'];
    const { report } = await overlap(own, ...args, ...map);
    expect(report.neighbours[0]).toMatchObject({
      rows: 1,
      rowsWithoutPoint: 2,
      above: 1,
      aboveAndNotCopied: 1,
    });
    const clash = { ...own, 'train.jsonl': lines([{ row_id: 'new', input: words(0, 12) }]) };
    const refused = await overlap(clash, ...args, ...map);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("the id 'new' is that of a case and of this row");
  });

  test('of vectors that are none are refused with every place', async () => {
    const bad = lines([
      { row_id: 't1', input: words(0, 12), vec: [1, 2, 3] },
      { row_id: 't2', input: words(0, 12), vec: 'blue' },
    ]);
    const { code, stderr } = await overlap({ ...files, 'train.jsonl': bad }, ...args, '--vectors', 'vec');
    expect(code).toBe(2);
    expect(stderr).toContain('a vector of 3 numbers, expected 2');
    expect(stderr).toContain('no vector: "blue"');
    const missing = await overlap(files, ...args, '--vectors', 'nothing');
    expect(missing.stderr).toContain("'nothing', which the eval set does not have");
  });
});
