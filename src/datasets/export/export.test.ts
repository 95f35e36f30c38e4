import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importTexts } from '../../../test/import-texts.ts';
import { sharedPath } from '../../../test/shared-folder.ts';
import { everyEvalEverImporter } from '../../sources/importers/every-eval-ever/importer.ts';
import type { ImportedResult } from '../../sources/importers/imported-result.ts';
import { mlflowImporter } from '../../sources/importers/mlflow/mlflow.ts';
import { openRun } from '../../sources/index.ts';
import { AGGREGATE_SCHEMA, INSTANCE_SCHEMA } from './fixtures/every-eval-ever-schema.ts';
import { type ExportRequest, exportRun, lossText } from './index.ts';

const ajv = new Ajv({ strict: false, allErrors: true });
const isAggregate = ajv.compile(AGGREGATE_SCHEMA);
const isInstance = ajv.compile(INSTANCE_SCHEMA);

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slicewise-export-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ROWS = [
  {
    id: 'a',
    passed: true,
    input: 'in a',
    expected: 'x',
    output: 'out',
    country: 'de',
    topics: ['p', 'q'],
    latency_ms: 120,
  },
  { id: 'b', passed: false, input: 'in b', output: 'out', country: 'fr', 'scores.f1': 0.25 },
  { id: 'c', error: 'timeout', input: 'in c', country: 'de' },
  { id: 'd', input: 'in d', country: 'de' },
];

async function exported(
  rows: readonly object[] | string,
  more: Partial<ExportRequest> & { readonly run?: never } = {},
  score: string | null = null,
) {
  const files = typeof rows === 'string' ? [rows] : ['rows.jsonl'];
  if (typeof rows !== 'string') {
    writeFileSync(join(folder, 'rows.jsonl'), rows.map((row) => JSON.stringify(row)).join('\n'));
  }
  const run = await openRun({ files, run: null, mapping: {}, cwd: folder, score });
  const summary = await exportRun({
    run,
    to: 'every-eval-ever',
    out: 'out.json',
    cwd: folder,
    name: 'demo',
    model: 'acme/bot',
    organization: null,
    relationship: 'first_party',
    passAt: null,
    now: new Date(1_700_000_000_000),
    exportedBy: 'slicewise test',
    ...more,
  });
  return { ...summary, losses: summary.losses.map(lossText) };
}

test.each([
  ['every-eval-ever', [{ id: 'a', input: 'q' }], 'the only result has no verdict, score or error'],
  [
    'every-eval-ever',
    [{ id: 'a' }, { id: 'b' }].map((row) => ({ ...row, input: 'q' })),
    'none of the 2 results',
  ],
] as const)('a run without anything to sum up is no file for %s', async (to, rows, message) => {
  await expect(exported(rows, { to })).rejects.toThrow(message);
  expect(readdirSync(folder)).toEqual(['rows.jsonl']);
});

test.each(['mlflow', 'every-eval-ever'] as const)('a log without results is no table for %s', async (to) => {
  const log = {
    evalId: 'x',
    results: { version: 3, timestamp: '2026-01-01', prompts: [], results: [] },
    config: {},
  };
  writeFileSync(join(folder, 'log.json'), JSON.stringify(log));
  await expect(exported('log.json', { to })).rejects.toThrow(
    'no result is left to write, and no file is written',
  );
  expect(readdirSync(folder)).toEqual(['log.json']);
});

