/** Derived dimensions from what files bring beside texts: times, tools, vectors, several files, and exports of other tools. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { jsonLines, slicewise, workFolder } from './cli.ts';

const COUNT = 240;
const TOPICS = ['cards', 'refunds', 'loans'] as const;
const SOURCES = ['chat', 'mail', 'web'] as const;

/** Every eighth case is lost: all of those have an even number. */
const isLost = (index: number, after: boolean): boolean => after && index % 8 === 0;
const hourOf = (index: number): string => String((index % 4) * 6).padStart(2, '0');

const noise = (index: number): number => ((index * 7919) % 101) / 10_000;

const rows = (after: boolean) =>
  Array.from({ length: COUNT }, (_, index) => ({
    id: `c${index}`,
    input: `a question about ${TOPICS[index % 3]}`,
    output: `${after ? 'a new' : 'an'} answer about ${TOPICS[index % 3]} x${index}`,
    timestamp: `2026-0${1 + (index % 3)}-1${index % 7}T${hourOf(index)}:30:00Z`,
    tools: index % 2 === 0 ? ['search'] : ['search', 'mail'],
    turns: 1 + (index % 4),
    probs: index % 2 === 0 ? [0.1, 0.1, 0.8 - noise(index)] : [0.9, 0.05 + noise(index), 0.05],
    passed: !isLost(index, after),
  }));

const plain = () => ({
  'old.jsonl': jsonLines(rows(false)),
  'new.jsonl': jsonLines(rows(true)),
  'slicewise.yaml': 'clusters: { count: 2 }',
});

interface Slice {
  readonly dimension: string;
  readonly value: string;
  readonly n: number;
  readonly verdict: string;
  readonly definition: string | null;
}

async function slicesOf(cwd: string, args: readonly string[]): Promise<readonly Slice[]> {
  const { code, stdout, stderr } = await slicewise(['gate', ...args, '--format', 'json'], { cwd });
  if (stdout === '') throw new Error(`no report, code ${code}: ${stderr}`);
  return JSON.parse(stdout).slices;
}

const sizes = (slices: readonly Slice[], dimension: string) =>
  Object.fromEntries(
    slices.filter((slice) => slice.dimension === dimension).map(({ value, n }) => [value, n]),
  );

const PLAIN: readonly (readonly [string, Readonly<Record<string, number>>])[] = [
  ['derived.hour', { '00': 60, '06': 60, '12': 60, '18': 60 }],
  ['derived.month', { '2026-01': 80, '2026-02': 80, '2026-03': 80 }],
  ['derived.tools', { search: 240, mail: 120 }],
  ['derived.tool_count', { '1-2': 120, '2-3': 120 }],
  ['derived.turns', { '<2': 60, '2-3': 60, '3-5': 120 }],
  ['derived.baseline_logit_cluster', { '01': 120, '02': 120 }],
];

