import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { importTexts, textFile } from '../../../../test/import-texts.ts';
import { sharedPath } from '../../../../test/shared-folder.ts';
import { lmEvalImporter } from './importer.ts';
import { namePartsOf } from './sample-file.ts';

const DATE = '2026-01-21T03-44-18.458309';
const SAMPLES = `gpt2/samples_arc_2026-01-21T03-44-18.458309.jsonl`;
const RESULTS = `gpt2/results_${DATE}.json`;

const row = (id: number, more: object = {}) => ({
  doc_id: id,
  doc: { question: `question ${id}`, subject: 'physics', choices: ['a', 'b'] },
  target: 1,
  arguments: { gen_args_0: { arg_0: `Q${id}`, arg_1: ' a' }, gen_args_1: { arg_0: `Q${id}`, arg_1: ' b' } },
  resps: [[['-3.5', 'False']], [['-1.25', 'True']]],
  filtered_resps: [
    ['-3.5', 'False'],
    ['-1.25', 'True'],
  ],
  filter: 'none',
  metrics: ['acc', 'acc_norm'],
  doc_hash: `doc${id}`,
  prompt_hash: `prompt${id}`,
  target_hash: `target${id}`,
  acc: 1,
  acc_norm: 0,
  ...more,
});
const lines = (...rows: readonly object[]): string => rows.map((one) => `${JSON.stringify(one)}\n`).join('');
const header = (more: object = {}) =>
  JSON.stringify({
    results: { arc: { alias: 'arc', 'acc,none': 0.5, 'acc_stderr,none': 0.1, 'acc_norm,none': 0.25 } },
    group_subtasks: { arc: [] },
    configs: { arc: { metric_list: [{ metric: 'acc', aggregation: 'mean' }] } },
    higher_is_better: { arc: { acc: true, acc_norm: true } },
    'n-samples': { arc: { original: 4, effective: 2 } },
    model_name: 'openai/gpt2',
    model_name_sanitized: 'openai__gpt2',
    ...more,
  });

describe('names of files', () => {
  test.each([
    [SAMPLES, { task: 'arc', dateId: DATE, folder: 'gpt2' }],
    [
      'samples_a_b_2026-01-21T03-44-18.jsonl.gz',
      { task: 'a_b', dateId: '2026-01-21T03-44-18', folder: null },
    ],
    ['samples_mine.jsonl', { task: 'mine', dateId: null, folder: null }],
    [`x/results_${DATE}.json`, { task: null, dateId: DATE, folder: 'x' }],
    ['rows.jsonl', { task: null, dateId: null, folder: null }],
  ])('%s', (label, parts) => {
    expect(namePartsOf(label)).toEqual(parts);
  });
});

describe('a samples file with its results file', () => {
  test('a question with several answers gives the position of the likeliest, tags, prompt hash and both metrics', async () => {
    const { results, problems } = await importTexts(lmEvalImporter, {
      [RESULTS]: header({ git_hash: 'a1b2c3d' }),
      [SAMPLES]: lines(row(0)),
    });
    expect(problems).toEqual([]);
    expect(results).toEqual([
      {
        run: `openai__gpt2:arc@${DATE}`,
        caseId: 'doc0',
        trial: '1',
        status: 'scored',
        passed: true,
        score: 1,
        scores: { acc: 1, acc_norm: 0 },
        input: 'Q0',
        expected: '1',
        output: '1',
        model: 'openai/gpt2',
        tags: { question: 'question 0', subject: 'physics', task: 'arc' },
        extra: { doc_id: '0', choice: ' b' },
        promptFingerprint: 'prompt0',
        codeFingerprint: 'a1b2c3d',
        line: 1,
      },
    ]);
  });

  test('files in the other order give the same results', async () => {
    const files = { [RESULTS]: header(), [SAMPLES]: lines(row(0), row(1, { acc: 0 })) };
    const there = await importTexts(lmEvalImporter, files);
    const back = await importTexts(lmEvalImporter, Object.fromEntries(Object.entries(files).toReversed()));
    expect(back).toEqual(there);
    expect(there.results.map(({ passed }) => passed)).toEqual([true, false]);
  });

  test('its own numbers stand beside ours, with the reason where the header counts other samples', async () => {
    const rows = lines(row(0), row(1, { acc: 0 }));
    const full = await importTexts(lmEvalImporter, { [RESULTS]: header(), [SAMPLES]: rows });
    expect(full.summary.ownNumbers).toEqual([
      { run: `openai__gpt2:arc@${DATE}`, name: 'samples', value: 2, ours: 2, reason: null },
      { run: `openai__gpt2:arc@${DATE}`, name: 'acc,none', value: 0.5, ours: 0.5, reason: null },
      { run: `openai__gpt2:arc@${DATE}`, name: 'acc_norm,none', value: 0.25, ours: 0, reason: null },
    ]);
    const part = await importTexts(lmEvalImporter, { [RESULTS]: header(), [SAMPLES]: lines(row(0)) });
    expect(part.summary.ownNumbers.map(({ reason }) => reason)).toEqual(
      Array.from({ length: 3 }, () => 'header counts 2 samples, the file has 1'),
    );
    expect(part.summary.runs[0]?.facts).toContainEqual(['acc_stderr,none', '0.1']);
  });

  test('tasks of the header without samples are named', async () => {
    const { summary } = await importTexts(lmEvalImporter, {
      [RESULTS]: header({ results: { arc: {}, mmlu: {} } }),
      [SAMPLES]: lines(row(0)),
    });
    expect(summary.notes).toContain(`${RESULTS} names tasks whose samples were not given: mmlu`);
  });
});

