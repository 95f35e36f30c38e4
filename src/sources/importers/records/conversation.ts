/** Understands chat messages as the common providers and frameworks spell them: what was asked, what was answered, which tools were called. */

import { isRecord } from './records.ts';

/** A call of a tool as the model asked for it. */
export interface ToolCall {
  readonly name: string | null;
  /** As the source holds it: a JSON text or an object. */
  readonly arguments: unknown;
  readonly id: string | null;
}

/** One message, whatever its dialect. */
export interface Message {
  readonly role: 'system' | 'user' | 'assistant' | 'tool' | 'other';
  /** Texts of all its parts, joined by line breaks; null where it has none. */
  readonly text: string | null;
  readonly toolCalls: readonly ToolCall[];
  /** Whether it has parts that are no text, such as images. */
  readonly hasOther: boolean;
}

const ROLES: Readonly<Record<string, Message['role']>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  human: 'user',
  assistant: 'assistant',
  ai: 'assistant',
  model: 'assistant',
  AIMessageChunk: 'assistant',
  tool: 'tool',
  function: 'tool',
  tool_result: 'tool',
  function_call_output: 'tool',
  function_call: 'assistant',
  reasoning: 'assistant',
};

/**
 * The messages of a value: a list of messages, one message, or an object that holds them as `messages`, `choices`,
 * `contents`, `input` or `output`. Null where it is nothing of the kind.
 *
 * @example readMessages([{ role: 'user', content: 'Hi' }])![0]!.text // 'Hi'
 */
export function readMessages(value: unknown, depth = 0): readonly Message[] | null {
  if (depth > 3) return null;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value.length === 1 && Array.isArray(value[0]) ? value[0] : value;
    if (items.length === 0) return null;
    const messages = items.map(readMessage);
    return messages.every((message) => message !== null) ? messages : null;
  }
  if (!isRecord(value)) return null;
  const one = readMessage(value);
  if (one !== null) return [one];
  if (Array.isArray(value.choices)) {
    const messages = value.choices.map((choice) => (isRecord(choice) ? readMessage(choice.message) : null));
    return messages.every((message) => message !== null) && messages.length > 0 ? messages : null;
  }
  for (const key of ['messages', 'contents', 'input', 'output']) {
    const messages = readMessages(value[key], depth + 1);
    if (messages !== null) return messages;
  }
  return null;
}

function readMessage(value: unknown): Message | null {
  if (!isRecord(value)) return null;
  if (isRecord(value.message) && value.role === undefined) return readMessage(value.message);
  const spoken =
    typeof value.role === 'string' ? value.role : typeof value.type === 'string' ? value.type : '';
  const role =
    ROLES[spoken] ??
    ROLES[spoken.toLowerCase()] ??
    (typeof value.role === 'string' && hasContent(value) ? 'other' : null);
  if (role === null || !hasContent(value)) return null;
  const parts = partsOf(value.parts ?? value.content ?? value.text ?? value.output);
  return {
    role,
    text: parts.texts.length === 0 ? null : parts.texts.join('\n'),
    toolCalls: [...parts.toolCalls, ...ownToolCalls(value)],
    hasOther: parts.hasOther,
  };
}

const CONTENT_KEYS = [
  'content',
  'parts',
  'contents',
  'tool_calls',
  'function_call',
  'arguments',
  'output',
  'summary',
];

function hasContent(value: Readonly<Record<string, unknown>>): boolean {
  return CONTENT_KEYS.some((key) => Object.hasOwn(value, key));
}

interface Parts {
  readonly texts: readonly string[];
  readonly toolCalls: readonly ToolCall[];
  readonly hasOther: boolean;
}

function partsOf(content: unknown): Parts {
  if (content === null || content === undefined) return { texts: [], toolCalls: [], hasOther: false };
  if (typeof content === 'string')
    return { texts: content === '' ? [] : [content], toolCalls: [], hasOther: false };
  const texts: string[] = [];
  const toolCalls: ToolCall[] = [];
  let hasOther = false;
  for (const part of Array.isArray(content) ? content : [content]) {
    const text = partText(part);
    const call = partCall(part);
    if (text !== null) texts.push(text);
    else if (call !== null) toolCalls.push(call);
    else hasOther = true;
  }
  return { texts, toolCalls, hasOther };
}

function partText(part: unknown): string | null {
  if (typeof part === 'string') return part;
  if (!isRecord(part)) return null;
  const inner = isRecord(part.message_content) ? part.message_content : part;
  if (typeof inner.text === 'string') return inner.text;
  if (inner.type === 'text' && typeof inner.content === 'string') return inner.content;
  return null;
}

/** A tool call among the parts: OpenTelemetry's, Anthropic's, Gemini's. */
function partCall(part: unknown): ToolCall | null {
  if (!isRecord(part)) return null;
  const gemini = part.functionCall ?? part.function_call;
  if (isRecord(gemini)) return callOf(gemini.name, gemini.args ?? gemini.arguments, gemini.id);
  if (part.type === 'tool_call' || part.type === 'tool-call') {
    return callOf(
      part.name ?? part.toolName,
      part.arguments ?? part.args ?? part.input,
      part.id ?? part.toolCallId,
    );
  }
  return part.type === 'tool_use' ? callOf(part.name, part.input, part.id) : null;
}

/** Tool calls beside the content: OpenAI's, LangChain's, OpenInference's, and items of the Responses API. */
function ownToolCalls(message: Readonly<Record<string, unknown>>): readonly ToolCall[] {
  if (message.type === 'function_call')
    return [callOf(message.name, message.arguments, message.call_id ?? message.id)];
  const extra = isRecord(message.additional_kwargs) ? message.additional_kwargs.tool_calls : undefined;
  const own = Array.isArray(message.tool_calls) && message.tool_calls.length > 0 ? message.tool_calls : extra;
  if (Array.isArray(own)) return readToolCalls(own);
  return isRecord(message.function_call)
    ? [callOf(message.function_call.name, message.function_call.arguments, null)]
    : [];
}

/** Tool calls of a list in any of the known spellings; entries that are no objects have no name. */
export function readToolCalls(list: readonly unknown[]): readonly ToolCall[] {
  return list.map((entry) => {
    if (!isRecord(entry)) return callOf(null, entry, null);
    const call = isRecord(entry.tool_call) ? entry.tool_call : entry;
    const inner = isRecord(call.function) ? call.function : call;
    return callOf(inner.name, inner.arguments ?? inner.args ?? inner.input, call.id ?? call.call_id);
  });
}

function callOf(name: unknown, args: unknown, id: unknown): ToolCall {
  return {
    name: typeof name === 'string' ? name : null,
    arguments: args ?? null,
    id: typeof id === 'string' ? id : null,
  };
}
