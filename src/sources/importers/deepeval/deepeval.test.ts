import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { importTexts, textFile } from '../../../../test/import-texts.ts';
import { sharedPath } from '../../../../test/shared-folder.ts';
import { deepevalImporter } from './importer.ts';

const metric = (name: string, more: object = {}) => ({
  name,
  threshold: 0.5,
  success: true,
  score: 0.9,
  reason: `because of ${name}`,
  strictMode: false,
  flaky: false,
  evaluationModel: 'judge-1',
  error: null,
  evaluationCost: 0.01,
  ...more,
});
const single = (more: object = {}) => ({
  name: 'test_case_0',
  input: 'question',
  actualOutput: 'answer',
  expectedOutput: 'expected',
  success: true,
  metricsData: [metric('Relevancy')],
  order: 0,
  ...more,
});
const run = (testCases: readonly object[], more: object = {}) =>
  JSON.stringify(
    { testCases, conversationalTestCases: [], metricsScores: [], identifier: 'nightly', ...more },
    null,
    1,
  );
const read = async (...cases: readonly object[]) => importTexts(deepevalImporter, { 'a.json': run(cases) });

describe('a test case', () => {
  test('keeps score, verdict, rationale, judge, tags, latency and costs apart', async () => {
    const { results, problems } = await read(
      single({
        completionTime: 1.5,
        tokenCost: 0.02,
        evaluationCost: 0.01,
        tags: ['rag'],
        metadata: { id: 'c-7', customer: 'acme' },
        toolsCalled: [{ name: 'search' }],
      }),
    );
    expect(problems).toEqual([]);
    expect(results).toMatchObject([
      {
        run: 'nightly',
        caseId: 'c-7',
        trial: '1',
        status: 'scored',
        passed: true,
        score: 0.9,
        scores: { Relevancy: 0.9, 'Relevancy.passed': true },
        input: 'question',
        expected: 'expected',
        output: 'answer',
        latencyMs: 1500,
        costUsd: 0.02,
        tags: { customer: 'acme', id: 'c-7', tags: ['rag'] },
        extra: {
          evaluation_cost_usd: '0.01',
          'reason.Relevancy': 'because of Relevancy',
          tools_called: ['search'],
        },
        line: 3,
      },
    ]);
  });

  test.each([
    [
      'a metric that failed itself and decides',
      [metric('A'), metric('B', { score: null, success: false, error: 'rate limit' })],
      'unscored',
      null,
    ],
    ['a score that is null', [metric('A', { score: null, success: false })], 'unscored', null],
    [
      'a real failure beside a broken metric',
      [metric('A', { success: false, score: 0.1 }), metric('B', { score: null, error: 'x' })],
      'scored',
      false,
    ],
    [
      'a flaky metric that failed',
      [metric('A'), metric('B', { flaky: true, success: false, score: 0 })],
      'scored',
      true,
    ],
    ['flaky metrics alone', [metric('B', { flaky: true, success: false, score: 0 })], 'unscored', null],
    ['no metric', [], 'unscored', null],
  ] as const)('%s', async (_, metricsData, status, passed) => {
    const failed = metricsData.some((one) => !one.flaky && one.success === false);
    const { results } = await read(single({ metricsData, success: !failed }));
    expect(results[0]).toMatchObject({ status, passed });
  });

  test('a metric that failed itself has no score and its error is kept', async () => {
    const { results } = await read(
      single({ metricsData: [metric('A', { error: 'rate limit', score: null })] }),
    );
    expect(results[0]?.scores).toEqual({ A: null, 'A.passed': null });
    expect(results[0]?.extra).toMatchObject({ 'metric_error.A': 'rate limit' });
  });

  test('repeats of the same question are trials whatever their names; another expectation is another case', async () => {
    const { results } = await read(
      single(),
      single({ name: 'test_case_1', order: 1 }),
      single({ expectedOutput: 'other' }),
    );
    expect(results.map(({ trial }) => trial)).toEqual(['1', '2', '1']);
    expect(results[0]?.caseId).toBe(results[1]?.caseId);
    expect(results[2]?.caseId).not.toBe(results[0]?.caseId);
  });

  test('a judge with another model or threshold has another fingerprint', async () => {
    const { results } = await read(
      single(),
      single({ metricsData: [metric('Relevancy', { score: 0.2 })] }),
      single({ metricsData: [metric('Relevancy', { evaluationModel: 'judge-2' })] }),
      single({ metricsData: [metric('Relevancy', { threshold: 0.7 })] }),
    );
    const prints = results.map(({ judgeFingerprint }) => judgeFingerprint);
    expect(prints[1]).toBe(prints[0]);
    expect(new Set(prints).size).toBe(3);
  });

  test('the verdict shows which way a metric points', async () => {
    const { summary } = await read(
      single({
        metricsData: [
          metric('Bias', { score: 0.1, success: true }),
          metric('Relevancy'),
          metric('Even', { score: 0.5 }),
        ],
      }),
    );
    expect(
      summary.metrics.filter(({ kind }) => kind === 'number').map(({ name, direction }) => [name, direction]),
    ).toEqual([
      ['Bias', 'lower'],
      ['Relevancy', 'higher'],
      ['Even', 'unknown'],
    ]);
  });

  test('a metric that the user names decides alone', async () => {
    const metricsData = [metric('A'), metric('B', { success: false, score: 0.2 })];
    const text = run([single({ metricsData, success: false })]);
    const { results } = await importTexts(deepevalImporter, { 'a.json': text }, 'A');
    expect(results[0]).toMatchObject({ passed: true, score: 0.9 });
  });
});

