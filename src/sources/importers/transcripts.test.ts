/** Transcripts that stand in files of other tools and not in their rows: each is found again by its row alone. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { sharedPath } from '../../../test/shared-folder.ts';
import { type Cell, createProblemLog } from '../../cases/index.ts';
import { openImport } from '../open-import.ts';
import { openRun } from '../open-run.ts';
import { type SpanEvent, spanTranscript } from './records/index.ts';
import type { RowCells, Transcript } from './transcript.ts';

const folder = mkdtempSync(join(tmpdir(), 'transcripts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Read = readonly (readonly [cells: RowCells, expected: string, found: Transcript | null])[];

/** Every row of a file with what its run's reader finds. */
async function readAll(file: string, cwd = folder): Promise<Read> {
  const { read } = await openImport({ files: [file], cwd });
  const found: [RowCells, string, Transcript | null][] = [];
  for (const { run } of read.summary.runs) {
    const opened = await openRun({ files: [file], run, mapping: {}, cwd });
    const reader = opened.imported!.transcripts!;
    for await (const { columns } of read.rows(createProblemLog())) {
      for (let at = 0; at < columns.get('run')!.length; at += 1) {
        const cells = new Map(
          [...columns].flatMap(([name, all]): [string, Cell][] =>
            all[at] === null || all[at] === undefined ? [] : [[name, all[at]]],
          ),
        );
        if (cells.get('run') === run) found.push([cells, reader.expects(cells), await reader.read(cells)]);
      }
    }
  }
  return found;
}

