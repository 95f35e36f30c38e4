/** Writes result files of other tools of any size, each row with the fields and about the texts that the tool's own rows have. */

import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { zipOf } from '../src/sources/importers/zip/test-zip.ts';
import { createRandom } from '../src/stats/index.ts';

/** A format: rows between a head and a tail; rows of documents stand between lines that hold one comma. */
interface Format {
  readonly file: string;
  readonly indent: number;
  readonly separator: string;
  readonly head?: string;
  readonly tail?: (rows: number) => string;
  readonly row: (place: number) => unknown;
}

const WORDS =
  'the order was sent to your old address and arrives again on monday morning with our courier'.split(' ');

const random = createRandom(3);
const words = (count: number): string =>
  Array.from({ length: count }, () => WORDS[random.nextBelow(WORDS.length)]).join(' ');
const id = (place: number, stem: string): string => `${stem}${String(place).padStart(8, '0')}`;
const passes = (place: number): boolean => (place * 2654435761) % 100 < 87;
const time = (place: number): string => new Date(1_767_225_600_000 + 1000 * place).toISOString();

const PROMPTS = ['Answer the customer: {{question}}', 'You are a clerk. {{question}}'];

function promptfooRow(place: number): unknown {
  const test = Math.floor(place / 2);
  const vars = { question: `${words(30)} ${test}?`, segment: `segment ${test % 9}` };
  const assertion = { type: 'llm-rubric', value: 'is helpful and right' };
  const pass = passes(place);
  return {
    ...{ cost: 0.0005, error: pass ? undefined : 'is not right', failureReason: pass ? 0 : 1 },
    gradingResult: {
      ...{ pass, score: pass ? 1 : 0.2, reason: words(20), namedScores: {}, tokensUsed: { total: 256 } },
      componentResults: [{ pass, score: pass ? 1 : 0.2, reason: words(20), assertion }],
      assertion: null,
    },
    ...{ id: id(place, 'r'), latencyMs: 900 + (place % 700), namedScores: {} },
    prompt: { raw: PROMPTS[place % 2]!.replace('{{question}}', vars.question), label: PROMPTS[place % 2] },
    ...{ promptId: `p${place % 2}`, promptIdx: place % 2, provider: { id: 'openai:gpt-5-mini', label: '' } },
    response: {
      output: words(120),
      tokenUsage: { total: 282, prompt: 37, completion: 245, completionDetails: { reasoning: 192 } },
      ...{ cached: false, finishReason: 'stop', cost: 0.0005 },
    },
    ...{ score: pass ? 1 : 0.2, success: pass },
    testCase: { vars, assert: [assertion], options: {}, metadata: {} },
    ...{ testIdx: test, vars, metadata: { _promptfooFileMetadata: {} } },
  };
}

const PROMPTFOO_HEAD = `{
"evalId": "eval-bench-2026-01-01T00:00:00",
"results": {"version": 3, "timestamp": "2026-01-01T00:00:00.000Z",
"prompts": ${JSON.stringify(PROMPTS.map((raw, i) => ({ raw, label: raw, id: `p${i}`, provider: 'openai:gpt-5-mini' })))},
"results": [
`;
const PROMPTFOO_TAIL = `
], "stats": {}}, "config": {"description": "bench"}, "shareableUrl": null, "metadata": {"promptfooVersion": "0.118.10"}}
`;

function inspectRow(place: number): Record<string, unknown> {
  const question = `${words(40)} ${place}?`;
  const answer = words(60);
  const usage = { input_tokens: 64, output_tokens: 80, total_tokens: 144 };
  const messages = [
    { id: id(place, 'u'), content: question, source: 'input', role: 'user' },
    { id: id(place, 'a'), content: answer, source: 'generate', role: 'assistant', model: 'gpt-5-mini' },
  ];
  const span = (event: string, more: object) => ({
    ...{ span_id: id(place, 's'), timestamp: time(place), working_start: place / 7, event, ...more },
  });
  return {
    ...{ id: place + 1, epoch: 1, input: question, target: 'yes', messages },
    output: {
      model: 'gpt-5-mini',
      choices: [{ message: messages[1], stop_reason: 'stop' }],
      ...{ usage, time: 0.53 },
    },
    scores: { match: { value: passes(place) ? 'C' : 'I', answer: 'yes', explanation: answer } },
    metadata: { topic: `topic ${place % 12}`, source: `source ${place % 5}` },
    store: {},
    events: [
      span('span_begin', { id: id(place, 's'), type: 'init', name: 'init' }),
      span('sample_init', { sample: { input: question, target: 'yes', id: place + 1 }, state: { messages } }),
      span('model', {
        model: 'openai/gpt-5-mini',
        input: messages.slice(0, 1),
        output: { usage, completion: answer },
      }),
      span('score', { score: { value: 'C', explanation: answer }, target: 'yes' }),
    ],
    ...{
      model_usage: { 'openai/gpt-5-mini': usage },
      total_time: 0.66,
      working_time: 0.54,
      uuid: id(place, 'x'),
    },
  };
}

const inspectHead = (rows: number | null): Record<string, unknown> => ({
  ...{ version: 2, status: 'success' },
  eval: {
    ...{
      eval_id: 'E1',
      run_id: 'R1',
      created: time(0),
      task: 'quiz',
      task_id: 'T1',
      model: 'openai/gpt-5-mini',
    },
    ...{ dataset: { name: 'quiz', samples: rows ?? 1 }, config: { epochs: 1 } },
    scorers: [{ name: 'match', options: {}, metrics: [{ name: 'inspect_ai/accuracy', options: {} }] }],
  },
  plan: { steps: [{ solver: 'generate', params: {} }] },
  ...(rows === null ? {} : { results: { total_samples: rows, completed_samples: rows, scores: [] } }),
});