const text = (name: string): string => readFileSync(join(folder, name), 'utf8');
const json = (name: string) => JSON.parse(text(name));
const instances = () =>
  text('out_samples.jsonl')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('Every Eval Ever', () => {
  test('the files hold the rules of its schema, figures with n, interval and method, and the hash of the rows', async () => {
    const { files, written } = await exported(ROWS);
    expect(files).toEqual(['out.json', 'out_samples.jsonl']);
    expect(written).toBe(3);
    const aggregate = json('out.json');
    expect([isAggregate(aggregate), isAggregate.errors]).toEqual([true, null]);
    for (const row of instances()) expect([isInstance(row), isInstance.errors]).toEqual([true, null]);
    expect(aggregate.evaluation_id).toBe('demo/acme_bot/1700000000');
    expect(aggregate.detailed_evaluation_results).toEqual({
      format: 'jsonl',
      file_path: 'out_samples.jsonl',
      hash_algorithm: 'sha256',
      checksum: createHash('sha256').update(text('out_samples.jsonl')).digest('hex'),
      total_rows: 3,
    });
    const [passRate, f1] = aggregate.evaluation_results;
    // 1 of 3: the error counts as a failure, the unscored case not at all. Wilson's closed form for 1 of 3, computed apart in Python.
    expect(passRate.score_details.score).toBeCloseTo(1 / 3, 12);
    expect(passRate.score_details.uncertainty).toMatchObject({ num_samples: 3 });
    expect(passRate.score_details.uncertainty.confidence_interval).toMatchObject({
      confidence_level: 0.95,
      method: 'wilson',
    });
    expect(passRate.score_details.uncertainty.confidence_interval.lower).toBeCloseTo(0.06149194472, 10);
    expect(passRate.score_details.uncertainty.confidence_interval.upper).toBeCloseTo(0.792340399198, 10);
    expect(passRate.score_details.details).toMatchObject({
      rows: '4',
      errors: '1',
      unscored: '1',
      errors_count_as: 'failed',
    });
    expect(f1).toMatchObject({
      evaluation_result_id: 'demo/f1',
      score_details: { score: 0.25, details: { no_interval: 'one case has no interval' } },
    });
  });

  test('what the format cannot hold is listed, with the rows it touches', async () => {
    const { losses } = await exported(ROWS, { model: null });
    expect(losses).toEqual([
      'no model is known, so it is written as unknown: say --model DEVELOPER/MODEL',
      'metadata holds texts only, so lists are written as JSON: topics',
      'errors are written with score 0, not correct, and their text (1 row)',
      'unscored results are left out: an instance row must be right or wrong (1 row)',
    ]);
  });

  test('the hash of a sample is theirs', async () => {
    await exported([{ id: 'demo_0001', passed: true, input: 'What is 2 + 2?', expected: '4' }]);
    expect(instances()[0].sample_hash).toBe(
      '9c94305328f8e70341f9d1880f4eaa6ea7f93b8922e6a03a8cdcf1924d28db0b',
    );
  });

  test('graded runs have no instance rows without a line that the user draws', async () => {
    const rows = [
      { id: 'a', score: 0.9, input: 'i' },
      { id: 'b', score: 0.4, input: 'j' },
    ];
    const { files, losses } = await exported(rows);
    expect(files).toEqual(['out.json']);
    expect(losses.join()).toContain('say --pass-at NUMBER');
    expect(json('out.json')).not.toHaveProperty('detailed_evaluation_results');
    expect(json('out.json').evaluation_results[0]).toMatchObject({
      metric_config: { metric_id: 'score' },
      score_details: { score: 0.65, details: { interval_method: 't' }, uncertainty: { num_samples: 2 } },
    });
    const drawn = await exported(rows, { passAt: 0.5 });
    expect(drawn.written).toBe(2);
    expect(instances().map(({ evaluation }) => evaluation)).toEqual([
      { score: 0.9, is_correct: true },
      { score: 0.4, is_correct: false },
    ]);
  });

  test('repeats are one case: n counts cases', async () => {
    await exported([
      { id: 'a', trial: 1, passed: true },
      { id: 'a', trial: 2, passed: false },
      { id: 'b', trial: 1, passed: true },
      { id: 'b', trial: 2, passed: true },
    ]);
    expect(json('out.json').evaluation_results[0].score_details).toMatchObject({
      score: 0.75,
      details: { rows: '4', cases: '2', trials_per_case: '2' },
      uncertainty: { num_samples: 2 },
    });
  });

  test('a run that cannot be read leaves nothing behind, and an older file as it was', async () => {
    writeFileSync(join(folder, 'out.json'), 'old');
    await expect(
      exported([
        { id: 'a', passed: true },
        { id: 'b', passed: 'perhaps' },
      ]),
    ).rejects.toThrow('rows.jsonl');
    expect(readdirSync(folder).sort()).toEqual(['out.json', 'rows.jsonl']);
    expect(text('out.json')).toBe('old');
  });

  test('the same run and clock give the same bytes', async () => {
    await exported(ROWS);
    const first = [text('out.json'), text('out_samples.jsonl')];
    await exported(ROWS);
    expect([text('out.json'), text('out_samples.jsonl')]).toEqual(first);
  });
});

