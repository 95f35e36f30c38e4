import { describe, expect, test } from 'vitest';
import { importTexts, textFile } from '../../../../test/import-texts.ts';
import { bifrostImporter } from './bifrost.ts';

const lines = (...rows: readonly object[]): string => rows.map((row) => JSON.stringify(row)).join('\n');

const toolCall = {
  index: 0,
  id: 'call_1',
  type: 'function',
  function: { name: 'refund', arguments: '{"order":{"id":7,"items":[{"sku":"a"}]}}' },
};

const log = (id: string, more: object = {}) => ({
  id,
  parent_request_id: null,
  timestamp: '2026-01-31T12:00:00.123456Z',
  object: 'chat.completion',
  provider: 'openai',
  model: 'gpt-5',
  alias: 'support',
  number_of_retries: 1,
  fallback_index: 0,
  selected_key_id: 'k',
  selected_key_name: 'main',
  virtual_key_id: 'vk-1',
  virtual_key_name: 'web',
  routing_rule_id: 'r-1',
  routing_rule_name: 'cheap first',
  selected_prompt_name: 'refunds',
  selected_prompt_version: '7',
  selected_prompt_id: 'p-1',
  user_id: 'u-1',
  user_name: null,
  team_id: 't-1',
  team_name: 'Support',
  customer_id: 'c-1',
  customer_name: 'Acme',
  business_unit_id: null,
  business_unit_name: null,
  input_history: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: `Refund ${id}?` },
  ],
  output_message: { role: 'assistant', content: null, tool_calls: [toolCall] },
  tools: [
    { type: 'function', function: { name: 'refund' } },
    { type: 'function', function: { name: 'lookup' } },
  ],
  token_usage: { prompt_tokens: 20, completion_tokens: 5, total_tokens: 25 },
  cost: 0.002,
  latency: 812.5,
  status: 'success',
  stop_reason: 'tool_calls',
  stream: false,
  metadata: { tier: 'gold', region: 'eu' },
  created_at: '2026-01-31T12:00:01Z',
  ...more,
});

const expected = {
  run: 'refunds@7',
  status: 'unscored',
  input: 'Refund a?',
  output: null,
  latencyMs: 812.5,
  costUsd: 0.002,
  inputTokens: 20,
  outputTokens: 5,
  totalTokens: 25,
  timestamp: '2026-01-31T12:00:00.123456Z',
  model: 'gpt-5',
  promptFingerprint: 'p-1@7',
  trial: '1',
  tags: {
    customer: 'Acme',
    customer_id: 'c-1',
    team: 'Support',
    user: 'u-1',
    virtual_key: 'web',
    routing_rule: 'cheap first',
    provider: 'openai',
    model: 'gpt-5',
    alias: 'support',
    stop_reason: 'tool_calls',
    prompt: 'refunds',
    prompt_version: '7',
    'metadata.tier': 'gold',
    'metadata.region': 'eu',
  },
  extra: {
    request_id: 'a',
    retries: '0',
    provider_retries: '1',
    prompt_version: '7',
    stop_reason: 'tool_calls',
    turns: '1',
    tools: ['refund'],
    tools_offered: ['refund', 'lookup'],
  },
};

/** As the rows stand in the database: JSON in text columns. */
const stored = (row: ReturnType<typeof log>): object => {
  const { object, ...rest } = row;
  const json = ['input_history', 'output_message', 'tools', 'token_usage', 'metadata'] as const;
  return {
    ...rest,
    object_type: object,
    ...Object.fromEntries(json.map((name) => [name, JSON.stringify(row[name])])),
  };
};

describe('every slice key, the prompt, tool calls and the time are kept', () => {
  test.each([
    ['an answer of the API', JSON.stringify({ logs: [log('a')], pagination: { total_count: 1 }, stats: {} })],
    ['a JSON array', JSON.stringify([log('a')], null, 1)],
    ['JSON lines', lines(log('a'))],
    ['rows of the database', JSON.stringify([stored(log('a'))])],
  ])('%s', async (_, text) => {
    expect(bifrostImporter.recognises(textFile('a', text))).toBe(true);
    const { results, problems, summary } = await importTexts(bifrostImporter, { a: text });
    expect(problems).toEqual([]);
    expect(results).toMatchObject([expected]);
    const [call] = JSON.parse(results[0]!.extra!.tool_calls as string) as [
      { name: string; arguments: string },
    ];
    expect([call.name, JSON.parse(call.arguments)]).toEqual([
      'refund',
      { order: { id: 7, items: [{ sku: 'a' }] } },
    ]);
    expect(JSON.parse(results[0]!.extra!.messages as string)).toEqual(log('a').input_history);
    expect(summary.notes).toEqual([]);
  });

  test('CSV of the database', async () => {
    const row = stored(log('a')) as Record<string, unknown>;
    const cell = (value: unknown): string =>
      value === null ? '' : `"${String(value).replaceAll('"', '""')}"`;
    const csv = `${Object.keys(row).join(',')}\n${Object.values(row).map(cell).join(',')}\n`;
    const { results, problems } = await importTexts(bifrostImporter, { 'a.csv': csv });
    expect(problems).toEqual([]);
    expect(results).toMatchObject([expected]);
  });

  test('lists of owners are several tags, the engine list may be one text', async () => {
    const { results } = await importTexts(bifrostImporter, {
      a: lines(
        log('a', {
          team_ids: ['t-1', 't-2'],
          team_names: ['Support', 'Sales'],
          routing_engines_used: 'governance,loadbalancing',
        }),
      ),
    });
    expect(results[0]!.tags).toMatchObject({
      team: ['Support', 'Sales'],
      team_id: ['t-1', 't-2'],
      routing_engine: ['governance', 'loadbalancing'],
    });
  });

  test('1000 rows go in and out with equal counts per customer', async () => {
    const rows = Array.from({ length: 1000 }, (_, at) => log(`r${at}`, { customer_name: `C${at % 7}` }));
    const { results } = await importTexts(bifrostImporter, { a: lines(...rows) });
    const count = (names: readonly unknown[]): unknown =>
      Object.fromEntries([...Map.groupBy(names, String)].map(([name, all]) => [name, all.length]));
    expect(count(results.map(({ tags }) => tags!.customer))).toEqual(
      count(rows.map(({ customer_name: name }) => name)),
    );
  });
});

