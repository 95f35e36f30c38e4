import { describe, expect, it } from 'vitest';
import type { Cell, ColumnMapping, ResultChunk } from '../cases/index.ts';
import { createRandom } from '../stats/index.ts';
import { type DeriveOptions, derivedColumns, deriveRows, type RowsSide } from './derive-rows.ts';
import { DERIVED_DIMENSIONS } from './dimensions.ts';
import { fitDerived } from './fit.ts';

const MAPPING: ColumnMapping = {
  caseId: 'id',
  input: 'input',
  output: 'output',
  timestamp: 'at',
  probabilities: 'p',
};

function chunkOf(columns: Readonly<Record<string, readonly Cell[]>>, file = 'run.jsonl'): ResultChunk {
  const count = Object.values(columns)[0]!.length;
  const rows = Array.from({ length: count }, (_, row) => row);
  return {
    file,
    lines: rows.map((row) => row + 1),
    caseId: rows.map(String),
    trial: rows.map(() => ''),
    status: rows.map(() => 'scored'),
    passed: rows.map(() => 1),
    attributes: new Map(Object.entries(columns)),
  };
}

async function derived(
  name: string,
  columns: Readonly<Record<string, readonly Cell[]>>,
  side: RowsSide = 'candidate',
  options: DeriveOptions = {},
): Promise<readonly Cell[]> {
  const cells: Cell[] = [];
  for await (const { attributes } of deriveRows([chunkOf(columns)], MAPPING, side, [name], options)) {
    cells.push(...(attributes.get(name) ?? []));
  }
  return cells;
}

const CHAT = JSON.stringify([
  { role: 'user', content: 'Where is my card?' },
  { role: 'assistant', tool_calls: [{ function: { name: 'track' } }, { function: { name: 'mail' } }] },
  {
    role: 'user',
    content: [
      { type: 'text', text: 'And now?' },
      { type: 'image_url', image_url: {} },
    ],
  },
]);

describe('a derived column of the input', () => {
  const texts = [
    'Where is my new card? https://a.example/7',
    '',
    null,
    `sha256:${'a'.repeat(64)}`,
    ['one'],
    CHAT,
  ];
  it.each([
    ['derived.input_chars', ['41', '0', null, null, '3', '26']],
    ['derived.input_words', ['6', '0', null, null, '1', '6']],
    ['derived.input_tokens', ['14', '0', null, null, '1', '9']],
    ['derived.language', ['en', 'unknown', null, null, 'unknown', 'en']],
    ['derived.script', ['Latin', 'none', null, null, 'Latin', 'Latin']],
    ['derived.has_code', ['no', 'no', null, null, 'no', 'no']],
    ['derived.has_number', ['yes', 'no', null, null, 'no', 'no']],
    ['derived.has_url', ['yes', 'no', null, null, 'no', 'no']],
    ['derived.modality', ['text', 'text', null, null, 'text', 'text+image']],
    ['derived.turns', ['1', '1', null, null, '1', '2']],
    ['derived.tool_count', ['0', '0', null, null, '0', '2']],
    ['derived.tools', [[], [], null, null, [], ['track', 'mail']]],
  ])('%s is read from texts, conversations and nothing else', async (name, expected) => {
    expect(await derived(name, { input: texts })).toEqual(expected);
  });

  it('is missing where the rows have no such column', async () => {
    expect(await derived('derived.language', { other: ['a', 'b'] })).toEqual([null, null]);
  });

  it('is the same in every row of a text that is repeated', async () => {
    const input = ['Where is my new card?', 'Where is my new card?', 'ok', 'Where is my new card?'];
    expect(await derived('derived.language', { input })).toEqual(['en', 'en', 'unknown', 'en']);
  });

  it('is read from texts that are emoji, lone halves of pairs or long', async () => {
    const input = ['😀👍🏽', '\ud800', 'word '.repeat(200_000)];
    expect(await derived('derived.input_words', { input })).toEqual(['1', '1', '200000']);
    expect(await derived('derived.input_chars', { input })).toEqual(['3', '1', '1000000']);
    expect(await derived('derived.language', { input: input.slice(0, 2) })).toEqual(['unknown', 'unknown']);
  });
});

