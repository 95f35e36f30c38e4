import { describe, expect, test } from 'vitest';
import { importTexts, textFile } from '../../../../test/import-texts.ts';
import { braintrustImporter } from './braintrust.ts';

const lines = (...rows: readonly object[]): string => rows.map((row) => JSON.stringify(row)).join('\n');

const event = (id: string, more: object = {}) => ({
  id,
  _xact_id: '1000192656880881099',
  created: '2026-01-31T12:00:00.000Z',
  experiment_id: 'exp-1',
  project_id: 'p-1',
  input: { question: `Q-${id}` },
  output: 'A',
  expected: 'A',
  error: null,
  scores: { Factuality: 0.6, Length: null },
  metadata: { customer: 'acme', model: 'gpt-5' },
  tags: ['vip'],
  metrics: { start: 1769860800.25, end: 1769860801.5, tokens: 12, prompt_tokens: 10, completion_tokens: 2 },
  span_id: `s-${id}`,
  span_parents: null,
  root_span_id: `s-${id}`,
  is_root: true,
  span_attributes: { name: 'eval', type: 'eval' },
  ...more,
});

const span = (root: string, id: string, type: string, more: object = {}) =>
  event(id, {
    root_span_id: `s-${root}`,
    span_parents: [`s-${root}`],
    is_root: false,
    scores: {},
    span_attributes: { name: id, type },
    ...more,
  });

const expected = {
  run: 'exp-1',
  status: 'scored',
  score: 0.6,
  passed: null,
  scores: { Factuality: 0.6, Length: null },
  input: '{"question":"Q-a"}',
  output: 'A',
  expected: 'A',
  latencyMs: 1250,
  inputTokens: 10,
  outputTokens: 2,
  totalTokens: 12,
  model: 'gpt-5',
  trial: '1',
  tags: { tags: ['vip'], 'metadata.customer': 'acme' },
};

test.each([
  ['a JSON array', JSON.stringify([event('a'), event('b')], null, 2)],
  ['JSON lines', lines(event('a'), event('b'))],
  ['an answer of fetch', JSON.stringify({ events: [event('a'), event('b')], cursor: 'x' })],
  ['an answer of a query', JSON.stringify({ data: [event('a'), event('b')], schema: {} })],
])('%s', async (_, text) => {
  expect(braintrustImporter.recognises(textFile('a', text))).toBe(true);
  const { results, problems, summary } = await importTexts(braintrustImporter, { a: text });
  expect(problems).toEqual([]);
  expect(results).toHaveLength(2);
  expect(results[0]).toMatchObject(expected);
  expect(summary.metrics.find(({ name }) => name === 'Factuality')).toMatchObject({
    direction: 'higher',
    primary: true,
  });
});

test('CSV spells objects as JSON and may give scores columns of their own', async () => {
  const csv =
    'id,experiment_id,root_span_id,input,output,scores,scores.Exact,metadata,tags,created\na,exp-1,s-a,"{""q"":1}",A,"{""F"":0.5}",1,"{""customer"":""acme""}","[""x""]",2026-01-31T12:00:00Z\nb,exp-1,s-b,plain text,B,{},,,,2026-01-31T12:00:01Z\n';
  expect(braintrustImporter.recognises(textFile('a.csv', csv))).toBe(true);
  const { results, problems } = await importTexts(braintrustImporter, { 'a.csv': csv }, 'Exact');
  expect(problems).toEqual([]);
  expect(results).toMatchObject([
    {
      status: 'scored',
      score: 1,
      scores: { F: 0.5, Exact: 1 },
      tags: { tags: ['x'], 'metadata.customer': 'acme' },
    },
    { status: 'unscored', input: 'plain text' },
  ]);
});

describe('traces', () => {
  test('parts are no cases: they give tools, tokens, cost and scores of the row', async () => {
    const llm = {
      metrics: { prompt_tokens: 5, completion_tokens: 1, tokens: 6, estimated_cost: 0.25 },
      metadata: { model: 'm' },
    };
    const { results } = await importTexts(braintrustImporter, {
      a: lines(
        span('a', 'call', 'llm', llm),
        span('a', 'again', 'llm', { ...llm, span_parents: ['s-call'] }),
        span('a', 'lookup', 'tool', { input: { id: 7 } }),
        span('a', 'judge', 'score', { scores: { Tone: 1 } }),
        event('a', { metrics: {}, metadata: {} }),
      ),
    });
    expect(results).toHaveLength(1);
    expect(results[0]).toMatchObject({
      inputTokens: 5,
      totalTokens: 6,
      costUsd: 0.25,
      model: 'm',
      scores: { Tone: 1, Factuality: 0.6 },
      extra: { tools: ['lookup'] },
    });
    expect(JSON.parse(results[0]!.extra!.tool_calls as string)).toMatchObject([
      { name: 'lookup', arguments: { id: 7 } },
    ]);
  });

  test('equal inputs are trials, an error is an error, a trace without its root is said', async () => {
    const same = { input: 'same' };
    const { results, summary } = await importTexts(braintrustImporter, {
      a: lines(
        event('a', same),
        event('b', { ...same, scores: {} }),
        event('c', { error: { message: 'boom' }, scores: {} }),
        span('gone', 'd', 'llm'),
      ),
    });
    expect(results.map(({ trial, status, error }) => [trial, status, error])).toEqual([
      ['1', 'scored', undefined],
      ['2', 'unscored', undefined],
      ['1', 'error', '{"message":"boom"}'],
    ]);
    expect(summary.dropped).toEqual([
      { reason: 'span of a trace whose root is not in the files', count: 1, examples: ['a:4'] },
    ]);
  });

  test('rows of project logs are cases of their own', async () => {
    const log = {
      experiment_id: undefined,
      log_id: 'g',
      scores: {},
      input: [{ role: 'user', content: 'Hi' }],
    };
    const { results } = await importTexts(braintrustImporter, { a: lines(event('a', log), event('b', log)) });
    expect(results.map(({ run, caseId, status, input }) => [run, caseId, status, input])).toEqual([
      ['logs', 'a', 'unscored', 'Hi'],
      ['logs', 'b', 'unscored', 'Hi'],
    ]);
  });
});

test.each([
  [
    'a score that is a text',
    lines(event('a'), event('b', { scores: { F: 'high' } })),
    /^"scores.F" is no number.*\(a:2\)$/,
  ],
  ['a time that is none', lines(event('a', { created: 'noon' })), /^"created" is "noon".*\(a:1\)$/],
  [
    'metadata that is a text',
    lines(event('a', { metadata: 'acme' })),
    /^"metadata" is "acme", expected an object \(a:1\)$/,
  ],
  ['a file that is cut off', JSON.stringify([event('a'), event('b')]).slice(0, -60), /\(a:1\)$/],
  ['a line that is cut off', lines(event('a'), event('b')).slice(0, -60), /\(a:2\)$/],
])('%s is an error', async (_, text, problem) => {
  const { problems } = await importTexts(braintrustImporter, { a: text });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(problem);
});
