import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { importTexts, textFile } from '../../../../test/import-texts.ts';
import { sharedPath } from '../../../../test/shared-folder.ts';
import { helmImporter } from './importer.ts';
import { joinByKey } from './join.ts';

const stat = (name: string, mean: number | null, split = 'test') => ({
  name: { name, split },
  count: mean === null ? 0 : 1,
  sum: mean ?? 0,
  sum_squared: 0,
  ...(mean === null ? {} : { mean }),
});
const instance = (id: string, exact: number, more: object = {}) => ({
  instance_id: id,
  train_trial_index: 0,
  stats: [stat('exact_match', exact), stat('num_prompt_tokens', 30), stat('training_co2_cost', null)],
  ...more,
});
const state = (id: string, more: object = {}) => ({
  instance: {
    id,
    split: 'test',
    input: { text: `question ${id}` },
    references: [
      { output: { text: 'no' }, tags: [] },
      { output: { text: 'yes' }, tags: ['correct'] },
    ],
  },
  train_trial_index: 0,
  output_mapping: { A: 'no', B: 'yes' },
  request: { model: 'm/one', prompt: `prompt ${id}` },
  result: { success: true, completions: [{ text: ' B' }], request_time: 0.25 },
  ...more,
});
const SPEC = {
  name: 'mmlu:subject=x,model=m_one',
  scenario_spec: { class_name: 'S', args: { subject: 'x' } },
  adapter_spec: { model: 'm/one', method: 'joint' },
  metric_specs: [{ class_name: 'M', args: { names: ['exact_match', 'quasi_exact_match'] } }],
  data_augmenter_spec: { perturbation_specs: [] },
};
const files = (instances: readonly object[], states: readonly object[], more: Record<string, unknown> = {}) =>
  Object.fromEntries(
    Object.entries({
      'run/per_instance_stats.json': instances,
      'run/scenario_state.json': { adapter_spec: { max_train_instances: 5 }, request_states: states },
      'run/run_spec.json': SPEC,
      ...more,
    })
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, JSON.stringify(value, null, 1)]),
  );

