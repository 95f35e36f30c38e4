/** Chat messages, as providers and frameworks spell them, as the steps that they tell of: said, thought, called, answered. */

import { contentText } from '../json-access.ts';
import { step, type TranscriptStep } from '../transcript.ts';
import { type Message, readMessages, readToolCalls, type ToolCall } from './conversation.ts';
import { isRecord } from './records.ts';

/** Names of tools by the ids of their calls. */
type ToolNames = Map<string, string>;

/**
 * The steps of a value that is messages; null where it is anything else.
 *
 * @example messageSteps([{ role: 'user', content: 'Hi' }])![0]!.text // 'Hi'
 */
export function messageSteps(value: unknown): readonly TranscriptStep[] | null {
  const list = messageList(value);
  if (list === null) return null;
  const tools: ToolNames = new Map();
  return list.flatMap((raw) => oneMessage(raw, tools));
}

/** The steps of a list of calls. */
export function callSteps(list: readonly unknown[]): readonly TranscriptStep[] {
  return readToolCalls(list).map(callStep);
}

/** The messages one by one, where the whole is messages. */
export function messageList(value: unknown): readonly unknown[] | null {
  if (readMessages(value) === null) return null;
  if (Array.isArray(value)) return value.length === 1 && Array.isArray(value[0]) ? value[0] : value;
  if (!isRecord(value)) return null;
  for (const key of ['messages', 'contents', 'input', 'output', 'choices']) {
    if (Array.isArray(value[key]) && readMessages(value[key]) !== null) return messageList(value[key]);
  }
  return [value];
}

function oneMessage(given: unknown, tools: ToolNames): readonly TranscriptStep[] {
  const { thoughts, rest: raw } = withoutThoughts(given);
  const message = readMessages([raw])?.[0];
  if (message === undefined) return thoughts;
  const results = toolResults(raw, tools);
  if (results.length > 0) return results;
  const text = textOf(message);
  if (message.role === 'tool') {
    const failed = isRecord(raw) && raw.is_error === true;
    return [step('result', 'tool', text, { tool: answeringTool(raw, tools), failed })];
  }
  const isSilent = text === '' && message.toolCalls.length + thoughts.length > 0;
  for (const { id, name } of message.toolCalls) if (id !== null && name !== null) tools.set(id, name);
  const said = isSilent ? [] : [step('message', message.role, text)];
  return [...thoughts, ...said, ...message.toolCalls.map(callStep)];
}

/** Fields in which providers and formats put what a model thought before it spoke. */
const THOUGHT_FIELDS = ['reasoning_content', 'reasoning_trace', 'reasoning'];

/** Thoughts of a message, and the message without the parts that are thoughts. */
function withoutThoughts(raw: unknown): { thoughts: readonly TranscriptStep[]; rest: unknown } {
  if (!isRecord(raw)) return { thoughts: [], rest: raw };
  const parts = Array.isArray(raw.content) ? raw.content : [];
  const own = raw.type === 'reasoning' ? [raw] : parts.filter(isThought);
  const texts = [...THOUGHT_FIELDS.map((field) => raw[field]), ...own.map(thoughtText)].flatMap(linesOf);
  const rest =
    own.length > 0 && own[0] !== raw ? { ...raw, content: parts.filter((one) => !isThought(one)) } : raw;
  return { thoughts: texts.map((text) => step('reasoning', 'assistant', text)), rest };
}

function isThought(part: unknown): boolean {
  return isRecord(part) && ['thinking', 'redacted_thinking', 'reasoning'].includes(String(part.type));
}

/** Anthropic's thinking, and summaries of the Responses API. */
function thoughtText(part: unknown): unknown {
  if (!isRecord(part)) return null;
  if (part.type === 'redacted_thinking') return '[redacted by the provider]';
  const summary = Array.isArray(part.summary)
    ? part.summary.flatMap((one) => (isRecord(one) ? linesOf(one.text) : [])).join('\n')
    : part.summary;
  return part.thinking ?? part.text ?? part.content ?? summary;
}

function linesOf(value: unknown): readonly string[] {
  const texts = Array.isArray(value) ? value : [value];
  return texts.filter((text): text is string => typeof text === 'string' && text !== '');
}

/** What a message says, with a word for parts that are no text. */
function textOf({ text, hasOther }: Message): string {
  return [...(text === null ? [] : [text]), ...(hasOther ? ['[no text]'] : [])].join('\n');
}

function callStep({ name, arguments: given }: ToolCall): TranscriptStep {
  return step('call', 'assistant', contentText(given) ?? '', { tool: name });
}

/** Anthropic's answers of tools, which stand in a message of the user. */
function toolResults(raw: unknown, tools: ToolNames): readonly TranscriptStep[] {
  if (!isRecord(raw) || !Array.isArray(raw.content)) return [];
  return raw.content.flatMap((part): readonly TranscriptStep[] => {
    if (!isRecord(part) || part.type !== 'tool_result') return [];
    const id = typeof part.tool_use_id === 'string' ? part.tool_use_id : '';
    const said = readMessages([{ role: 'tool', content: part.content ?? '' }])?.[0];
    const text = said === undefined ? '' : textOf(said);
    return [step('result', 'tool', text, { tool: tools.get(id) ?? null, failed: part.is_error === true })];
  });
}

/** The tool that a message answers for: its own name, or that of the call that it names. */
function answeringTool(raw: unknown, tools: ToolNames): string | null {
  if (!isRecord(raw)) return null;
  const name = raw.name ?? raw.function ?? raw.tool_name;
  if (typeof name === 'string' && name !== '') return name;
  const id = raw.tool_call_id ?? raw.call_id ?? raw.toolCallId;
  return typeof id === 'string' ? (tools.get(id) ?? null) : null;
}
