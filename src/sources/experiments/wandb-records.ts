/** Reads what the records of a W&B transaction log say about their run. */

import { metricValue } from './metric-value.ts';
import { type ProtobufField, protobufFields } from './protobuf-fields.ts';
import type { RunDraft } from './run-draft.ts';

/** What was met that has no place in a run, counted by name. */
export type Unread = Map<string, number>;

/** Numbers of the fields of `wandb_internal.Record`. */
const RECORD = {
  history: 2,
  summary: 3,
  config: 5,
  artifact: 8,
  run: 17,
  exit: 18,
  useArtifact: 25,
  environment: 26,
} as const;
const UNREAD: Readonly<Record<number, string>> = {
  4: 'console output',
  7: 'system metrics',
  9: 'TensorBoard records',
  10: 'alerts',
  13: 'console output',
};
const VALUE_JSON = 16;

const decoder = new TextDecoder();

/**
 * Adds one record to a run.
 *
 * @throws RangeError where the record is no message
 */
export function readWandbRecord(record: Uint8Array, draft: RunDraft, unread: Unread): void {
  for (const { number, value } of protobufFields(record)) {
    if (typeof value === 'number') continue;
    if (number === RECORD.history) readHistory(value, draft, unread);
    else if (number === RECORD.summary) readItems(value, (key, found) => addSummary(draft, key, found));
    else if (number === RECORD.config) readItems(value, (key, found) => addParam(draft, key, found));
    else if (number === RECORD.run) readRun(value, draft);
    else if (number === RECORD.exit) readExit(value, draft);
    else if (number === RECORD.environment) readGit(inside(protobufFields(value), 9), draft);
    else if (number === RECORD.artifact || number === RECORD.useArtifact) readArtifact(value, draft);
    else if (UNREAD[number] !== undefined) unread.set(UNREAD[number], (unread.get(UNREAD[number]) ?? 0) + 1);
  }
}

/** A parameter and what it holds; objects become dotted names. */
export function addParam(draft: RunDraft, key: string, value: unknown): void {
  if (key === '_wandb' || key.startsWith('_wandb.')) return;
  flatten(key, value, (name, leaf) => draft.params.set(name, leafText(leaf)));
}

/** A number of the summary; texts become tags. */
export function addSummary(draft: RunDraft, key: string, value: unknown): void {
  if (key.startsWith('_')) return;
  flatten(key, value, (name, leaf) => {
    const number = metricValue(leaf);
    if (number !== null) draft.summary(name, number);
    else if (typeof leaf === 'boolean') draft.summary(name, Number(leaf));
    else if (leaf !== null) draft.tags.set(name, leafText(leaf));
  });
}

function readRun(bytes: Uint8Array, draft: RunDraft): void {
  const fields = protobufFields(bytes);
  const own = textAt(fields, 8);
  if (own !== '') draft.name = own;
  draft.experiment = textAt(fields, 3) || null;
  for (const [number, tag] of [
    [6, 'group'],
    [7, 'job_type'],
    [9, 'notes'],
    [12, 'sweep'],
  ] as const) {
    if (textAt(fields, number) !== '') draft.tags.set(tag, textAt(fields, number));
  }
  const tags = fields.filter(({ number }) => number === 10).map(({ value }) => textOf(value));
  if (tags.length > 0) draft.tags.set('tags', tags.join(', '));
  const config = inside(fields, 4);
  if (config.length > 0) itemsOf(config, (key, value) => addParam(draft, key, value));
  const started = inside(fields, 17);
  const seconds = started.find(({ number }) => number === 1)?.value;
  const nanos = started.find(({ number }) => number === 2)?.value;
  if (typeof seconds === 'number')
    draft.started = seconds * 1000 + Math.floor((typeof nanos === 'number' ? nanos : 0) / 1e6);
  readGit(inside(fields, 21), draft);
  draft.status = 'running';
}

