/** Reads GenAI traces of OpenTelemetry and OpenInference as OTLP JSON, with evaluation results from log files. */

import { createProblemLog, type ProblemLog } from '../../../cases/index.ts';
import { createNotebook } from '../create-notebook.ts';
import { gatherGroups } from '../gather-groups.ts';
import type { ImportContext, Importer, ImportFile } from '../importer.ts';
import type { ImportNotebook } from '../notebook.ts';
import {
  createRowJudge,
  headShape,
  type RowJudge,
  SPAN_TRANSCRIPTS,
  type UnjudgedRow,
} from '../records/index.ts';
import { EVALUATION, type Evaluation, evaluate, readEvaluation } from './evaluations.ts';
import { type LoggedEvent, type Place, readOtlp, type Span } from './otlp-reader.ts';
import { spanTree } from './span-tree.ts';
import { readRequest } from './trace-row.ts';

/**
 * The reader of OTLP JSON. Every file is read twice: to count the spans of each trace and learn the metrics, and to make the
 * rows. A trace is handed on with its last span, whatever the file, so no span can come late. Memory: the spans of traces that
 * are still open, a number per trace, and evaluation results that name no trace.
 */
export const otelImporter: Importer = {
  name: 'otel',
  label: 'OpenTelemetry',
  recognises(file) {
    const { keys, kind } = headShape(file);
    return kind !== 'csv' && (keys.has('resourceSpans') || keys.has('resourceLogs'));
  },
  transcripts: SPAN_TRANSCRIPTS,
  async *read(files, context) {
    const { log, notebook } = context;
    const judge = createRowJudge(context);
    const byResponse = new Map<string, Evaluation[]>();
    const items = (pass: 'count' | 'gather'): AsyncIterable<Span | LoggedEvent> =>
      pass === 'count' ? surveyed(files, judge, byResponse, notebook) : itemsOf(files, log, notebook);
    for await (const { key, members } of gatherGroups(items, ({ traceId }) => traceId)) {
      for (const row of requestOf(key, members, byResponse, context)) yield judge.row(row);
    }
    for (const { name, place } of [...byResponse.values()].flat()) {
      notebook.dropped(`evaluation ${name} of a response that is not in the files`, spell(place));
    }
  },
};

async function* itemsOf(
  files: readonly ImportFile[],
  log: ProblemLog,
  notebook: ImportNotebook,
): AsyncGenerator<Span | LoggedEvent> {
  for (const file of files) yield* readOtlp(file, log, notebook);
}

/** The first reading: which metrics there are, and evaluations that name a response instead of a trace. */
async function* surveyed(
  files: readonly ImportFile[],
  judge: RowJudge,
  byResponse: Map<string, Evaluation[]>,
  notebook: ImportNotebook,
): AsyncGenerator<Span | LoggedEvent> {
  for await (const item of itemsOf(files, createProblemLog(), createNotebook())) {
    for (const event of item.kind === 'span' ? item.events : [item.event]) {
      const { name, value } =
        event.name === EVALUATION ? readEvaluation(event, null, item.place) : NO_EVALUATION;
      if (name !== null && value !== undefined) judge.see({ [name]: value });
    }
    if (item.kind === 'event' && item.traceId === null) remember(item, byResponse, notebook.dropped);
    yield item;
  }
}

const NO_EVALUATION = { name: null, value: undefined };

/** An evaluation outside of any trace names the response that it judges. */
function remember(
  { event, spanId, place }: LoggedEvent,
  byResponse: Map<string, Evaluation[]>,
  drop: (reason: string, place: string) => void,
): void {
  if (event.name !== EVALUATION) {
    drop(`event ${event.name} outside of any trace`, spell(place));
    return;
  }
  const evaluation = readEvaluation(event, spanId, place);
  if (evaluation.responseId === null) {
    drop(`evaluation ${evaluation.name} that names neither a span nor a response`, spell(place));
    return;
  }
  const known = byResponse.get(evaluation.responseId) ?? [];
  known.push(evaluation);
  byResponse.set(evaluation.responseId, known);
}

function* requestOf(
  traceId: string,
  members: readonly (Span | LoggedEvent)[],
  byResponse: Map<string, Evaluation[]>,
  { log, notebook }: Pick<ImportContext, 'log' | 'notebook'>,
): Generator<UnjudgedRow> {
  const drop = (reason: string, place: Place): void => notebook.dropped(reason, spell(place));
  const logged = members.filter((member) => member.kind === 'event');
  const spans = withEvents(
    members.filter((member) => member.kind === 'span'),
    logged,
    drop,
  );
  if (spans.length === 0) {
    for (const { event, place } of logged)
      drop(`event ${event.name} of a trace that is not in the files`, place);
    return;
  }
  const tree = spanTree(spans);
  if (tree.tops.length === 0) {
    notebook.dropped('trace without a span of a model, an agent or a tool', spell(spans[0]!.place));
    return;
  }
  if (tree.root === null)
    drop(
      'root span of a trace (its parent is not in the files), so its latency is unknown or that of its only GenAI span',
      spans[0]!.place,
    );
  const evaluations = spans.flatMap((span) => [
    ...span.events
      .filter(({ name }) => name === EVALUATION)
      .map((event) => readEvaluation(event, span.id, span.place)),
    ...taken(byResponse, span.attributes['gen_ai.response.id']),
  ]);
  const answering = tree.models.at(-1);
  const whole = [
    ...(tree.root === null ? [] : [tree.root]),
    ...tree.tops,
    ...(answering === undefined ? [] : [answering]),
  ];
  const { metrics, extra } = evaluate(evaluations, whole, drop);
  const { result, failure } = readRequest(traceId, tree, log);
  yield { result: { ...result, extra: { ...result.extra, ...extra } }, metrics, failure };
}

/** Spans once each, with the events that were logged about them; an event of no span goes to the outermost one. */
function withEvents(
  spans: readonly Span[],
  logged: readonly LoggedEvent[],
  drop: (reason: string, place: Place) => void,
): readonly Span[] {
  const byId = new Map<string, Span>();
  for (const span of spans) {
    if (byId.has(span.id)) drop('span that the files hold twice', span.place);
    else byId.set(span.id, span);
  }
  const outermost = [...byId.values()].find(({ parent }) => parent === null || !byId.has(parent))?.id ?? null;
  for (const { event, spanId, place } of logged) {
    const id = spanId ?? outermost;
    const span = id === null ? undefined : byId.get(id);
    if (span !== undefined) byId.set(span.id, { ...span, events: [...span.events, event] });
    else if (byId.size > 0) drop(`event ${event.name} of a span that is not in the files`, place);
  }
  return [...byId.values()];
}

function taken(byResponse: Map<string, Evaluation[]>, id: unknown): readonly Evaluation[] {
  if (typeof id !== 'string') return [];
  const found = byResponse.get(id) ?? [];
  byResponse.delete(id);
  return found;
}

function spell({ file, line }: Place): string {
  return `${file}:${line}`;
}
