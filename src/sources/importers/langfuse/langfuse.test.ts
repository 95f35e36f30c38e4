import { describe, expect, test } from 'vitest';
import { diskFile, importTexts, textFile } from '../../../../test/import-texts.ts';
import { sharedPath } from '../../../../test/shared-folder.ts';
import { langfuseImporter } from './langfuse.ts';

const lines = (...rows: readonly object[]): string => rows.map((row) => JSON.stringify(row)).join('\n');

describe.skipIf(sharedPath('importers', 'langfuse-traces') === null)('the real traces', () => {
  const real = (name: string) => diskFile(sharedPath('importers', 'langfuse-traces', name)!);
  const langgraph = 'langgraph-python-2025-08-22.trace.json';
  const gemini = 'google-gemini-2025-08-01.trace.json';

  test('are recognised', () => {
    expect([langgraph, gemini].map((name) => langfuseImporter.recognises(real(name)))).toEqual([true, true]);
  });

  test('langgraph: observations that stand in two places count once, leaves alone are summed', async () => {
    const { results, problems } = await importTexts(langfuseImporter, [real(langgraph)]);
    expect(problems).toEqual([]);
    expect(results).toHaveLength(1);
    expect(results[0]).toMatchObject({
      caseId: 'e1fde3efec57ce8a69bafd3fb928a7eb',
      status: 'unscored',
      costUsd: 0.000234,
      latencyMs: 2610,
      totalTokens: 234,
      inputTokens: 168,
      outputTokens: 66,
      model: 'gpt-4o-2024-08-06',
      timestamp: '2025-08-22T09:38:56.228Z',
      scores: { hallucination: 0.1, toxicity: 0 },
      input: "Search the web for 'example' and summarize.",
      extra: { observations: '9', turns: '1', tools: ['Web-Search'] },
    });
    expect(results[0]!.output).toMatch(/^The search for "example" primarily leads/);
    expect(JSON.parse(results[0]!.extra!.tool_calls as string)).toMatchObject([{ name: 'Web-Search' }]);
  });

  test('gemini: input, output and metadata are JSON inside of strings', async () => {
    const { results, problems } = await importTexts(langfuseImporter, [real(gemini)]);
    expect(problems).toEqual([]);
    expect(results[0]).toMatchObject({
      costUsd: 0.005139299999,
      latencyMs: 12032,
      totalTokens: 2061,
      inputTokens: 6,
      outputTokens: 2055,
      model: 'gemini-2.5-flash',
      input: '{"model":"gemini-2.5-flash","contents":"What is Langfuse?"}',
      scores: { hallucination: 0.1, toxicity: 0 },
      extra: { observations: '1' },
    });
    expect(results[0]!.output).toMatch(/^\{"sdk_http_response"/);
    expect(results[0]!.tags).toMatchObject({ 'metadata.attributes.llm.model_name': 'gemini-2.5-flash' });
  });

  test('both together: scores whose direction nobody states do not decide', async () => {
    const { results, summary } = await importTexts(langfuseImporter, [real(langgraph), real(gemini)]);
    expect(results.map(({ status, passed, score }) => [status, passed, score])).toEqual([
      ['unscored', null, null],
      ['unscored', null, null],
    ]);
    expect(
      summary.metrics.map(({ name, direction, primary }) => `${name} ${direction} ${primary}`).sort(),
    ).toEqual(['hallucination unknown false', 'toxicity unknown false']);
    expect(summary.notes.join()).toContain('--score');
  });

  test('the metric that the user names decides', async () => {
    const { results } = await importTexts(langfuseImporter, [real(gemini)], 'hallucination');
    expect(results[0]).toMatchObject({ status: 'scored', score: 0.1 });
  });

  test('every trace cut off anywhere is an error that names the file and a line', async () => {
    const whole = real(gemini);
    for (const share of [0.2, 0.6, 0.99]) {
      const text = whole.head.slice(0, Math.floor(whole.head.length * share));
      const { results, problems } = await importTexts(langfuseImporter, { 'cut.json': text });
      expect(results).toEqual([]);
      expect(problems.length).toBeGreaterThan(0);
      expect(problems[0]).toMatch(/\(cut\.json:\d+\)$/);
    }
  });
});

const trace = {
  id: 't1',
  timestamp: '2026-01-31T12:00:00.000Z',
  environment: 'production',
  release: 'v7',
  sessionId: 's1',
  userId: 'u1',
  tags: ['billing', 'vip'],
  input: [{ role: 'user', content: 'Refund?' }],
  output: { role: 'assistant', content: 'Done.' },
  metadata: { customer: 'acme', tier: 2 },
  scores: [],
};

const generation = (id: string, parent: string | null, cost: number, more: object = {}) => ({
  id,
  parentObservationId: parent,
  type: 'GENERATION',
  startTime: '2026-01-31T12:00:00.000Z',
  endTime: '2026-01-31T12:00:01.500Z',
  totalCost: cost,
  usageDetails: { input: 10, output: 5, total: 15 },
  ...more,
});

describe('traces', () => {
  test('a GENERATION in a GENERATION costs once', async () => {
    const observations = [generation('a', null, 0.3), generation('b', 'a', 0.1), generation('c', 'a', 0.2)];
    const { results } = await importTexts(langfuseImporter, {
      a: JSON.stringify({ trace: { ...trace, observations } }),
    });
    expect(results[0]!.costUsd).toBeCloseTo(0.3, 12);
    expect([results[0]!.totalTokens, results[0]!.latencyMs]).toEqual([30, 1500]);
  });

  test.each([
    ['inside', { trace: { ...trace, observations: [generation('a', null, 0.3)] } }],
    ['beside', { trace, observations: [generation('a', null, 0.3)] }],
    [
      'in both places',
      {
        trace: { ...trace, observations: [generation('a', null, 0.3)] },
        observations: [generation('a', null, 0.3)],
      },
    ],
    ['as the API gives it', { ...trace, observations: [generation('a', null, 0.3)] }],
  ])('with observations %s give the same row, slice keys kept', async (_, document) => {
    const { results } = await importTexts(langfuseImporter, { a: JSON.stringify(document) });
    expect(results).toHaveLength(1);
    expect(results[0]).toMatchObject({
      run: 'v7',
      caseId: 't1',
      costUsd: 0.3,
      cluster: 's1',
      input: 'Refund?',
      output: 'Done.',
      tags: {
        tags: ['billing', 'vip'],
        user: 'u1',
        environment: 'production',
        'metadata.customer': 'acme',
        'metadata.tier': '2',
      },
      extra: { trace_id: 't1', observations: '1', turns: '1' },
    });
  });

  test('annotations are human labels, parts have scores of their own', async () => {
    const scores = [
      { name: 'correct', source: 'EVAL', dataType: 'BOOLEAN', value: 1, comment: 'as the manual says' },
      { name: 'correct', source: 'ANNOTATION', dataType: 'BOOLEAN', value: 0 },
      { name: 'tone', source: 'EVAL', dataType: 'CATEGORICAL', value: null, stringValue: 'polite' },
      { name: 'recall', source: 'EVAL', dataType: 'NUMERIC', value: 0.5, observationId: 'b' },
    ];
    const observations = [generation('a', null, 0.3), generation('b', 'a', 0.1)];
    const { results, summary } = await importTexts(langfuseImporter, {
      a: JSON.stringify({ trace: { ...trace, scores, observations } }),
    });
    expect(results[0]).toMatchObject({
      status: 'scored',
      passed: true,
      scores: { correct: true },
      extra: { 'human.correct': 'false', 'label.tone': 'polite', 'comment.correct': 'as the manual says' },
    });
    expect(summary.dropped).toEqual([
      { reason: 'score recall belongs to a part of the trace', count: 1, examples: ['a:1'] },
    ]);
  });

  test('a root that failed is an error, a part that failed is not', async () => {
    const failed = { level: 'ERROR', statusMessage: 'rate limit' };
    const { results } = await importTexts(langfuseImporter, {
      'a.jsonl': lines(
        { ...trace, observations: [generation('a', null, 0, failed)] },
        { ...trace, id: 't2', observations: [generation('a', null, 0), generation('b', 'a', 0, failed)] },
      ),
    });
    expect(results.map(({ status, error }) => [status, error])).toEqual([
      ['error', 'rate limit'],
      ['unscored', undefined],
    ]);
  });

  test('a trace that two files hold counts once and is said', async () => {
    const { results, summary } = await importTexts(langfuseImporter, {
      a: JSON.stringify({ ...trace, observations: [generation('a', null, 1)] }),
      b: JSON.stringify({ ...trace, observations: [generation('a', null, 1)] }),
    });
    expect(results).toHaveLength(1);
    expect(summary.dropped[0]).toMatchObject({
      reason: 'trace that the files hold twice',
      examples: ['b:1'],
    });
  });

  test('metadata that cannot be read is an error that names the row', async () => {
    const { problems } = await importTexts(langfuseImporter, {
      'a.jsonl': lines({ ...trace, observations: [] }, { ...trace, id: 't2', metadata: '{"customer":"ac' }),
    });
    expect(problems).toEqual([
      '"metadata" holds JSON that is malformed or cut off: "{\\"customer\\":\\"ac" at its end (a.jsonl:2)',
    ]);
  });

  test('rows of observations are brought together by trace, also across files', async () => {
    const row = (traceId: string, id: string, parent: string | null, cost: number) => ({
      ...generation(id, parent, cost),
      traceId,
      traceName: 'chat',
      environment: 'production',
      input: 'Q',
      output: 'A',
      metadata: { customer: 'acme' },
    });
    const { results } = await importTexts(langfuseImporter, {
      'a.jsonl': lines(row('t1', 'a', null, 0.3), row('t2', 'a', null, 1)),
      'b.jsonl': lines(row('t1', 'b', 'a', 0.2)),
    });
    expect(results.map(({ caseId, costUsd, tags }) => [caseId, costUsd, tags!['metadata.customer']])).toEqual(
      [
        ['t2', 1, 'acme'],
        ['t1', 0.2, 'acme'],
      ],
    );
  });
});

const CSV = `id,timestamp,name,userId,sessionId,release,version,environment,tags,input,output,metadata,latency,usage,totalCost,level,observationCount,accuracy,tone
t1,2026-01-31T12:00:00.000Z,chat,u1,s1,v7,,production,"[""a"",""b""]","{""messages"":[{""role"":""user"",""content"":""Hi, you""}]}","""Hello""","{""customer"":""acme""}",1.5,"{""promptTokens"":3,""completionTokens"":4,""totalTokens"":7}",0.01,DEFAULT,2,[0.5],"[""kind""]"
t2,2026-01-31T12:01:00.000Z,chat,,,v7,,production,[],,,"{""customer"":""b""}",,,,ERROR,1,,
`;

describe('the table of traces', () => {
  test('CSV: JSON in cells, one column per score', async () => {
    expect(langfuseImporter.recognises(textFile('a.csv', CSV))).toBe(true);
    const { results, problems } = await importTexts(langfuseImporter, { 'a.csv': CSV });
    expect(problems).toEqual([]);
    expect(results).toMatchObject([
      {
        run: 'v7',
        caseId: 't1',
        status: 'scored',
        score: 0.5,
        scores: { accuracy: 0.5 },
        input: 'Hi, you',
        output: 'Hello',
        latencyMs: 1500,
        costUsd: 0.01,
        inputTokens: 3,
        outputTokens: 4,
        totalTokens: 7,
        cluster: 's1',
        tags: { tags: ['a', 'b'], 'metadata.customer': 'acme', level: 'DEFAULT' },
        extra: { 'label.tone': 'kind', turns: '1' },
        line: 2,
      },
      {
        caseId: 't2',
        status: 'error',
        latencyMs: null,
        costUsd: null,
        tags: { 'metadata.customer': 'b' },
        line: 3,
      },
    ]);
  });

  test.each([
    [
      'a number that is none',
      CSV.replace(',1.5,', ',fast,'),
      /^"latency" is "fast", expected a number \(a\.csv:2\)$/,
    ],
    [
      'a time that is none',
      CSV.replace('2026-01-31T12:01:00.000Z', 'noon'),
      /^"timestamp" is "noon", expected a time .* \(a\.csv:3\)$/,
    ],
    [
      'metadata that is cut off',
      CSV.replace('""acme""}"', '""ac"'),
      /^"metadata" holds JSON that is malformed or cut off.* \(a\.csv:2\)$/,
    ],
    [
      'a quote that never closes',
      CSV.slice(0, -40),
      /quote is opened here and never closed|row has \d+ fields/,
    ],
  ])('%s is an error', async (_, text, problem) => {
    const { problems } = await importTexts(langfuseImporter, { 'a.csv': text });
    expect(problems.some((found) => problem.test(found))).toBe(true);
  });
});

describe('experiment items', () => {
  const item = (id: string, more: object = {}) => ({
    id: `span-${id}`,
    traceId: `trace-${id}`,
    startTime: '2026-01-31T12:00:00.000Z',
    endTime: '2026-01-31T12:00:02.250Z',
    level: 'DEFAULT',
    environment: 'default',
    experimentId: 'exp-1',
    experimentName: 'prompt v2',
    experimentItemId: id,
    experimentDatasetId: 'ds-1',
    experimentItemVersion: '2026-01-01T00:00:00.000Z',
    input: { question: 'Why?' },
    output: 'Because.',
    expectedOutput: 'Because.',
    experimentItemMetadata: { topic: 'physics' },
    scores: [{ name: 'exact', source: 'API', dataType: 'BOOLEAN', value: 1 }],
    ...more,
  });
  const expected = {
    run: 'prompt v2',
    caseId: 'i1',
    passed: true,
    latencyMs: 2250,
    input: '{"question":"Why?"}',
    expected: 'Because.',
    tags: { 'item.topic': 'physics', environment: 'default' },
    datasetFingerprint: 'ds-1@2026-01-01T00:00:00.000Z',
  };

  test.each([
    ['an answer of the API', JSON.stringify({ data: [item('i1'), item('i2')], meta: { cursor: null } })],
    ['a JSON array', JSON.stringify([item('i1'), item('i2')], null, 2)],
    ['JSON lines', lines(item('i1'), item('i2'))],
  ])('%s', async (_, text) => {
    expect(langfuseImporter.recognises(textFile('a', text))).toBe(true);
    const { results, problems } = await importTexts(langfuseImporter, { a: text });
    expect(problems).toEqual([]);
    expect(results).toHaveLength(2);
    expect(results[0]).toMatchObject(expected);
  });

  test('level ERROR is an error, an item without scores is unscored', async () => {
    const { results } = await importTexts(langfuseImporter, {
      a: lines(item('i1'), item('i2', { level: 'ERROR', output: null }), item('i3', { scores: [] })),
    });
    expect(results.map(({ status }) => status)).toEqual(['scored', 'error', 'unscored']);
  });
});
