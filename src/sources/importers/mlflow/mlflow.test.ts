import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { diskFile, importTexts, textFile } from '../../../../test/import-texts.ts';
import { mlflowImporter } from './mlflow.ts';

const made = (name: string): string => join(import.meta.dirname, 'made-with-mlflow', name);

describe('files that MLflow 3.17.2 wrote', () => {
  test.each(['eval_results_table.json', 'traces.json', 'result_df.jsonl', 'result_df.csv'])(
    '%s is recognised',
    (name) => {
      expect(mlflowImporter.recognises(diskFile(made(name)))).toBe(true);
    },
  );

  test('the table: scores of 1 to 5 stay as they are, inputs that occur twice are told apart with a warning', async () => {
    const { results, problems, summary } = await importTexts(mlflowImporter, [
      diskFile(made('eval_results_table.json')),
    ]);
    expect(problems).toEqual([]);
    expect(results.map(({ score, expected, output, tags }) => [score, expected, output, tags])).toEqual([
      [5, '4', '4', { customer: 'a' }],
      [1, 'Paris', 'Lyon', { customer: 'b' }],
      [4, '4', '4', { customer: 'a' }],
    ]);
    expect(results[2]!.caseId).toBe(`${results[0]!.caseId}#2`);
    expect(results[0]!.extra).toEqual({ 'comment.quality': 'good' });
    expect(summary.notes.join()).toContain('occur more than once');
    expect(summary.metrics).toMatchObject([{ name: 'quality', direction: 'unknown', primary: true }]);
  });

  test.each(['traces.json', 'result_df.jsonl', 'result_df.csv'])(
    '%s: outcome, expectation, tags and broken scorers',
    async (name) => {
      const { results, problems } = await importTexts(mlflowImporter, [diskFile(made(name))], 'exact');
      expect(problems).toEqual([]);
      expect(results.slice(0, 2)).toMatchObject([
        {
          run: '8919caa77c5640dcb2d2addc544da2ae',
          status: 'scored',
          passed: true,
          scores: { exact: true, length: 1, boom: true },
          input: '{"question":"What is 2+2?"}'.replace(':', ': '),
          expected: '4',
          output: '4',
          tags: { customer: 'a', name: 'predict' },
        },
        {
          status: 'scored',
          passed: false,
          scores: { exact: false, length: 4, boom: null },
          expected: 'Paris',
          extra: { 'scorer_error.boom': 'judge broke' },
        },
      ]);
      expect(results[0]!.timestamp).toBe('2026-11-22T08:00:25.418Z');
      expect(results[0]!.judgeFingerprint).toMatch(/^[0-9a-f]{16}$/);
    },
  );

  test('a trace that failed is an error with its message', async () => {
    const { results } = await importTexts(mlflowImporter, [diskFile(made('traces.json'))]);
    expect(results[2]).toMatchObject({
      status: 'error',
      error: 'RuntimeError: model down',
      input: '{"question": "crash"}',
      tags: { customer: 'b' },
    });
  });

  test.each(['eval_results_table.json', 'traces.json', 'result_df.jsonl', 'result_df.csv'])(
    '%s cut off is an error with a line',
    async (name) => {
      const text = readFileSync(made(name), 'utf8');
      for (const share of [0.4, 0.9]) {
        const { problems } = await importTexts(mlflowImporter, {
          [name]: text.slice(0, Math.floor(text.length * share)),
        });
        expect(problems.at(-1)).toMatch(new RegExp(`\\(${name}:\\d+\\)$`));
      }
    },
  );
});

describe('traces', () => {
  test.each(['trace_metadata', 'tags'])('with a commit in %s have it as code fingerprint', async (place) => {
    const trace = {
      info: { trace_id: 't1', state: 'OK', [place]: { 'mlflow.source.git.commit': 'c0ffee' } },
      data: { spans: [], request: '"Q"', response: '"A"' },
    };
    const { results, problems } = await importTexts(mlflowImporter, {
      'traces.json': JSON.stringify([trace]),
    });
    expect(problems).toEqual([]);
    expect(results[0]!.codeFingerprint).toBe('c0ffee');
  });
});

