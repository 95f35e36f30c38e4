/** promptfoo results: the real files, all spellings and versions, and what is wrong with damaged ones. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { type Imported, importTexts, textFile } from '../../../../test/import-texts.ts';
import { sharedPath } from '../../../../test/shared-folder.ts';
import { createProblemLog } from '../../../cases/index.ts';
import { createNotebook } from '../create-notebook.ts';
import { promptfooImporter } from './importer.ts';

const read = (files: Readonly<Record<string, string>>, score: string | null = null): Promise<Imported> =>
  importTexts(promptfooImporter, files, score);
const looksLike = (text: string): boolean | Promise<boolean> =>
  promptfooImporter.recognises(textFile('x', text));

const pass = (type: string, score = 1, more: object = {}): object => ({
  ...{ pass: score >= 0.5, score, reason: 'because' },
  assertion: { type, ...more },
});

/** One result with defaults. */
function result(text: string, more: object = {}): Record<string, unknown> {
  return {
    ...{ cost: 0.001, latencyMs: 100, score: 1, success: true, failureReason: 0, namedScores: {} },
    gradingResult: {
      pass: true,
      score: 1,
      reason: 'All assertions passed',
      componentResults: [pass('equals')],
    },
    id: `id-${text}`,
    prompt: { raw: `Say ${text}`, label: 'Say {{text}}' },
    ...{ promptId: 'p', promptIdx: 0, provider: { id: 'openai:gpt-5', label: '' } },
    response: { output: text, tokenUsage: { prompt: 3, completion: 4, total: 7 }, cached: false },
    testCase: { vars: { text }, assert: [{ type: 'equals', value: text }], metadata: {} },
    ...{ testIdx: 0, vars: { text }, metadata: {} },
    ...more,
  };
}

const prompt = (provider: string, more: object = {}): object => ({
  ...{ raw: 'Say {{text}}', label: 'Say {{text}}', provider },
  ...more,
});

/** An export of version 3. */
function evalOf(
  results: readonly unknown[],
  more: { prompts?: object[]; results?: object; root?: object } = {},
): object {
  return {
    evalId: 'eval-1',
    results: {
      ...{ version: 3, timestamp: '2026-01-01T00:00:00Z', prompts: more.prompts ?? [prompt('openai:gpt-5')] },
      ...more.results,
      results,
    },
    ...more.root,
  };
}
const json = (value: unknown): string => JSON.stringify(value, null, 1);
const lines = (results: readonly unknown[]): string => results.map((one) => JSON.stringify(one)).join('\n');

const real = sharedPath('importers', 'promptfoo', 'sample-export.json');
const empty = sharedPath('importers', 'promptfoo', 'empty_run.json');

describe.skipIf(real === null || empty === null)('Real promptfoo results', () => {
  const text = real === null ? '' : readFileSync(real, 'utf8');

  it('are two runs of two cases each, paired, and no errors although "error" has a text', async () => {
    const { results, summary, problems } = await read({ 'sample-export.json': text });
    expect(problems).toEqual([]);
    expect(
      summary.runs.map(({ run, rows, cases, errors, passed }) => [run, rows, cases, errors, passed]),
    ).toEqual([
      ['openai:gpt-5', 2, 2, 0, 0],
      ['openai:gpt-5-mini', 2, 2, 0, 0],
    ]);
    const means = summary.metrics.filter(({ primary }) => primary).map(({ run, mean }) => [run, mean]);
    expect(means).toEqual([
      ['openai:gpt-5', expect.closeTo(0.58333, 5)],
      ['openai:gpt-5-mini', expect.closeTo(0.70833, 5)],
    ]);
    const ids = (run: string): string[] =>
      results.filter((row) => row.run === run).map(({ caseId }) => caseId);
    expect(ids('openai:gpt-5').toSorted()).toEqual(ids('openai:gpt-5-mini').toSorted());
    expect(results[0]).toMatchObject({
      ...{ status: 'scored', passed: false, score: 0.75, latencyMs: 5794, costUsd: 0.00049925, trial: '1' },
      ...{ inputTokens: 37, outputTokens: 245, totalTokens: 282, model: 'openai:gpt-5-mini', line: 93 },
      scores: {
        score: 0.75,
        'assert.cost': 1,
        'assert.latency': 0,
        'assert.contains': 1,
        'assert.llm-rubric': 1,
      },
    });
    expect(results[0]!.input).toMatch(/^Solve this riddle: I speak/);
    expect(results[0]!.extra!['vars.riddle']).toMatch(/^I speak/);
    expect(results[0]!.judgeFingerprint).toMatch(/^[0-9a-f]{16}$/);
  });

  it('agree with every number of their own header', async () => {
    const { summary } = await read({ 'sample-export.json': text });
    expect(summary.ownNumbers).toHaveLength(2 * 6 + 3);
    for (const { reason } of summary.ownNumbers) expect(reason).toBeNull();
  });

  it('without results are no evidence and no pass', async () => {
    const { results, summary, problems } = await read({ 'empty.json': readFileSync(empty!, 'utf8') });
    expect([results, problems, summary.runs]).toEqual([[], [], []]);
    expect(summary.notes).toEqual([
      'empty.json: the eval holds no results, so it is no evidence for anything',
    ]);
  });

  it('are recognised', () => {
    expect([looksLike(text), looksLike(readFileSync(empty!, 'utf8'))]).toEqual([true, true]);
  });

  it('that are cut off name file and line', async () => {
    for (let share = 0.02; share < 1; share += 0.049) {
      const cut = text.slice(0, Math.floor(text.trimEnd().length * share));
      const { problems } = await read({ 'cut.json': cut });
      expect(problems.length).toBe(1);
      for (const problem of problems) expect(problem).toMatch(/\(cut\.json:\d+\)$/);
    }
  });
});

