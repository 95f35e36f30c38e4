/** Reads the transcript of one Inspect sample: its messages, else those of its longest call of a model, with attachments put back. */

import { list, path, record, text } from '../json-access.ts';
import type { Transcript, TranscriptStep } from '../transcript.ts';
import {
  type KeptMessages,
  keepMessages,
  parsed,
  TRANSCRIPT_LIMITS,
  type TranscriptLimits,
} from './kept-messages.ts';
import { messageSteps, type ToolNames } from './message-steps.ts';
import { type SampleDocument, walkSample } from './sample-document.ts';
import { REFERENCE } from './sample-texts.ts';

/**
 * The transcript; null where the sample has no messages at all.
 *
 * @throws DataError where the sample is malformed or cut off
 */
export async function readTranscript(
  document: SampleDocument,
  limits: TranscriptLimits = TRANSCRIPT_LIMITS,
): Promise<Transcript | null> {
  const own = await ownMessages(document, limits);
  const found = own.kept.count() > 0 ? own : ((await modelMessages(document, limits)) ?? own);
  const { kept, output, note } = found;
  const hasAnswer = kept.messages.some((message) => record(message)?.role === 'assistant');
  const answer = path(output, 'choices.0.message');
  const isWhole = kept.count() === kept.messages.length;
  const messages = hasAnswer || answer === undefined || !isWhole ? kept.messages : [...kept.messages, answer];
  if (messages.length === 0) return null;
  const wanted = new Set<string>();
  stepsOf(messages, (reference) => {
    if (REFERENCE.test(reference)) wanted.add(reference.replace(REFERENCE, ''));
    return reference;
  });
  const attachments = await readAttachments(document, wanted, limits);
  const missing = wanted.size - attachments.size;
  const choices = (list(path(output, 'choices'))?.length ?? 1) - 1;
  return {
    steps: stepsOf(messages, (one) =>
      REFERENCE.test(one) ? (attachments.get(one.replace(REFERENCE, '')) ?? one) : one,
    ),
    from: document.path === '' ? document.label : `${document.label}, ${document.path}`,
    notes: [
      ...(note === null ? [] : [note]),
      ...kept.notes(),
      ...(choices > 0 ? [`The model was asked for ${choices + 1} answers; the first is shown.`] : []),
      ...(missing > 0
        ? [
            `${missing.toLocaleString('en')} of ${wanted.size.toLocaleString('en')} attachments are not in the log, or too long to be read; references stand in their place.`,
          ]
        : []),
    ],
  };
}

function stepsOf(messages: readonly unknown[], resolve: (text: string) => string): readonly TranscriptStep[] {
  const tools: ToolNames = new Map();
  return messages.flatMap((message) => messageSteps(message, tools, resolve));
}

interface Found {
  readonly kept: KeptMessages;
  readonly output: unknown;
  readonly note: string | null;
}

/** The conversation that the sample itself holds. Its output stands after it, so that reading ends there. */
async function ownMessages(document: SampleDocument, limits: TranscriptLimits): Promise<Found> {
  const kept = keepMessages(limits, document.label);
  let output: unknown;
  await walkSample(document, { elements: ['messages'], values: ['output'] }, ({ path: at, text: json }) => {
    if (at === 'messages') kept.add(json);
    else output = parsed(json, document.label);
    return at === 'messages' || kept.count() === 0;
  });
  return { kept, output, note: null };
}

/** What one call of a model was asked: messages, or places in the pool of messages that events share. */
interface ModelCall {
  readonly size: number;
  readonly input: readonly unknown[];
  readonly refs: readonly (readonly [from: number, to: number])[];
  readonly output: unknown;
}

/** The messages of the call that was asked most: agents hand on the whole conversation, graders only a part. */
async function modelMessages(document: SampleDocument, limits: TranscriptLimits): Promise<Found | null> {
  let longest: ModelCall | null = null;
  await walkSample(document, { elements: ['events'], values: [] }, ({ text: json }) => {
    const call = /"event"\s*:\s*"model"/.test(json) ? modelCall(parsed(json, document.label)) : null;
    if (call !== null && call.size >= (longest?.size ?? 1)) longest = call;
    return true;
  });
  // The compiler does not see that the callback sets it.
  const call = longest as ModelCall | null;
  if (call === null) return null;
  const kept = keepMessages(limits, document.label);
  for (const message of call.input) kept.add(JSON.stringify(message));
  const pool = await pooledMessages(document, call.refs, limits);
  for (const [from, to] of call.refs) {
    for (let at = from; at < Math.min(to, from + limits.messages); at += 1) kept.add(pool.get(at) ?? 'null');
  }
  return {
    kept,
    output: call.output,
    note: 'The sample has no messages of its own: these are those of its longest call of a model.',
  };
}

/** The messages of the pool that a call refers to, as JSON, by position. */
async function pooledMessages(
  document: SampleDocument,
  refs: ModelCall['refs'],
  limits: TranscriptLimits,
): Promise<ReadonlyMap<number, string>> {
  const pool = new Map<number, string>();
  if (refs.length === 0) return pool;
  let characters = 0;
  const wanted = { elements: ['events_data.messages'], values: [] };
  await walkSample(document, wanted, ({ index, text: json }) => {
    if (!refs.some(([from, to]) => index >= from && index < to)) return true;
    characters += json.length;
    if (characters <= limits.characters) pool.set(index, json);
    return characters <= limits.characters;
  });
  return pool;
}

function modelCall(value: unknown): ModelCall | null {
  const event = record(value);
  if (event?.event !== 'model') return null;
  const input = list(event.input) ?? [];
  const refs = (list(event.input_refs) ?? []).flatMap((range): (readonly [number, number])[] => {
    const [from, to] = list(range) ?? [];
    return typeof from === 'number' && typeof to === 'number' && to > from ? [[from, to]] : [];
  });
  const size = refs.reduce((sum, [from, to]) => sum + to - from, input.length);
  return { size, input, refs, output: event.output };
}

/** The attachments that steps refer to, within bounds; older logs keep them in the transcript. */
async function readAttachments(
  document: SampleDocument,
  wanted: ReadonlySet<string>,
  limits: TranscriptLimits,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  if (wanted.size === 0) return found;
  let characters = 0;
  const places = ['attachments', 'transcript.content'];
  const values = places.flatMap((place) => [...wanted].map((key) => `${place}.${key}`));
  await walkSample(document, { elements: [], values }, ({ path: at, text: json }) => {
    const key = at.replace(/^(?:attachments|transcript\.content)\./, '');
    characters += json.length;
    const value = characters > limits.characters ? null : text(parsed(json, document.label));
    if (value !== null) found.set(key, value);
    return found.size < wanted.size && characters <= limits.characters;
  });
  return found;
}
