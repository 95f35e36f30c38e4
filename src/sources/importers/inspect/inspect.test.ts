/** Inspect logs: what real ones hold, what only written ones can show, and what is wrong with damaged ones. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diskFile, type Imported, importTexts, textFile } from '../../../../test/import-texts.ts';
import { sharedPath } from '../../../../test/shared-folder.ts';
import type { ImportFile } from '../importer.ts';
import { zipOf } from '../zip/test-zip.ts';
import { inspectImporter } from './importer.ts';
import { archiveFile, archiveFileOf, archiveOf, folderMembers, log, sample } from './test-logs.ts';

const read = (files: readonly ImportFile[], score: string | null = null): Promise<Imported> =>
  importTexts(inspectImporter, files, score);
const readLog = (value: unknown, score: string | null = null): Promise<Imported> =>
  read([textFile('a.json', JSON.stringify(value))], score);
/** Own number by name: what the log states, and ours. */
const own = ({ summary }: Imported): Record<string, [number, number | null]> =>
  Object.fromEntries(summary.ownNumbers.map(({ name, value, ours }) => [name, [value, ours]]));

const real = sharedPath('importers', 'inspect');

describe.skipIf(real === null)('Real Inspect logs', () => {
  const file = (name: string): ImportFile => diskFile(join(real!, name));

  it('keep a leading blank of the target, and reductions in their old place', async () => {
    const found = await read([file('log_formats.json')]);
    expect(found.problems).toEqual([]);
    expect(found.results).toHaveLength(1);
    expect(found.results[0]).toMatchObject({
      ...{
        run: 'popularity: ollama/llama3.1',
        caseId: '1',
        trial: '1',
        status: 'scored',
        passed: false,
        score: 0,
      },
      ...{ expected: ' Yes', output: 'No', inputTokens: 66, outputTokens: 2, totalTokens: 68 },
      tags: { label_confidence: '0.8860552919198255', task: 'popularity' },
      extra: { answer: 'No', turns: '1', tool_calls: '0', stop_reason: 'stop' },
      line: 99,
    });
    expect(own(found)).toMatchObject({ 'match accuracy': [0, 0], 'match stderr': [0, 0] });
    expect(own(found)['match values reduced over epochs']).toEqual([1, 1]);
    expect(found.summary.unmapped).toEqual([]);
  });

  it('keep the scored samples of a cancelled eval, and say that it was cancelled', async () => {
    const found = await read([file('popularity_3samples.json')]);
    expect(found.results.map(({ caseId, passed, score }) => [caseId, passed, score])).toEqual([
      ['1', true, 1],
      ['2', true, 1],
      ['3', false, 0],
    ]);
    const [run] = found.summary.runs;
    expect(run!.facts).toContainEqual(['status', 'cancelled']);
    expect(found.summary.notes.join()).toContain('the eval ended as cancelled');
    const numbers = own(found);
    expect(numbers['match accuracy']).toEqual([0.6666666666666666, 2 / 3]);
    expect(numbers['match stderr']![1]).toBeCloseTo(0.33333333333333337, 12);
    expect(found.results[0]!.tags).toMatchObject({
      'nested.foo': 'bar',
      label_confidence: '0.8860552919198255',
    });
    expect(found.results[0]!.latencyMs).toBeGreaterThan(0);
    expect(found.summary.unmapped.map(({ field }) => field)).toContain('events');
  });

  it('give no rows, no pass and a note where the log has no samples', async () => {
    const found = await read([file('no_samples.json')]);
    expect([found.results, found.problems]).toEqual([[], []]);
    expect(found.summary.runs[0]).toMatchObject({ rows: 0, passed: 0 });
    expect(found.summary.notes.join()).toContain('the log holds no samples');
    expect(own(found)['match accuracy']).toEqual([0.6666666666666666, null]);
    expect(found.summary.ownNumbers[0]).toMatchObject({
      ...{ name: 'total samples', value: 3, ours: 0 },
      reason: 'the header counts 3 samples, the file has 0',
    });
  });

  it('call a sample without scores unscored, whatever the header claims', async () => {
    const found = await read([file('log_tool_call_error.json')]);
    expect(found.results).toHaveLength(1);
    expect(found.results[0]).toMatchObject({ trial: '4', status: 'unscored', passed: null, score: null });
    expect(own(found)['includes accuracy']).toEqual([1, null]);
    expect(own(found)['total samples']).toEqual([4, 1]);
  });

  it('count right answers of a multiple choice eval', async () => {
    const found = await read([file('eee_arc_qwen.json')]);
    expect(found.results.map(({ caseId, passed }) => [caseId, passed])).toEqual([
      ['1', true],
      ['2', false],
      ['3', false],
    ]);
    expect(found.results[0]!.extra!.choices).toMatch(/^\["/);
    expect(own(found)).toMatchObject({
      'choice scored samples': [3, 3],
      'choice accuracy': [1 / 3, 1 / 3],
      'choice values reduced over epochs': [3, 3],
    });
  });

  for (const method of ['deflate', 'zstd', 'zstd-frames'] as const) {
    it(`that are archives count ids, not ids times epochs (${method})`, async () => {
      const members = folderMembers(join(real!, 'log_streaming.eval.members'), method);
      const archive = archiveFileOf('log.eval', members);
      expect(await inspectImporter.recognises(archive)).toBe(true);
      const found = await read([archive]);
      expect(found.problems).toEqual([]);
      expect(found.results.map(({ caseId, trial, score }) => [caseId, trial, score])).toEqual([
        ['1', '1', 0],
        ['1', '2', 1],
        ['2', '1', 1],
        ['2', '2', 1],
      ]);
      expect(found.summary.runs[0]).toMatchObject({ rows: 4, cases: 2, maxTrials: 2 });
      expect(own(found)).toMatchObject({
        'match accuracy': [0.75, 0.75],
        'match stderr': [0.25, 0.25],
        'match values reduced over epochs': [2, 2],
      });
    });
  }

  it('are recognised by what they hold', () => {
    for (const name of [
      'log_formats',
      'popularity_3samples',
      'no_samples',
      'log_tool_call_error',
      'eee_arc_qwen',
    ]) {
      expect(
        inspectImporter.recognises(textFile('x', readFileSync(join(real!, `${name}.json`), 'utf8'))),
      ).toBe(true);
    }
  });

  it('that are cut off or damaged name the file and the place', async () => {
    const names = ['log_formats', 'popularity_3samples', 'log_tool_call_error', 'eee_arc_qwen', 'no_samples'];
    for (const name of names) {
      const text = readFileSync(join(real!, `${name}.json`), 'utf8');
      for (const share of [0.05, 0.3, 0.5, 0.77, 0.9, 0.99]) {
        const cut = text.slice(0, Math.floor(text.trimEnd().length * share));
        const { problems } = await read([textFile(`${name}.json`, cut)]);
        expect(problems.length).toBe(1);
        for (const problem of problems) expect(problem).toMatch(new RegExp(`\\(${name}\\.json:\\d+\\)`));
      }
    }
  });
});

describe('A log written by inspect_ai 0.3.285 with three epochs', () => {
  const fixture = readFileSync(join(import.meta.dirname, 'fixtures', 'epochs-0.3.285.txt'), 'utf8');

  it('gives every number of its own header: five reducers, clusters, spread, values by key, NaN', async () => {
    const found = await read([textFile('epochs.json', fixture)]);
    expect(found.problems).toEqual([]);
    const header = JSON.parse(fixture.replaceAll('NaN', 'null')) as {
      results: { scores: { metrics: object; scored_samples: number }[] };
      reductions: { samples: object[] }[];
    };
    const stated = header.results.scores.flatMap(({ metrics }) => Object.values(metrics));
    // Two counts of samples, two counts per score, all metrics, and all reductions.
    expect(found.summary.ownNumbers).toHaveLength(2 + 2 * 20 + stated.length + header.reductions.length);
    expect(stated).toHaveLength(50);
    for (const { name, value, ours, reason } of found.summary.ownNumbers) {
      expect([name, reason]).toEqual([name, null]);
      expect(Math.abs(ours! - value)).toBeLessThanOrEqual(1e-9);
    }
  });

  it('leaves NaN unscored and errors as errors', async () => {
    const { results, summary } = await read([textFile('epochs.json', fixture)], 'graded');
    const nan = fixture.slice(0, fixture.indexOf('"reductions"')).match(/NaN/g)!.length;
    expect(results.filter(({ status }) => status === 'unscored')).toHaveLength(nan);
    expect(results.filter(({ status }) => status === 'error').map(({ caseId }) => caseId)).toEqual(
      Array(3).fill('id-6'),
    );
    expect(summary.runs[0]).toMatchObject({
      rows: 30,
      cases: 10,
      scored: 27 - nan,
      errors: 3,
      unscored: nan,
    });
    expect(results[0]).toMatchObject({ cluster: 'y', passed: null });
  });
});

describe('Values of scores', () => {
  it.each<[unknown, number | null, boolean | null, string]>([
    ['C', 1, true, 'scored'],
    ['P', 0.5, false, 'scored'],
    ['I', 0, false, 'scored'],
    ['N', 0, false, 'scored'],
    ['Yes', 1, true, 'scored'],
    ['FALSE', 0, false, 'scored'],
    [true, 1, true, 'scored'],
    [1, 1, true, 'scored'],
    [0.25, 0.25, false, 'scored'],
    [' 0.5 ', 0.5, false, 'scored'],
    ['B', null, null, 'unscored'],
    ['', null, null, 'unscored'],
    [null, null, null, 'unscored'],
  ])('%j is %j', async (value, score, passed, status) => {
    const { results } = await readLog(log([sample(1, { scores: { match: { value } } })]));
    expect(results[0]).toMatchObject({ score, passed, status });
  });

  it('that are degrees pass nothing where the author measures a mean', async () => {
    const header = log([sample(1, { scores: { f1: { value: 1 } } })]);
    const scorers = [{ name: 'f1', metrics: [{ name: 'inspect_ai/mean' }] }];
    const { results } = await readLog({ ...header, eval: { ...(header.eval as object), scorers } });
    expect(results[0]).toMatchObject({ score: 1, passed: null, status: 'scored' });
  });

  it('that spell no number are told, with what Inspect makes of them', async () => {
    const found = await readLog(
      log([sample(1, { scores: { match: { value: 'B' } } }), sample(2)], {
        results: {
          total_samples: 2,
          scores: [{ name: 'match', scorer: 'match', metrics: { accuracy: { value: 0.5 } } }],
        },
      }),
    );
    expect(found.summary.notes.join()).toContain('such as "B" spell no number');
    expect(found.summary.ownNumbers.find(({ name }) => name === 'match accuracy')).toMatchObject({
      ours: 1,
      reason: 'values such as "B" are no numbers: unscored here, 0 in Inspect',
    });
  });

  it('of several kinds are several metrics; the first is the one that decides unless another is named', async () => {
    const scores = { rubric: { value: { tone: 0.2, facts: 'C' } }, pair: { value: [1, 0] } };
    const value = log([sample(1, { scores })], {
      results: { scores: [{ name: 'facts', scorer: 'rubric', metrics: { accuracy: { value: 1 } } }] },
    });
    const found = await readLog(value);
    expect(found.results[0]).toMatchObject({ score: 1, passed: true });
    expect(found.results[0]!.scores).toEqual({
      'rubric.tone': 0.2,
      'rubric.facts': 1,
      'pair.1': 1,
      'pair.2': 0,
    });
    expect(own(found)).toMatchObject({ 'rubric.facts accuracy': [1, 1] });
    expect((await readLog(value, 'pair.2')).results[0]).toMatchObject({ score: 0 });
    expect((await readLog(value, 'rubric')).results[0]).toMatchObject({ score: 0.2 });
    expect((await readLog(value, 'nothing')).problems.join()).toContain('has a score "nothing"');
  });

  it('follow the headline of newer logs', async () => {
    const scores = { a: { value: 0 }, b: { value: 1 } };
    const results = {
      scores: ['a', 'b'].map((name) => ({ name, scorer: name, metrics: { mean: { value: 0 } } })),
      headline: { scorer: 'b', score: 'b', metric: 'mean' },
    };
    expect((await readLog(log([sample(1, { scores })], { results }))).results[0]).toMatchObject({ score: 1 });
  });

  it('under the old key "score" belong to the scorer that the header names', async () => {
    const { scores, ...rest } = sample(1);
    const old = log([{ ...rest, score: { value: 'C' } }], {
      results: {
        scorer: { name: 'match' },
        metrics: { accuracy: { name: 'accuracy', value: 1, options: {} } },
      },
    });
    const found = await readLog(old);
    expect(scores).toBeDefined();
    expect(found.results[0]).toMatchObject({ scores: { match: 1 }, passed: true });
    expect(own(found)['match accuracy']).toEqual([1, 1]);
  });

  it('that a person edited count as edited, and the edits are kept', async () => {
    const history = [
      { value: 'I', answer: 'no', explanation: 'UNCHANGED', provenance: null },
      { value: 'C', answer: 'UNCHANGED', provenance: { author: 'ana', reason: 'right in Spanish' } },
      { value: 'UNCHANGED', explanation: 'checked', provenance: { author: 'ben' } },
    ];
    const scores = { match: { value: 'I', answer: 'no', explanation: 'equal', history } };
    const { results } = await readLog(log([sample(1, { scores })]));
    expect(results[0]).toMatchObject({
      score: 1,
      passed: true,
      extra: { answer: 'no', explanation: 'checked' },
    });
    expect(JSON.parse(results[0]!.extra!.score_edits as string)).toEqual([
      { score: 'match', ...history[1] },
      { score: 'match', ...history[2] },
    ]);
  });
});

describe('Samples', () => {
  it('that were invalidated are left out with who did it and why', async () => {
    const invalidation = { author: 'ana', reason: 'sandbox was down', timestamp: '2026-01-01' };
    const { results, summary } = await readLog(
      log([sample(1, { invalidation }), sample(2)], { invalidated: true }),
    );
    expect(results.map(({ caseId }) => caseId)).toEqual(['2']);
    expect(summary.dropped).toEqual([
      {
        reason: 'invalidated by ana: sandbox was down',
        count: 1,
        examples: ['sample 1, epoch 1 of quiz: maker/model'],
      },
    ]);
  });

  it('that hit a limit are scored and tagged, that failed are errors', async () => {
    const { results } = await readLog(
      log([
        sample(1, { limit: { type: 'token', limit: 100 } }),
        sample(2, { error: { message: 'boom', traceback: '...' }, scores: {} }),
      ]),
    );
    expect(results[0]).toMatchObject({
      status: 'scored',
      tags: { limit: 'token', topic: 'a', task: 'quiz' },
    });
    expect(results[1]).toMatchObject({ status: 'error', error: 'boom', passed: null, score: null });
  });

  it('have their attachments put back where they stand', async () => {
    const { results, summary } = await readLog(
      log([
        sample(1, {
          input: [
            { role: 'system', content: 'attachment://s' },
            {
              role: 'user',
              content: [
                { type: 'text', text: 'tc://u' },
                { type: 'image', image: 'attachment://i' },
              ],
            },
          ],
          output: {
            choices: [
              {
                message: {
                  content: [
                    { type: 'reasoning', reasoning: 'secret' },
                    { type: 'text', text: 'attachment://lost' },
                  ],
                },
              },
            ],
          },
          attachments: { s: 'Be brief.', u: 'What is this?' },
        }),
      ]),
    );
    expect(results[0]).toMatchObject({
      input: 'system: Be brief.\n\nuser: What is this?\n[image]',
      output: 'attachment://lost',
    });
    expect(summary.notes.join()).toContain('attachments that the log does not hold');
  });

  it('tell the last answer, tools, tokens and cost without those of the grader', async () => {
    const usage = (tokens: number, cost: number): object => ({
      ...{ input_tokens: tokens, output_tokens: tokens, total_tokens: 2 * tokens, total_cost: cost },
    });
    const call = { id: 'x', function: 'bash', arguments: {} };
    const { results } = await readLog(
      log([
        sample(1, {
          messages: [
            { role: 'assistant', content: 'first', tool_calls: [call, call, { ...call, function: 'web' }] },
            { role: 'tool', content: 'out' },
            { role: 'assistant', content: 'second' },
          ],
          output: { choices: [] },
          total_time: 1.5,
          working_time: 1,
          model_usage: { a: usage(10, 0.5), b: usage(7, 0.25) },
          role_usage: { grader: usage(7, 0.25) },
          started_at: '2026-01-01T00:00:00+00:00',
          error_retries: [{ message: 'x' }],
        }),
      ]),
    );
    expect(results[0]).toMatchObject({
      ...{ output: 'second', latencyMs: 1500, inputTokens: 10, totalTokens: 20, costUsd: 0.5 },
      timestamp: '2026-01-01T00:00:00+00:00',
      extra: {
        ...{ turns: '2', tool_calls: '3', tools: ['bash', 'web'], working_ms: '1000' },
        ...{ grader_cost_usd: '0.25', retries: '1' },
      },
    });
  });

  it('with number and text ids of the same spelling are one case, which is told', async () => {
    const { results, problems } = await readLog(log([sample(1), sample('1'), sample(1, { epoch: 2 })]));
    expect(results).toHaveLength(2);
    expect(problems).toEqual(['the sample "1" of epoch 1 is in the log twice (a.json:1)']);
  });
});

describe('Runs', () => {
  it('have fingerprints that change with scorer, grader, solver and data set, and with nothing else', async () => {
    const base = log([sample(1)]);
    const prints = async (
      change: (spec: Record<string, unknown>) => object,
      more: object = {},
    ): Promise<unknown[]> => {
      const spec = base.eval as Record<string, unknown>;
      const { results } = await readLog({ ...base, ...more, eval: { ...spec, ...change(spec) } });
      const [first] = results;
      return [first!.judgeFingerprint, first!.datasetFingerprint, first!.promptFingerprint];
    };
    const plain = await prints(() => ({}));
    const changed = async (...about: Parameters<typeof prints>): Promise<boolean[]> =>
      (await prints(...about)).map((print, at) => print !== plain[at]);
    expect(plain.every((print) => /^[0-9a-f]{16}$/.test(print as string))).toBe(true);
    expect(await changed(() => ({ model: 'other', eval_id: 'E2', created: 'later' }))).toEqual([
      false,
      false,
      false,
    ]);
    expect(await changed(() => ({ model_roles: { grader: { model: 'judge-2' } } }))).toEqual([
      true,
      false,
      false,
    ]);
    expect(await changed(() => ({ scorers: [{ name: 'match', options: { location: 'end' } }] }))).toEqual([
      ...[true, false, false],
    ]);
    expect(await changed(() => ({ dataset: { name: 'quiz', samples: 11 } }))).toEqual([false, true, false]);
    const plan = { steps: [{ solver: 'generate', params: { tool_calls: 'none' } }] };
    expect(await changed(() => ({}), { plan })).toEqual([false, false, true]);
  });

  it.each([
    [{ revision: { type: 'git', origin: 'o', commit: 'abc123' } }, 'abc123'],
    [{ revision: { type: 'git', commit: 'abc123', dirty: true } }, 'abc123 with uncommitted changes'],
    [{ revision: null }, null],
    [{}, null],
  ])('with %j have the code fingerprint %s', async (more, wanted) => {
    const base = log([sample(1)]);
    const { results } = await readLog({ ...base, eval: { ...(base.eval as object), ...more } });
    expect(results[0]!.codeFingerprint).toBe(wanted);
  });

  it('of several files have names of their own; the same log twice is a problem', async () => {
    const one = log([sample(1)]);
    const spec = one.eval as object;
    const text = (more: object): string => JSON.stringify({ ...one, eval: { ...spec, ...more } });
    const files = [
      textFile('a.json', text({})),
      textFile('b.json', text({ eval_id: 'E2' })),
      textFile('c.json', text({ model: 'other' })),
      textFile('d.json', text({ eval_id: 'E2' })),
    ];
    const { results, problems } = await read(files);
    expect(results.map(({ run }) => run)).toEqual([
      'quiz: maker/model (E1)',
      'quiz: maker/model (E2)',
      'quiz: other',
    ]);
    expect(problems).toEqual(['the log of the eval "E2" is given twice (d.json:undefined)']);
  });

  it('are found where the header stands after the samples', async () => {
    const { samples, ...header } = log([sample(1)]);
    const { results, problems } = await readLog({ samples, reductions: [], ...header });
    expect([results.length, problems]).toEqual([1, []]);
    expect(results[0]).toMatchObject({ run: 'quiz: maker/model', passed: true });
  });

  it('tell their task arguments, version, commit and error', async () => {
    const value = log([sample(1)]);
    const spec = {
      ...(value.eval as object),
      task_args: { difficulty: 'hard', n: { a: 1 } },
      revision: { commit: 'abc', dirty: true },
      packages: { inspect_ai: '0.3.1' },
      tags: ['x', 'y'],
    };
    const { summary } = await readLog(
      log([sample(1)], { eval: spec, status: 'error', error: { message: 'stopped' } }),
    );
    expect(summary.runs[0]!.facts).toEqual(
      expect.arrayContaining([
        ['status', 'error'],
        ['error', 'stopped'],
        ['task argument difficulty', 'hard'],
        ['task argument n.a', '1'],
        ['commit', 'abc'],
        ['uncommitted changes', 'true'],
        ['inspect_ai', '0.3.1'],
        ['tags', 'x, y'],
      ]),
    );
  });
});

describe('Archives', () => {
  const whole = log([sample(1), sample('a/b'), sample('é "x"', { epoch: 2 })]);

  it('give what the JSON log gives', async () => {
    const json = await readLog(whole);
    for (const method of ['stored', 'deflate', 'zstd'] as const) {
      const found = await read([archiveFileOf('a.eval', archiveOf(whole, method))]);
      expect(found.problems).toEqual([]);
      expect(found.results.map((result) => ({ ...result, line: 1 }))).toEqual(json.results);
      expect(found.summary).toEqual(json.summary);
    }
  });

  it('of an eval that was stopped hard give the samples that were written', async () => {
    const members = archiveOf(whole).filter(({ name }) => !['header.json', 'summaries.json'].includes(name));
    const found = await read([archiveFileOf('a.eval', members)]);
    expect([found.results.length, found.problems]).toEqual([3, []]);
    expect(found.summary.runs[0]!.facts[0]).toEqual(['status', 'started']);
    expect(found.summary.notes.join()).toContain('the log was not finished');
  });

  it('take the last member of a name, as Inspect does when it runs a sample again', async () => {
    const [start, first, ...rest] = archiveOf(whole);
    const old = { ...first!, content: JSON.stringify(sample(1, { scores: { match: { value: 'I' } } })) };
    const found = await read([archiveFileOf('a.eval', [start!, old, first!, ...rest])]);
    expect([found.problems, found.results.find(({ caseId }) => caseId === '1')!.passed]).toEqual([[], true]);
    expect(found.summary.dropped).toEqual([
      {
        reason: 'replaced by a later record of the same sample',
        count: 1,
        examples: ['samples/1_epoch_1.json'],
      },
    ]);
  });

  const without = (name: string): ImportFile =>
    archiveFileOf(
      'a.eval',
      archiveOf(whole).filter((member) => member.name !== name),
    );
  const withContent = (name: string, content: string): ImportFile =>
    archiveFileOf(
      'a.eval',
      archiveOf(whole).map((member) => (member.name === name ? { ...member, content } : member)),
    );

  it.each<[string, ImportFile, string]>([
    [
      'lack a sample',
      without('samples/1_epoch_1.json'),
      'the archive has no member "samples/1_epoch_1.json", although its summary of samples lists it (a.eval:undefined)',
    ],
    [
      'have a sample that is cut off',
      withContent('samples/1_epoch_1.json', '{"id": 1,\n "epoch":'),
      '(a.eval/samples/1_epoch_1.json:2)',
    ],
    [
      'have a sample that is no UTF-8',
      archiveFileOf('a.eval', [
        ...archiveOf({ ...whole, samples: [] }),
        { name: 'samples/1_epoch_1.json', content: Buffer.from([0x22, 0xff, 0x22]) },
      ]),
      'the member is not UTF-8 (a.eval/samples/1_epoch_1.json:undefined)',
    ],
    [
      'have a sample that is a list',
      withContent('samples/1_epoch_1.json', '[]'),
      'a sample that is no object',
    ],
    [
      'hold a sample twice',
      withContent('samples/a/b_epoch_1.json', JSON.stringify(sample(1))),
      'the sample "1" of epoch 1 is in the log twice (a.eval/samples/a/b_epoch_1.json:2)',
    ],
    [
      'have a header that is cut off',
      withContent('header.json', '{"version": 2, '),
      '(a.eval/header.json:1)',
    ],
    [
      'hold samples in pieces',
      archiveFileOf('a.eval', [
        ...archiveOf({ ...whole, samples: [] }),
        { name: 'samples/1_epoch_1/sample.json', content: '{}' },
      ]),
      'is stored in pieces (format version 3)',
    ],
  ])('that %s name archive and member', async (_name, file, problem) => {
    expect((await read([file])).problems.join('\n')).toContain(problem);
  });

  it('that are damaged or cut off anywhere name the archive', async () => {
    const bytes = zipOf(archiveOf(whole, 'deflate'));
    for (let cut = 100; cut < bytes.length; cut += 97) {
      const { problems } = await read([archiveFile('a.eval', bytes.subarray(0, cut))]);
      expect(problems.join()).toContain('(a.eval');
    }
    const broken = Buffer.from(bytes);
    broken[bytes.indexOf('header.json') + 20]! ^= 0xff;
    expect((await read([archiveFile('a.eval', broken)])).problems.join()).toContain('"header.json"');
  });

  it('are recognised by their members, and by their name where they cannot be opened', async () => {
    const cut = zipOf(archiveOf(whole)).subarray(0, 500);
    expect(await inspectImporter.recognises(archiveFile('a.eval', cut))).toBe(true);
    expect(await inspectImporter.recognises(archiveFile('a.zip', cut))).toBe(false);
    expect(
      await inspectImporter.recognises(archiveFileOf('a.eval', [{ name: 'word/x.xml', content: '' }])),
    ).toBe(false);
  });
});

describe('Malformed logs', () => {
  it.each<[string, object, string]>([
    ['id', { id: { a: 1 } }, '"id" is an object, expected a text or a number'],
    ['id', { id: '' }, 'the sample has no id'],
    ['epoch', { epoch: 0 }, '"epoch" is 0, expected a whole number from 1'],
    ['scores', { scores: [1] }, '"scores" is a list, expected an object'],
    ['scores.match', { scores: { match: 3 } }, 'the score "match"'],
    ['scores.match', { scores: { match: { value: { a: { b: 1 } } } } }, 'the score "match"'],
    ['metadata', { metadata: 'x' }, '"metadata" is "x", expected an object'],
    ['messages', { messages: 'x' }, '"messages" is "x", expected a list'],
    ['output', { output: 'x' }, '"output" is "x", expected an object'],
    ['input', { input: 7 }, '"input" is 7, expected a text or a list of messages'],
    ['total_time', { total_time: 'long' }, '"total_time" is "long", expected a number'],
    ['error', { error: [] }, '"error" is a list, expected an object or a text'],
  ])('name line and field of a wrong %s, and read on', async (_field, wrong, message) => {
    const text = JSON.stringify(log([sample(1, wrong), sample(2)]), null, 1);
    const { results, problems } = await read([textFile('a.json', text)]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(message);
    expect(problems[0]).toMatch(/\(a\.json:\d\d\)$/);
    expect(results.map(({ caseId }) => caseId)).toEqual(['2']);
  });

  it('without an eval are refused', async () => {
    const { problems } = await readLog({ version: 2, status: 'success', samples: [] });
    expect(problems).toEqual(['the Inspect log has no "eval", which says what was run (a.json:undefined)']);
  });
});

it('names a score that has no value', async () => {
  const { problems } = await readLog(log([sample(1, { scores: { match: 'C', includes: [1] } })]));
  expect(problems).toEqual([
    'the score "match" is nothing that Inspect writes, expected an object with a value (a.json:1)',
    'the score "includes" is a list that Inspect does not write, expected an object with a value (a.json:1)',
  ]);
});
