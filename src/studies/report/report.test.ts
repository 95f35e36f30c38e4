/** Whole reports of small runs: rows add up, formats agree, names do nothing, and nothing is left out silently. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { randomStream } from '../../../test/generators/index.ts';
import { configFromFlags, type Flags } from '../../config/index.ts';
import { REPORT_DEFAULTS, type ReportOptions, type ReportResult, renderStudy, runReport } from '../index.ts';

type Row = Readonly<Record<string, unknown>>;

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Reports on rows of one run, or of two. */
async function reportOf(
  runs: { readonly baseline?: readonly Row[]; readonly candidate: readonly Row[] },
  options: Partial<ReportOptions> = {},
  flags: Flags = {},
): Promise<ReportResult> {
  const cwd = mkdtempSync(join(tmpdir(), 'slicewise-report-'));
  folders.push(cwd);
  const write = (name: string, rows: readonly Row[]) => {
    writeFileSync(join(cwd, name), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    return [name];
  };
  const config = configFromFlags({
    ...(runs.baseline === undefined ? {} : { baseline: write('old.jsonl', runs.baseline) }),
    candidate: write('new.jsonl', runs.candidate),
    ...flags,
  });
  return runReport(
    { ...REPORT_DEFAULTS, ...options, config },
    { cwd, now: () => new Date('2026-01-02T03:04:05Z'), progress: () => {} },
  );
}

const LABELS = ['=cmd|calc', '<script>alert(1)</script>', 'a\nb\u001b[31m', '  '] as const;

/** Two runs with hostile labels and slices; some cases have no label, no answer, an error, or are in one run only. */
function hostileRuns() {
  const random = randomStream(4);
  const pick = () => LABELS[Math.floor(random() * LABELS.length)]!;
  const cases = Array.from({ length: 240 }, (_, i) => ({
    id: `c${i}`,
    region: i % 30 === 0 ? null : LABELS[i % 3],
    expected: i % 40 === 0 ? null : pick(),
  }));
  const answered = (share: number) =>
    cases.map((one, i) => ({
      ...one,
      predicted: i % 50 === 1 ? null : random() < share ? one.expected : pick(),
      error: i % 60 === 2 ? 'timeout' : null,
    }));
  return { baseline: answered(0.6).slice(3), candidate: answered(0.8).slice(0, 230) };
}

describe('a report of two runs with hostile names', () => {
  let result: ReportResult;
  beforeAll(async () => {
    result = await reportOf(hostileRuns(), { cost: 'miss=9,false-alarm=1', positive: LABELS[0] });
  });

  test('every slice adds up, and so does every dimension', () => {
    const { flow, classes, dimensions } = result;
    expect(flow).toEqual({ cases: 240, compared: 227, onlyBaseline: 10, onlyCandidate: 3, edited: 0 });
    for (const { figures } of classes!.slices) {
      const { n, unlabelled, edited, onlyBaseline, onlyCandidate } = figures;
      const support = figures.classes.reduce((sum, one) => sum + one.support, 0);
      expect(support).toBe(n);
      if (figures.key.grouping === '(all cases)') {
        expect(n + unlabelled + edited + onlyBaseline + onlyCandidate).toBe(240);
      }
    }
    for (const { slices, cases, smallCases, missing, untagged, changed, total } of dimensions) {
      expect(slices).toBeGreaterThan(0);
      expect(cases + smallCases + missing + untagged + changed).toBe(total);
    }
  });

  test('pages keep to their width, show names as themselves, and hold nothing that steers', () => {
    for (const columns of [80, 110]) {
      const page = renderStudy(result, 'terminal', { columns });
      expect(Math.max(...page.split('\n').map((line) => [...line].length))).toBeLessThanOrEqual(columns);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
      expect(page).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
      expect(page).toContain('a\\nb\\x1b[31m');
      expect(page).toContain('"  "');
    }
    const markdown = renderStudy(result, 'markdown');
    expect(markdown).not.toContain('<script');
    for (const line of markdown.split('\n'))
      expect(line.includes('|') ? line.startsWith('|') : true).toBe(true);
  });

  test('the page for ASCII is ASCII', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
    expect(renderStudy(result, 'terminal', { ascii: true, columns: 120 })).toMatch(/^[\u0000-\u007f]*$/);
  });

  test('JSON is the result, and CSV has one row per slice, class and metric, unrounded', () => {
    expect(JSON.parse(renderStudy(result, 'json'))).toEqual(JSON.parse(JSON.stringify(result)));
    const rows = parse(renderStudy(result, 'csv'), { columns: true }) as Record<string, string>[];
    const recall = rows.filter(({ metric, dimension }) => metric === 'recall' && dimension === '(all cases)');
    const figures = result.classes!.slices[0]!.figures.classes;
    expect(recall.map((row) => Number(row.candidate))).toEqual(
      figures.map(({ recall: { candidate } }) => candidate.estimate),
    );
    const keys = rows.map(({ dimension, state, value, class: label, metric }) =>
      JSON.stringify([dimension, state, value, label, metric]),
    );
    expect(new Set(keys).size).toBe(keys.length);
    expect(recall.map((row) => row.class)).toContain("'=cmd|calc");
  });

  test('cases without an answer are counted among the wrong, and said', () => {
    expect(result.notes.join('\n')).toMatch(
      /\d+ cases without an answer and \d+ cases with an error count as wrong/,
    );
  });

  test('it is the same whatever the order of the rows', async () => {
    const { baseline, candidate } = hostileRuns();
    const turned = await reportOf(
      { baseline: baseline.toReversed(), candidate: candidate.toReversed() },
      { cost: 'miss=9,false-alarm=1', positive: LABELS[0] },
    );
    expect(renderStudy(turned, 'json')).toBe(renderStudy(result, 'json'));
  });
});