describe('a run of HELM', () => {
  test('joins statistics and requests, whatever their order', async () => {
    const expected = [instance('id1', 1), instance('id2', 0)];
    const states = [state('id2'), state('id1')];
    const { results, problems } = await importTexts(helmImporter, files(expected, states));
    expect(problems).toEqual([]);
    expect(results.toSorted((a, b) => (a.caseId < b.caseId ? -1 : 1))).toMatchObject([
      {
        run: SPEC.name,
        caseId: 'id1',
        trial: '0',
        status: 'scored',
        passed: true,
        score: 1,
        scores: { exact_match: 1, num_prompt_tokens: 30 },
        input: 'question id1',
        expected: 'yes',
        output: ' B',
        latencyMs: 250,
        inputTokens: 30,
        model: 'm/one',
        cluster: null,
        tags: { subject: 'x', split: 'test' },
        extra: { mapped_output: 'yes' },
      },
      { caseId: 'id2', passed: false, input: 'question id2' },
    ]);
  });

  test('training trials are trials of the case', async () => {
    const again = { train_trial_index: 1 };
    const { results, summary } = await importTexts(
      helmImporter,
      files([instance('a', 1), instance('a', 0, again)], [state('a'), state('a', again)]),
    );
    expect(results.map(({ caseId, trial, passed }) => [caseId, trial, passed])).toEqual([
      ['a', '0', true],
      ['a', '1', false],
    ]);
    expect(summary.runs).toMatchObject([{ cases: 1, maxTrials: 2 }]);
  });

  test('a changed copy is a case of its own in the cluster of its original, and its change is a tag', async () => {
    const perturbation = { name: 'typos', prob: 0.1 };
    const changed = state('a');
    const { results } = await importTexts(
      helmImporter,
      files(
        [instance('a', 1), instance('a', 0, { perturbation })],
        [state('a'), { ...changed, instance: { ...changed.instance, perturbation } }],
        {
          'run/run_spec.json': {
            ...SPEC,
            data_augmenter_spec: { perturbation_specs: [{ class_name: 'T' }] },
          },
        },
      ),
    );
    expect(
      results.map(({ caseId, cluster, tags, passed }) => [
        caseId.split(' ')[0],
        cluster,
        tags?.perturbation,
        passed,
      ]),
    ).toEqual([
      ['a', 'a', undefined, true],
      ['a', 'a', 'typos', false],
    ]);
    expect(results[0]?.caseId).toBe('a');
    expect(results[1]?.caseId).toMatch(/^a typos [0-9a-f]{4}$/);
  });

  test('where every answer was a request of its own, the output is the predicted reference', async () => {
    const predicted = instance('a', 1, { stats: [stat('exact_match', 1), stat('predicted_index', 1)] });
    const { results } = await importTexts(helmImporter, files([predicted], [state('a'), state('a')]));
    expect(results).toMatchObject([{ output: 'yes', latencyMs: 500, extra: { requests: '2' } }]);
  });

  test('a request that failed is an error, an instance without statistics is unscored', async () => {
    const { results, summary } = await importTexts(
      helmImporter,
      files([instance('a', 0)], [state('a', { result: { success: false, error: 'HTTP 500' } }), state('b')]),
    );
    expect(results).toMatchObject([
      { caseId: 'a', status: 'error', error: 'HTTP 500' },
      { caseId: 'b', status: 'unscored', passed: null },
    ]);
    expect(summary.notes).toContain('some requests of run have no statistics; they are unscored');
  });

  test('without run_spec the usual metric decides and that is said; a metric of the user wins', async () => {
    const without = files([instance('a', 1)], [state('a')], { 'run/run_spec.json': undefined });
    const { results, summary } = await importTexts(helmImporter, without);
    expect(results).toMatchObject([{ run: 'run', passed: true }]);
    expect(summary.notes).toContain(
      'run has no run_spec.json; exact_match is taken as the metric that decides',
    );
    const named = await importTexts(helmImporter, without, 'num_prompt_tokens');
    expect(named.results).toMatchObject([{ passed: null, score: 30 }]);
  });

  test('an instance that is there twice is counted once and said', async () => {
    const { results, summary } = await importTexts(
      helmImporter,
      files([instance('a', 1), instance('b', 1), instance('a', 0)], [state('a'), state('b')]),
    );
    expect(results).toHaveLength(2);
    expect(summary.dropped).toMatchObject([
      { reason: 'records of an instance that was already read', count: 1 },
    ]);
  });

  test('two runs in two folders are two runs', async () => {
    const one = files([instance('a', 1)], [state('a')]);
    const two = Object.fromEntries(
      Object.entries(
        files([instance('a', 0)], [state('a')], { 'run/run_spec.json': { ...SPEC, name: 'other' } }),
      ).map(([name, text]) => [name.replace('run/', 'other/'), text]),
    );
    const { results } = await importTexts(helmImporter, { ...one, ...two });
    expect(results.map(({ run, passed }) => [run, passed])).toEqual([
      [SPEC.name, true],
      ['other', false],
    ]);
  });

  test('descriptions without instances are refused, elements of another shape are named', async () => {
    const { problems } = await importTexts(helmImporter, { 'run/run_spec.json': JSON.stringify(SPEC) });
    expect(problems[0]).toContain('the run has no per_instance_stats.json and no scenario_state.json');
    const wrong = await importTexts(
      helmImporter,
      files([instance('a', 1), { instance_id: 'b' }], [state('a')]),
    );
    expect(wrong.problems).toEqual([
      'element 2 is not as expected: it needs an "instance_id" and a list of "stats" (run/per_instance_stats.json:37)',
    ]);
  });
});

test('the join gives every key once with all of its records, in any order of either side', async () => {
  async function* streamOf<T>(values: readonly T[]): AsyncGenerator<T> {
    yield* values;
  }
  const keys = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'));
  await fc.assert(
    fc.asyncProperty(keys, keys, async (left, right) => {
      const found = new Map<string, readonly [boolean, boolean]>();
      const same = (key: string): string => key;
      for await (const joined of joinByKey(streamOf(left), streamOf(right), same, same)) {
        expect(found.has(joined.key)).toBe(false);
        found.set(joined.key, [joined.left !== null, joined.right !== null]);
      }
      for (const key of new Set([...left, ...right])) {
        expect(found.get(key)).toEqual([left.includes(key), right.includes(key)]);
      }
    }),
  );
});

