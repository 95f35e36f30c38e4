import { describe, expect, test } from 'vitest';
import { importTexts, textFile } from '../../../../test/import-texts.ts';
import { openaiEvalsImporter } from './importer.ts';

const SPEC = {
  spec: {
    completion_fns: ['gpt-4'],
    eval_name: 'colors.dev.v0',
    base_eval: 'colors',
    split: 'dev',
    run_config: { seed: 1 },
    created_by: '',
    run_id: '2401',
    created_at: '2024-01-01 12:00:00.000000',
  },
};
const event = (id: number, sample_id: string, type: string, data: object) => ({
  run_id: '2401',
  event_id: id,
  sample_id,
  type,
  data,
  created_by: '',
  created_at: `2024-01-01 12:00:0${id}.000000+00:00`,
});
const sampling = (id: number, sample: string, sampled: unknown) =>
  event(id, sample, 'sampling', { prompt: [{ role: 'user', content: sample }], sampled });
const match = (id: number, sample: string, correct: boolean, more: object = {}) =>
  event(id, sample, 'match', {
    correct,
    expected: 'red',
    picked: 'red',
    sampled: 'Red!',
    options: ['red'],
    ...more,
  });
const lines = (...values: readonly unknown[]): string =>
  values.map((value) => `${JSON.stringify(value)}\n`).join('');
const read = async (...values: readonly unknown[]) =>
  importTexts(openaiEvalsImporter, { 'r.jsonl': lines(SPEC, ...values) });

describe('a record', () => {
  test('is recognised by its specification or by its events', () => {
    expect(openaiEvalsImporter.recognises(textFile('a', lines(SPEC)))).toBe(true);
    expect(openaiEvalsImporter.recognises(textFile('a', lines(match(1, 's', true))))).toBe(true);
    expect(openaiEvalsImporter.recognises(textFile('a', '{"spec": {"openapi": "3"}}'))).toBe(false);
  });

  test('joins events by sample in any order, and takes the verdict of the match', async () => {
    const { results, problems, summary } = await read(
      sampling(1, 'c.0', ['Red!']),
      sampling(2, 'c.1', 'blue'),
      match(4, 'c.1', false, { sampled: undefined, expected: ['red', 'rot'] }),
      { final_report: { accuracy: 0.5, bootstrap_std: 0.1 } },
      match(3, 'c.0', true),
    );
    expect(problems).toEqual([]);
    expect(results).toMatchObject([
      {
        run: 'colors.dev.v0:gpt-4@2401',
        caseId: 'c.1',
        passed: false,
        score: 0,
        expected: '["red","rot"]',
        output: 'blue',
        line: 4,
      },
      {
        caseId: 'c.0',
        trial: '1',
        status: 'scored',
        passed: true,
        score: 1,
        scores: { match: true },
        input: '[{"role":"user","content":"c.0"}]',
        expected: 'red',
        output: 'Red!',
        model: 'gpt-4',
        timestamp: '2024-01-01 12:00:03.000000+00:00',
        extra: { elapsed_ms_estimate: '2000', picked: 'red' },
        line: 6,
      },
    ]);
    expect(summary.ownNumbers).toEqual([
      { run: 'colors.dev.v0:gpt-4@2401', name: 'final_report accuracy', value: 0.5, ours: 0.5, reason: null },
      {
        run: 'colors.dev.v0:gpt-4@2401',
        name: 'final_report bootstrap_std',
        value: 0.1,
        ours: null,
        reason: 'the record does not say how it is computed',
      },
    ]);
    expect(summary.runs[0]?.facts.slice(0, 3)).toEqual([
      ['model', 'gpt-4'],
      ['eval', 'colors.dev.v0'],
      ['base eval', 'colors'],
    ]);
  });

  test('an accuracy that the matches do not give is said', async () => {
    const { summary } = await read(match(1, 'c.0', true), { final_report: { accuracy: 0.5 } });
    expect(summary.ownNumbers).toMatchObject([
      { value: 0.5, ours: 1, reason: 'it is not the share of correct among the 1 matches of this file' },
    ]);
  });

  test('several matches of a sample are trials', async () => {
    const { results } = await read(match(1, 'c.0', true), match(2, 'c.0', false));
    expect(results.map(({ caseId, trial, passed }) => [caseId, trial, passed])).toEqual([
      ['c.0', '1', true],
      ['c.0', '2', false],
    ]);
  });

  test('of several answers the first is the output: later ones are the judge’s', async () => {
    const { results, summary } = await read(
      sampling(1, 'c.0', 'the answer'),
      sampling(2, 'c.0', 'reasoning of the judge'),
      event(3, 'c.0', 'metrics', { choice: 'Y', score: 1 }),
    );
    expect(results).toMatchObject([
      {
        output: 'the answer',
        status: 'scored',
        passed: null,
        score: 1,
        scores: { score: 1 },
        extra: { choice: 'Y', sampling_events: '2' },
      },
    ]);
    expect(summary.notes).toContain(
      'samples with several sampling events: the first answer is taken as the output',
    );
  });

  test('an error without a match is the target’s; with a match the match counts', async () => {
    const failed = event(1, 'c.0', 'error', { type: 'Timeout', message: 'after 60 s' });
    const { results } = await read(failed, { ...failed, sample_id: 'c.1' }, match(3, 'c.1', true));
    expect(results).toMatchObject([
      { caseId: 'c.0', status: 'error', error: 'Timeout: after 60 s' },
      { caseId: 'c.1', status: 'scored', passed: true },
    ]);
  });

  test('a sample that was only sampled is unscored, and other events are named', async () => {
    const { results, summary } = await read(sampling(1, 'c.0', 'x'), event(2, 'c.0', 'embedding', {}));
    expect(results).toMatchObject([{ status: 'unscored', passed: null, score: null, output: 'x' }]);
    expect(summary.unmapped).toEqual([{ field: 'event embedding', rows: 1 }]);
    expect(summary.notes).toContain('r.jsonl has no "final_report": the eval may not have ended');
  });

  test('lines that are no event, and lines that are cut off, are named', async () => {
    const { results, problems } = await importTexts(openaiEvalsImporter, {
      'r.jsonl': `${lines(SPEC, match(1, 'c.0', true), { run_id: '1' })}{"run_id": "24`,
    });
    expect(results).toHaveLength(1);
    expect(problems).toHaveLength(2);
    expect(problems[0]).toMatch(/^the line is no event: .*\(r\.jsonl:3\)$/);
    expect(problems[1]).toMatch(/\(r\.jsonl:4\)$/);
  });
});
