import { describe, expect, test } from 'vitest';
import { importTexts, textFile } from '../../../../test/import-texts.ts';
import { otelImporter } from './otel.ts';
import { isoOfNanos, millisBetweenNanos, readAttributes, readNanos } from './otlp-values.ts';
import { unflatten } from './span-content.ts';

type Plain = Readonly<Record<string, unknown>>;

const any = (value: unknown): object => {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (Array.isArray(value)) return { arrayValue: { values: value.map(any) } };
  if (typeof value === 'number')
    return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  return { kvlistValue: { values: attributes(value as Plain) } };
};
const attributes = (plain: Plain): object[] =>
  Object.entries(plain).map(([key, value]) => ({ key, value: any(value) }));

const START = 1769860800123456789n;
const span = (
  traceId: string,
  spanId: string,
  parentSpanId: string | null,
  plain: Plain,
  more: Plain = {},
) => ({
  traceId,
  spanId,
  ...(parentSpanId === null ? {} : { parentSpanId }),
  name: spanId,
  kind: 3,
  startTimeUnixNano: String(START),
  endTimeUnixNano: String(START + 1_500_000_250n),
  attributes: attributes(plain),
  status: {},
  ...more,
});
const request = (
  spans: readonly object[],
  resource: Plain = { 'service.name': 'shop', 'service.version': '7', 'deployment.environment.name': 'prod' },
) => ({
  resourceSpans: [
    { resource: { attributes: attributes(resource) }, scopeSpans: [{ scope: { name: 's' }, spans }] },
  ],
});
const logs = (...records: readonly object[]) => ({
  resourceLogs: [{ resource: {}, scopeLogs: [{ scope: {}, logRecords: records }] }],
});
const evaluation = (plain: Plain, more: Plain = {}) => ({
  timeUnixNano: String(START),
  eventName: 'gen_ai.evaluation.result',
  attributes: attributes(plain),
  ...more,
});
const lines = (...rows: readonly object[]): string => rows.map((row) => JSON.stringify(row)).join('\n');

const chat: Plain = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-5',
  'gen_ai.response.model': 'gpt-5-2026',
  'gen_ai.response.id': 'resp-1',
  'gen_ai.conversation.id': 'conv-1',
  'gen_ai.usage.input_tokens': 20,
  'gen_ai.usage.output_tokens': 5,
  'gen_ai.response.finish_reasons': ['tool_calls'],
  'gen_ai.input.messages': JSON.stringify([
    { role: 'user', parts: [{ type: 'text', content: 'Refund order 7?' }] },
  ]),
  'gen_ai.output.messages': JSON.stringify([
    {
      role: 'assistant',
      parts: [
        { type: 'text', content: 'One moment.' },
        { type: 'tool_call', id: 'c1', name: 'refund', arguments: { order: { id: 7 } } },
      ],
      finish_reason: 'tool_call',
    },
  ]),
  'customer.name': 'acme',
  'app.tiers': ['gold', 'eu'],
};

const expected = {
  run: 'shop@7',
  caseId: 't1',
  status: 'unscored',
  input: 'Refund order 7?',
  output: 'One moment.',
  latencyMs: 1500.00025,
  inputTokens: 20,
  outputTokens: 5,
  totalTokens: 25,
  timestamp: '2026-01-31T12:00:00.123Z',
  model: 'gpt-5-2026',
  cluster: 'conv-1',
  tags: {
    'service.name': 'shop',
    'deployment.environment.name': 'prod',
    'customer.name': 'acme',
    'app.tiers': ['gold', 'eu'],
    model: ['gpt-5-2026'],
    provider: ['openai'],
    stop_reason: ['tool_calls'],
  },
  extra: {
    trace_id: 't1',
    turns: '1',
    tools: ['refund'],
    stop_reason: 'tool_calls',
    start_time_unix_nano: String(START),
    response_id: 'resp-1',
  },
};

describe('values of OTLP JSON', () => {
  test('64-bit integers and times keep every digit', () => {
    expect(
      readAttributes([
        { key: 'a', value: { intValue: '9007199254740993' } },
        { key: 'b', value: { intValue: 3 } },
      ]),
    ).toEqual({ a: '9007199254740993', b: 3 });
    expect(readNanos('1769860800123456789')).toBe(1769860800123456789n);
    expect(isoOfNanos(1769860800123999999n)).toBe('2026-01-31T12:00:00.123Z');
    expect(millisBetweenNanos(START, START + 1n)).toBe(1e-6);
    expect([readNanos('0'), readNanos(undefined), readNanos('soon')]).toEqual([null, null, undefined]);
  });

  test('flattened names become messages again', () => {
    const flat = {
      'm.1.message.role': 'user',
      'm.0.message.role': 'system',
      'm.10.message.role': 'assistant',
      'm.0.message.content': 'x',
    };
    expect(unflatten(flat, 'm')).toEqual([
      { message: { role: 'system', content: 'x' } },
      { message: { role: 'user' } },
      { message: { role: 'assistant' } },
    ]);
  });
});

