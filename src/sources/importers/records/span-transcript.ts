/** The course of a trace out of its spans: every message that a model saw or wrote once, and what tools answered. */

import type { TranscriptSource } from '../importer.ts';
import { canonicalJson } from '../json-access.ts';
import type { Transcript } from '../transcript.ts';
import { readMessages } from './conversation.ts';
import { unwrapJson } from './exchange.ts';
import { messageList, messageSteps } from './message-steps.ts';
import { isRecord } from './records.ts';

/** What one span did. Values may be texts, messages, or JSON inside of strings. */
export type SpanEvent =
  | { readonly kind: 'model'; readonly input: unknown; readonly output: unknown }
  | {
      readonly kind: 'tool';
      readonly name: string | null;
      readonly input: unknown;
      readonly output: unknown;
      /** Why the tool failed; null where it did not. */
      readonly error: string | null;
    };

/** Rows have what was asked and answered at the ends of a trace; what happened between stands in its spans. */
export const SPAN_TRANSCRIPTS: TranscriptSource = {
  expects: (cells) => (cells.has('tool_calls') || cells.has('tools') ? 'steps' : 'nothing'),
};

/**
 * The steps of a trace; null where its spans tell no more than one question and answer.
 *
 * Models are handed the whole conversation again in each call, so a message counts as new only where a call holds it more often
 * than all before. Spans of tools tell calls and answers where no message does.
 *
 * @param spans in order of time, without models that hold other models
 * @param from where they were read
 */
export function spanTranscript(spans: readonly SpanEvent[], from: string): Transcript | null {
  const models = spans.map((span) =>
    span.kind === 'model'
      ? { asked: messagesOf(span.input, 'user'), said: messagesOf(span.output, 'assistant') }
      : null,
  );
  const told = models.flatMap((model) => (model === null ? [] : [...model.asked, ...model.said]));
  const hasCalls = told.some((message) => (readMessages([message])?.[0]?.toolCalls.length ?? 0) > 0);
  const hasAnswers = told.some(isAnswerOfTool);
  const course = createCourse();
  for (const [at, span] of spans.entries()) {
    const model = models[at] ?? null;
    if (model !== null) {
      course.addAll(model.asked);
      course.addAll(model.said);
    } else if (span.kind === 'tool') {
      const { name, input, output, error } = span;
      const id = `span-${at}`;
      if (!hasCalls) course.push({ role: 'assistant', content: null, tool_calls: [callOf(id, name, input)] });
      if (!hasAnswers) course.push(answerOf(id, name, output, error));
    }
  }
  const steps = messageSteps(course.messages()) ?? [];
  return steps.length > 2 || steps.some(({ kind }) => kind === 'call') ? { steps, from, notes: [] } : null;
}

/** The messages of a value, or the value as the one message of a role. */
function messagesOf(given: unknown, role: 'user' | 'assistant'): readonly unknown[] {
  const { value, text } = unwrapJson(given);
  const list = messageList(value);
  if (list !== null) return list.filter((message) => !isDefinition(message));
  return text === null || text === '' ? [] : [{ role, content: text }];
}

/** Some instrumentations list the tools on offer among the messages. */
function isDefinition(message: unknown): boolean {
  const content = isRecord(message) && message.role === 'tool' ? message.content : null;
  return isRecord(content) && content.type === 'function' && isRecord(content.function);
}

function isAnswerOfTool(message: unknown): boolean {
  return messageSteps([message])?.some(({ kind }) => kind === 'result') ?? false;
}

function callOf(id: string, name: string | null, input: unknown): unknown {
  return { id, type: 'function', function: { name, arguments: unwrapJson(input).value ?? null } };
}

function answerOf(id: string, name: string | null, output: unknown, error: string | null): unknown {
  const text = unwrapJson(output).text ?? '';
  const content = error === null || error === '' ? text : [error, text].filter(Boolean).join('\n');
  return { role: 'tool', tool_call_id: id, name, content, is_error: error !== null };
}

/** Messages in the order in which they first occurred. */
function createCourse() {
  const messages: unknown[] = [];
  const counts = new Map<string, number>();
  return {
    messages: (): readonly unknown[] => messages,
    push: (message: unknown) => messages.push(message),
    addAll(list: readonly unknown[]): void {
      const here = new Map<string, number>();
      for (const message of list) {
        const key = keyOf(message);
        const count = (here.get(key) ?? 0) + 1;
        here.set(key, count);
        if (count <= (counts.get(key) ?? 0)) continue;
        counts.set(key, count);
        messages.push(message);
      }
    },
  };
}

/** What a message says and calls, without ids: answers are spelled otherwise when they are handed on. */
function keyOf(message: unknown): string {
  const steps = messageSteps([message]) ?? [];
  return canonicalJson(
    steps.map(({ kind, role, tool, text }) => [
      kind,
      role,
      kind === 'result' ? null : tool,
      kind === 'call' ? unwrapJson(text).value : text,
    ]),
  );
}