describe('columns that a run has', () => {
  it.each([
    ['derived.turns', { turns: ['3', null] }, ['3', null]],
    ['derived.turns', { turns: [null], input: [CHAT] }, ['2']],
    ['derived.turns', { input: ['and now?', 'plain'], messages: [CHAT, 'no JSON'] }, ['2', '1']],
    ['derived.modality', { input: ['and now?', 'plain'], messages: [CHAT, null] }, ['text+image', 'text']],
    ['derived.output_modality', { output: ['done'], output_messages: [CHAT] }, ['text+image']],
    ['derived.tools', { input: ['and now?'], messages: [CHAT] }, [['track', 'mail']]],
    ['derived.tool_count', { input: ['and now?'], messages: [CHAT] }, ['2']],
    ['derived.tool_count', { Tool_Count: ['2', null] }, ['2', null]],
    [
      'derived.tool_count',
      { tool_calls: ['[{"name":"x"},{"name":"x"}]', null, '3', ['a']] },
      ['2', '0', '3', '1'],
    ],
    ['derived.tool_count', { tools: [['a', 'b'], null] }, ['2', '0']],
    ['derived.tools', { tool_calls: ['[{"name":"x"},{"name":"x"}]', null, '3'] }, [['x'], null, null]],
    [
      'derived.tools',
      { tools: [['a', 'b'], 'c, d'] },
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'derived.tools',
      { tools: ['[{"function":{"name":"x"}},{"name":"y"}]', '[broken'] },
      [['x', 'y'], ['[broken']],
    ],
    ['derived.source', { source: ['web', null] }, ['web', null]],
    ['derived.source', { 'tags.source': ['web', 'app'] }, ['web', 'app']],
    ['derived.hour', { at: ['2026-03-01T23:59:00Z', '2026-03-01'] }, ['23', null]],
    ['derived.weekday', { at: ['2026-03-01T23:59:00Z', 'soon'] }, ['7 Sun', null]],
    ['derived.month', { at: ['2026-03-01T23:59:00Z', null] }, ['2026-03', null]],
  ])('%s is taken from %j', async (name, columns, expected) => {
    expect(await derived(name, columns as unknown as Record<string, Cell[]>)).toEqual(expected);
  });

  it('give way to the name of the file for the source, where there are several files', async () => {
    const run = async (files: number) => {
      const chunk = chunkOf({ input: ['a'] }, 'logs/chat.jsonl.gz');
      for await (const { attributes } of deriveRows([chunk], MAPPING, 'baseline', ['derived.source'], {
        files,
      })) {
        return attributes.get('derived.source');
      }
    };
    expect(await run(1)).toEqual([null]);
    expect(await run(2)).toEqual(['chat']);
  });
});

describe('a derived column of the output', () => {
  const output = ['a b', null];
  it.each([
    ['derived.output_words', 'baseline', ['2', null]],
    ['derived.output_words', 'candidate', ['2', null]],
    ['derived.baseline_output_words', 'baseline', ['2', null]],
    ['derived.baseline_output_words', 'candidate', [null, null]],
    ['derived.candidate_output_words', 'candidate', ['2', null]],
    ['derived.candidate_output_words', 'baseline', [null, null]],
  ] as const)('%s in rows of the %s is %j', async (name, side, expected) => {
    expect(await derived(name, { output }, side)).toEqual(expected);
  });
});

/** Messages about two things, with words of their own. */
function messages(seed: number): string[] {
  const { nextBelow } = createRandom(seed);
  const topics = [
    ['card', 'arrive', 'delivery', 'post', 'plastic', 'wait'],
    ['transfer', 'money', 'abroad', 'euro', 'iban', 'fee'],
  ];
  return Array.from({ length: 200 }, (_, index) => {
    const topic = topics[index % 2]!;
    return Array.from({ length: 6 }, () => topic[nextBelow(topic.length)]!).join(' ');
  });
}