describe('spans of OpenTelemetry', () => {
  test.each([
    ['one object', JSON.stringify(request([span('t1', 'a', null, chat)]), null, 1)],
    ['one object on one line', JSON.stringify(request([span('t1', 'a', null, chat)]))],
    ['export requests, one a line', lines(request([]), request([span('t1', 'a', null, chat)]))],
    ['a list of export requests', JSON.stringify([request([span('t1', 'a', null, chat)])])],
  ])('%s', async (_, text) => {
    expect(otelImporter.recognises(textFile('a', text))).toBe(true);
    const { results, problems, summary } = await importTexts(otelImporter, { a: text });
    expect(problems).toEqual([]);
    expect(results).toMatchObject([expected]);
    expect(JSON.parse(results[0]!.extra!.tool_calls as string)).toEqual([
      { id: 'c1', name: 'refund', arguments: { order: { id: 7 } } },
    ]);
    expect(summary.dropped).toEqual([]);
  });

  test('old names mean the same', async () => {
    const old = {
      'gen_ai.system': 'openai',
      'gen_ai.request.model': 'gpt-4',
      'gen_ai.usage.prompt_tokens': 20,
      'gen_ai.usage.completion_tokens': 5,
      'gen_ai.prompt.0.role': 'user',
      'gen_ai.prompt.0.content': 'Hi',
      'gen_ai.completion.0.role': 'assistant',
      'gen_ai.completion.0.content': 'Hello',
    };
    const { results } = await importTexts(otelImporter, {
      a: JSON.stringify(request([span('t1', 'a', null, old)])),
    });
    expect(results[0]).toMatchObject({
      input: 'Hi',
      output: 'Hello',
      inputTokens: 20,
      outputTokens: 5,
      model: 'gpt-4',
      tags: { provider: ['openai'] },
    });
    expect(Object.keys(results[0]!.tags!).some((name) => name.startsWith('gen_ai.prompt'))).toBe(false);
  });

  test('messages may be events of the span, or logged in another file', async () => {
    const bare = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'm' };
    const { results } = await importTexts(otelImporter, {
      'traces.jsonl': lines(
        request([
          span('t1', 'a', null, bare, {
            events: [{ name: 'gen_ai.user.message', attributes: attributes({ content: 'Hi' }) }],
          }),
        ]),
      ),
      'logs.jsonl': lines(
        logs({
          traceId: 't1',
          spanId: 'a',
          eventName: 'gen_ai.choice',
          body: any({ index: 0, message: { role: 'assistant', content: 'Hello' } }),
        }),
      ),
    });
    expect(results[0]).toMatchObject({ input: 'Hi', output: 'Hello' });
  });

  test('an agent is one row: sums over leaves, tools by name, latency of the root', async () => {
    const agent = {
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.agent.name': 'helper',
      'gen_ai.usage.input_tokens': 40,
    };
    const tool = { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'lookup' };
    const { results } = await importTexts(otelImporter, {
      a: lines(
        request([
          span(
            't1',
            'c2',
            'agent',
            {
              ...chat,
              'gen_ai.output.messages': JSON.stringify([
                { role: 'assistant', parts: [{ type: 'text', content: 'Done.' }] },
              ]),
            },
            { startTimeUnixNano: String(START + 5n) },
          ),
          span('t1', 'agent', 'http', agent),
          span('t1', 'c1', 'agent', chat),
          span('t1', 'tool', 'agent', tool),
          span(
            't1',
            'http',
            null,
            { 'http.route': '/chat' },
            { endTimeUnixNano: String(START + 3_000_000_000n) },
          ),
        ]),
      ),
    });
    expect(results).toHaveLength(1);
    expect(results[0]).toMatchObject({
      inputTokens: 40,
      outputTokens: 10,
      latencyMs: 3000,
      extra: { tools: ['refund', 'lookup'] },
      tags: { 'http.route': '/chat', 'gen_ai.agent.name': 'helper' },
    });
  });

  test('a trace is joined across files in any order, each span once', async () => {
    const { results, summary } = await importTexts(otelImporter, {
      'feb.jsonl': lines(request([span('t1', 'a', 'root', chat)])),
      'jan.jsonl': lines(
        request([span('t2', 'x', null, chat)]),
        request([span('t1', 'root', null, {}), span('t1', 'a', 'root', chat)]),
      ),
    });
    expect(results.map(({ caseId, inputTokens }) => [caseId, inputTokens])).toEqual([
      ['t2', 20],
      ['t1', 20],
    ]);
    expect(summary.dropped).toEqual([
      { reason: 'span that the files hold twice', count: 1, examples: ['jan.jsonl:2'] },
    ]);
  });

  test('status error is an error with its message', async () => {
    const failed = span(
      't1',
      'a',
      null,
      { ...chat, 'error.type': 'timeout' },
      { status: { code: 2, message: 'upstream timed out' } },
    );
    const { results } = await importTexts(otelImporter, { a: lines(request([failed])) });
    expect(results[0]).toMatchObject({ status: 'error', error: 'upstream timed out' });
  });

  test('what is no GenAI trace, and metrics, are said', async () => {
    const { results, summary } = await importTexts(otelImporter, {
      a: lines(request([span('t9', 'a', null, { 'http.route': '/' })]), { resourceMetrics: [] }),
    });
    expect(results).toEqual([]);
    expect(summary.dropped.map(({ reason, count }) => [reason, count])).toEqual([
      ['trace without a span of a model, an agent or a tool', 1],
      ['export of metrics, which have no traces', 1],
    ]);
  });
});

