import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alignSteps } from './align.ts';
import { canonicalText } from './canonical-text.ts';
import { diffArguments } from './diff-arguments.ts';
import { readSteps, type Step, stepsOf } from './read-steps.ts';
import { type SideSteps, traceAnswer } from './trace-answer.ts';
import { traceId, traceLink } from './trace-link.ts';

const said = (role: Step['role'], text: string): Step => ({
  ...{ kind: 'message', role, tool: null, text, failed: false },
});
const call = (tool: string, args: unknown): Step => ({
  kind: 'call',
  role: 'assistant',
  tool,
  text: canonicalText(args),
  failed: false,
});
const result = (tool: string | null, text: string): Step => ({
  ...{ kind: 'result', role: 'tool', tool, text, failed: false },
});

/** The side of a row with these texts. */
const sideOf = (texts: Record<string, string>): SideSteps => {
  const cells = new Map(Object.entries(texts));
  const read = readSteps(cells);
  return {
    ...{ steps: read?.steps ?? [], from: read?.columns.join(', ') ?? null, notes: [] },
    ...{ link: traceLink(cells), id: traceId(cells) },
  };
};

const OPENAI = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: 'Weather in Bonn?' },
  {
    role: 'assistant',
    content: null,
    tool_calls: [{ id: 'c1', type: 'function', function: { name: 'weather', arguments: '{"city":"Bonn"}' } }],
  },
  { role: 'tool', tool_call_id: 'c1', content: '12 degrees' },
  { role: 'assistant', content: 'It is 12 degrees.' },
];

const ANTHROPIC = [
  { role: 'user', content: 'Weather in Bonn?' },
  {
    role: 'assistant',
    content: [
      { type: 'text', text: 'I look.' },
      { type: 'tool_use', id: 't1', name: 'weather', input: { city: 'Bonn' } },
    ],
  },
  { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't1', content: '12 degrees' }] },
];

describe('steps', () => {
  test.each<[string, unknown, readonly Step[]]>([
    [
      'OpenAI',
      OPENAI,
      [
        said('system', 'Be brief.'),
        said('user', 'Weather in Bonn?'),
        call('weather', { city: 'Bonn' }),
        result('weather', '12 degrees'),
        said('assistant', 'It is 12 degrees.'),
      ],
    ],
    [
      'an object with messages',
      { messages: OPENAI.slice(0, 2), model: 'x' },
      [said('system', 'Be brief.'), said('user', 'Weather in Bonn?')],
    ],
    [
      'Anthropic',
      ANTHROPIC,
      [
        said('user', 'Weather in Bonn?'),
        said('assistant', 'I look.'),
        call('weather', { city: 'Bonn' }),
        result('weather', '12 degrees'),
      ],
    ],
    [
      'the Responses API',
      [
        { type: 'function_call', call_id: 'c', name: 'find', arguments: '{"q":1}' },
        { type: 'function_call_output', call_id: 'c', output: 'none' },
      ],
      [call('find', { q: 1 }), result('find', 'none')],
    ],
  ])('are read as %s spells them', (_, value, expected) => {
    expect(stepsOf(JSON.stringify(value))).toEqual(expected);
  });

  test.each(['plain text', '{"a":1}', '[1,2]', '[', '', '[]'])('are none in %j', (text) => {
    expect(stepsOf(text)).toBeNull();
  });

  test('come from messages before any other column, and from calls where there is nothing else', () => {
    const messages = JSON.stringify(OPENAI.slice(0, 4));
    const answer = JSON.stringify(OPENAI.slice(4));
    const calls = JSON.stringify([{ name: 'find', arguments: '{"q":1}' }]);
    const of = (cells: Record<string, string>) => readSteps(new Map(Object.entries(cells)));
    expect(of({ messages, output_messages: answer, other: messages })).toMatchObject({
      columns: ['messages', 'output_messages'],
      steps: { length: 5 },
    });
    expect(of({ output: messages, input: answer })?.columns).toEqual(['output']);
    expect(of({ tool_calls: calls })?.steps).toEqual([call('find', { q: 1 })]);
    expect(of({ output: answer, input: 'Hi' })).toBeNull();
  });
});

