import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { importTexts, textFile } from '../../../../test/import-texts.ts';
import { sharedPath } from '../../../../test/shared-folder.ts';
import { everyEvalEverImporter } from './importer.ts';

const AGGREGATE = {
  schema_version: '0.3.0',
  evaluation_id: 'src/org_model/1',
  retrieved_timestamp: '1',
  source_metadata: {
    source_type: 'evaluation_run',
    source_organization_name: 'org',
    evaluator_relationship: 'third_party',
  },
  eval_library: { name: 'lib', version: '1' },
  model_info: { name: 'model', id: 'org/model' },
  evaluation_results: [
    {
      evaluation_result_id: 'wer',
      evaluation_name: 'speech',
      source_data: { dataset_name: 'd', source_type: 'other' },
      metric_config: {
        metric_id: 'wer',
        lower_is_better: true,
        score_type: 'continuous',
        min_score: 0,
        max_score: 1,
      },
      score_details: { score: 0.25 },
    },
  ],
  detailed_evaluation_results: { format: 'jsonl', file_path: 'x', total_rows: 2 },
};
const row = (id: string, more: object = {}) => ({
  schema_version: '0.3.0',
  evaluation_id: 'src/org_model/1',
  model_id: 'org/model',
  evaluation_name: 'speech',
  evaluation_result_id: 'wer',
  sample_id: id,
  interaction_type: 'single_turn',
  input: { raw: `in ${id}`, reference: ['a'] },
  output: { raw: ['b'] },
  answer_attribution: [],
  evaluation: { score: 0.25, is_correct: false },
  ...more,
});
const lines = (...rows: readonly object[]): string => rows.map((one) => `${JSON.stringify(one)}\n`).join('');

describe('aggregate and instance rows', () => {
  test('belong together by evaluation_id; the aggregate says which way the metric points', async () => {
    const { results, summary, problems } = await importTexts(everyEvalEverImporter, {
      'a_samples.jsonl': lines(row('1'), row('2', { evaluation: { score: 0.25, is_correct: true } })),
      'a.json': JSON.stringify(AGGREGATE),
    });
    expect(problems).toEqual([]);
    expect(
      results.map(({ run, caseId, trial, passed, score }) => [run, caseId, trial, passed, score]),
    ).toEqual([
      ['src/org_model/1 wer', '1', '1', false, 0.25],
      ['src/org_model/1 wer', '2', '1', true, 0.25],
    ]);
    expect(summary.metrics).toMatchObject([{ name: 'wer', direction: 'lower', primary: true }]);
    expect(summary.ownNumbers).toEqual([
      { run: 'src/org_model/1 wer', name: 'speech', value: 0.25, ours: 0.25, reason: null },
    ]);
  });

  test('rows alone are read, and that nobody says the direction is said', async () => {
    const { results, summary } = await importTexts(everyEvalEverImporter, {
      'a_samples.jsonl': lines(row('1')),
    });
    expect(results).toHaveLength(1);
    expect(summary.metrics).toMatchObject([{ name: 'score', direction: 'unknown' }]);
    expect(summary.notes).toContain(
      'no aggregate file of src/org_model/1 was given; the direction of its metric is unknown',
    );
  });

  test('an aggregate alone has no rows and says what is missing', async () => {
    const { results, summary } = await importTexts(everyEvalEverImporter, {
      'a.json': JSON.stringify(AGGREGATE),
    });
    expect(results).toEqual([]);
    expect(summary.notes[0]).toBe(
      'a.json has no instance rows here: name its _samples.jsonl, an aggregate alone has no slices',
    );
  });

  test('fewer rows than the aggregate counts are the reason beside its number', async () => {
    const { summary } = await importTexts(everyEvalEverImporter, {
      'a.json': JSON.stringify(AGGREGATE),
      'a_samples.jsonl': lines(row('1')),
    });
    expect(summary.ownNumbers).toMatchObject([{ reason: 'the aggregate counts 2 rows, the files have 1' }]);
  });
});