describe('a fallback chain is one request', () => {
  const failed = {
    status: 'error',
    output_message: null,
    error_details: { error: { message: 'rate limit' } },
    cost: 0.001,
  };
  const retry = (id: string, index: number, more: object = {}) =>
    log(id, {
      parent_request_id: 'a',
      fallback_index: index,
      timestamp: `2026-01-31T12:00:0${index}Z`,
      provider: 'anthropic',
      ...more,
    });

  test('the final attempt stays, the others count as retries, their cost adds up', async () => {
    const { results } = await importTexts(bifrostImporter, {
      a: lines(retry('c', 2), log('a', failed), retry('b', 1, failed), log('z')),
    });
    expect(
      results.map(({ extra, status, costUsd }) => [extra!.request_id, extra!.retries, status, costUsd]),
    ).toEqual([
      ['c', '2', 'unscored', 0.004],
      ['z', '0', 'unscored', 0.002],
    ]);
  });

  test('across files of a month', async () => {
    const { results } = await importTexts(bifrostImporter, {
      'jan.jsonl': lines(log('a', failed)),
      'feb.jsonl': lines(retry('b', 1, failed)),
    });
    expect(results).toMatchObject([
      { status: 'error', error: 'rate limit', extra: { request_id: 'b', retries: '1' } },
    ]);
  });

  test('a parent that is a session holds several requests, which are one cluster', async () => {
    const turn = (id: string, second: number, index = 0) =>
      log(id, {
        parent_request_id: 'session',
        fallback_index: index,
        timestamp: `2026-01-31T12:00:0${second}Z`,
      });
    const { results } = await importTexts(bifrostImporter, {
      a: lines(turn('a', 1), turn('b', 2), turn('c', 3, 1)),
    });
    expect(results.map(({ extra, cluster }) => [extra!.request_id, extra!.retries, cluster])).toEqual([
      ['a', '0', 'session'],
      ['c', '1', 'session'],
    ]);
  });

  test('rows without fallback_index are attempts of one request', async () => {
    const old = (id: string, second: number) =>
      log(id, {
        parent_request_id: 'p',
        fallback_index: undefined,
        timestamp: `2026-01-31T12:00:0${second}Z`,
      });
    const { results } = await importTexts(bifrostImporter, { a: lines(old('b', 2), old('a', 1)) });
    expect(results.map(({ extra }) => [extra!.request_id, extra!.retries])).toEqual([['b', '1']]);
  });
});

test('what is unfinished or offloaded is said, never blank in silence', async () => {
  const text = lines(
    log('a', { status: 'processing', output_message: null }),
    log('b', { input_history: [], output_message: null, tools: null, content_summary: 'Refund b?' }),
    log('c'),
    log('c'),
  );
  const { results, summary } = await importTexts(bifrostImporter, { a: text });
  expect(results.map(({ extra, input }) => [extra!.request_id, input, extra!.content_summary])).toEqual([
    ['b', null, 'Refund b?'],
    ['c', 'Refund c?', undefined],
  ]);
  expect(summary.dropped.map(({ reason, examples }) => [reason, examples])).toEqual([
    ['request that is unfinished (status processing)', ['a:1']],
    ['prompt and output of a request (offloaded, only content_summary is left)', ['a:2']],
    ['row that the files hold twice', ['a:4']],
  ]);
  expect(summary.notes.join()).toContain('object store');
});

test('a page of an answer says so', async () => {
  const { summary } = await importTexts(bifrostImporter, {
    a: JSON.stringify({ logs: [log('a')], pagination: { total_count: 90 } }),
  });
  expect(summary.notes).toEqual(['a is one page of an answer: it holds 1 of 90 logs.']);
});

test.each([
  [
    'a prompt that is cut off',
    stored(log('b', { input_history: undefined })),
    { input_history: '[{"role":"user","content":"Ref' },
    /^"input_history" holds JSON that is malformed or cut off.*\(a:2\)$/,
  ],
  [
    'tool calls that are cut off',
    log('b'),
    { output_message: '{"role":"assistant","tool_calls":[{' },
    /^"output_message" holds JSON.*\(a:2\)$/,
  ],
  ['metadata that is cut off', log('b'), { metadata: '{"tier":"go' }, /^"metadata" holds JSON.*\(a:2\)$/],
  ['a time that is none', log('b'), { timestamp: 'noon' }, /^"timestamp" is "noon".*\(a:2\)$/],
  [
    'a customer that is an object',
    log('b'),
    { customer_name: { id: 1 } },
    /^"customer_name" is an object, expected a text \(a:2\)$/,
  ],
  ['a row without id', log('b'), { id: null }, /^"id" is missing.*\(a:2\)$/],
])('%s is an error that names the row', async (_, row, more, problem) => {
  const { problems } = await importTexts(bifrostImporter, {
    a: lines(log('a'), { ...row, ...more }, log('z')),
  });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(problem);
});

test('a file that is cut off is an error with its line', async () => {
  const text = JSON.stringify({ logs: [log('a'), log('b')] }, null, 1);
  const { problems } = await importTexts(bifrostImporter, { a: text.slice(0, -200) });
  expect(problems.at(-1)).toMatch(/\(a:\d+\)$/);
});