describe('The three spellings', () => {
  const results = [
    result('a', {
      testCase: { vars: { text: 'a' }, assert: [], metadata: { topic: 'x', tags: ['p', 'q'] } },
    }),
    result('b', { success: false, score: 0.25, failureReason: 1, error: 'Expected b' }),
    result('c', { success: false, score: 0, failureReason: 2, error: 'Error: 500', gradingResult: null }),
  ];
  const rows = ({ results: found }: Imported): object[] =>
    found.map(({ line: _line, promptFingerprint: _prompt, ...row }) => row);

  it('give the same rows', async () => {
    const value = evalOf(results);
    const [fromJson, fromLines, fromYaml] = [
      await read({ 'a.json': json(value) }),
      await read({ 'a.jsonl': lines(results) }),
      await read({ 'a.yaml': stringify(value) }),
    ];
    expect(rows(fromJson)).toMatchObject([
      { status: 'scored', passed: true, tags: { topic: 'x', tags: ['p', 'q'] }, output: 'a' },
      { status: 'scored', passed: false, score: 0.25 },
      { status: 'error', error: 'Error: 500', passed: null, score: null },
    ]);
    expect(rows(fromLines)).toEqual(rows(fromJson));
    expect(rows(fromYaml)).toEqual(rows(fromJson));
    expect(fromLines.results.map(({ line }) => line)).toEqual([1, 2, 3]);
    expect(fromYaml.results[1]!.line).toBeGreaterThan(fromYaml.results[0]!.line);
  });

  it('are recognised, and other JSON, JSON lines and YAML are not', () => {
    const value = evalOf(results);
    expect([looksLike(json(value)), looksLike(lines(results)), looksLike(stringify(value))]).toEqual([
      true,
      true,
      true,
    ]);
    expect(looksLike(JSON.stringify(value))).toBe(true);
    expect(looksLike(json({ config: { providers: [{}] }, ...value }))).toBe(true);
    for (const other of [
      '{"results": [1]}',
      '{"results": {"arc": {"acc,none": 1}}, "configs": {}}',
      '{"case_id": "a", "passed": true}\n',
      'results:\n  - a\n',
      'case_id,passed\na,1\n',
      '',
    ]) {
      expect([other, looksLike(other)]).toEqual([other, false]);
    }
  });

  it('in YAML are refused above 16 million characters, with a hint', async () => {
    const { problems } = await read({
      'big.yaml': `results:\n  version: 3\n  timestamp: "${'x'.repeat(2 ** 24)}"\n`,
    });
    expect(problems).toEqual(['the YAML export is longer than 16777216 characters (big.yaml:undefined)']);
  });

  it.each([
    ['results:\n  version: 3\n  results:\n    - a: [1\n', /YAML is malformed: .* \(x\.yaml:\d\)/],
    ['evalId: e\nresults:\n  version: 3\n  results: none\n', /"results\.results" is no list \(x\.yaml:1\)/],
    ['results:\n  version: 3\n  results:\n    - plain\n', /a result that is no object \(x\.yaml:4\)/],
  ])('in malformed YAML are a problem: %j', async (text, problem) => {
    expect((await read({ 'x.yaml': text })).problems.join()).toMatch(problem);
  });
});