describe('rows with times, tools and vectors', () => {
  test.each(PLAIN)('are gated by %s', async (name, expected) => {
    const slices = await slicesOf(workFolder(plain()), ['old.jsonl', 'new.jsonl', '--slice', name]);
    expect(sizes(slices, name)).toEqual(expected);
    for (const { dimension, verdict, definition } of slices) {
      if (dimension !== name) continue;
      expect(definition).not.toBeNull();
      expect(['PASS', 'REVIEW', 'BLOCK']).toContain(verdict);
    }
  });

  test('lose where they were lost: at midnight, and at no other hour', async () => {
    const args = ['old.jsonl', 'new.jsonl', '--slice', 'derived.hour'];
    const slices = await slicesOf(workFolder(plain()), args);
    const hours = slices.filter(({ dimension }) => dimension === 'derived.hour');
    expect(Object.fromEntries(hours.map(({ value, verdict }) => [value, verdict]))).toEqual({
      '00': 'BLOCK',
      '06': 'PASS',
      '12': 'PASS',
      '18': 'PASS',
    });
  });

  test('are cut by weekday alike as a derived dimension and as a slice of time', async () => {
    const config = ['slices:', '  - derived.weekday', '  - time: { column: timestamp, by: weekday }'];
    const cwd = workFolder({ ...plain(), 'slicewise.yaml': config.join('\n') });
    const slices = await slicesOf(cwd, ['old.jsonl', 'new.jsonl']);
    const own = sizes(slices, 'derived.weekday');
    expect(Object.keys(own)).toHaveLength(7);
    expect(sizes(slices, 'weekday of timestamp')).toEqual(own);
  });

  test('are cut by the words of the old answers, and by the file that they came from', async () => {
    const parts = Object.fromEntries(
      [false, true].flatMap((after) =>
        SOURCES.map((source, part) => [
          `${after ? 'new' : 'old'}/${source}.jsonl`,
          jsonLines(rows(after).filter((_, index) => index % 3 === part)),
        ]),
      ),
    );
    const config = { 'slicewise.yaml': 'clusters: { count: 3 }' };
    const slices = await slicesOf(workFolder({ ...parts, ...config }), [
      ...['--baseline', 'old/*.jsonl', '--candidate', 'new/*.jsonl'],
      ...['--slice', 'derived.source', '--slice', 'derived.baseline_output_cluster'],
    ]);
    expect(sizes(slices, 'derived.source')).toEqual({ chat: 80, mail: 80, web: 80 });
    const clusters = sizes(slices, 'derived.baseline_output_cluster');
    expect(Object.values(clusters)).toEqual([80, 80, 80]);
    expect(Object.keys(clusters).join()).toMatch(/cards/);
  });

  test('are searched by hour: discover finds what was lost at midnight', async () => {
    const cwd = workFolder(plain());
    const { stdout, stderr } = await slicewise(
      ['discover', 'old.jsonl', 'new.jsonl', '--mode', 'regressed', '--level', '1', '--format', 'json'],
      { cwd },
    );
    expect(stdout, stderr).toContain('"derived.hour"');
    const named = ['--include', 'derived.tools,derived.turns,derived.weekday,derived.month'];
    const some = await slicewise(['discover', 'old.jsonl', 'new.jsonl', ...named, '--format', 'json'], {
      cwd,
    });
    for (const name of ['derived.tools', 'derived.turns', 'derived.weekday', 'derived.month']) {
      expect(some.stdout, some.stderr).toContain(`"${name}"`);
    }
  });
});

const call = (name: string) => ({ id: 'x', type: 'function', function: { name, arguments: '{}' } });

/** Half of the conversations look something up before the last question, which has an image. */
const messages = (index: number) => [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: `hello ${index}` },
  ...(index % 2 === 0
    ? []
    : [
        { role: 'assistant', content: null, tool_calls: [call('lookup')] },
        { role: 'tool', content: 'found' },
        {
          role: 'user',
          content: [
            { type: 'text', text: `and now ${index}?` },
            { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
          ],
        },
      ]),
];

/** Every third answer calls `refund` twice. */
const answer = (index: number) =>
  index % 3 === 0
    ? { role: 'assistant', content: null, tool_calls: [call('refund'), call('refund')] }
    : { role: 'assistant', content: 'Done.' };

const day = (index: number) => String(10 + (index % 7));

const bifrost = (after: boolean) =>
  jsonLines(
    Array.from({ length: COUNT }, (_, index) => ({
      id: `${after ? 'n' : 'o'}${index}`,
      parent_request_id: null,
      timestamp: `2026-01-${day(index)}T${hourOf(index)}:00:00.123456Z`,
      object: 'chat.completion',
      provider: 'openai',
      model: 'm',
      alias: 'support',
      number_of_retries: 0,
      fallback_index: 0,
      selected_key_id: 'k',
      virtual_key_id: 'v',
      virtual_key_name: 'web',
      input_history: messages(index),
      output_message: answer(index),
      token_usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
      cost: 0.1,
      latency: 800,
      status: isLost(index, after) ? 'error' : 'success',
    })),
  );