describe('a samples file', () => {
  test('each filter is a run, so that a document is not counted twice', async () => {
    const one = {
      doc_id: 0,
      doc: {},
      target: '4',
      arguments: [['2 + 2', {}]],
      metrics: ['exact_match'],
      doc_hash: 'd',
    };
    const { results, summary } = await importTexts(lmEvalImporter, {
      'm/samples_gsm8k_2026-01-21T03-44-18.jsonl': lines(
        { ...one, resps: [['is 4']], filtered_resps: ['[invalid]'], filter: 'strict-match', exact_match: 0 },
        { ...one, resps: [['is 4']], filtered_resps: ['4'], filter: 'flexible-extract', exact_match: 1 },
      ),
    });
    expect(
      results.map(({ run, caseId, trial, passed, input, output }) => [
        run,
        caseId,
        trial,
        passed,
        input,
        output,
      ]),
    ).toEqual([
      ['m:gsm8k:strict-match@2026-01-21T03-44-18', 'd', '1', false, '2 + 2', '[invalid]'],
      ['m:gsm8k:flexible-extract@2026-01-21T03-44-18', 'd', '1', true, '2 + 2', '4'],
    ]);
    expect(summary.notes[0]).toBe(
      'no results file of the same date was given for gsm8k; the direction of its metrics is unknown',
    );
    expect(summary.notes[1]).toBe(
      'gsm8k was scored under 2 filters (strict-match, flexible-extract); each is a run of its own',
    );
  });

  test('tuples are no score: perplexity is kept as text and the rows are unscored', async () => {
    const { results, summary } = await importTexts(lmEvalImporter, {
      [SAMPLES]: lines({
        doc_id: 0,
        doc: { page: 'text' },
        target: 'text',
        arguments: [['']],
        resps: [[-7.5]],
        filtered_resps: [-7.5],
        metrics: ['word_perplexity'],
        word_perplexity: [-7.5, 3],
      }),
    });
    expect(results[0]).toMatchObject({
      status: 'unscored',
      passed: null,
      score: null,
      scores: {},
      caseId: 'arc/0',
    });
    expect(results[0]?.extra).toMatchObject({ word_perplexity: '[-7.5,3]' });
    expect(summary.notes.join()).toContain('word_perplexity of arc is no single number per row');
  });

  test('graded metrics have no verdict, whatever single rows have', async () => {
    const { results } = await importTexts(lmEvalImporter, {
      [SAMPLES]: lines(row(0, { metrics: ['f1'], f1: 1 }), row(1, { metrics: ['f1'], f1: 0.4 })),
    });
    expect(results.map(({ passed, score }) => [passed, score])).toEqual([
      [null, 1],
      [null, 0.4],
    ]);
  });

  test('where less is better, 0 passes', async () => {
    const { results, summary } = await importTexts(lmEvalImporter, {
      [RESULTS]: header({ higher_is_better: { arc: { acc: false } } }),
      [SAMPLES]: lines(row(0), row(1, { acc: 0 })),
    });
    expect(results.map(({ passed }) => passed)).toEqual([false, true]);
    expect(summary.metrics.find(({ name }) => name === 'acc')?.direction).toBe('lower');
  });

  test('log-likelihoods behind a perplexity are better when higher, although the header says lower', async () => {
    const { summary } = await importTexts(lmEvalImporter, {
      [RESULTS]: header({
        results: { arc: { 'perplexity,none': 12 } },
        configs: { arc: { metric_list: [{ metric: 'perplexity', aggregation: 'perplexity' }] } },
        higher_is_better: { arc: { perplexity: false } },
      }),
      [SAMPLES]: lines(row(0, { metrics: ['perplexity'], perplexity: -2.5 })),
    });
    expect(summary.metrics).toMatchObject([{ name: 'perplexity', direction: 'higher', mean: -2.5 }]);
    expect(summary.ownNumbers.at(-1)).toMatchObject({
      name: 'perplexity,none',
      value: 12,
      ours: null,
      reason: 'not the mean of one number per row',
    });
  });

  test('the metric that the user names decides', async () => {
    const { results } = await importTexts(lmEvalImporter, { [SAMPLES]: lines(row(0)) }, 'acc_norm');
    expect(results[0]).toMatchObject({ passed: false, score: 0 });
  });

  test('the same document again is a trial, not a case', async () => {
    const { results } = await importTexts(lmEvalImporter, {
      [SAMPLES]: lines(row(0), row(9, { doc_hash: 'doc0' })),
    });
    expect(results.map(({ caseId, trial }) => [caseId, trial])).toEqual([
      ['doc0', '1'],
      ['doc0', '2'],
    ]);
  });

  test('mutual information asks twice; only the first half are answers', async () => {
    const { results } = await importTexts(lmEvalImporter, {
      [SAMPLES]: lines(
        row(0, {
          metrics: ['acc', 'acc_mutual_info'],
          acc_mutual_info: 1,
          filtered_resps: [
            [-3, false],
            [-9, false],
            [-1, true],
            [-2, true],
          ],
        }),
      ),
    });
    expect(results[0]?.output).toBe('0');
  });

  test.each([
    [
      'a line that is no row',
      '{"doc_id":0}\n[1]\n',
      '"line" is missing or of another type, expected an object',
      2,
    ],
    [
      'a metric that is named and not there',
      lines(row(0), row(1, { acc: undefined })),
      '"acc" is missing',
      2,
    ],
    [
      'metrics that are no list',
      lines(row(0, { metrics: 'acc' })),
      '"metrics" is missing or of another type',
      1,
    ],
    ['a row without a document', lines({ filtered_resps: ['x'], metrics: [] }), '"doc_id" is missing', 1],
  ])('%s is a problem of its line', async (_, text, message, line) => {
    const { problems } = await importTexts(lmEvalImporter, { [SAMPLES]: text });
    expect(problems.join('\n')).toContain(message);
    expect(problems.at(-1)).toContain(`(${SAMPLES}:${line})`);
  });
});