const real = sharedPath('importers', 'helm');
if (real === null) console.warn('skipped: the real HELM files are not here');

describe.skipIf(real === null)('the real run', () => {
  const names = real === null ? [] : readdirSync(real).filter((name) => name.endsWith('.json'));
  const texts = Object.fromEntries(names.map((name) => [name, readFileSync(`${real}/${name}`, 'utf8')]));
  const of = (kind: string): string => `mmlu_philosophy_gpt2.${kind}.json`;

  test('has 10 instances: exact_match 0.1, inference_runtime 0.33305, HELM’s own numbers by split', async () => {
    for (const [name, text] of Object.entries(texts))
      expect(helmImporter.recognises(textFile(name, text))).toBe(true);
    const { results, summary, problems } = await importTexts(helmImporter, texts);
    expect(problems).toEqual([]);
    expect(results).toHaveLength(10);
    expect(summary.runs).toMatchObject([
      {
        run: 'mmlu:subject=philosophy,method=multiple_choice_joint,model=openai_gpt2',
        rows: 10,
        cases: 10,
        scored: 10,
        passed: 1,
      },
    ]);
    const mean = (name: string): number => summary.metrics.find((metric) => metric.name === name)!.mean!;
    expect(mean('exact_match')).toBeCloseTo(0.1, 12);
    expect(mean('inference_runtime')).toBeCloseTo(0.33305, 5);
    expect(summary.metrics.find(({ primary }) => primary)).toMatchObject({
      name: 'exact_match',
      direction: 'higher',
    });
    expect(results[0]).toMatchObject({
      caseId: 'id147',
      trial: '0',
      passed: false,
      input: 'What does the notion of “meaning in life” refer to?',
      expected: 'internalmeaning',
      output: ' D',
      latencyMs: 680.3672313690186,
      inputTokens: 333,
      outputTokens: 1,
      model: 'openai/gpt2',
      tags: {
        subject: 'philosophy',
        scenario: 'mmlu',
        scenario_tags: ['knowledge', 'multiple_choice'],
        split: 'test',
      },
      extra: { mapped_output: 'meaning in an afterlife' },
    });
    const own = summary.ownNumbers.filter(({ name }) => /^(?:exact_match|num_instances) /.test(name));
    expect(own.map(({ name, value, ours }) => [name, value, ours])).toEqual([
      ['exact_match (test)', 1 / 9, 1 / 9],
      ['exact_match (valid)', 0, 0],
      ['num_instances (test)', 9, 9],
      ['num_instances (valid)', 1, 1],
    ]);
    for (const { value, ours } of summary.ownNumbers) expect(ours).toBeCloseTo(value, 9);
    expect(summary.dropped).toEqual([]);
  });

  test.each(['per_instance_stats', 'scenario_state', 'run_spec', 'scenario', 'stats'])(
    '%s cut off names file and line',
    async (kind) => {
      const text = texts[of(kind)]!;
      const cut = await importTexts(helmImporter, {
        ...texts,
        [of(kind)]: text.slice(0, -Math.ceil(text.length / 3)),
      });
      expect(cut.problems.length).toBeGreaterThan(0);
      expect(cut.problems.join('\n')).toMatch(new RegExp(`\\(${of(kind).replaceAll('.', '\\.')}:\\d+\\)`));
    },
  );

  test('a damaged number names its line', async () => {
    const text = texts[of('per_instance_stats')]!;
    const damaged = text.replace('"sum": 333', '"sum": 3x3');
    const line = text.slice(0, text.indexOf('"sum": 333')).split('\n').length;
    const { problems, results } = await importTexts(helmImporter, {
      ...texts,
      [of('per_instance_stats')]: damaged,
    });
    expect(problems[0]).toContain(`(${of('per_instance_stats')}:${line})`);
    expect(results.filter(({ status }) => status === 'scored')).toHaveLength(9);
  });
});