const langfuse = (after: boolean) =>
  jsonLines(
    Array.from({ length: COUNT }, (_, index) => ({
      id: `t${index}`,
      timestamp: `2026-01-${day(index)}T${hourOf(index)}:00:00.000Z`,
      environment: 'production',
      release: 'v7',
      sessionId: `s${index}`,
      userId: 'u',
      tags: [],
      input: messages(index),
      output: answer(index),
      metadata: {},
      scores: [
        { id: `s${index}`, name: 'correct', dataType: 'BOOLEAN', value: isLost(index, after) ? 0 : 1 },
      ],
      observations: [],
    })),
  );

const attribute = (key: string, value: string) => ({ key, value: { stringValue: value } });

const otel = (after: boolean) =>
  jsonLines(
    Array.from({ length: COUNT }, (_, index) => {
      const start = BigInt(Date.UTC(2026, 0, Number(day(index)), Number(hourOf(index)))) * 1_000_000n;
      const span = {
        traceId: index.toString(16).padStart(32, '0'),
        spanId: index.toString(16).padStart(16, '0'),
        name: 'chat',
        startTimeUnixNano: String(start),
        endTimeUnixNano: String(start + 1_000_000_000n),
        status: { code: isLost(index, after) ? 2 : 1 },
        attributes: [
          attribute('gen_ai.operation.name', 'chat'),
          attribute('gen_ai.request.model', 'm'),
          attribute('gen_ai.input.messages', JSON.stringify(messages(index))),
          attribute('gen_ai.output.messages', JSON.stringify([answer(index)])),
        ],
      };
      return {
        resourceSpans: [{ resource: { attributes: [] }, scopeSpans: [{ scope: {}, spans: [span] }] }],
      };
    }),
  );

describe('exports of other tools', () => {
  test.each([
    ['Bifrost', bifrost, ['--metric', 'errorRate']],
    ['Langfuse', langfuse, ['--score', 'correct']],
    ['OpenTelemetry', otel, ['--metric', 'errorRate']],
  ])('%s: hours, turns, tools and modality come from the whole conversation', async (_, make, args) => {
    const cwd = workFolder({ 'old.jsonl': make(false), 'new.jsonl': make(true) });
    const names = ['hour', 'turns', 'tools', 'tool_count', 'modality'].map((name) => `derived.${name}`);
    const slices = await slicesOf(cwd, [
      'old.jsonl',
      'new.jsonl',
      ...args,
      ...names.flatMap((name) => ['--slice', name]),
    ]);
    expect(sizes(slices, 'derived.hour')).toEqual({ '00': 60, '06': 60, '12': 60, '18': 60 });
    expect(sizes(slices, 'derived.turns')).toEqual({ '<2': 120, '2-3': 120 });
    expect(sizes(slices, 'derived.tools')).toEqual({ refund: 80, '(missing)': 160 });
    expect(sizes(slices, 'derived.tool_count')).toEqual({ '<1': 160, '2-3': 80 });
    expect(sizes(slices, 'derived.modality')).toEqual({ text: 120, 'text+image': 120 });
  });
});

/** Stands in for the package: two directions, by one word. Notes every text that it is given. */
const PACKAGE = `
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
export const env = {};
export async function pipeline(task, model, options) {
  if (env.allowRemoteModels !== false || options.local_files_only !== true) throw new Error('would download');
  readFileSync(join(env.localModelPath, model, 'onnx', 'model.onnx'));
  return async (texts) => {
    appendFileSync('embedded.log', texts.map((text) => text + '\\n').join(''));
    return { tolist: () => texts.map((text) => (text.includes('cards') ? [1, 0] : [0, 1])) };
  };
}
`;

