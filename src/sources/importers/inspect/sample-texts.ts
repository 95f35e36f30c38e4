/** The texts of an Inspect sample: input, target and output, with attachments put back where they stand. */

import { contentText, list, path, record, text } from '../json-access.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Long or repeated texts are stored once and referred to by one of these and their key. */
export const REFERENCE = /^(?:attachment|tc):\/\//;

/** Puts texts in place of references to them. */
export type Resolve = (text: string) => string;

/** The attachments of a sample; older logs keep them in the transcript. A reference to nothing stays, and is told. */
export function attachmentsOf(sample: Fields, onMissing: () => void): Resolve {
  const attachments = record(sample.attachments) ?? record(path(sample, 'transcript.content')) ?? {};
  return (value) => {
    if (!REFERENCE.test(value)) return value;
    const key = value.replace(REFERENCE, '');
    const found = Object.hasOwn(attachments, key) ? text(attachments[key]) : null;
    if (found === null) onMissing();
    return found ?? value;
  };
}

/**
 * The input as one text: of a single message its text, of several each with its role before it.
 *
 * @example inputText([{ role: 'system', content: 'Be brief.' }, { role: 'user', content: 'Hi' }], resolve)
 * // 'system: Be brief.\n\nuser: Hi'
 */
export function inputText(input: unknown, resolve: Resolve): string | null {
  if (typeof input === 'string') return resolve(input);
  const messages = list(input)?.map(record) ?? [];
  const texts = messages.map((message) => messageText(message?.content, resolve) ?? '');
  if (texts.length < 2) return texts[0] ?? null;
  return texts.map((content, at) => `${text(messages[at]?.role) ?? 'message'}: ${content}`).join('\n\n');
}

/** The target: one text as it is, leading blanks included; several accepted ones as a JSON list. */
export function targetText(target: unknown): string | null {
  const targets = list(target);
  return targets?.length === 1 ? contentText(targets[0]) : contentText(target);
}

/** What the model answered last: the first choice, else the last message of the assistant. */
export function outputText(sample: Fields, resolve: Resolve): string | null {
  const chosen = path(sample, 'output.choices.0.message.content');
  if (chosen !== undefined) return messageText(chosen, resolve);
  const last = list(sample.messages)?.findLast((message) => record(message)?.role === 'assistant');
  if (last !== undefined) return messageText(record(last)?.content, resolve);
  const completion = text(path(sample, 'output.completion'));
  return completion === null || completion === '' ? null : resolve(completion);
}

/** Content as text: reasoning is left out, what is no text stands as its kind, such as `[image]`. */
function messageText(content: unknown, resolve: Resolve): string | null {
  if (typeof content === 'string') return resolve(content);
  const parts = list(content)?.map(record);
  if (parts === undefined) return null;
  return parts
    .filter((part) => part?.type !== 'reasoning')
    .map((part) => (part?.type === 'text' ? resolve(text(part.text) ?? '') : `[${text(part?.type) ?? '?'}]`))
    .join('\n');
}

/** How the conversation went: answers of the assistant, calls of tools, and which. */
export function conversationFacts(
  sample: Fields,
): { turns: number; toolCalls: number; tools: string[] } | null {
  const messages = list(sample.messages);
  if (messages === null) return null;
  const answers = messages.map(record).filter((message) => message?.role === 'assistant');
  const calls = answers.flatMap((message) => list(message?.tool_calls) ?? []);
  const names = calls.map((call) => text(record(call)?.function)).filter((name) => name !== null);
  return { turns: answers.length, toolCalls: calls.length, tools: [...new Set(names)] };
}