/** Fields that the format and results both hold. */
const kept = ({
  caseId,
  trial,
  status,
  passed,
  score,
  error,
  input,
  expected,
  output,
  ...rest
}: ImportedResult) => ({
  ...{ caseId, trial, status, passed, input, expected, output },
  ...(error === undefined ? {} : { error }),
  ...(status === 'error' ? {} : { score }),
  scores: Object.fromEntries(
    Object.entries(rest.scores ?? {}).filter(([name, value]) => name !== 'pass_rate' && value !== null),
  ),
  ...{ latencyMs: rest.latencyMs ?? null, costUsd: rest.costUsd ?? null, cluster: rest.cluster ?? null },
  ...{
    inputTokens: rest.inputTokens ?? null,
    outputTokens: rest.outputTokens ?? null,
    totalTokens: rest.totalTokens ?? null,
  },
  promptFingerprint: rest.promptFingerprint ?? null,
  codeFingerprint: rest.codeFingerprint ?? null,
  judgeFingerprint: rest.judgeFingerprint ?? null,
});

describe('the way to Every Eval Ever and back', () => {
  const shared = sharedPath('importers');
  if (shared === null) console.warn('skipped: the real files of other tools are not here');

  test.skipIf(shared === null).each([
    ['lm-eval', 'lm-eval/*.json*'],
    ['helm', 'helm/*.json'],
    ['deepeval', 'deepeval/*.json'],
    ['open-multi-agent', 'open-multi-agent/{baseline,set}.json'],
  ])(
    '%s comes back with ids, trials, outcomes, texts, metrics, tags and fingerprints',
    async (tool, pattern) => {
      const files = join(shared!, pattern);
      const { importerOf } = await import('../../sources/importers/registry.ts');
      const names = readdirSync(join(shared!, tool)).filter(
        (name) => /\.jsonl?$/.test(name) && !name.includes('gate'),
      );
      const texts = Object.fromEntries(
        names.map((name) => [name, readFileSync(join(shared!, tool, name), 'utf8')]),
      );
      const before = await importTexts(await importerOf(tool as 'helm'), texts);
      await exported(files);
      const after = await importTexts(everyEvalEverImporter, {
        'out.json': text('out.json'),
        'out_samples.jsonl': text('out_samples.jsonl'),
      });
      expect(after.problems).toEqual([]);
      const sorted = (results: readonly ImportedResult[]) =>
        results.toSorted((a, b) => (a.caseId < b.caseId ? -1 : 1));
      // A run without a number of its own is written with 1 for passed and 0 for failed.
      const numbered = (result: ImportedResult) =>
        result.status === 'scored' && (result.score === null || result.score === undefined)
          ? { ...result, score: Number(result.passed) }
          : result;
      expect(sorted(after.results).map(kept)).toEqual(sorted(before.results).map(numbered).map(kept));
      for (const [index, result] of sorted(before.results).entries()) {
        expect(sorted(after.results)[index]?.tags).toMatchObject(result.tags ?? {});
      }
    },
  );

  test('their own real files come back too', async (context) => {
    if (shared === null) return context.skip();
    await exported(join(shared, 'every-eval-ever/*.json*'));
    const [instance] = instances();
    expect(isInstance(instance)).toBe(true);
    expect(instance).toMatchObject({
      sample_id: 'demo_0001',
      sample_hash: '9c94305328f8e70341f9d1880f4eaa6ea7f93b8922e6a03a8cdcf1924d28db0b',
      evaluation: { score: 1, is_correct: true },
      token_usage: { input_tokens: 12, output_tokens: 5, total_tokens: 17 },
      metadata: { subject: 'arithmetic' },
    });
  });

  test('errors, lists and repeats come back', async () => {
    await exported([...ROWS, { id: 'a', trial: '2', passed: false, topics: ['p'] }]);
    const { results } = await importTexts(everyEvalEverImporter, {
      'out.json': text('out.json'),
      'out_samples.jsonl': text('out_samples.jsonl'),
    });
    expect(
      results.map(({ caseId, trial, status, passed, error }) => [caseId, trial, status, passed, error]),
    ).toEqual([
      ['a', '1', 'scored', true, undefined],
      ['b', '1', 'scored', false, undefined],
      ['c', '1', 'error', null, 'timeout'],
      ['a', '2', 'scored', false, undefined],
    ]);
    expect(results[0]?.tags).toEqual({ country: 'de', topics: ['p', 'q'] });
    expect(results[0]?.latencyMs).toBe(120);
    expect(results[1]?.scores).toMatchObject({ f1: 0.25 });
  });
});

