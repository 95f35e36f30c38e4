/** Turns what a source calls input and output into the columns of a row: prompt, answer, tool calls, turns. */

import type { Cell } from '../../../cases/index.ts';
import { contentText } from '../json-access.ts';
import { readMessages, type ToolCall } from './conversation.ts';

/** One request and its answer. */
export interface Exchange {
  /** The last user message; the whole input where it is no conversation. */
  readonly input: string | null;
  /** The last text of the assistant; the whole output where it is no message. */
  readonly output: string | null;
  /** What stands for the question when the source has no id: everything but system messages. */
  readonly asked: unknown;
  readonly toolCalls: readonly ToolCall[];
  /** `messages`, `output_messages`, `turns`, `tool_calls` and `tools`, as far as the source knows them. */
  readonly extra: Readonly<Record<string, Cell>>;
}

/** Strings inside strings deeper than this stay text. */
const MOST_WRAPPINGS = 3;

/**
 * Undoes JSON inside of strings: a text that is a JSON object, list or string, which may again be one.
 *
 * @example unwrapJson('"{\\"a\\":1}"') // { value: { a: 1 }, text: '{"a":1}' }
 */
export function unwrapJson(source: unknown): { readonly value: unknown; readonly text: string | null } {
  let value = source;
  let text = contentText(source);
  for (
    let layer = 0;
    layer < MOST_WRAPPINGS && typeof value === 'string' && /^\s*["[{]/.test(value);
    layer += 1
  ) {
    let inner: unknown;
    try {
      inner = JSON.parse(value);
    } catch {
      break;
    }
    text = value;
    value = inner;
  }
  return { value, text: typeof value === 'string' ? value : text };
}

/**
 * Reads an input and an output, which may be texts, messages, or JSON inside of strings.
 *
 * @param calls tool calls that the source lists apart from the output; null where it does not
 */
export function readExchange(
  input: unknown,
  output: unknown,
  calls: readonly ToolCall[] | null = null,
): Exchange {
  const asked = unwrapJson(input);
  const answered = unwrapJson(output);
  const questions = readMessages(asked.value);
  const answers = readMessages(answered.value);
  const lastUser = questions?.findLast(({ role }) => role === 'user') ?? null;
  const lastAnswers = answers?.slice(answers.findLastIndex(({ role }) => role === 'user') + 1) ?? [];
  const inMessages = lastAnswers.flatMap(({ toolCalls }) => toolCalls);
  const toolCalls = calls !== null && calls.length > 0 ? calls : inMessages;
  const answer = lastAnswers.findLast(({ role, text }) => role !== 'tool' && text !== null)?.text ?? null;
  return {
    input: questions === null ? asked.text : (lastUser?.text ?? asked.text),
    output: answers === null ? answered.text : answer,
    asked: questions === null ? asked.value : questions.filter(({ role }) => role !== 'system'),
    toolCalls,
    extra: {
      ...(questions === null
        ? {}
        : { turns: String(questions.filter(({ role }) => role === 'user').length) }),
      ...(questions === null || isPlain(questions) ? {} : { messages: asked.text }),
      ...(answers === null || isPlain(answers) ? {} : { output_messages: answered.text }),
      ...toolColumns(toolCalls),
    },
  };
}

/** Whether the one text says everything. */
function isPlain(messages: NonNullable<ReturnType<typeof readMessages>>): boolean {
  return messages.length === 1 && messages[0]!.toolCalls.length === 0 && !messages[0]!.hasOther;
}

/** `tool_calls` as JSON text and the different names in `tools`; nothing where there was no call. */
export function toolColumns(calls: readonly ToolCall[]): Readonly<Record<string, Cell>> {
  if (calls.length === 0) return {};
  const names = new Set(calls.flatMap(({ name }) => (name === null ? [] : [name])));
  return { tool_calls: JSON.stringify(calls), tools: [...names] };
}
