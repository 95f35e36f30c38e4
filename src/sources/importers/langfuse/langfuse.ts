/** Reads Langfuse: traces (alone, in lists, as rows of observations), the table of traces, and experiment items. */

import { createProblemLog, type ProblemLog } from '../../../cases/index.ts';
import { gatherGroups } from '../gather-groups.ts';
import type { ImportContext, Importer, ImportFile } from '../importer.ts';
import { list, record, scalarText } from '../json-access.ts';
import {
  type HeadShape,
  headShape,
  judgeRows,
  readRecords,
  recordFields,
  type SourceRecord,
  SPAN_TRANSCRIPTS,
  type UnjudgedRow,
} from '../records/index.ts';
import { type FlatRow, readExperimentItem, readTraceRow } from './rows.ts';
import { readTrace, type TraceRow } from './trace.ts';

type Kind = 'trace' | 'item' | 'row' | 'observation';

const LISTS = ['data', 'traces', 'items'];

/** The reader of Langfuse's files. Memory: one record, or the observations of the traces that are still open. */
export const langfuseImporter: Importer = {
  name: 'langfuse',
  label: 'Langfuse',
  recognises(file) {
    const shape = headShape(file);
    return looksLike(shape.keys, shape.starts) || isAnswer(shape);
  },
  read: (files, context) => judgeRows((pass) => rows(files, pass), context),
  transcripts: SPAN_TRANSCRIPTS,
};

function looksLike(keys: ReadonlySet<string>, starts: ReadonlyMap<string, string>): boolean {
  const has = (...names: readonly string[]): boolean => names.every((name) => keys.has(name));
  return (
    (starts.get('trace') === '{' && (starts.size === 1 || has('observations'))) ||
    has('experimentItemId') ||
    (has('id', 'timestamp', 'environment') &&
      (has('observationCount') || has('sessionId', 'release') || has('htmlPath'))) ||
    has('id', 'traceId', 'type', 'startTime', 'parentObservationId')
  );
}

/** The answer of an API: a list `data` of such objects. */
function isAnswer({ starts, first }: HeadShape): boolean {
  return (
    LISTS.some((name) => starts.get(name) === '[') &&
    /"(?:experimentItemId|parentObservationId|htmlPath)"\s*:/.test(first)
  );
}

type Accept = (source: SourceRecord, row: TraceRow | FlatRow) => readonly UnjudgedRow[];

async function* rows(files: readonly ImportFile[], context: ImportContext): AsyncGenerator<UnjudgedRow> {
  const accept = createAccept(context);
  const observed: ImportFile[] = [];
  for (const file of files) {
    if (kindOf(headShape(file).keys) === 'observation') {
      observed.push(file);
      continue;
    }
    for await (const source of readRecords(file, { lists: LISTS }, context.log)) {
      yield* accept(source, readRecord(source, context.log));
    }
  }
  if (observed.length > 0) yield* observationTraces(observed, context.log, accept);
}

/** Writes down what a row could not take along; refuses rows without id, and traces that were there before. */
function createAccept({ log, notebook }: ImportContext): Accept {
  const seen = new Set<string>();
  return (source, row) => {
    const { result, scores, failure } = row;
    const place = `${source.file}:${source.line}`;
    if (result.caseId === '') {
      recordFields(source, log).problem('id', 'is missing: the row cannot be told from others');
      return [];
    }
    const id = result.extra?.trace_id ?? null;
    if (typeof id === 'string' && seen.has(id)) {
      notebook.dropped('trace that the files hold twice', place);
      return [];
    }
    if (typeof id === 'string') seen.add(id);
    for (const name of 'unmapped' in row ? row.unmapped : []) notebook.unmapped(name);
    for (const name of scores.ofParts)
      notebook.dropped(`score ${name} belongs to a part of the trace`, place);
    for (const name of scores.repeated) notebook.dropped(`earlier score ${name} of the same trace`, place);
    return [{ result: { ...result, line: source.line }, metrics: scores.metrics, failure }];
  };
}

function kindOf(keys: ReadonlySet<string> | Readonly<Record<string, unknown>>): Kind {
  const has = (name: string): boolean => (keys instanceof Set ? keys.has(name) : Object.hasOwn(keys, name));
  if (has('trace') && !has('id')) return 'trace';
  if (has('experimentItemId')) return 'item';
  if (has('traceId') && has('startTime') && has('type')) return 'observation';
  return 'row';
}

function readRecord(source: SourceRecord, log: ProblemLog): TraceRow | FlatRow {
  const kind = kindOf(source.fields);
  const fields = recordFields(source, log);
  if (kind === 'item') return readExperimentItem(fields);
  if (kind === 'trace') {
    const trace = fields.object('trace') ?? {};
    return readTrace(recordFields({ ...source, fields: trace }, log), list(source.fields.observations) ?? []);
  }
  const observations = list(source.fields.observations);
  return observations?.some((observation) => record(observation) !== null)
    ? readTrace(fields, [])
    : readTraceRow(fields);
}

/** Rows of observations, brought together by trace; the first root gives the trace its fields. */
async function* observationTraces(
  files: readonly ImportFile[],
  log: ProblemLog,
  accept: Accept,
): AsyncGenerator<UnjudgedRow> {
  const groups = gatherGroups(
    (pass) => allRecords(files, pass === 'count' ? createProblemLog() : log),
    ({ fields }) => scalarText(fields.traceId),
  );
  for await (const { key, members } of groups) {
    const observations = members.map((member) => parsedColumns(member, log));
    const known = new Set(observations.map(({ id }) => id));
    const rootAt = observations.findIndex(
      ({ parentObservationId: parent }) => parent === null || parent === undefined || !known.has(parent),
    );
    const root = observations[Math.max(0, rootAt)]!;
    const source = members[Math.max(0, rootAt)]!;
    const trace = {
      id: key,
      name: root.traceName ?? root.name,
      timestamp: root.startTime,
      userId: root.userId,
      sessionId: root.sessionId,
      environment: root.environment,
      release: root.release,
      version: root.version,
      tags: root.tags,
      scores: root.scores,
    };
    const fields: Record<string, unknown> = Object.fromEntries(
      Object.entries(trace).filter(([, value]) => value !== undefined),
    );
    yield* accept(source, readTrace(recordFields({ ...source, fields, isText: false }, log), observations));
  }
}

async function* allRecords(files: readonly ImportFile[], log: ProblemLog): AsyncGenerator<SourceRecord> {
  for (const file of files) yield* readRecords(file, { lists: LISTS }, log);
}

/** In CSV objects and lists are spelled as JSON. */
function parsedColumns(source: SourceRecord, log: ProblemLog): Record<string, unknown> {
  if (!source.isText) return { ...source.fields };
  const fields = recordFields(source, log);
  const parsed = ['usageDetails', 'costDetails', 'tags', 'toolCalls', 'scores'].map((name) => [
    name,
    fields.json(name),
  ]);
  return { ...source.fields, ...Object.fromEntries(parsed) };
}
