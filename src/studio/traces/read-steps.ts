/** Reads what an agent did from the cells of one row: messages and calls of tools, as providers, frameworks and importers spell them. */

import { type Message, readMessages, readToolCalls, type TranscriptStep } from '../../sources/index.ts';
import { canonicalText } from './canonical-text.ts';

/** A step with its whole text; of calls the arguments are canonical JSON where they are JSON at all. */
export type Step = TranscriptStep;

/** The steps of a row, and the columns that they come from. */
export interface ReadSteps {
  readonly steps: readonly Step[];
  readonly columns: readonly string[];
}

/** Longest text that is tried as JSON, in UTF-16 units. */
const LONGEST = 20_000_000;

/** What importers call the messages before the answer, and those of the answer. */
const ASKED = 'messages';
const ANSWERED = 'output_messages';
const CALLS = 'tool_calls';

/**
 * The steps of one row; null where no column has more than a plain answer.
 *
 * In this order the first that has any is taken: the columns `messages` and `output_messages` one after the other; any other
 * column whose text is a list of messages, the longest list first; a column `tool_calls` alone.
 *
 * @param cells texts by column
 */
export function readSteps(cells: ReadonlyMap<string, string>): ReadSteps | null {
  const named = [ASKED, ANSWERED].filter((column) => cells.has(column));
  const own = named.flatMap((column) => stepsOf(cells.get(column)!) ?? []);
  if (isTrace(own)) return { steps: own, columns: named };
  let longest: ReadSteps | null = null;
  for (const [column, text] of cells) {
    if (named.includes(column)) continue;
    const steps = stepsOf(text);
    if (steps === null || !isTrace(steps) || steps.length <= (longest?.steps.length ?? 0)) continue;
    longest = { steps, columns: [column] };
  }
  if (longest !== null) return longest;
  const calls = parsed(cells.get(CALLS));
  if (!Array.isArray(calls) || calls.length === 0) return null;
  return { steps: readToolCalls(calls).map(callStep), columns: [CALLS] };
}

/** One plain message says no more than the output; two, or a call, are a course of things. */
function isTrace(steps: readonly Step[]): boolean {
  return steps.length > 1 || steps.some(({ kind }) => kind === 'call');
}

/** The steps of a text that is JSON messages; null where it is anything else. */
export function stepsOf(text: string): readonly Step[] | null {
  const value = parsed(text);
  if (value === undefined) return null;
  const list = messageList(value);
  if (list === null) return null;
  const tools = new Map<string, string>();
  return list.flatMap((raw) => messageSteps(raw, tools));
}

function parsed(text: string | undefined): unknown {
  const first = text?.trimStart()[0];
  if (text === undefined || (first !== '[' && first !== '{') || text.length > LONGEST) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

type Data = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The messages one by one, where the whole is messages. */
function messageList(value: unknown): readonly unknown[] | null {
  if (readMessages(value) === null) return null;
  if (Array.isArray(value)) return value.length === 1 && Array.isArray(value[0]) ? value[0] : value;
  if (!isRecord(value)) return null;
  for (const key of ['messages', 'contents', 'input', 'output', 'choices']) {
    if (Array.isArray(value[key]) && readMessages(value[key]) !== null) return messageList(value[key]);
  }
  return [value];
}

function messageSteps(raw: unknown, tools: Map<string, string>): readonly Step[] {
  const message = readMessages([raw])?.[0];
  if (message === undefined) return [];
  const results = toolResults(raw, tools);
  if (results.length > 0) return results;
  if (message.role === 'tool') {
    const [tool, text] = [answeringTool(raw, tools), textOf(message)];
    return [{ kind: 'result', role: 'tool', tool, text, failed: isRecord(raw) && raw.is_error === true }];
  }
  const text = textOf(message);
  const said: Step[] =
    text === '' && message.toolCalls.length > 0
      ? []
      : [{ kind: 'message', role: message.role, tool: null, text, failed: false }];
  for (const { id, name } of message.toolCalls) if (id !== null && name !== null) tools.set(id, name);
  return [...said, ...message.toolCalls.map(callStep)];
}

/** What a message says, with a word for parts that are no text. */
function textOf({ text, hasOther }: Message): string {
  return [...(text === null ? [] : [text]), ...(hasOther ? ['[no text]'] : [])].join('\n');
}

function callStep({ name, arguments: given }: ReturnType<typeof readToolCalls>[number]): Step {
  return { kind: 'call', role: 'assistant', tool: name, text: canonicalText(given), failed: false };
}

/** Anthropic's answers of tools, which stand in a message of the user. */
function toolResults(raw: unknown, tools: ReadonlyMap<string, string>): readonly Step[] {
  if (!isRecord(raw) || !Array.isArray(raw.content)) return [];
  return raw.content.flatMap((part): readonly Step[] => {
    if (!isRecord(part) || part.type !== 'tool_result') return [];
    const id = typeof part.tool_use_id === 'string' ? part.tool_use_id : '';
    const said = readMessages([{ role: 'tool', content: part.content ?? '' }])?.[0];
    const [tool, text] = [tools.get(id) ?? null, said === undefined ? '' : textOf(said)];
    return [{ kind: 'result', role: 'tool', tool, text, failed: part.is_error === true }];
  });
}

/** The tool that a message answers for: its own name, or that of the call that it names. */
function answeringTool(raw: unknown, tools: ReadonlyMap<string, string>): string | null {
  if (!isRecord(raw)) return null;
  const name = raw.name ?? raw.function ?? raw.tool_name;
  if (typeof name === 'string' && name !== '') return name;
  const id = raw.tool_call_id ?? raw.call_id ?? raw.toolCallId;
  return typeof id === 'string' ? (tools.get(id) ?? null) : null;
}