function readExit(bytes: Uint8Array, draft: RunDraft): void {
  const fields = protobufFields(bytes);
  const code = fields.find(({ number }) => number === 1)?.value ?? 0;
  const runtime = fields.find(({ number }) => number === 2)?.value;
  draft.status = code === 0 ? 'finished' : 'failed';
  if (draft.started !== null && typeof runtime === 'number') draft.ended = draft.started + runtime * 1000;
}

function readGit(fields: readonly ProtobufField[], draft: RunDraft): void {
  const commit = textAt(fields, 2);
  if (commit !== '') draft.tags.set('git.commit', commit);
}

function readArtifact(bytes: Uint8Array, draft: RunDraft): void {
  const fields = protobufFields(bytes);
  const [type, name, digest] = [textAt(fields, 4), textAt(fields, 5), textAt(fields, 6)];
  if (name === '') return;
  draft.artifacts.push(`${type}/${name}${digest === '' ? '' : `@${digest}`}`);
  if (type === 'dataset') draft.datasets.push({ name, digest, context: null });
}

function readHistory(bytes: Uint8Array, draft: RunDraft, unread: Unread): void {
  const fields = protobufFields(bytes);
  const values: (readonly [string, unknown])[] = [];
  itemsOf(fields, (key, value) => values.push([key, value]));
  const ownStep = inside(fields, 2).find(({ number }) => number === 1)?.value;
  const loggedStep = values.find(([key]) => key === '_step')?.[1];
  const step = typeof ownStep === 'number' ? ownStep : typeof loggedStep === 'number' ? loggedStep : 0;
  for (const [key, value] of values) {
    if (key.startsWith('_')) continue;
    flatten(key, value, (name, leaf) => {
      const number = typeof leaf === 'boolean' ? Number(leaf) : metricValue(leaf);
      if (number !== null) draft.point(name, number, step);
      else
        unread.set('texts and media of the history', (unread.get('texts and media of the history') ?? 0) + 1);
    });
  }
}

function readItems(bytes: Uint8Array, onItem: (key: string, value: unknown) => void): void {
  itemsOf(protobufFields(bytes), onItem);
}

/** Items are field 1 of a history, a summary and a configuration alike. */
function itemsOf(fields: readonly ProtobufField[], onItem: (key: string, value: unknown) => void): void {
  for (const { number, value } of fields) {
    if (number !== 1 || typeof value === 'number') continue;
    const item = protobufFields(value);
    const nested = item.filter((field) => field.number === 2).map((field) => textOf(field.value));
    onItem(nested.length > 0 ? nested.join('.') : textAt(item, 1), itemValue(item));
  }
}

/** Newer versions write typed values beside the JSON of the older ones. */
function itemValue(item: readonly ProtobufField[]): unknown {
  for (const { number, value } of item) {
    if (number === VALUE_JSON || number === 8) return jsonOf(textOf(value));
    if (number === 4) return value !== 0;
    // Zigzag: the lowest bit is the sign.
    if (number === 5 && typeof value === 'number') return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    if (number === 6) return value;
    if (number === 7) return textOf(value);
  }
  return null;
}

function jsonOf(text: string): unknown {
  const number = metricValue(text);
  if (number !== null) return number;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function flatten(
  key: string,
  value: unknown,
  onLeaf: (name: string, leaf: unknown) => void,
  depth = 0,
): void {
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && depth < 8) {
    for (const [inner, found] of Object.entries(value)) flatten(`${key}.${inner}`, found, onLeaf, depth + 1);
  } else onLeaf(key, value);
}

function leafText(leaf: unknown): string {
  return typeof leaf === 'string' ? leaf : (JSON.stringify(leaf) ?? '');
}

function inside(fields: readonly ProtobufField[], number: number): readonly ProtobufField[] {
  const found = fields.find((field) => field.number === number)?.value;
  return found === undefined || typeof found === 'number' ? [] : protobufFields(found);
}

function textAt(fields: readonly ProtobufField[], number: number): string {
  const found = fields.find((field) => field.number === number)?.value;
  return found === undefined ? '' : textOf(found);
}

function textOf(value: number | Uint8Array): string {
  return typeof value === 'number' ? String(value) : decoder.decode(value);
}