describe('clusters', () => {
  const input = messages(1);
  const fit = (texts: readonly string[], seed = 1) =>
    fitDerived([{ chunks: [chunkOf({ input: texts })], mapping: MAPPING }], ['derived.cluster'], {
      seed,
      k: 2,
    });

  it('find the two things that messages are about, and name them by their words', async () => {
    const model = await fit(input);
    const cells = await derived('derived.cluster', { input }, 'candidate', { model });
    expect(new Set(cells.filter((_, row) => row % 2 === 0)).size).toBe(1);
    expect(new Set(cells).size).toBe(2);
    for (const name of new Set(cells as string[])) expect(name).toMatch(/^0[12] (?:\w+ ){2}\w+$/);
  });

  it('do not depend on the order of rows, on repeats or on which run has which rows', async () => {
    const forward = await fit(input);
    const backward = await fit([...input].reverse());
    const repeated = await fit([...input, ...input]);
    const cells = (model: Awaited<ReturnType<typeof fit>>) =>
      derived('derived.cluster', { input }, 'baseline', { model });
    expect(await cells(backward)).toEqual(await cells(forward));
    expect(await cells(repeated)).toEqual(await cells(forward));
    expect(backward.clusters.get('input')?.definition).toEqual(forward.clusters.get('input')?.definition);
  });

  it('carry a definition whose hash changes with the sample', async () => {
    const [first, second] = [await fit(input), await fit(messages(2))];
    const [a, b] = [first, second].map((model) => model.clusters.get('input')!.definition);
    expect(a).toMatchObject({ dims: 256, k: 2, seed: 1, stability: null });
    expect(a?.sampleHash).toMatch(/^[0-9a-f]{16}$/);
    expect(a?.sampleHash).not.toBe(b?.sampleHash);
    const definition = await derived('derived.cluster', { input: ['card'] }, 'candidate', { model: first });
    expect(definition).toHaveLength(1);
    for await (const { attributes } of deriveRows(
      [chunkOf({ input })],
      MAPPING,
      'candidate',
      ['derived.cluster'],
      {
        model: first,
      },
    )) {
      expect(attributes.get('derived.cluster_definition')?.[0]).toMatch(
        /k 2 \(given\).*sample [0-9a-f]{16} of \d+ texts/,
      );
    }
  });

  it('leave a text without words out', async () => {
    const model = await fit(input);
    expect(await derived('derived.cluster', { input: ['!!', null] }, 'candidate', { model })).toEqual([
      null,
      null,
    ]);
  });

  it('are missing without a model, or where no text has a word', async () => {
    expect(await derived('derived.cluster', { input })).toEqual(input.map(() => null));
    const model = await fit(['!!', '😀']);
    expect(await derived('derived.cluster', { input: ['a'] }, 'candidate', { model })).toEqual([null]);
  });

  it('of vectors put vectors of one direction together', async () => {
    const p = ['[0.9, 0.1]', '[0.8,0.2]', '[0.1,0.9]', '[0.2,0.8]', '[1,2,3]', 'x', null, ['0.7', '0.1']];
    const chunks = [chunkOf({ p })];
    const model = await fitDerived([{ chunks, mapping: MAPPING }], ['derived.candidate_logit_cluster'], {
      seed: 1,
      k: 2,
    });
    const cells = await derived('derived.candidate_logit_cluster', { p }, 'candidate', { model });
    expect(cells.slice(0, 2)).toEqual([cells[7], cells[7]]);
    expect(cells[2]).toBe(cells[3]);
    expect(cells[0]).not.toBe(cells[2]);
    expect(cells.slice(4, 7)).toEqual([null, null, null]);
  });

  it('of vectors that the user brings use no words', async () => {
    const columns = { input: ['a', 'b', 'c'], v: ['[1,0]', '[0,1]', '[0.1,1]'] };
    const runs = [{ chunks: [chunkOf(columns)], mapping: MAPPING }];
    const model = await fitDerived(runs, ['derived.cluster'], { seed: 1, k: 2, vectorColumn: 'v' });
    const cells = await derived('derived.cluster', columns, 'candidate', { model });
    expect(cells[1]).toBe(cells[2]);
    expect(cells[0]).not.toBe(cells[1]);
  });
});

describe('boilerplate', () => {
  it('is the share of runs that many texts have', async () => {
    const template = 'answer the question below in one short sentence please';
    const input = Array.from({ length: 20 }, (_, index) => `${template} x${index} y${index}`);
    const runs = [{ chunks: [chunkOf({ input })], mapping: MAPPING }];
    const model = await fitDerived(runs, ['derived.boilerplate'], { seed: 1, k: null });
    expect(
      await derived('derived.boilerplate', { input: [input[0]!, template, 'short'] }, 'candidate', { model }),
    ).toEqual(['0.5', '1', null]);
  });
});

describe('the catalogue', () => {
  it('has no name twice, and a definition for each', () => {
    const names = DERIVED_DIMENSIONS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { definition } of DERIVED_DIMENSIONS) expect(definition).not.toMatch(/TEXT|^$/);
  });

  it('names every column that is made', async () => {
    const wanted = DERIVED_DIMENSIONS.map(({ name }) => name);
    for await (const { attributes } of deriveRows(
      [chunkOf({ input: ['a'] })],
      MAPPING,
      'candidate',
      wanted,
    )) {
      const made = [...attributes.keys()].filter((name) => name !== 'input');
      expect(made.sort()).toEqual([...derivedColumns(wanted)].sort());
    }
  });
});