describe('spans of OpenInference', () => {
  const llm: Plain = {
    'openinference.span.kind': 'LLM',
    'llm.model_name': 'gpt-5',
    'llm.provider': 'openai',
    'llm.token_count.prompt': 8,
    'llm.token_count.completion': 2,
    'llm.token_count.total': 10,
    'llm.cost.total': 0.25,
    'llm.input_messages.0.message.role': 'user',
    'llm.input_messages.0.message.content': 'Hi',
    'llm.output_messages.0.message.role': 'assistant',
    'llm.output_messages.0.message.tool_calls.0.tool_call.id': 'c1',
    'llm.output_messages.0.message.tool_calls.0.tool_call.function.name': 'refund',
    'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments': '{"id":7}',
  };
  const chain: Plain = {
    'openinference.span.kind': 'CHAIN',
    'input.value': '{"question":"Hi"}',
    'input.mime_type': 'application/json',
    'output.value': 'Bye',
    'session.id': 's1',
    'user.id': 'u1',
    metadata: '{"customer":"acme","example_id":"ex-1"}',
    'tag.tags': ['vip', 'beta'],
  };

  test('chain, model and judge', async () => {
    const judge = { 'openinference.span.kind': 'EVALUATOR' };
    const { results, problems } = await importTexts(otelImporter, {
      a: lines(
        request([
          span('t1', 'root', null, chain),
          span('t1', 'llm', 'root', llm),
          span('t1', 'eval', 'root', judge),
          span('t1', 'judge', 'eval', llm),
        ]),
      ),
    });
    expect(problems).toEqual([]);
    expect(results[0]).toMatchObject({
      caseId: 'ex-1',
      input: '{"question":"Hi"}',
      output: 'Bye',
      cluster: 's1',
      costUsd: 0.25,
      totalTokens: 10,
      tags: { user: 'u1', 'metadata.customer': 'acme', tags: ['vip', 'beta'], model: ['gpt-5'] },
      extra: { tools: ['refund'] },
    });
    expect(JSON.parse(results[0]!.extra!.tool_calls as string)).toEqual([
      { id: 'c1', name: 'refund', arguments: '{"id":7}' },
    ]);
  });
});