describe('MLflow', () => {
  test('the table has its columns first, then everything else', async () => {
    const { losses, written } = await exported(ROWS, { to: 'mlflow', out: 'eval_results_table.json' });
    const { columns, data } = json('eval_results_table.json');
    expect(written).toBe(4);
    expect(columns).toEqual([
      'inputs',
      'ground_truth',
      'outputs',
      'latency',
      'passed/v1/score',
      'case_id',
      'status',
      'error',
      'f1/v1/score',
      'country',
      'topics',
    ]);
    expect(data).toEqual([
      ['in a', 'x', 'out', 0.12, 1, 'a', 'scored', null, null, 'de', ['p', 'q']],
      ['in b', null, 'out', null, 0, 'b', 'scored', null, 0.25, 'fr', null],
      ['in c', null, null, null, null, 'c', 'error', 'timeout', null, 'de', null],
      ['in d', null, null, null, null, 'd', 'unscored', null, null, 'de', null],
    ]);
    expect(losses).toEqual([
      'MLflow has no errors: they are rows with status error and no score (1 row)',
      'MLflow has no unscored rows: they are rows with status unscored and no score (1 row)',
      'MLflow knows rows by their inputs: ids are in the column case_id, which its own tools do not use',
    ]);
  });

  test('verdicts, errors, unscored rows, repeats and what a row cost come back', async () => {
    const rows = [
      { id: 'a', trial: '1', passed: true, score: 0.9, input: 'q', cost_usd: 0.5, model: 'm', topic: 't' },
      { id: 'a', trial: '2', passed: false, score: 0.2, input: 'q', model: 'm', topic: 't' },
      { id: 'b', trial: '1', error: 'timeout', input: 'r', 'scores.f1': 0, model: 'm', topic: 't' },
      { id: 'c', trial: '1', input: 's', 'scores.f1': 0.5, model: 'm', topic: 't' },
    ];
    await exported(rows, { to: 'mlflow' });
    const { results, summary, problems } = await importTexts(mlflowImporter, {
      'out.json': text('out.json'),
    });
    expect(problems).toEqual([]);
    expect(
      results.map((row) => [row.caseId, row.trial, row.status, row.passed ?? null, row.error ?? null]),
    ).toEqual([
      ['a', '1', 'scored', true, null],
      ['a', '2', 'scored', false, null],
      ['b', '1', 'error', null, 'timeout'],
      ['c', '1', 'unscored', null, null],
    ]);
    expect(results[0]).toMatchObject({ costUsd: 0.5, model: 'm' });
    expect(results[0]?.scores).toMatchObject({ passed: true, score: 0.9 });
    expect(summary.runs[0]).toMatchObject({ rows: 4, cases: 3, maxTrials: 2 });
    expect(summary.tags).toEqual(['topic']);
  });

  test('a column that has the name of another gets one of its own', async () => {
    await exported([{ id: 'a', passed: true, input: 'i', inputs: 'mine' }], { to: 'mlflow', out: 't.json' });
    const { columns, data } = json('t.json');
    expect(new Set(columns).size).toBe(columns.length);
    expect(data[0]).toContain('mine');
  });

  test('our reader of MLflow reads it: texts, scores, latency and tags', async () => {
    await exported(ROWS, { to: 'mlflow', out: 'eval_results_table.json' });
    const { results, problems } = await importTexts(
      mlflowImporter,
      { 'eval_results_table.json': text('eval_results_table.json') },
      'passed',
    );
    expect(problems).toEqual([]);
    expect(results).toHaveLength(4);
    expect(results[0]).toMatchObject({
      input: 'in a',
      expected: 'x',
      output: 'out',
      latencyMs: 120,
      score: 1,
      tags: { country: 'de' },
      caseId: 'a',
    });
    expect(results.map(({ status }) => status)).toEqual(['scored', 'scored', 'error', 'unscored']);
  });
});

describe('Parquet', () => {
  test('is exported like the text that it was written from', async () => {
    const { parquetWriteFile } = await import('hyparquet-writer');
    await parquetWriteFile({
      filename: join(folder, 'rows.parquet'),
      columnData: [
        { name: 'id', data: ['a', 'b'], type: 'STRING' },
        { name: 'passed', data: [true, false], type: 'BOOLEAN' },
        { name: 'input', data: ['in a', 'in b'], type: 'STRING' },
        { name: 'tier', data: [1, 2], type: 'INT32' },
      ],
    });
    await exported('rows.parquet');
    expect(
      instances().map(({ sample_id, evaluation, metadata }) => [sample_id, evaluation.is_correct, metadata]),
    ).toEqual([
      ['a', true, { tier: '1' }],
      ['b', false, { tier: '2' }],
    ]);
  });
});