function lmEvalRow(place: number): unknown {
  const question = `${words(45)} ${place}?`;
  return {
    doc_id: place,
    doc: {
      idx: place,
      problem: question,
      answer: '3',
      solution: words(60),
      level: `Level ${place % 5}`,
      type: 'Algebra',
    },
    target: '3',
    arguments: {
      gen_args_0: { arg_0: `Problem: ${question}`, arg_1: { until: ['Problem:'], temperature: 0 } },
    },
    ...{ resps: [[words(80)]], filtered_resps: ['3'], filter: 'none', metrics: ['exact_match'] },
    ...{ doc_hash: id(place, 'd'), prompt_hash: id(place, 'p'), target_hash: id(3, 't') },
    exact_match: passes(place) ? 1 : 0,
  };
}

const attribute = (key: string, value: string | number) => ({
  key,
  value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
});

function otelRow(place: number): unknown {
  const start = 1_767_225_600_000_000_000n + BigInt(place) * 1_000_000n;
  const message = (role: string, count: number) =>
    JSON.stringify([{ role, parts: [{ type: 'text', content: words(count) }] }]);
  const attributes = [
    attribute('gen_ai.operation.name', 'chat'),
    attribute('gen_ai.provider.name', 'openai'),
    attribute('gen_ai.request.model', 'gpt-5-mini'),
    attribute('gen_ai.conversation.id', id(place, 'c')),
    attribute('gen_ai.usage.input_tokens', 200 + (place % 50)),
    attribute('gen_ai.usage.output_tokens', 90),
    attribute('gen_ai.input.messages', message('user', 60)),
    attribute('gen_ai.output.messages', message('assistant', 90)),
  ];
  const span = {
    ...{
      traceId: id(place, 'b').padStart(32, '0'),
      spanId: id(place, 'a').padStart(16, '0'),
      name: 'chat',
      kind: 3,
    },
    ...{
      startTimeUnixNano: String(start),
      endTimeUnixNano: String(start + 900_000_000n),
      attributes,
      status: {},
    },
  };
  const resource = { attributes: [attribute('service.name', 'shop'), attribute('service.version', '7')] };
  return { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'bench' }, spans: [span] }] }] };
}

/** By name, in the order of the table of results. */
export const FORMATS: Readonly<Record<string, Format>> = {
  jsonl: {
    ...{ file: 'rows.jsonl', indent: 0, separator: '\n' },
    row: (place) => ({
      ...{ case_id: id(place, 'case-'), segment: `segment ${place % 9}`, passed: passes(place) },
      ...{
        input: `${words(60)} ${place}?`,
        output: words(120),
        model: 'gpt-5-mini',
        latency_ms: 900 + (place % 700),
      },
    }),
  },
  'lm-eval': { file: 'samples_quiz_2026-01-01.jsonl', indent: 0, separator: '\n', row: lmEvalRow },
  promptfoo: {
    ...{ file: 'promptfoo.json', indent: 2, separator: '\n,\n', row: promptfooRow },
    ...{ head: PROMPTFOO_HEAD, tail: () => PROMPTFOO_TAIL },
  },
  inspect: {
    ...{ file: 'inspect.json', indent: 2, separator: '\n,\n', row: inspectRow },
    head: `${JSON.stringify(inspectHead(null)).slice(0, -1)}, "samples": [\n`,
    tail: () => '\n]}\n',
  },
  otel: { file: 'spans.jsonl', indent: 0, separator: '\n', row: otelRow },
};

/** What was written. */
export interface WrittenFile {
  readonly file: string;
  readonly rows: number;
  readonly megabytes: number;
}

/** Writes a file of a format with at least so many bytes. */
export function writeFormat(name: string, folder: string, megabytes: number): WrittenFile {
  const format = FORMATS[name]!;
  const file = `${folder}/${format.file}`;
  const out = openSync(file, 'w');
  let bytes = writeSync(out, format.head ?? '');
  let rows = 0;
  let text = '';
  while (bytes < megabytes * 1e6) {
    text += `${rows === 0 ? '' : format.separator}${JSON.stringify(format.row(rows), null, format.indent)}`;
    rows += 1;
    if (text.length < 1 << 20) continue;
    bytes += writeSync(out, text);
    text = '';
  }
  bytes += writeSync(out, `${text}${format.tail?.(rows) ?? '\n'}`);
  closeSync(out);
  return { file, rows, megabytes: bytes / 1e6 };
}

/** Writes an Inspect archive whose members hold so many bytes together. */
export function writeArchive(folder: string, megabytes: number): WrittenFile {
  const members: { readonly name: string; readonly content: string }[] = [];
  let bytes = 0;
  for (let row = 0; bytes < megabytes * 1e6; row++) {
    const content = JSON.stringify(inspectRow(row), null, 2);
    members.push({ name: `samples/${row + 1}_epoch_1.json`, content });
    bytes += content.length;
  }
  const rows = members.length;
  members.push({ name: 'header.json', content: JSON.stringify(inspectHead(rows)) });
  const file = `${folder}/inspect.eval`;
  writeFileSync(file, zipOf(members));
  return { file, rows, megabytes: bytes / 1e6 };
}

/** The texts of the rows of a written file. */
export function rowTexts(name: string, file: string): readonly string[] {
  const { head = '', tail, separator } = FORMATS[name]!;
  const text = readFileSync(file, 'utf8').slice(head.length);
  return (tail === undefined ? text.trimEnd() : text.slice(0, -tail(0).length)).split(separator);
}
