import { describe, expect, it } from 'vitest';
import { readConversation } from './conversation.ts';

describe('a conversation', () => {
  it.each([
    [
      'OpenAI messages',
      [
        { role: 'system', content: 'be kind' },
        { role: 'user', content: 'hi' },
        { role: 'assistant', content: 'hello' },
        { role: 'user', content: 'bye' },
      ],
      { turns: 2, toolCalls: 0, tools: [], kinds: ['text'] },
    ],
    [
      'OpenAI parts',
      {
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'what?' },
              { type: 'image_url', image_url: { url: 'x' } },
            ],
          },
        ],
      },
      { turns: 1, toolCalls: 0, tools: [], kinds: ['text', 'image'] },
    ],
    [
      'OpenAI calls',
      [
        { role: 'user', content: 'q' },
        {
          role: 'assistant',
          content: null,
          tool_calls: [
            { type: 'function', function: { name: 'search', arguments: '{}' } },
            { type: 'function', function: { name: 'search' } },
          ],
        },
        { role: 'tool', content: 'r' },
      ],
      { turns: 1, toolCalls: 2, tools: ['search'], kinds: ['text'] },
    ],
    [
      'Inspect calls',
      [
        { role: 'user', content: 'q' },
        { role: 'assistant', content: '', tool_calls: [{ function: 'bash', arguments: {} }] },
      ],
      { turns: 1, toolCalls: 1, tools: ['bash'], kinds: ['text'] },
    ],
    [
      'Anthropic',
      [
        { role: 'user', content: [{ type: 'image', source: { type: 'base64', media_type: 'image/png' } }] },
        { role: 'assistant', content: [{ type: 'tool_use', name: 'look', input: {} }] },
        { role: 'user', content: [{ type: 'tool_result', content: 'x' }] },
      ],
      { turns: 1, toolCalls: 1, tools: ['look'], kinds: ['image'] },
    ],
    [
      'Gemini',
      [
        { role: 'user', parts: [{ text: 'hear' }, { inlineData: { mimeType: 'audio/wav', data: '' } }] },
        { role: 'model', parts: [{ functionCall: { name: 'play' } }] },
      ],
      { turns: 1, toolCalls: 1, tools: ['play'], kinds: ['text', 'audio'] },
    ],
    [
      'ShareGPT',
      {
        conversations: [
          { from: 'human', value: 'a' },
          { from: 'gpt', value: 'b' },
        ],
      },
      { turns: 1, toolCalls: 0, tools: [], kinds: ['text'] },
    ],
    [
      'OpenAI responses',
      {
        input: [
          {
            role: 'user',
            content: [
              { type: 'input_text', text: 'a' },
              { type: 'input_file', file_id: 'f' },
            ],
          },
          { type: 'function_call', name: 'go' },
        ],
      },
      { turns: 1, toolCalls: 1, tools: ['go'], kinds: ['text', 'file'] },
    ],
  ])('of %s is read', (_name, data, expected) => {
    expect(readConversation(JSON.stringify(data))).toMatchObject(expected);
  });

  it('says what its messages say, without the JSON around it', () => {
    const parts = [
      { type: 'text', text: 'and this?' },
      { type: 'image_url', image_url: { url: 'https://x' } },
    ];
    const messages = [
      { role: 'system', content: 'be "kind"' },
      { role: 'user', content: parts },
    ];
    expect(readConversation(JSON.stringify(messages))?.text).toBe('be "kind"\nand this?');
  });

  it.each([
    '',
    'hello',
    '[1,2]',
    '{"a":1}',
    '[',
    '{"role":"user"}',
    '[{"a":1}]',
    '[]',
    '{"messages":[]}',
    '{"messages":{"messages":[{"role":"user"}]}}',
  ])('is not seen in %j', (text) => {
    expect(readConversation(text)).toBeNull();
  });
});