describe('two traces', () => {
  test('stand side by side, equal steps before alike ones', () => {
    const a = [
      said('user', 'Hi'),
      call('find', { q: 1 }),
      result('find', 'none'),
      said('assistant', 'Sorry'),
    ];
    const b = [
      said('user', 'Hi'),
      call('open', { id: 7 }),
      call('find', { q: 2 }),
      result('find', 'none'),
      said('assistant', 'Here'),
    ];
    expect(alignSteps(a, b)).toEqual([
      { before: a[0], after: b[0] },
      { before: null, after: b[1] },
      { before: a[1], after: b[2] },
      { before: a[2], after: b[3] },
      { before: a[3], after: b[4] },
    ]);
  });

  test('show a call of one tool in the place of another in one row, and its answer', () => {
    const a = [call('track', { id: 7 }), result('track', 'on its way'), said('assistant', 'Soon')];
    const b = [call('phone', { id: 7 }), result('phone', 'no answer'), said('assistant', 'Soon')];
    expect(alignSteps(a, b)).toEqual(a.map((before, i) => ({ before, after: b[i] })));
    const answer = traceAnswer({ ...sideOf({}), steps: a }, { ...sideOf({}), steps: b });
    expect(answer).toMatchObject({
      divergence: 0,
      rows: [{ kind: 'changed', changes: [] }, { kind: 'changed' }, { kind: 'same' }],
    });
  });

  test('keep every step once and in order, whatever they are', () => {
    const step = fc.oneof(
      fc.constantFrom('a', 'b').map((text) => said('user', text)),
      fc.tuple(fc.constantFrom('f', 'g'), fc.nat(2)).map(([tool, n]) => call(tool, { n })),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), fc.array(step, { maxLength: 8 }), (a, b) => {
        const pairs = alignSteps(a, b);
        expect(pairs.flatMap(({ before }) => before ?? [])).toEqual(a);
        expect(pairs.flatMap(({ after }) => after ?? [])).toEqual(b);
        for (const { before, after } of pairs) {
          expect(before !== null || after !== null).toBe(true);
          if (before && after) expect([before.kind, before.role]).toEqual([after.kind, after.role]);
        }
        const isEqual = JSON.stringify(a) === JSON.stringify(b);
        if (isEqual) expect(pairs.every(({ before, after }) => before?.text === after?.text)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('part at the first step that differs, and say which arguments do', () => {
    const side = (city: string, url: string) =>
      sideOf({ messages: JSON.stringify(OPENAI).replace('Bonn\\"}', `${city}\\"}`), trace_url: url });
    const answer = traceAnswer(side('Bonn', 'https://x.example/1'), side('Köln', 'javascript:alert(1)'));
    expect(answer).toMatchObject({
      ...{ divergence: 2, callDivergence: null, omitted: 0 },
      before: { steps: 5, from: 'messages', link: 'https://x.example/1', id: null },
      after: { steps: 5, link: null },
    });
    if (answer.state !== 'aligned') throw new Error('not aligned');
    expect(answer.rows.map(({ kind }) => kind)).toEqual(['same', 'same', 'changed', 'same', 'same']);
    expect(answer.rows[2]!.changes).toEqual([{ path: 'city', before: '"Bonn"', after: '"Köln"' }]);
  });

  test('of one run alone do not part', () => {
    const alone = traceAnswer(null, sideOf({ messages: JSON.stringify(OPENAI) }));
    expect(alone).toMatchObject({ state: 'aligned', divergence: null, before: null, after: { steps: 5 } });
    expect(traceAnswer(sideOf({}), null)).toMatchObject({ state: 'none', why: [/column "messages"/] });
    const broken = { ...sideOf({}), notes: ['a.eval: the file is gone'] };
    expect(traceAnswer(broken, null)).toEqual({ state: 'none', why: ['a.eval: the file is gone'] });
  });

  test('that differ in thoughts alone do not part; what is done after them does', () => {
    const thought = (text: string): Step => ({ ...said('assistant', text), kind: 'reasoning' });
    const side = (...steps: readonly Step[]): SideSteps => ({ ...sideOf({}), steps });
    const asked = said('user', 'Hi');
    const thoughts = traceAnswer(side(asked, thought('a')), side(asked, thought('b')));
    expect(thoughts).toMatchObject({ divergence: null, rows: [{ kind: 'same' }, { kind: 'changed' }] });
    const calls = traceAnswer(
      side(asked, thought('a'), said('assistant', 'I look'), call('find', { q: 1 })),
      side(asked, thought('b'), said('assistant', 'Let me see'), call('open', { q: 1 })),
    );
    expect(calls).toMatchObject({ divergence: 2, callDivergence: 3 });
    const failed = traceAnswer(side(result('t', 'x')), side({ ...result('t', 'x'), failed: true }));
    expect(failed).toMatchObject({ divergence: 0, rows: [{ kind: 'changed' }] });
  });

  test('of the largest size are aligned in a moment, whatever their texts', () => {
    const long = 'the same answer '.repeat(2_000);
    const steps = Array.from({ length: 2_500 }, (_, i) => result('poll', `${long}${i % 2}`));
    const start = performance.now();
    const answer = traceAnswer({ ...sideOf({}), steps }, { ...sideOf({}), steps: steps.slice(1) });
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(answer).toMatchObject({ omitted: 999, before: { steps: 2_500 } });
    expect(JSON.stringify(answer).length).toBeLessThan(3_000_000);
  });
});

test.each<[string, string, readonly unknown[]]>([
  [
    '{"a":1,"b":{"c":[1,2]}}',
    '{"b":{"c":[1,3,4]},"d":null}',
    [
      { path: 'a', before: '1', after: null },
      { path: 'b.c[1]', before: '2', after: '3' },
      { path: 'b.c[2]', before: null, after: '4' },
      { path: 'd', before: null, after: 'null' },
    ],
  ],
  ['no json', '{"a":1}', [{ path: '(all)', before: '"no json"', after: '{"a":1}' }]],
  [
    '{"__proto__":1}',
    '{"constructor":2}',
    [
      { path: '__proto__', before: '1', after: null },
      { path: 'constructor', before: null, after: '2' },
    ],
  ],
])('arguments %s and %s differ by path', (before, after, expected) => {
  expect(diffArguments(before, after)).toEqual(expected);
});

test('only web addresses in columns of traces are links', () => {
  const link = (column: string, text: string) => traceLink(new Map([[column, text]]));
  expect(link('trace_url', 'https://a.example/t?id=1')).toBe('https://a.example/t?id=1');
  expect(link('trace_url', 'javascript:alert(1)')).toBeNull();
  expect(link('trace_url', 'https://a.example/"><script>')).toBeNull();
  expect(link('answer', 'https://a.example')).toBeNull();
});

test('the id of a trace is what can be searched for at its tool', () => {
  const id = (texts: Record<string, string>) => traceId(new Map(Object.entries(texts)));
  expect(id({ span_id: 's1', trace_id: 't1' })).toEqual({ column: 'trace_id', text: 't1' });
  expect(id({ span_id: 's1' })).toEqual({ column: 'span_id', text: 's1' });
  expect(id({ trace_id: 'https://a.example/t' })).toBeNull();
  expect(id({ trace_id: 'x'.repeat(300) })).toBeNull();
  expect(id({ output: 't1' })).toBeNull();
});