describe('Runs', () => {
  const under = (promptIdx: number, provider: object, label = 'Say {{text}}'): object =>
    result('a', { promptIdx, provider, id: `id-${promptIdx}`, prompt: { raw: 'Say a', label } });
  const runs = ({ summary }: Imported): string[] => summary.runs.map(({ run }) => run);

  it('name the prompt where there are several, and the label of a provider', async () => {
    const long = 'Please, if you can, say the following text: {{text}}';
    const prompts = [
      prompt('openai:gpt-5'),
      prompt('openai:gpt-5', { raw: long, label: long }),
      prompt('loud'),
      prompt('loud', { raw: long, label: long }),
    ];
    const results = [
      under(3, { id: 'openai:gpt-5', label: 'loud' }, long),
      under(0, { id: 'openai:gpt-5', label: '' }),
      under(1, { id: 'openai:gpt-5', label: '' }, long),
      under(2, { id: 'openai:gpt-5', label: 'loud' }),
    ];
    const expected = [
      'openai:gpt-5 | Say {{text}}',
      'openai:gpt-5 | Please, if you can, say the following te... 0c1f3d',
      'loud | Say {{text}}',
      'loud | Please, if you can, say the following te... 0c1f3d',
    ].map((run) => run.replace(/[0-9a-f]{6}$/, ''));
    const plain = (found: Imported): string[] => runs(found).map((run) => run.replace(/[0-9a-f]{6}$/, ''));
    expect(plain(await read({ 'a.json': json(evalOf(results, { prompts })) }))).toEqual(expected);
    expect(plain(await read({ 'a.jsonl': lines(results) })).toSorted()).toEqual(expected.toSorted());
  });

  it('of one provider id with two configurations stay two, whose names follow the configuration', async () => {
    const provider = { id: 'openai:gpt-5' };
    const cold = { id: 'openai:gpt-5', config: { temperature: 0 } };
    const warm = { id: 'openai:gpt-5', config: { temperature: 1 } };
    const read2 = (providers: unknown): Promise<Imported> =>
      read({
        'a.json': json(
          evalOf([under(1, provider), under(0, provider)], {
            prompts: [prompt('openai:gpt-5'), prompt('openai:gpt-5')],
            root: { config: { providers } },
          }),
        ),
      });
    const one = await read2([cold, warm]);
    const swapped = await read2([warm, cold]);
    expect(new Set(runs(one)).size).toBe(2);
    for (const run of runs(one)) expect(run).toMatch(/^openai:gpt-5 #[0-9a-f]{6}$/);
    expect(runs(swapped)).toEqual(runs(one).toReversed());
    const unknown = await read2('file://providers.yaml');
    expect(runs(unknown)).toEqual(['openai:gpt-5 #1', 'openai:gpt-5 #2']);
    expect(unknown.summary.notes.join()).toContain('give them labels in promptfoo');
  });

  it('of prompts that share a label stay two, whose names follow the text', async () => {
    const texts = ['Say {{text}}', 'Please say {{text}}'];
    const prompts = texts.map((raw) => prompt('openai:gpt-5', { raw, label: 'main' }));
    const results = [0, 1].map((at) => under(at, { id: 'openai:gpt-5' }, 'main'));
    const one = runs(await read({ 'a.json': json(evalOf(results, { prompts })) }));
    const swapped = runs(await read({ 'a.json': json(evalOf(results, { prompts: prompts.toReversed() })) }));
    expect(one).toEqual([expect.stringMatching(/^openai:gpt-5 #[0-9a-f]{6}$/), expect.stringMatching(/#/)]);
    expect(swapped).toEqual(one.toReversed());
  });

  it('of several evals carry the eval; parts of one eval are one run; the same results twice are a problem', async () => {
    const eval1 = json(evalOf([result('a')]));
    const eval2 = json({ ...evalOf([result('a', { id: 'other' })]), evalId: 'eval-2' });
    const part = json(evalOf([result('b')]));
    expect(runs(await read({ 'a.json': eval1, 'b.json': eval2 }))).toEqual([
      ...['openai:gpt-5 (eval-1)', 'openai:gpt-5 (eval-2)'],
    ]);
    expect(runs(await read({ 'a.json': eval1, 'b.json': part }))).toEqual(['openai:gpt-5']);
    expect((await read({ 'a.json': eval1, 'b.jsonl': lines([result('a')]) })).problems).toEqual([
      'the result "id-a" is given twice (b.jsonl:1)',
    ]);
  });

  it('have their prompt as fingerprint, and tell provider, eval and version', async () => {
    const other = [prompt('openai:gpt-5', { raw: 'Say loudly {{text}}' })];
    const first = await read({
      'a.json': json(evalOf([result('a')], { root: { metadata: { promptfooVersion: '0.118.10' } } })),
    });
    const second = await read({ 'a.json': json(evalOf([result('a')], { prompts: other })) });
    expect(first.results[0]!.promptFingerprint).not.toBe(second.results[0]!.promptFingerprint);
    expect(first.summary.runs[0]!.facts).toEqual([
      ['provider', 'openai:gpt-5'],
      ['prompt', 'Say {{text}}'],
      ['eval id', 'eval-1'],
      ['date', '2026-01-01T00:00:00Z'],
      ['promptfoo', '0.118.10'],
    ]);
  });
});

describe('Versions', () => {
  it('2 has its prompts in a table after the results', async () => {
    const results = [result('a'), result('a', { promptIdx: 1, provider: { id: 'x:y' }, id: '2' })];
    const head = { prompts: [prompt('openai:gpt-5'), prompt('x:y')], vars: ['text'] };
    const value = {
      results: { version: 2, results, stats: { successes: 2, failures: 0 }, table: { head, body: [] } },
    };
    const { summary, problems } = await read({ 'a.json': json(value) });
    expect(problems).toEqual([]);
    expect(summary.runs.map(({ run, passed }) => [run, passed])).toEqual([
      ['openai:gpt-5', 1],
      ['x:y', 1],
    ]);
    expect(summary.ownNumbers).toMatchObject([
      { name: 'all passed', value: 2, ours: 2 },
      { name: 'all failed', value: 0, ours: 0 },
    ]);
  });

  it('without columns and reasons are read by provider and prompt', async () => {
    const { promptIdx, failureReason, testIdx, ...old } = result('a', { provider: 'openai:gpt-4' });
    const failed = { ...old, success: false, score: 0, error: 'Expected output', id: '2' };
    const broken = {
      ...old,
      success: false,
      score: 0,
      error: 'API error: 429',
      gradingResult: null,
      id: '3',
    };
    expect([promptIdx, failureReason, testIdx]).toEqual([0, 0, 0]);
    const { results } = await read({
      'a.json': json({ results: { version: 1, results: [old, failed, broken] } }),
    });
    expect(results.map(({ run, status, trial }) => [run, status, trial])).toEqual([
      ['openai:gpt-4', 'scored', '1'],
      ['openai:gpt-4', 'scored', '2'],
      ['openai:gpt-4', 'error', '3'],
    ]);
  });

  it('newer than 3 are read like 3, which is said', async () => {
    const { results, summary } = await read({
      'a.json': json(evalOf([result('a')], { results: { version: 9 } })),
    });
    expect(results).toHaveLength(1);
    expect(summary.notes).toEqual([
      'a.json: version 9 of the file format is newer than 3 and was read like it',
    ]);
  });
});

describe('Results', () => {
  const readOne = async (more: object, score: string | null = null): Promise<Imported> =>
    read({ 'a.json': json(evalOf([result('a', more)])) }, score);
  const row = async (more: object, score: string | null = null): Promise<object> =>
    (await readOne(more, score)).results[0]!;

  it('keep named scores and the scores of assertions, sets of assertions too', async () => {
    const componentResults = [
      pass('contains', 1, { metric: 'Tone' }),
      pass('contains', 0),
      { ...pass('llm-rubric', 0.7, { metric: 'Tone' }), metadata: {} },
      { pass: true, score: 1, componentResults: [pass('regex', 1)] },
    ];
    const more = {
      namedScores: { Tone: 0.85, Formula: 3 },
      gradingResult: { componentResults },
      success: false,
      score: 0.6,
    };
    const { results, summary } = await readOne(more);
    expect(results[0]!.scores).toEqual({
      ...{ score: 0.6, Tone: 0.85, Formula: 3 },
      ...{ 'assert.contains': 0.5, 'assert.llm-rubric': 0.7, 'assert.regex': 1 },
    });
    const about = Object.fromEntries(
      summary.metrics.map(({ name, direction, primary }) => [name, [direction, primary]]),
    );
    expect(about).toMatchObject({
      score: ['higher', true],
      Tone: ['higher', false],
      Formula: ['unknown', false],
    });
    expect(await row(more, 'Tone')).toMatchObject({ score: 0.85, passed: true });
    expect(await row(more, 'assert.contains')).toMatchObject({ score: 0.5, passed: false });
    expect(await row(more, 'Formula')).toMatchObject({ score: 3, passed: null, status: 'scored' });
    expect((await readOne(more, 'Nothing')).problems.join()).toContain('no result has a score "Nothing"');
  });

  it('whose grader failed are unscored, unless another assertion failed', async () => {
    const graderError = { pass: false, score: 0, reason: 'HTTP 503', metadata: { graderError: true } };
    const broken = { ...graderError, assertion: { type: 'llm-rubric', metric: 'Tone' } };
    const failed = { success: false, score: 0.5, failureReason: 1, namedScores: { Tone: 0 } };
    const graded = (...componentResults: object[]): object => ({
      ...failed,
      gradingResult: { componentResults },
    });
    expect(await row(graded(pass('contains'), broken))).toMatchObject({
      ...{ status: 'unscored', passed: null, score: null },
      scores: { score: null, Tone: null, 'assert.llm-rubric': null, 'assert.contains': 1 },
    });
    expect(await row(graded(pass('contains', 0), broken))).toMatchObject({
      status: 'scored',
      passed: false,
      score: null,
    });
    const weighed = { testCase: { vars: { text: 'a' }, threshold: 0.4, assert: [] } };
    expect(await row({ ...graded(pass('contains', 0), broken), ...weighed })).toMatchObject({
      status: 'unscored',
    });
    expect(await row({ ...failed, gradingResult: graderError })).toMatchObject({ status: 'unscored' });
  });

  it('without a score and success are unscored, never zero', async () => {
    expect(await row({ score: null, success: null })).toMatchObject({
      status: 'unscored',
      passed: null,
      score: null,
    });
  });

  it('from the cache have no latency, and their repeats are said to be copies', async () => {
    const cached = { response: { output: 'a', cached: true, tokenUsage: { total: 7, cached: 7 } } };
    const { results, summary } = await read({
      'a.json': json(evalOf([1, 2, 3].map((id) => result('a', { ...cached, id: String(id) })))),
    });
    expect(
      results.map(({ trial, latencyMs, totalTokens, extra }) => [
        trial,
        latencyMs,
        totalTokens,
        extra!.cached,
      ]),
    ).toEqual(['1', '2', '3'].map((trial) => [trial, null, 7, 'true']));
    expect(summary.notes.join()).toContain("2 repeats came from promptfoo's cache");
  });

  it('without assertions, or rated by a person, are told', async () => {
    const none = await readOne({
      gradingResult: { pass: true, score: 1, reason: 'No assertions', componentResults: [] },
    });
    expect(none.summary.notes).toEqual([
      'a.json: 1 results have no assertions; promptfoo passes them with score 1',
    ]);
    const human = await readOne({ gradingResult: { componentResults: [pass('human')], comment: 'fine' } });
    expect(human.summary.notes).toEqual([
      'a.json: 1 results were rated by a person in promptfoo; that rating counts',
    ]);
    expect(human.results[0]!.extra).toMatchObject({ comment: 'fine' });
  });

  it('know their case by id, else by variables and assertions, whatever promptfoo adds', async () => {
    const id = async (more: object): Promise<string> => (await readOne(more)).results[0]!.caseId;
    const testCase = (more: object): object => ({
      testCase: { vars: { text: 'a', n: 1 }, assert: [], ...more },
    });
    const plain = await id(testCase({}));
    expect(await id(testCase({ vars: { n: 1, text: 'a' } }))).toBe(plain);
    expect(await id({ ...testCase({ vars: { text: 'a', n: 1, sessionId: 'x' } }), testIdx: 9 })).toBe(plain);
    expect(await id(testCase({ vars: { text: 'b', n: 1 } }))).not.toBe(plain);
    expect(await id(testCase({ assert: [{ type: 'equals', value: 'x' }] }))).not.toBe(plain);
    expect(await id(testCase({ metadata: { testCaseId: 'T-7' } }))).toBe('T-7');
    expect(await id(testCase({ id: 12 }))).toBe('12');
  });

  it('of exports without variables do not fall together', async () => {
    const stripped = (testIdx: number): object =>
      result('a', {
        ...{ id: String(testIdx), testIdx, vars: {}, prompt: { raw: '[prompt stripped]', label: 'p' } },
        testCase: { assert: [] },
      });
    const { results, summary } = await read({ 'a.json': json(evalOf([stripped(0), stripped(1)])) });
    expect(results.map(({ caseId }) => caseId)).toEqual(['test 0', 'test 1']);
    expect(summary.notes.join()).toContain('told by place');
    const sent = [result('a', { vars: {}, testCase: {} }), result('b', { vars: {}, testCase: {} })];
    expect((await read({ 'a.json': json(evalOf(sent)) })).summary.runs[0]).toMatchObject({ cases: 2 });
  });

  it('have the reference text as expected, with variables put in', async () => {
    const expected = async (assert: object[], gradingResult: object = {}): Promise<unknown> =>
      (await readOne({ testCase: { vars: { text: 'a', answer: 'A' }, assert }, gradingResult })).results[0]!
        .expected;
    expect(
      await expected([
        { type: 'contains', value: 'x' },
        { type: 'equals', value: ' y' },
      ]),
    ).toBe(' y');
    expect(await expected([{ type: 'similar:cosine', value: '{{ answer }}' }])).toBe('A');
    expect(await expected([{ type: 'equals', value: { b: 1, a: 2 } }])).toBe('{"b":1,"a":2}');
    const rendered = {
      ...pass('equals', 1, { value: 'is {{answer}}' }),
      metadata: { renderedAssertionValue: 'is A' },
    };
    expect(
      await expected([{ type: 'equals', value: 'is {{answer}}' }], { componentResults: [rendered] }),
    ).toBe('is A');
    expect(await expected([{ type: 'llm-rubric', value: 'polite' }])).toBeNull();
  });

  it('keep outputs that are objects, variables, descriptions and what the provider added; internals are left out', async () => {
    const { results, summary } = await readOne({
      response: { output: { b: [1], a: null }, finishReason: 'stop', raw: 'x', audio: { data: '..' } },
      testCase: {
        vars: { text: 'a', deep: { k: true } },
        description: 'first',
        metadata: { level: 2, conversationId: 'c1' },
      },
      metadata: { level: 2, conversationId: 'c1', _promptfooFileMetadata: {}, http: { status: 200 } },
    });
    expect(results[0]).toMatchObject({ output: '{"b":[1],"a":null}', cluster: 'c1' });
    expect(results[0]!.tags).toEqual({ level: '2', conversationId: 'c1' });
    expect(results[0]!.extra).toEqual({
      ...{ 'vars.text': 'a', 'vars.deep.k': 'true', 'metadata.http.status': '200' },
      ...{ description: 'first', reason: 'All assertions passed', finish_reason: 'stop' },
    });
    expect(summary.unmapped).toEqual([{ field: 'response.audio', rows: 1 }]);
  });

  it('change their judge with the grader, not with the rubric of a case', async () => {
    const judge = async (more: object, options = {}): Promise<unknown> =>
      (
        await readOne({
          testCase: { vars: { text: 'a' }, options, assert: [{ type: 'llm-rubric', ...more }] },
        })
      ).results[0]!.judgeFingerprint;
    const plain = await judge({ value: 'polite' });
    expect(await judge({ value: 'kind' })).toBe(plain);
    expect(await judge({ provider: 'openai:gpt-5' })).not.toBe(plain);
    expect(await judge({}, { provider: 'openai:gpt-5' })).toBe(await judge({ provider: 'openai:gpt-5' }));
    expect(await judge({ rubricPrompt: 'You are strict' })).not.toBe(plain);
    expect((await readOne({})).results[0]!.judgeFingerprint).toBeNull();
  });

  it('that the header does not count are said', async () => {
    const metrics = { score: 5, testPassCount: 2, testFailCount: 0 };
    const value = evalOf([result('a')], { prompts: [prompt('openai:gpt-5', { metrics })] });
    const { summary } = await read({ 'a.json': json(value) });
    expect(
      summary.ownNumbers.map(({ name, value: stated, ours, reason }) => [
        name,
        stated,
        ours,
        reason !== null,
      ]),
    ).toEqual([
      ['score, sum', 5, 1, true],
      ['passed', 2, 1, true],
      ['failed', 0, 0, false],
    ]);
  });
});

describe('Malformed results', () => {
  it.each<[object, string]>([
    [{ score: 'high' }, '"score" is "high", expected a number'],
    [{ success: 1 }, '"success" is 1, expected true or false'],
    [{ failureReason: 7 }, '"failureReason" is 7, expected 0, 1 or 2'],
    [{ vars: [] }, '"vars" is a list, expected an object'],
    [{ testCase: 'x' }, '"testCase" is "x", expected an object'],
    [{ gradingResult: 'x' }, '"gradingResult" is "x", expected an object'],
    [{ response: [] }, '"response" is a list, expected an object'],
    [{ namedScores: { Tone: 'x' } }, '"namedScores.Tone" is "x", expected a number'],
    [{ latencyMs: '5' }, '"latencyMs" is "5", expected a number'],
    [{ vars: {}, testCase: {}, prompt: null, testIdx: null }, 'no variables, prompt or testIdx'],
  ])('%j name line and field, and the rest is read', async (wrong, message) => {
    const { results, problems } = await read({ 'a.json': json(evalOf([result('a', wrong), result('b')])) });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(message);
    expect(problems[0]).toMatch(/\(a\.json:\d\d\)$/);
    expect(results.map(({ output }) => output)).toEqual(['b']);
  });

  it('in JSON lines name the line', async () => {
    const text = `${lines([result('a')])}\n{"score": \n${lines([result('b')])}\n[]\n`;
    const { results, problems } = await read({ 'a.jsonl': text });
    expect(problems).toEqual([
      'the row ends early, expected a value (a.jsonl:2)',
      'found a result that is no object (a.jsonl:4)',
    ]);
    expect(results.map(({ output }) => output)).toEqual(['a', 'b']);
  });

  it('that are no list are a problem', async () => {
    const { problems } = await read({ 'a.json': '{"results": {"results": {"a": 1}}}' });
    expect(problems.join()).toContain('"results.results" is an object, expected a list (a.json:1)');
  });
});

describe('several evals in one file of JSON lines', () => {
  const lines = (...results: readonly object[]): string =>
    results.map((one) => JSON.stringify(one)).join('\n');

  it('keeps providers apart although each eval counts its prompts from 0', async () => {
    const { results, problems } = await read({
      'both.jsonl': lines(
        result('a'),
        result('b'),
        result('a', { id: 'x', provider: { id: 'openai:gpt-6', label: '' } }),
        result('b', { id: 'y', provider: { id: 'openai:gpt-6', label: '' } }),
      ),
    });
    expect(problems).toEqual([]);
    expect(results.map(({ run, trial }) => [run, trial])).toEqual([
      ['openai:gpt-5', '1'],
      ['openai:gpt-5', '1'],
      ['openai:gpt-6', '1'],
      ['openai:gpt-6', '1'],
    ]);
  });

  it('keeps evals of one provider apart by their id', async () => {
    const { results } = await read({
      'both.jsonl': lines(result('a', { evalId: 'one' }), result('a', { id: 'x', evalId: 'two' })),
    });
    expect(new Set(results.map(({ run }) => run)).size).toBe(2);
    expect(results.map(({ trial }) => trial)).toEqual(['1', '1']);
  });
});

it('keeps metrics with names that every object has', async () => {
  const namedScores = JSON.parse('{"__proto__": 0.5, "constructor": 1}') as object;
  const file = { 'r.json': json(evalOf([result('a', { namedScores })])) };
  const { results } = await read(file);
  expect(Object.entries(results[0]?.scores ?? {})).toEqual(
    expect.arrayContaining([
      ['__proto__', 0.5],
      ['constructor', 1],
    ]),
  );
  expect((await read(file, 'toString')).results[0]?.score).toBeNull();
});

it('says in which column a result stands where the file has no line breaks', async () => {
  const text = JSON.stringify(evalOf([result('a'), result('b', { score: 'x' })]));
  const log = createProblemLog();
  const context = { log, notebook: createNotebook(), score: null };
  for await (const { caseId } of promptfooImporter.read([textFile('r.json', text)], context)) {
    expect(caseId).not.toBe('');
  }
  expect(() => log.throwIfAny()).toThrow(
    expect.objectContaining({
      problems: [
        {
          message: '"score" is "x", expected a number',
          where: { file: 'r.json', line: 1, column: text.lastIndexOf('{"cost"') + 1, field: 'score' },
        },
      ],
    }),
  );
});