describe('an instance row', () => {
  const read = async (more: object) =>
    (await importTexts(everyEvalEverImporter, { 'r.jsonl': lines(row('1', more)) })).results[0];

  test('with an error is the target’s error, never a failed answer', async () => {
    expect(await read({ error: 'timeout', evaluation: { score: 0, is_correct: false } })).toMatchObject({
      status: 'error',
      error: 'timeout',
      passed: null,
      score: null,
      scores: {},
    });
  });

  test('of a conversation gives the last answer', async () => {
    const messages = [
      { turn_idx: 0, role: 'user', content: 'hi' },
      { turn_idx: 1, role: 'assistant', content: 'first' },
      { turn_idx: 2, role: 'assistant', content: 'last' },
    ];
    expect(await read({ interaction_type: 'multi_turn', output: null, messages })).toMatchObject({
      output: 'last',
    });
  });

  test('keeps several references and answers as lists, and changes its prompt fingerprint with the prompt', async () => {
    const one = await read({
      input: { raw: 'q', formatted: 'F1', reference: ['a', 'b'] },
      output: { raw: ['x', 'y'] },
    });
    const two = await read({ input: { raw: 'q', formatted: 'F2', reference: [] }, output: { raw: [] } });
    expect(one).toMatchObject({ expected: '["a","b"]', output: '["x","y"]' });
    expect(two).toMatchObject({ expected: null, output: null });
    expect(one?.promptFingerprint).not.toBe(two?.promptFingerprint);
  });

  test('without id or evaluation is a problem of its line', async () => {
    const { problems } = await importTexts(everyEvalEverImporter, {
      'r.jsonl': lines(row('1'), row('2', { sample_id: null }), row('3', { evaluation: 1 })),
    });
    expect(problems).toEqual([
      '"sample_id" is missing or of another type, which every instance row has (r.jsonl:2)',
      '"evaluation" is missing or of another type, which every instance row has (r.jsonl:3)',
    ]);
  });
});

const real = sharedPath('importers', 'every-eval-ever');
if (real === null) console.warn('skipped: the real Every Eval Ever files are not here');

describe.skipIf(real === null)('the real files', () => {
  const text = (name: string): string => readFileSync(`${real}/${name}`, 'utf8');

  test('hold one row, demo_0001, score 1, correct, subject arithmetic, under an aggregate of 0.75', async () => {
    const files = {
      'demo-aggregate.json': text('demo-aggregate.json'),
      'demo_samples.jsonl': text('demo_samples.jsonl'),
    };
    for (const [name, one] of Object.entries(files)) {
      expect(everyEvalEverImporter.recognises(textFile(name, one))).toBe(true);
    }
    const { results, summary, problems } = await importTexts(everyEvalEverImporter, files);
    expect(problems).toEqual([]);
    expect(results).toMatchObject([
      {
        run: 'demo-source/demo-org_demo-model/1750000000 demo-source.demo_bench',
        caseId: 'demo_0001',
        status: 'scored',
        passed: true,
        score: 1,
        scores: { accuracy: 1 },
        input: 'What is 2 + 2?',
        expected: '4',
        output: 'The answer is 4.',
        inputTokens: 12,
        outputTokens: 5,
        totalTokens: 17,
        model: 'demo-org/demo-model',
        tags: { subject: 'arithmetic' },
        line: 1,
      },
    ]);
    expect(summary.ownNumbers).toMatchObject([{ name: 'demo-source.demo_bench', value: 0.75, ours: 1 }]);
    expect(summary.metrics).toMatchObject([{ name: 'accuracy', direction: 'higher', primary: true }]);
  });

  test('cut off or damaged, name file and line', async () => {
    const samples = text('demo_samples.jsonl');
    const aggregate = text('demo-aggregate.json');
    const cut = await importTexts(everyEvalEverImporter, { 's.jsonl': samples.slice(0, 300) });
    expect(cut.problems).toHaveLength(1);
    expect(cut.problems[0]).toContain('(s.jsonl:1)');
    const header = await importTexts(everyEvalEverImporter, {
      'a.json': aggregate.slice(0, 600),
      's.jsonl': samples,
    });
    expect(header.problems[0]).toMatch(/\(a\.json:\d+\)$/);
    const broken = await importTexts(everyEvalEverImporter, {
      'a.json': aggregate.replace('"evaluation_id": ', '"evaluation_id": ?'),
      's.jsonl': samples,
    });
    expect(broken.problems[0]).toContain('(a.json:3)');
  });
});
