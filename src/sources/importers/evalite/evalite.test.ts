import { describe, expect, test } from 'vitest';
import { importTexts, textFile } from '../../../../test/import-texts.ts';
import { evaliteImporter } from './importer.ts';

const one = (more: object = {}) => ({
  id: 1,
  duration: 120,
  input: 'q',
  output: 'a',
  expected: 'e',
  status: 'success',
  colOrder: 0,
  renderedColumns: [{ label: 'Model', value: 'm' }],
  createdAt: '2026-01-01 12:00:00',
  averageScore: 0.75,
  scores: [
    {
      id: 1,
      name: 'Levenshtein',
      score: 0.5,
      description: null,
      metadata: { rationale: 'close' },
      createdAt: '',
    },
    { id: 2, name: 'Exact', score: 1, createdAt: '' },
  ],
  traces: [
    { id: 1, inputTokens: 10, outputTokens: 2, totalTokens: 12 },
    { id: 2, inputTokens: 5, outputTokens: null, totalTokens: 5 },
  ],
  ...more,
});
const suite = (name: string, evals: readonly object[], more: object = {}) => ({
  id: 1,
  name,
  filepath: 'a.eval.ts',
  duration: 10,
  status: 'success',
  variantName: null,
  averageScore: 0.75,
  ...more,
  evals,
});
const file = (...suites: readonly object[]) =>
  JSON.stringify({ run: { id: 7, runType: 'full', createdAt: '2026-01-01' }, suites }, null, 1);
const read = async (text: string, score: string | null = null) =>
  importTexts(evaliteImporter, { 'e.json': text }, score);

describe('an evalite export', () => {
  test('gives graded results: the average, every scorer, latency and tokens', async () => {
    const text = file(suite('Support', [one()]));
    expect(evaliteImporter.recognises(textFile('e.json', text))).toBe(true);
    const { results, summary, problems } = await read(text);
    expect(problems).toEqual([]);
    expect(results).toMatchObject([
      {
        run: 'Support@7',
        trial: '1',
        status: 'scored',
        passed: null,
        score: 0.75,
        scores: { Levenshtein: 0.5, Exact: 1 },
        input: 'q',
        expected: 'e',
        output: 'a',
        latencyMs: 120,
        inputTokens: 15,
        outputTokens: 2,
        totalTokens: 17,
        extra: { 'reason.Levenshtein': 'close', 'column.Model': 'm', traces: '2' },
      },
    ]);
    expect(summary.ownNumbers).toEqual([
      { run: 'Support@7', name: 'averageScore', value: 0.75, ours: 0.75, reason: null },
    ]);
  });

  test('has no ids: the same question and expectation again is a trial', async () => {
    const { results } = await read(
      file(suite('S', [one(), one({ output: 'other' }), one({ expected: 'f' })])),
    );
    expect(results.map(({ trial }) => trial)).toEqual(['1', '2', '1']);
    expect(new Set(results.map(({ caseId }) => caseId)).size).toBe(2);
  });

  test('an average of 0 without scores is unscored, and an error where the eval failed', async () => {
    const none = { scores: [], averageScore: 0 };
    const { results, summary } = await read(
      file(
        suite(
          'S',
          [one(none), one({ ...none, status: 'fail', output: { name: 'Error', message: 'boom' } })],
          {
            averageScore: 0,
          },
        ),
      ),
    );
    expect(results).toMatchObject([
      { status: 'unscored', score: null },
      { status: 'error', error: 'boom', output: null },
    ]);
    expect(summary.ownNumbers).toMatchObject([
      { ours: null, reason: 'no row has a score; the tool writes 0 then' },
    ]);
  });

  test('suites and variants are runs of their own', async () => {
    const { results } = await read(file(suite('S', [one()], { variantName: 'gpt' }), suite('T', [one()])));
    expect(results.map(({ run }) => run)).toEqual(['S:gpt@7', 'T@7']);
  });

  test('the older layout, evals with results, reads the same', async () => {
    const { evals, ...rest } = suite('S', [one()]);
    const old = JSON.stringify(
      { run: { id: 7, runType: 'full' }, evals: [{ ...rest, results: evals }] },
      null,
      1,
    );
    expect((await read(old)).results.map(({ run, score }) => [run, score])).toEqual([['S@7', 0.75]]);
  });

  test('the scorer that the user names decides', async () => {
    const { results } = await read(file(suite('S', [one()])), 'Exact');
    expect(results).toMatchObject([{ score: 1 }]);
  });

  test('cut off or damaged, it names file and line', async () => {
    const text = file(suite('S', [one(), one({ input: 'r' })]));
    const cut = await read(text.slice(0, -150));
    expect(cut.problems[0]).toMatch(/\(e\.json:\d+\)$/);
    const broken = await read(text.replace('"input": "r"', '"input": r'));
    const line = text.slice(0, text.indexOf('"input": "r"')).split('\n').length;
    expect(broken.problems[0]).toContain(`(e.json:${line})`);
    expect(broken.results).toHaveLength(1);
    const strange = await read(file(suite('S', [{ id: 1 }])));
    expect(strange.problems[0]).toMatch(/^element 1 of "suites\.0\.evals" is no result, .*\(e\.json:\d+\)$/);
  });
});