describe('evaluation results', () => {
  const trace = lines(
    request([
      span('t1', 'root', null, { 'gen_ai.operation.name': 'invoke_agent' }),
      span('t1', 'search', 'root', { 'gen_ai.operation.name': 'execute_tool' }),
      span('t1', 'chat', 'root', chat),
    ]),
  );
  const correct = {
    'gen_ai.evaluation.name': 'correct',
    'gen_ai.evaluation.score.label': 'pass',
    'gen_ai.evaluation.explanation': 'as asked',
  };

  test.each([
    ['by span', evaluation(correct, { traceId: 't1', spanId: 'chat' })],
    ['by trace', evaluation(correct, { traceId: 't1' })],
    ['by response', evaluation({ ...correct, 'gen_ai.response.id': 'resp-1' })],
  ])('of a file beside the traces are joined %s, whichever file comes first', async (_, record) => {
    for (const files of [
      { 't.jsonl': trace, 'l.jsonl': lines(logs(record)) },
      { 'l.jsonl': lines(logs(record)), 't.jsonl': trace },
    ]) {
      const { results, summary } = await importTexts(otelImporter, files);
      expect(results).toMatchObject([
        {
          status: 'scored',
          passed: true,
          scores: { correct: true },
          extra: { 'label.correct': 'pass', 'comment.correct': 'as asked' },
        },
      ]);
      expect(summary.dropped).toEqual([]);
    }
  });

  test('a number is a score, toxicity does not decide, a broken evaluator leaves null', async () => {
    const result = (name: string, plain: Plain) =>
      evaluation({ 'gen_ai.evaluation.name': name, ...plain }, { traceId: 't1', spanId: 'root' });
    const { results } = await importTexts(otelImporter, {
      a: trace,
      b: lines(
        logs(
          result('relevance', { 'gen_ai.evaluation.score.value': 0.75 }),
          result('toxicity', { 'gen_ai.evaluation.score.value': 0.1 }),
          result('broken', { 'error.type': 'timeout' }),
        ),
      ),
    });
    expect(results[0]).toMatchObject({
      status: 'scored',
      score: 0.75,
      scores: { relevance: 0.75, toxicity: 0.1, broken: null },
      extra: { 'scorer_error.broken': 'timeout' },
    });
  });

  test('what judges a part, or nothing in the files, is said', async () => {
    const { results, summary } = await importTexts(otelImporter, {
      a: trace,
      b: lines(
        logs(
          evaluation(correct, { traceId: 't1', spanId: 'search' }),
          evaluation(correct, { traceId: 't1', spanId: 'gone' }),
          evaluation(correct, { traceId: 't7', spanId: 'x' }),
          evaluation({ ...correct, 'gen_ai.response.id': 'resp-9' }),
          evaluation(correct),
        ),
      ),
    });
    expect(results[0]!.status).toBe('unscored');
    expect(summary.dropped.map(({ reason }) => reason).sort()).toEqual([
      'evaluation correct of a part of the request',
      'evaluation correct of a response that is not in the files',
      'evaluation correct that names neither a span nor a response',
      'event gen_ai.evaluation.result of a span that is not in the files',
      'event gen_ai.evaluation.result of a trace that is not in the files',
    ]);
  });
});

test.each([
  [
    'a time that is none',
    lines(request([]), request([span('t1', 'a', null, chat, { startTimeUnixNano: 'noon' })])),
    'span a: startTimeUnixNano is "noon", expected nanoseconds since 1970 (a:2)',
  ],
  [
    'a span without trace',
    lines(request([span('', 'a', null, chat)])),
    'a span has no traceId or no spanId (a:1)',
  ],
  [
    'messages that an attribute limit cut off',
    lines(request([span('t1', 'a', null, { ...chat, 'gen_ai.input.messages': '[{"role":"user","par' })])),
    'span a: gen_ai.input.messages holds JSON that is malformed or cut off: "[{\\"role\\":\\"user\\",\\"par" at its end (a:1)',
  ],
  [
    'metadata that is cut off',
    lines(request([span('t1', 'a', null, { ...chat, metadata: '{"customer":"ac' })])),
    'span a: metadata holds JSON that is malformed or cut off: "{\\"customer\\":\\"ac" at its end (a:1)',
  ],
  [
    'a line of another kind',
    lines(request([]), { spans: [] }),
    'the line has neither resourceSpans nor resourceLogs, expected an OTLP export request (a:2)',
  ],
  [
    'a resource after its spans',
    JSON.stringify(
      { resourceSpans: [{ scopeSpans: [{ spans: [span('t1', 'a', null, chat)] }], resource: {} }] },
      null,
      1,
    ),
    /^a resource stands after its spans/,
  ],
  [
    'a file that is cut off',
    JSON.stringify(request([span('t1', 'a', null, chat), span('t1', 'b', null, chat)]), null, 1).slice(
      0,
      -300,
    ),
    /\(a:\d+\)$/,
  ],
  [
    'a line that is cut off',
    lines(request([]), request([span('t1', 'a', null, chat)])).slice(0, -20),
    /\(a:2\)$/,
  ],
])('%s is an error that names the place', async (_, text, problem) => {
  const { problems } = await importTexts(otelImporter, { a: text });
  expect(problems.length).toBeGreaterThan(0);
  if (typeof problem === 'string') expect(problems).toEqual([problem]);
  else expect(problems.at(-1)).toMatch(problem);
});

test('10,000 traces whose spans are far apart are all joined', async () => {
  const parts = (kind: 'root' | 'chat') =>
    Array.from({ length: 10_000 }, (_, at) =>
      kind === 'root'
        ? span(`t${at}`, 'r', null, {})
        : span(`t${at}`, 'c', 'r', { 'gen_ai.request.model': 'm', 'customer.name': `c${at % 3}` }),
    );
  const { results, problems } = await importTexts(otelImporter, {
    a: lines(request(parts('root'))),
    b: lines(request(parts('chat'))),
  });
  expect(problems).toEqual([]);
  expect(results).toHaveLength(10_000);
  expect(results.filter(({ tags }) => tags!['customer.name'] === 'c0')).toHaveLength(3_334);
});