describe('clusters by a model of the user', () => {
  const MODEL = { 'models/tiny/config.json': '{}', 'models/tiny/onnx/model.onnx': 'weights' };
  const INSTALLED = {
    'node_modules/@huggingface/transformers/package.json': '{"type":"module","exports":"./index.js"}',
    'node_modules/@huggingface/transformers/index.js': PACKAGE,
  };
  const inputs = (after: boolean) =>
    rows(after).map((row, index) => ({ ...row, input: `${row.input}, ${index}` }));
  const FILES = {
    'old.jsonl': jsonLines(inputs(false)),
    'new.jsonl': jsonLines(inputs(true)),
    'slicewise.yaml': 'clusters: { count: 2, model: models/tiny }\nslices: [derived.cluster]',
  };
  const gate = async (cwd: string) =>
    slicewise(['gate', 'old.jsonl', 'new.jsonl', '--format', 'json'], {
      cwd,
      env: { SLICEWISE_CACHE: join(cwd, 'cache') },
    });
  const embedded = (cwd: string) => readFileSync(join(cwd, 'embedded.log'), 'utf8').trim().split('\n');

  test('embed every text once, and none where the cells are kept', async () => {
    const cwd = workFolder({ ...FILES, ...MODEL, ...INSTALLED });
    const first = await gate(cwd);
    const slices = JSON.parse(first.stdout).slices as readonly Slice[];
    expect(Object.values(sizes(slices, 'derived.cluster'))).toEqual([160, 80]);
    expect(embedded(cwd)).toHaveLength(COUNT);
    expect(new Set(embedded(cwd)).size).toBe(COUNT);
    expect((await gate(cwd)).stdout).toBe(first.stdout);
    expect(embedded(cwd)).toHaveLength(COUNT);
  });

  test('B-19: name the model and its hash, so that another model is another definition', async () => {
    const cwd = workFolder({ ...FILES, ...MODEL, ...INSTALLED });
    const definition = async () => {
      const slices = JSON.parse((await gate(cwd)).stdout).slices as readonly Slice[];
      return slices.find(({ dimension }) => dimension === 'derived.cluster')!.definition!;
    };
    const first = await definition();
    expect(first).toMatch(/mean of the tokens by the model tiny \(sha256 [0-9a-f]{16}\), 2 dimensions/);
    writeFileSync(join(cwd, 'models/tiny/onnx/model.onnx'), 'other weights');
    const second = await definition();
    expect(second).not.toBe(first);
    expect(second.replace(/sha256 [0-9a-f]{16}/, '')).toBe(first.replace(/sha256 [0-9a-f]{16}/, ''));
  });

  test.each<readonly [string, Readonly<Record<string, string>>, string]>([
    [
      'no package',
      MODEL,
      'clusters by a model need the package @huggingface/transformers, which is not installed\n' +
        '  hint: npm install @huggingface/transformers',
    ],
    [
      'no folder',
      INSTALLED,
      "clusters.model names the folder 'models/tiny', which is not there (slicewise.yaml)",
    ],
    [
      'a folder that is no model',
      { ...INSTALLED, 'models/tiny/config.json': '{}' },
      'the model cannot be loaded (',
    ],
    [
      'a package that is broken',
      { ...MODEL, ...INSTALLED, 'node_modules/@huggingface/transformers/index.js': 'throw new Error("no")' },
      '@huggingface/transformers is installed but cannot be loaded (no)',
    ],
  ])('%s is an error that says what to do', async (_, files, message) => {
    const { code, stdout, stderr } = await gate(workFolder({ ...FILES, ...files }));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(stderr).toContain('hint: ');
  });

  test('wrong keys are errors with line and column', async () => {
    const config = 'clusters:\n  model: [a]\n';
    const { code, stderr } = await gate(workFolder({ ...FILES, 'slicewise.yaml': config }));
    expect(code).toBe(2);
    expect(stderr).toContain('slicewise.yaml:2:10');
  });
});