test('a conversation is one case: what was asked is its scenario, the answer what the assistant said', async () => {
  const text = run([], {
    conversationalTestCases: [
      {
        name: 'c',
        success: false,
        metricsData: [metric('Completeness', { success: false, score: 0.2 })],
        turns: [
          { role: 'user', content: 'hi', order: 0 },
          { role: 'assistant', content: 'hello', order: 1 },
          { role: 'assistant', content: 'bye', order: 2 },
        ],
        scenario: 'greets',
        expectedOutcome: 'is greeted',
        tags: ['chat'],
      },
    ],
  });
  const { results } = await importTexts(deepevalImporter, { 'a.json': text });
  expect(results).toMatchObject([
    {
      input: 'greets',
      expected: 'is greeted',
      output: 'hello\nbye',
      passed: false,
      extra: { kind: 'conversation', turns: '3' },
    },
  ]);
});

test('the wrapper of .latest_test_run.json is opened', async () => {
  const text = JSON.stringify({ testRunData: JSON.parse(run([single()])), testRunLink: null });
  expect(deepevalImporter.recognises(textFile('.latest_test_run.json', text))).toBe(true);
  const { results, problems } = await importTexts(deepevalImporter, { '.latest_test_run.json': text });
  expect(problems).toEqual([]);
  expect(results.map(({ run: name, passed }) => [name, passed])).toEqual([['nightly', true]]);
});

test('without an identifier the run is the file', async () => {
  const { results } = await importTexts(deepevalImporter, {
    'b.json': run([single()], { identifier: null }),
  });
  expect(results[0]?.run).toBe('b.json');
});

test('an element that is no test case is named', async () => {
  const { problems } = await read(single(), { name: 'x' });
  expect(problems).toEqual(['element 2 of "testCases" has no "input", expected a test case (a.json:25)']);
});

const real = sharedPath('importers', 'deepeval', 'test_run_sample.json');
if (real === null) console.warn('skipped: the real DeepEval file is not here');

describe.skipIf(real === null)('the real file', () => {
  const text = real === null ? '' : readFileSync(real, 'utf8');

  test('holds 1 case that failed, with two metrics, no expected output and three tags; spans are not cases', async () => {
    expect(deepevalImporter.recognises(textFile('test_run_sample.json', text))).toBe(true);
    const { results, summary, problems } = await importTexts(deepevalImporter, {
      'test_run_sample.json': text,
    });
    expect(problems).toEqual([]);
    expect(results).toHaveLength(1);
    expect(results[0]).toMatchObject({
      status: 'scored',
      passed: false,
      score: null,
      scores: {
        'Answer Relevancy': 0.92,
        'Answer Relevancy.passed': true,
        Faithfulness: 0.45,
        'Faithfulness.passed': false,
      },
      expected: null,
      output: '{...}',
      latencyMs: 11_420,
      tags: {
        tags: ['rag', 'experimental', 'v2'],
        deployment: 'staging',
        feature_flag: 'agentic_rerank_enabled',
      },
      line: 3,
    });
    expect(summary.runs).toMatchObject([{ rows: 1, cases: 1, scored: 1, passed: 0, errors: 0 }]);
    expect(summary.ownNumbers).toMatchObject([
      { name: 'Answer Relevancy (metricsScores)', value: 0.92, ours: 0.92, reason: null },
      {
        name: 'Faithfulness (metricsScores)',
        ours: 0.45,
        reason: 'it counts 3 scores, spans inside traces included; the cases have 1',
      },
    ]);
    expect(summary.notes).toEqual([
      'metrics of spans inside traces are scores of components and are not counted as cases',
    ]);
  });

  test('cut off or damaged, names file and line', async () => {
    const cut = await importTexts(deepevalImporter, { 'cut.json': text.slice(0, 5000) });
    expect(cut.results).toEqual([]);
    expect(cut.problems.length).toBeGreaterThan(0);
    expect(cut.problems[0]).toMatch(/\(cut\.json:\d+\)$/);
    const damaged = text.replace('"order": 0,', '"order": zero,');
    const line = text.slice(0, text.indexOf('"order": 0,')).split('\n').length;
    const broken = await importTexts(deepevalImporter, { 'broken.json': damaged });
    expect(broken.problems).toHaveLength(1);
    expect(broken.problems[0]).toContain(`(broken.json:${line})`);
  });
});