const real = sharedPath('importers', 'lm-eval');
if (real === null) console.warn('skipped: the real lm-eval files are not here');

describe.skipIf(real === null)('the real files', () => {
  const samples = `samples_math_perturbed_full_${DATE}.jsonl`;
  const results = `results_${DATE}.json`;
  const text = (name: string): string => readFileSync(`${real}/${name}`, 'utf8');

  test('hold 10 rows, documents 0 to 9, exact_match 0, level and type, beside a header of 5000', async () => {
    for (const name of [samples, results])
      expect(lmEvalImporter.recognises(textFile(name, text(name)))).toBe(true);
    const found = await importTexts(lmEvalImporter, { [samples]: text(samples), [results]: text(results) });
    expect(found.problems).toEqual([]);
    expect(found.results.map(({ extra }) => extra?.doc_id)).toEqual([...'0123456789']);
    expect(new Set(found.results.map(({ score, passed, status }) => [score, passed, status].join()))).toEqual(
      new Set(['0,false,scored']),
    );
    expect(found.results[0]).toMatchObject({
      caseId: '7193b975fe3f4bf6159e1031c2f9c6ac8ee72053be21c4cdc5cc87b55924c050',
      expected: '3',
      tags: { level: 'Level 3', type: 'Algebra', task: 'math_perturbed_full' },
      promptFingerprint: '3f18eaa751009278a0c5f004183d17634a0bfbccd3888bddcbaefecf0c5358d8',
    });
    expect(found.results[0]?.input).toMatch(/^Problem: How many vertical asymptotes .*Solution:$/s);
    expect(found.summary.runs).toMatchObject([{ rows: 10, cases: 10, scored: 10, passed: 0, maxTrials: 1 }]);
    expect(found.summary.metrics).toMatchObject([
      { name: 'exact_match', direction: 'higher', primary: true, mean: 0 },
    ]);
    expect(found.summary.ownNumbers).toMatchObject([
      { name: 'samples', value: 5000, ours: 10, reason: 'header counts 5000 samples, the file has 10' },
      { name: 'exact_match,none', value: 0, ours: 0, reason: 'header counts 5000 samples, the file has 10' },
    ]);
    expect(found.summary.notes).toEqual([
      `${results} names tasks whose samples were not given: math_rephrased_full`,
    ]);
  });

  test('cut off or damaged, name file and line', async () => {
    const whole = text(samples);
    const cut = await importTexts(lmEvalImporter, { [samples]: whole.slice(0, -200) });
    expect(cut.problems).toHaveLength(1);
    expect(cut.problems[0]).toContain(`(${samples}:10)`);
    const damaged = whole.split('\n');
    damaged[4] = damaged[4]!.replace('"doc_id": 4', '"doc_id": ,4');
    const broken = await importTexts(lmEvalImporter, { [samples]: damaged.join('\n') });
    expect(broken.problems).toHaveLength(1);
    expect(broken.problems[0]).toContain(`(${samples}:5)`);
    expect(broken.results).toHaveLength(9);
    const header = await importTexts(lmEvalImporter, {
      [samples]: whole,
      [results]: text(results).slice(0, 4000),
    });
    expect(header.problems[0]).toMatch(new RegExp(`\\(${results.replaceAll('.', '\\.')}:\\d+\\)`));
  });
});