describe('one run', () => {
  const labelled = (answer: (i: number) => string | null) =>
    Array.from({ length: 100 }, (_, i) => ({
      id: `c${i}`,
      expected: i < 90 ? 'no' : 'yes',
      predicted: answer(i),
    }));

  test('of a constant answer has the banner of an unbalanced task, and names the class that is never found', async () => {
    const { banners, baselines, classes } = await reportOf({ candidate: labelled(() => 'no') });
    expect(banners.map(({ kind }) => kind)).toEqual([
      'accuracy hides classes',
      'constant answer',
      'classes never found',
    ]);
    expect(banners[0]!.text).toContain("always answering 'no' would score 90.0%");
    expect(baselines).toMatchObject({
      kind: 'compared',
      metric: 'passRate',
      overall: { fails: 'share' },
      caveat: null,
    });
    expect(classes!.slices[0]!.figures.classes[1]!.recall.candidate).toMatchObject({ estimate: 0, lower: 0 });
  });

  test('of a balanced task has none', async () => {
    const rows = Array.from({ length: 100 }, (_, i) => ({
      id: `c${i}`,
      expected: i % 2 === 0 ? 'a' : 'b',
      predicted: i % 10 === 0 ? 'b' : i % 2 === 0 ? 'a' : 'b',
    }));
    expect((await reportOf({ candidate: rows })).banners).toEqual([]);
  });

  test('of many classes says what losing one costs', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => ({
      id: `c${i}`,
      expected: `class ${i % 30}`,
      predicted: `class ${i % 30 < 3 ? 5 : i % 30}`,
    }));
    const { banners } = await reportOf({ candidate: rows });
    expect(banners[0]!.text).toContain('with 30 classes, losing one of them whole may cost only 3.3 points');
    expect(banners[1]!.text).toContain('3 of 30 classes have recall 0');
  });

  test('without labels has the rates of its slices, and says what would add more', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => ({
      id: `c${i}`,
      region: i % 2 === 0 ? 'eu' : 'us',
      output: 'x',
      expected: 'y',
      passed: i % 3 === 0,
    }));
    const { classes, rates, notes } = await reportOf({ candidate: rows });
    expect(classes).toBeNull();
    expect(rates.map(({ name, n, candidate }) => [name, n, candidate!.estimate])).toEqual([
      ['all cases', 60, 1 / 3],
      ['region=eu', 30, 1 / 3],
      ['region=us', 30, 1 / 3],
    ]);
    expect(notes.join('\n')).toContain('--map predicted=output adds precision and recall per class');
  });

  test('leaves a column out that says whether the case passed, and says so', async () => {
    const rows = labelled((i) => (i % 4 === 0 ? 'no' : 'yes')).map((row) => ({
      ...row,
      region: 'eu',
      verdict: row.expected === row.predicted ? 'good' : 'bad',
    }));
    const { dimensions, notes } = await reportOf({ candidate: rows });
    expect(dimensions.map(({ dimension }) => dimension)).not.toContain('verdict');
    expect(notes.join('\n')).toContain('tells right from wrong exactly: verdict');
    const asked = await reportOf({ candidate: rows }, {}, { slice: ['verdict'] });
    expect(asked.dimensions.map(({ dimension }) => dimension)).toEqual(['verdict']);
  });

  test('of too many labels reads them as texts', async () => {
    const rows = Array.from({ length: 6000 }, (_, i) => ({
      id: `c${i}`,
      expected: `t${i}`,
      predicted: `t${i}`,
    }));
    const { classes, notes } = await reportOf({ candidate: rows });
    expect(classes).toBeNull();
    expect(notes.join('\n')).toContain('read as texts, not as classes');
  });
});