const write = (name: string, ...rows: readonly unknown[]): string => {
  writeFileSync(join(folder, name), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return name;
};
const short = (found: Transcript | null): readonly string[] =>
  found?.steps.map(({ kind, tool, text, failed }) =>
    [failed ? 'failed' : '', kind, tool ?? '', text].filter(Boolean).join(' '),
  ) ?? [];

const ASKED = { role: 'user', content: 'Order 7?' };
const CALLS = {
  role: 'assistant',
  content: null,
  tool_calls: [{ id: 'c1', type: 'function', function: { name: 'find', arguments: '{"id":7}' } }],
};
const FOUND = { role: 'tool', tool_call_id: 'c1', content: 'on its way' };
const ANSWER = { role: 'assistant', content: 'It is on its way.' };
const COURSE = [
  'message Order 7?',
  'call find {"id":7}',
  'result find on its way',
  'message It is on its way.',
];

const attributes = (plain: Readonly<Record<string, unknown>>) =>
  Object.entries(plain).map(([key, value]) => ({
    key,
    value: { stringValue: typeof value === 'string' ? value : JSON.stringify(value) },
  }));
const otelSpan = (
  id: string,
  parent: string | null,
  at: number,
  plain: Readonly<Record<string, unknown>>,
) => ({
  ...{ traceId: 't1', spanId: id, name: id, status: id === 'bad' ? { code: 2, message: 'no net' } : {} },
  ...(parent === null ? {} : { parentSpanId: parent }),
  ...{ startTimeUnixNano: String(1_000 + at), endTimeUnixNano: String(2_000 + at) },
  attributes: attributes(plain),
});
const chat = { 'gen_ai.operation.name': 'chat' };
const mlflowSpan = (
  id: string,
  parent: string | null,
  at: number,
  type: string,
  input: unknown,
  output: unknown,
) => ({
  ...{ span_id: id, parent_span_id: parent, name: id, start_time_unix_nano: at },
  attributes: {
    'mlflow.spanType': JSON.stringify(type),
    'mlflow.spanInputs': JSON.stringify(input),
    'mlflow.spanOutputs': JSON.stringify(output),
  },
});
const braintrustSpan = (id: string, type: string, start: number, more: object) => ({
  ...{ id, _xact_id: '1', experiment_id: 'exp', scores: {}, span_id: id, root_span_id: 'root' },
  ...{ is_root: id === 'root', span_parents: id === 'root' ? null : ['root'], metrics: { start } },
  span_attributes: { name: id, type },
  ...more,
});

describe('the course of an agent stands in', () => {
  test.each<[string, readonly unknown[], readonly string[]]>([
    [
      'spans of models in OpenTelemetry',
      [
        {
          resourceSpans: [
            {
              resource: { attributes: [] },
              scopeSpans: [
                {
                  scope: { name: 's' },
                  spans: [
                    otelSpan('agent', null, 0, {
                      'gen_ai.operation.name': 'invoke_agent',
                      'input.value': 'Order 7?',
                    }),
                    otelSpan('second', 'agent', 30, {
                      ...chat,
                      'gen_ai.input.messages': [ASKED, CALLS, FOUND],
                      'gen_ai.output.messages': [ANSWER],
                    }),
                    otelSpan('find', 'agent', 20, {
                      ...{ 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'find' },
                      'gen_ai.tool.call.result': 'on its way',
                    }),
                    otelSpan('first', 'agent', 10, {
                      ...chat,
                      'gen_ai.input.messages': [ASKED],
                      'gen_ai.output.messages': [CALLS],
                    }),
                  ],
                },
              ],
            },
          ],
        },
      ],
      COURSE,
    ],
    [
      'spans of tools in OpenTelemetry, where no message tells',
      [
        {
          resourceSpans: [
            {
              resource: { attributes: [] },
              scopeSpans: [
                {
                  scope: { name: 's' },
                  spans: [
                    otelSpan('m', null, 0, {
                      ...chat,
                      'input.value': 'Order 7?',
                      'output.value': 'One moment.',
                    }),
                    otelSpan('bad', 'm', 10, {
                      ...{ 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'find' },
                      ...{ 'gen_ai.tool.call.arguments': '{"id":7}', 'gen_ai.tool.call.result': '' },
                    }),
                  ],
                },
              ],
            },
          ],
        },
      ],
      ['message Order 7?', 'message One moment.', 'call find {"id":7}', 'failed result find no net'],
    ],
    [
      'observations of Langfuse',
      [
        {
          trace: {
            id: 't1',
            timestamp: '2026-01-01T00:00:00Z',
            input: 'Order 7?',
            output: 'It is on its way.',
          },
          observations: [
            ...[
              { id: 'g2', startTime: '2026-01-01T00:00:03Z', input: [ASKED, CALLS, FOUND], output: ANSWER },
              { id: 'g1', startTime: '2026-01-01T00:00:01Z', input: [ASKED], output: CALLS },
            ].map((one) => ({ ...one, type: 'GENERATION', parentObservationId: null })),
          ],
        },
      ],
      COURSE,
    ],
    [
      'spans of MLflow',
      [
        {
          info: { trace_id: 't1', trace_metadata: {}, state: 'OK', request_time: '2026-01-01T00:00:00Z' },
          data: {
            spans: [
              mlflowSpan('agent', null, 1, 'AGENT', 'Order 7?', 'It is on its way.'),
              mlflowSpan('find', 'agent', 3, 'TOOL', { id: 7 }, 'on its way'),
              mlflowSpan(
                'm1',
                'agent',
                2,
                'CHAT_MODEL',
                { messages: [ASKED] },
                { choices: [{ message: CALLS }] },
              ),
              mlflowSpan(
                'm2',
                'agent',
                4,
                'CHAT_MODEL',
                { messages: [ASKED, CALLS] },
                { choices: [{ message: ANSWER }] },
              ),
            ],
          },
        },
      ],
      COURSE,
    ],
    [
      'spans of Braintrust',
      [
        braintrustSpan('root', 'eval', 1, {
          input: 'Order 7?',
          output: 'It is on its way.',
          scores: { a: 1 },
        }),
        braintrustSpan('find', 'tool', 3, { input: { id: 7 }, output: 'on its way' }),
        braintrustSpan('m', 'llm', 4, { input: [ASKED, CALLS, FOUND], output: [{ message: ANSWER }] }),
      ],
      COURSE,
    ],
    [
      'sampling events of OpenAI evals',
      [
        { spec: { completion_fns: ['gpt'], eval_name: 'e', base_eval: 'e', run_id: '1' } },
        ...[
          { type: 'sampling', data: { prompt: [ASKED], sampled: ['Which shop?'] } },
          {
            type: 'sampling',
            data: {
              prompt: [
                ASKED,
                { role: 'assistant', content: 'Which shop?' },
                { role: 'user', content: 'Bonn' },
              ],
              sampled: ['It is on its way.'],
            },
          },
          { type: 'match', data: { correct: true, expected: 'x', sampled: 'It is on its way.' } },
        ].map((event, i) => ({ run_id: '1', event_id: i, sample_id: 's', created_at: '', ...event })),
      ],
      ['message Order 7?', 'message Which shop?', 'message Bonn', 'message It is on its way.'],
    ],
    [
      'traces of evalite',
      [
        {
          run: { id: 7, runType: 'full' },
          suites: [
            {
              name: 's',
              evals: [
                {
                  ...{ input: 'Order 7?', output: 'It is on its way.', expected: 'x', scores: [] },
                  traces: [
                    { input: [ASKED], output: CALLS },
                    { input: [ASKED, CALLS, FOUND], output: 'It is on its way.' },
                  ],
                },
              ],
            },
          ],
        },
      ],
      COURSE,
    ],
    [
      'turns of DeepEval',
      [
        {
          testCases: [],
          conversationalTestCases: [
            {
              ...{ name: 'c', success: true, metricsData: [], scenario: 'asks' },
              turns: [
                { role: 'user', content: 'Order 7?', order: 0 },
                {
                  ...{ role: 'assistant', content: 'It is on its way.', order: 1 },
                  toolsCalled: [{ name: 'find', inputParameters: { id: 7 }, output: 'on its way' }],
                },
              ],
            },
          ],
          metricsScores: [],
        },
      ],
      COURSE,
    ],
    [
      'calls of a single case of DeepEval',
      [
        {
          testCases: [
            {
              ...{ name: 'c', input: 'Order 7?', actualOutput: 'It is on its way.', success: true },
              ...{ metricsData: [], toolsCalled: [{ name: 'find', input: { id: 7 }, output: 'on its way' }] },
            },
          ],
          metricsScores: [],
          testRunData: null,
        },
      ],
      COURSE,
    ],
    [
      'messages of Every Eval Ever',
      [
        {
          ...{
            schema_version: '0.3.0',
            evaluation_id: 'e',
            model_id: 'm',
            evaluation_name: 'n',
            sample_id: 's',
          },
          ...{
            interaction_type: 'agentic',
            input: { raw: 'Order 7?' },
            evaluation: { score: 1, is_correct: true },
          },
          messages: [
            { turn_idx: 0, role: 'user', content: 'Order 7?' },
            {
              ...{ turn_idx: 1, role: 'assistant', content: '', reasoning_trace: 'look' },
              tool_calls: [{ id: 'c1', name: 'find', arguments: { id: 7 } }],
            },
            { turn_idx: 2, role: 'tool', content: 'on its way', tool_call_id: 'c1' },
            { turn_idx: 3, role: 'assistant', content: 'It is on its way.' },
          ],
        },
      ],
      [COURSE[0]!, 'reasoning look', ...COURSE.slice(1)],
    ],
  ])('%s', async (title, rows, expected) => {
    const read = await readAll(write(`${title.replace(/\W+/g, '-')}.jsonl`, ...rows));
    expect(read).toHaveLength(1);
    const [[, expects, found]] = read as [Read[number]];
    expect(short(found)).toEqual(expected);
    expect(expects).toBe('steps');
    expect(found!.from).not.toBe('');
  });

  const langfuse = sharedPath('importers', 'langfuse-traces');
  test.skipIf(langfuse === null)('real observations of Langfuse, without the tools on offer', async () => {
    const [[, expects, found]] = (await readAll('langgraph-python-2025-08-22.trace.json', langfuse!)) as [
      Read[number],
    ];
    expect(expects).toBe('steps');
    expect(found?.steps.map(({ kind, role, tool }) => [kind, role, tool])).toEqual([
      ['message', 'user', null],
      ['message', 'user', null],
      ['call', 'assistant', 'Web-Search'],
      ['result', 'tool', 'Web-Search'],
      ['message', 'assistant', null],
    ]);
  });
});

const deepeval = sharedPath('importers', 'deepeval');
test.skipIf(deepeval === null)('spans of a real trace of DeepEval stand in order of time', async () => {
  const [[, expects, found]] = (await readAll('test_run_sample.json', deepeval!)) as [Read[number]];
  expect(expects).toBe('steps');
  expect(found?.steps.slice(0, 8).map(({ kind, role, tool }) => [kind, role, tool])).toEqual([
    ['call', 'assistant', 'knowledge_base_lookup'],
    ['result', 'tool', 'knowledge_base_lookup'],
    ['message', 'system', null],
    ['message', 'user', null],
    ['message', 'assistant', null],
    ['call', 'assistant', 'web_search'],
    ['result', 'tool', 'web_search'],
    ['message', 'system', null],
  ]);
});

test('runs, cases and trials of one file are kept apart', async () => {
  const sampling = (sample: string, run: string, said: string) => [
    { spec: { completion_fns: [run], eval_name: 'e', base_eval: 'e', run_id: run } },
    ...[
      { type: 'sampling', data: { prompt: [ASKED], sampled: [said] } },
      { type: 'sampling', data: { prompt: [ASKED, { role: 'user', content: said }], sampled: ['end'] } },
      { type: 'match', data: { correct: true, sampled: 'a' } },
      { type: 'match', data: { correct: false, sampled: 'b' } },
    ].map((event, i) => ({ run_id: run, event_id: i, sample_id: sample, created_at: '', ...event })),
  ];
  const read = [
    ...(await readAll(
      write('one.jsonl', ...sampling('s', '1', 'first'), ...sampling('t', '1', 'second').slice(1)),
    )),
    ...(await readAll(write('two.jsonl', ...sampling('s', '2', 'third')))),
  ];
  expect(
    read.map(([cells, , found]) => [
      cells.get('run'),
      cells.get('case_id'),
      cells.get('trial'),
      short(found)[1],
    ]),
  ).toEqual([
    ['e:1@1', 's', '1', 'message first'],
    ['e:1@1', 's', '2', 'message first'],
    ['e:1@1', 't', '1', 'message second'],
    ['e:1@1', 't', '2', 'message second'],
    ['e:2@2', 's', '1', 'message third'],
    ['e:2@2', 's', '2', 'message third'],
  ]);
});

describe('the course of spans', () => {
  const model = (input: unknown, output: unknown): SpanEvent => ({ kind: 'model', input, output });
  test('has messages that are said twice twice, and those that are handed on again once', () => {
    const [yes, again] = [
      { role: 'assistant', content: 'yes' },
      { role: 'user', content: 'again?' },
    ];
    const found = spanTranscript(
      [model([again], yes), model([again, yes, again], yes), model([again, yes, again, yes, ASKED], ANSWER)],
      'x',
    );
    expect(short(found)).toEqual([
      ...['message again?', 'message yes', 'message again?', 'message yes'],
      ...['message Order 7?', 'message It is on its way.'],
    ]);
  });

  test('is none where there is one question and one answer, or nothing', () => {
    expect(spanTranscript([model('q', 'a')], 'x')).toBeNull();
    expect(spanTranscript([], 'x')).toBeNull();
    expect(spanTranscript([model(null, null)], 'x')).toBeNull();
  });

  test('has thoughts as providers spell them', () => {
    const said = [
      { role: 'assistant', reasoning_content: 'hm', content: 'a' },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'so' },
          { type: 'text', text: 'b' },
        ],
      },
      { type: 'reasoning', summary: [{ type: 'summary_text', text: 'in short' }] },
      { role: 'assistant', content: [{ type: 'redacted_thinking', data: 'x' }] },
    ];
    expect(short(spanTranscript([model([ASKED], said)], 'x'))).toEqual([
      ...['message Order 7?', 'reasoning hm', 'message a', 'reasoning so', 'message b'],
      ...['reasoning in short', 'reasoning [redacted by the provider]'],
    ]);
  });
});