describe('tables', () => {
  const table = (columns: readonly string[], data: readonly unknown[]): string =>
    JSON.stringify({ columns, data });

  test('latency in seconds, tokens, toxicity beside a judge: the judge decides', async () => {
    const text = table(
      [
        'inputs',
        'ground_truth',
        'outputs',
        'latency',
        'token_count',
        'toxicity/v1/score',
        'faithfulness/v1/score',
        'faithfulness/v1/justification',
      ],
      [
        ['Q', 'A', 'B', 1.25, 7, 0.001, 3, 'partly'],
        ['R', 'A', 'B', 0.5, 8, 0.002, null, null],
      ],
    );
    const { results, problems } = await importTexts(mlflowImporter, { 'eval_results_table.json': text });
    expect(problems).toEqual([]);
    expect(results).toMatchObject([
      {
        run: 'eval_results_table',
        latencyMs: 1250,
        outputTokens: 7,
        score: 3,
        scores: { toxicity: 0.001, faithfulness: 3 },
      },
      { status: 'unscored', score: null },
    ]);
  });

  test('the inputs of two runs give the same case ids', async () => {
    const text = table(
      ['run_id', 'inputs', 'outputs', 'q/v1/score'],
      [
        ['r1', { q: 'a' }, 'x', 1],
        ['r2', { q: 'a' }, 'y', 2],
      ],
    );
    const { results } = await importTexts(mlflowImporter, { a: text });
    expect(results.map(({ run }) => run)).toEqual(['r1', 'r2']);
    expect(results[0]!.caseId).toBe(results[1]!.caseId);
  });

  test.each([
    [
      'a short row',
      table(['inputs', 'outputs', 'a/v1/score'], [['Q', 'A', 1], ['Q']]),
      'row 2 has 1 cells, expected 3 as in "columns" (a:1)',
    ],
    [
      'a score that is a text',
      table(['inputs', 'outputs', 'a/v1/score'], [['Q', 'A', 'good']]),
      '"a/v1/score" is no number, expected a score (a:1)',
    ],
    ['rows without columns', '{"data":[["Q"]]}', 'there are rows without a list "columns" of names (a:1)'],
  ])('%s is an error', async (_, text, problem) => {
    const wrong = text.includes('columns') ? text : text.replace('{', '{"columns":5,');
    expect((await importTexts(mlflowImporter, { a: wrong })).problems).toEqual([problem]);
  });

  test('a frame of another program is not taken', () => {
    expect(mlflowImporter.recognises(textFile('a', '{"columns":["a","b"],"data":[[1,2]]}'))).toBe(false);
  });
});

describe('tables that W&B logs', () => {
  const table = (columns: readonly string[], ...data: readonly (readonly unknown[])[]): string =>
    JSON.stringify({ columns, data });

  test('have their own ids, and a column that says passed decides', async () => {
    const text = table(
      ['id', 'inputs', 'outputs', 'passed', 'batch', 'topic'],
      ['q1', 'How much?', '2', true, 32, 'sums'],
      ['q2', 'And now?', '3', false, 32, 'sums'],
    );
    const file = textFile('eval.table.json', text);
    expect(mlflowImporter.recognises(file)).toBe(true);
    const { results, problems } = await importTexts(mlflowImporter, [file]);
    expect(problems).toEqual([]);
    expect(results.map(({ caseId, passed, tags }) => [caseId, passed, tags])).toEqual([
      ['q1', true, { batch: '32', topic: 'sums' }],
      ['q2', false, { batch: '32', topic: 'sums' }],
    ]);
  });

  test('have repeats where an id occurs again', async () => {
    const text = table(['id', 'outputs', 'passed'], ['q1', '2', true], ['q1', '3', false], ['q2', '4', true]);
    const { results, summary } = await importTexts(mlflowImporter, { 'eval.table.json': text });
    expect(results.map(({ caseId, trial }) => [caseId, trial])).toEqual([
      ['q1', '1'],
      ['q1', '2'],
      ['q2', '1'],
    ]);
    expect(summary.notes).toEqual([]);
  });

  test('are left alone where nothing says that they hold results', () => {
    expect(mlflowImporter.recognises(textFile('t.table.json', table(['id', 'loss'], [1, 2])))).toBe(false);
  });
});