describe('two framings of one task', () => {
  /** 100 cases; the old run answers in five queues, the new one in two, one of which the map does not know. */
  const truth = (i: number) => ['card', 'cash', 'login', 'bug', 'idea'][i % 5]!;
  const baseline = Array.from({ length: 100 }, (_, i) => ({
    ...{ id: `c${i}`, team: i % 2 === 0 ? 'a' : 'b', expected: truth(i) },
    predicted: i % 5 === 0 ? 'cash' : truth(i),
  }));
  const candidate = baseline.map((row, i) => ({
    ...row,
    predicted: i < 10 ? 'poem' : ['card', 'cash'].includes(row.expected) ? 'money' : 'tech',
  }));
  const map = {
    ...{ card: 'PAY', cash: 'PAY', login: 'HELP', bug: 'HELP', idea: 'HELP' },
    candidate: { money: 'PAY', tech: 'HELP' },
  };

  test('are compared on the outcome that both lead to, and what the map lacks is said', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'slicewise-outcome-'));
    folders.push(folder);
    const outcome = join(folder, 'map.json');
    writeFileSync(outcome, JSON.stringify(map));
    const result = await reportOf({ baseline, candidate }, { outcome });
    const shared = result.classes!.outcome!;
    expect(shared.outcomes).toBe(2);
    expect(shared.unmapped).toEqual({ expected: [], baseline: [], candidate: ['poem'] });
    const { n, accuracy } = shared.slices[0]!.figures;
    expect([n, accuracy.baseline!.estimate, accuracy.candidate.estimate]).toEqual([100, 1, 0.9]);
    // Ten cases were lost and none gained: 2 * 0.5^10.
    expect(accuracy.pValue).toBeCloseTo(2 ** -9, 12);
    expect(accuracy.delta!.upper).toBeLessThan(0);
    expect(shared.slices.map(({ name, figures }) => [name, figures.n])).toEqual([
      ['all cases', 100],
      ['team=a', 50],
      ['team=b', 50],
    ]);
    const page = renderStudy(result, 'terminal', { columns: 100, all: true });
    expect(page).toMatch(/^Outcome +0\.900 .*1\.000 before; change -0\.100/m);
    expect(page).toContain('answers of the new run without an outcome: poem');
    const rows = parse(renderStudy(result, 'csv'), { columns: true }) as Record<string, string>[];
    expect(rows.find(({ metric }) => metric === 'accuracy on outcomes')).toMatchObject({ candidate: '0.9' });
  });

  test('need a file that can be read', async () => {
    await expect(reportOf({ baseline, candidate }, { outcome: 'none.csv' })).rejects.toThrow('none.csv');
  });
});

describe('costs as a metric', () => {
  const rows = Array.from({ length: 200 }, (_, i) => ({
    ...{ id: `c${i}`, team: i % 3 === 0 ? 'a' : 'b', expected: i % 4 === 0 ? '1' : '0' },
    predicted: i % 8 === 0 ? '1' : i % 10 === 1 ? '1' : '0',
  }));

  test('are those of --cost, and the positive class that the labels tell', async () => {
    const { rates, classes } = await reportOf(
      { candidate: rows },
      { cost: 'miss=100,false-alarm=1' },
      { metric: ['cost'], margin: ['cost=1'] },
    );
    const [all] = rates;
    // 25 misses and 20 false alarms among 200 cases.
    const table = classes!.costs!.slices[0]!.figures.costPer1000.candidate.estimate!;
    expect(all).toMatchObject({ metric: 'cost', name: 'all cases' });
    expect(table).toBeCloseTo(1000 * ((25 * 100 + 20) / 200), 6);
    expect(all!.candidate!.estimate).toBeCloseTo(table / 1000, 9);
    await expect(reportOf({ candidate: rows }, {}, { metric: ['cost'], margin: ['cost=1'] })).rejects.toThrow(
      'hint: --positive LABEL --cost miss=100,false-alarm=1',
    );
  });
});

describe('answers with parts', () => {
  const rows = Array.from({ length: 60 }, (_, i) => ({
    id: `c${i}`,
    region: i % 2 === 0 ? 'eu' : 'us',
    expected: { city: 'Bern', zip: 3000 + i, tags: ['a', 'b'] },
    output: { city: i % 3 === 0 ? 'Basel' : 'Bern', zip: 3000 + i, tags: ['b', 'a'] },
  }));

  test('of JSON objects that stand in the rows are compared field by field, whole cases beside them', async () => {
    const { parts } = await reportOf({ candidate: rows }, { parts: 'json-fields' });
    const [all] = parts!.slices;
    expect(all!.values.map(({ metric, value }) => [metric, value.candidate.estimate])).toEqual([
      ['whole case', 2 / 3],
      ['precision', 11 / 12],
      ['recall', 11 / 12],
      ['f1', 11 / 12],
    ]);
    expect(parts!.parts.map(({ part, recall }) => [part, recall.candidate.estimate])).toEqual([
      ['tags[]', 1],
      ['city', 2 / 3],
      ['zip', 1],
    ]);
  });

  test('are the same where the answer is a JSON text', async () => {
    const texts = rows.map((row) => ({
      ...row,
      output: `\`\`\`json\n${JSON.stringify(row.output)}\n\`\`\``,
    }));
    const spread = await reportOf({ candidate: rows }, { parts: 'json-fields' });
    const asText = await reportOf({ candidate: texts }, { parts: 'json-fields' });
    expect(asText.parts!.slices).toEqual(spread.parts!.slices);
  });

  test('refuse an expected cell that holds none, with its case', async () => {
    const bad = [{ id: 'x1', expected: 'no span here', predicted: '[]' }];
    await expect(reportOf({ candidate: bad }, { parts: 'spans' })).rejects.toThrow(
      /case "x1": "expected" holds/,
    );
  });
});
