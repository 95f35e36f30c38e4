/** Turns Inspect's chat messages into steps: what was said, thought and called, and what tools answered. */

import { hash } from 'node:crypto';
import { contentText, list, record, text } from '../json-access.ts';
import { step, type TranscriptStep } from '../transcript.ts';
import { REFERENCE, type Resolve } from './sample-texts.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Names of tools by the ids of their calls. */
export type ToolNames = Map<string, string>;

const ROLES: ReadonlySet<string> = new Set(['system', 'user', 'assistant', 'tool']);

/** Longest address of an image that stands as it is. */
const LONGEST_ADDRESS = 200;

/**
 * The steps of one message, in the order of its parts.
 *
 * @param tools learns the calls, and names the tools of answers
 * @param resolve puts attachments in place of references to them
 */
export function messageSteps(value: unknown, tools: ToolNames, resolve: Resolve): readonly TranscriptStep[] {
  const message = record(value);
  if (message === null) return [step('message', 'other', contentText(value) ?? '')];
  const spoken = text(message.role) ?? '';
  const role = ROLES.has(spoken) ? (spoken as TranscriptStep['role']) : 'other';
  if (role === 'tool') return [toolResult(message, tools, resolve)];
  const said = contentSteps(message.content, role, resolve);
  const calls = (list(message.tool_calls) ?? []).map((call) => callStep(call, tools, resolve));
  if (said.length + calls.length > 0) return [...said, ...calls];
  return [step('message', role, '')];
}

/** Texts and media side by side are one step; thoughts and the provider's own tools are steps between them. */
function contentSteps(
  content: unknown,
  role: TranscriptStep['role'],
  resolve: Resolve,
): readonly TranscriptStep[] {
  const steps: TranscriptStep[] = [];
  let said: string[] = [];
  const endSaid = (): void => {
    const whole = said.filter((part) => part !== '').join('\n');
    if (whole !== '') steps.push(step('message', role, whole));
    said = [];
  };
  for (const part of partsOf(content)) {
    const own = stepsOfPart(part, role, resolve);
    if (own === null) said.push(partText(part, resolve));
    else {
      endSaid();
      steps.push(...own);
    }
  }
  endSaid();
  return steps;
}

function partsOf(content: unknown): readonly unknown[] {
  return list(content) ?? (content === null || content === undefined ? [] : [content]);
}

/** Parts that are steps of their own; null for what is said. */
function stepsOfPart(
  value: unknown,
  role: TranscriptStep['role'],
  resolve: Resolve,
): readonly TranscriptStep[] | null {
  const part = record(value);
  if (part?.type === 'reasoning') return [step('reasoning', role, reasoningText(part, resolve))];
  if (part?.type !== 'tool_use') return null;
  const tool = text(part.name);
  const error = text(part.error);
  const answer = resolve(contentText(part.result) ?? '');
  return [
    step('call', role, resolvedJson(part.arguments, resolve), { tool }),
    step('result', 'tool', joined(error, answer), { tool, failed: error !== null }),
  ];
}

/** Hidden reasoning is a blob for the provider; at most its summary can be read. */
function reasoningText(part: Fields, resolve: Resolve): string {
  const summary = text(part.summary);
  if (part.redacted === true) return resolve(summary ?? '[redacted by the provider]');
  return resolve(text(part.reasoning) || summary || '');
}

/** A text, or the name of what is no text: with a short hash, so that two images are not taken for one. */
function partText(value: unknown, resolve: Resolve): string {
  if (typeof value === 'string') return resolve(value);
  const part = record(value);
  if (part?.type === 'text') return resolve(text(part.text) ?? '');
  const kind = text(part?.type) ?? '?';
  const held = contentText(part?.[kind]) ?? '';
  const name = text(part?.filename);
  const isAddress = /^https?:/.test(held) && held.length <= LONGEST_ADDRESS;
  const told = isAddress ? held : [name, held === '' ? null : hash('sha256', held, 'hex').slice(0, 8)];
  return `[${[kind, told].flat().filter(Boolean).join(' ')}]`;
}

function callStep(value: unknown, tools: ToolNames, resolve: Resolve): TranscriptStep {
  const call = record(value);
  const tool = text(call?.function);
  const id = text(call?.id);
  if (id !== null && tool !== null) tools.set(id, tool);
  return step('call', 'assistant', resolvedJson(call === null ? value : call.arguments, resolve), { tool });
}

function toolResult(message: Fields, tools: ToolNames, resolve: Resolve): TranscriptStep {
  const answer = partsOf(message.content)
    .map((part) => partText(part, resolve))
    .join('\n');
  const error = record(message.error);
  const why = error === null ? text(message.error) : joined(text(error.type), text(error.message), ': ');
  return step('result', 'tool', joined(why, answer), {
    tool: text(message.function) ?? tools.get(text(message.tool_call_id) ?? '') ?? null,
    failed: why !== null,
  });
}

/** Both texts where both say something of their own. */
function joined(first: string | null, second: string | null, between = '\n'): string {
  if (first === null || first === '') return second ?? '';
  return second === null || second === '' || first.endsWith(second) ? first : `${first}${between}${second}`;
}

/** Arguments as JSON with every reference in them put back. */
function resolvedJson(value: unknown, resolve: Resolve): string {
  return contentText(resolvedValue(value, resolve, 0)) ?? '';
}

/** Deeper arguments stay as they are: a hostile file could leave no room for going further. */
const DEEPEST = 100;

function resolvedValue(value: unknown, resolve: Resolve, depth: number): unknown {
  if (typeof value === 'string') return REFERENCE.test(value) ? resolve(value) : value;
  if (depth === DEEPEST) return value;
  if (Array.isArray(value)) return value.map((part) => resolvedValue(part, resolve, depth + 1));
  const fields = record(value);
  if (fields === null) return value;
  return Object.fromEntries(
    Object.entries(fields).map(([key, part]) => [key, resolvedValue(part, resolve, depth + 1)]),
  );
}
