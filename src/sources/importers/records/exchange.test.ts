import { describe, expect, test } from 'vitest';
import { readExchange, unwrapJson } from './exchange.ts';
import { createMetricSurvey, judge } from './metric-choice.ts';
import { millisBetween, millisOf } from './times.ts';

const calls = (extra: Readonly<Record<string, unknown>>): unknown =>
  JSON.parse(extra.tool_calls as string).map(
    ({ name, arguments: given }: { name: string; arguments: unknown }) => [name, given],
  );

describe('tool calls and answers in every dialect', () => {
  test.each([
    [
      'OpenAI',
      {
        role: 'assistant',
        content: 'Hm.',
        tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{"a":1}' } }],
      },
      '{"a":1}',
    ],
    [
      'Anthropic',
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'Hm.' },
          { type: 'tool_use', id: 'c', name: 'f', input: { a: 1 } },
        ],
      },
      { a: 1 },
    ],
    [
      'OpenTelemetry',
      [
        {
          role: 'assistant',
          parts: [
            { type: 'text', content: 'Hm.' },
            { type: 'tool_call', id: 'c', name: 'f', arguments: { a: 1 } },
          ],
        },
      ],
      { a: 1 },
    ],
    [
      'LangChain',
      {
        messages: [
          { type: 'human', content: 'Q' },
          { type: 'ai', content: 'Hm.', tool_calls: [{ name: 'f', args: { a: 1 }, id: 'c' }] },
        ],
      },
      { a: 1 },
    ],
    [
      'Responses',
      [
        { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hm.' }] },
        { type: 'function_call', name: 'f', arguments: '{"a":1}', call_id: 'c' },
      ],
      '{"a":1}',
    ],
    [
      'Gemini',
      { role: 'model', parts: [{ text: 'Hm.' }, { functionCall: { name: 'f', args: { a: 1 } } }] },
      { a: 1 },
    ],
    [
      'choices',
      {
        choices: [
          {
            message: {
              role: 'assistant',
              content: 'Hm.',
              tool_calls: [{ function: { name: 'f', arguments: '{"a":1}' } }],
            },
          },
        ],
      },
      '{"a":1}',
    ],
  ])('%s', (_, output, args) => {
    const { output: answer, extra } = readExchange('Q', output);
    expect([answer, calls(extra), extra.tools]).toEqual(['Hm.', [['f', args]], ['f']]);
  });

  test('calls of earlier turns are not calls of this answer', () => {
    const output = [
      { role: 'user', content: 'A' },
      { role: 'assistant', content: null, tool_calls: [{ function: { name: 'old' } }] },
      { role: 'user', content: 'B' },
      { role: 'assistant', content: 'C' },
    ];
    expect(readExchange(null, output)).toMatchObject({ output: 'C', toolCalls: [] });
  });
});

describe('inputs', () => {
  test('the last user message is the input, the whole conversation is kept, system messages do not tell cases apart', () => {
    const ask = (system: string) => [
      { role: 'system', content: system },
      { role: 'user', content: 'A' },
      { role: 'assistant', content: 'B' },
      { role: 'user', content: 'C' },
    ];
    const { input, extra, asked } = readExchange(ask('x'), null);
    expect([input, extra.turns, JSON.parse(extra.messages as string)]).toEqual(['C', '2', ask('x')]);
    expect(asked).toEqual(readExchange(ask('y'), null).asked);
  });

  test.each([
    ['plain text', 'plain text'],
    ['[INST] not JSON', '[INST] not JSON'],
    ['"\\"twice\\""', 'twice'],
    ['{"a": 1.0}', '{"a": 1.0}'],
    ['"{\\"a\\":1}"', '{"a":1}'],
    [{ a: 1 }, '{"a":1}'],
    [null, null],
    ['', ''],
  ])('%j is the text %j', (source, text) => {
    expect([
      unwrapJson(source).text,
      readExchange(source, source).input,
      readExchange(source, source).output,
    ]).toEqual([text, text, text]);
  });

  test('an image beside the text keeps the message', () => {
    const message = [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is this?' },
          { type: 'image_url', image_url: { url: 'x' } },
        ],
      },
    ];
    expect(readExchange(message, null)).toMatchObject({
      input: 'What is this?',
      extra: { messages: JSON.stringify(message) },
    });
  });
});

describe('the metric that decides', () => {
  const choose = (metrics: Readonly<Record<string, number | boolean>>, named: string | null = null) => {
    const survey = createMetricSurvey();
    for (const [name, value] of Object.entries(metrics)) survey.see(name, value);
    return survey.choose(named);
  };

  test.each([
    [{ toxicity: 0.1 }, null, null],
    [{ toxicity: 0.1, quality: 0.5 }, null, 'quality'],
    [{ b: 1, correct: true }, null, 'correct'],
    [{ b: 1, a: 1 }, null, 'a'],
    [{ a: 1 }, 'toxicity', 'toxicity'],
    [{}, null, null],
  ])('%j, named %j: %j', (metrics, named, primary) => {
    expect(choose(metrics, named).primary).toBe(primary);
  });

  test('a true flaw is no pass', () => {
    expect(judge({ is_toxic: true }, 'is_toxic')).toMatchObject({ status: 'scored', passed: null, score: 1 });
    expect(judge({ correct: true }, 'correct')).toMatchObject({ status: 'scored', passed: true, score: 1 });
    expect(judge({ correct: null }, 'correct')).toMatchObject({
      status: 'unscored',
      passed: null,
      score: null,
    });
  });
});

test('times without zone are UTC on every machine', () => {
  expect(millisOf('2026-01-31 12:00:00')).toBe(Date.UTC(2026, 0, 31, 12));
  expect(millisBetween('2026-01-31T12:00:00Z', '2026-01-31T14:00:00.5+02:00')).toBe(500);
  expect(millisOf('noon')).toBeNull();
});
