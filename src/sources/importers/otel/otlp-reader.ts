/** Reads spans and log records out of OTLP JSON: one object, a list, or one export request a line. */

import type { ProblemLog } from '../../../cases/index.ts';
import type { ImportFile } from '../importer.ts';
import { list, path, record, scalarText, text } from '../json-access.ts';
import { streamJson, streamJsonLines } from '../json-stream.ts';
import type { ImportNotebook } from '../notebook.ts';
import { headShape } from '../records/index.ts';
import { type Attributes, readAnyValue, readAttributes, readNanos } from './otlp-values.ts';

/** Where an item stands. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** Something that happened inside of a span, or was logged about it. */
export interface SpanEvent {
  readonly name: string;
  readonly time: bigint | null;
  readonly attributes: Attributes;
}

/** One span. */
export interface Span {
  readonly kind: 'span';
  readonly traceId: string;
  readonly id: string;
  readonly parent: string | null;
  readonly name: string;
  readonly start: bigint | null;
  readonly end: bigint | null;
  readonly attributes: Attributes;
  readonly resource: Attributes;
  readonly events: readonly SpanEvent[];
  /** Whether the status says error, and what it says. */
  readonly failed: boolean;
  readonly message: string | null;
  readonly place: Place;
}

/** One log record that is an event. */
export interface LoggedEvent {
  readonly kind: 'event';
  readonly traceId: string | null;
  readonly spanId: string | null;
  readonly event: SpanEvent;
  readonly place: Place;
}

/** Paths of one document, and of a list of documents. */
const ELEMENTS = ['resourceSpans.*.scopeSpans.*.spans', 'resourceLogs.*.scopeLogs.*.logRecords'];
const RESOURCES = ['resourceSpans.*.resource', 'resourceLogs.*.resource'];
const inList = (paths: readonly string[]): readonly string[] => paths.map((wanted) => `*.${wanted}`);

/** Spans and events of a file, one by one; malformed ones go to the log with their place. */
export async function* readOtlp(
  file: ImportFile,
  log: ProblemLog,
  notebook: ImportNotebook,
): AsyncGenerator<Span | LoggedEvent> {
  const { kind } = headShape(file);
  const label = file.source.label;
  if (kind === 'lines') {
    for await (const { value, line } of streamJsonLines(file, log))
      yield* requestItems(value, { file: label, line }, log, notebook);
    return;
  }
  const isList = kind === 'array';
  const wanted = {
    elements: isList ? inList(ELEMENTS) : ELEMENTS,
    values: isList ? inList(RESOURCES) : RESOURCES,
  };
  const resources = new Map<string, Attributes>();
  const passed = new Set<string>();
  for await (const part of streamJson(file, wanted, log)) {
    const place = { file: label, line: part.line };
    if (part.kind === 'value') {
      const owner = part.path.replace(/\.resource$/, '');
      if (passed.has(owner)) {
        log.add({
          message: 'a resource stands after its spans, expected before them',
          hint: 'write one export request per line',
          where: place,
        });
      }
      resources.set(owner, readAttributes(record(part.value)?.attributes));
      continue;
    }
    const owner = part.path
      .split('.')
      .slice(0, isList ? 3 : 2)
      .join('.');
    passed.add(owner);
    const resource = resources.get(owner) ?? {};
    const item = part.path.endsWith('.spans')
      ? readSpan(part.value, resource, place, log)
      : readEvent(part.value, place, log);
    if (item !== null) yield item;
  }
}

function* requestItems(
  request: unknown,
  place: Place,
  log: ProblemLog,
  notebook: ImportNotebook,
): Generator<Span | LoggedEvent> {
  if (path(request, 'resourceMetrics') !== undefined) {
    notebook.dropped('export of metrics, which have no traces', `${place.file}:${place.line}`);
    return;
  }
  const spans = list(path(request, 'resourceSpans'));
  const logs = list(path(request, 'resourceLogs'));
  if (spans === null && logs === null) {
    log.add({
      message: 'the line has neither resourceSpans nor resourceLogs, expected an OTLP export request',
      where: place,
    });
    return;
  }
  for (const owner of spans ?? []) {
    const resource = readAttributes(path(owner, 'resource.attributes'));
    const scopes = list(path(owner, 'scopeSpans')) ?? list(path(owner, 'instrumentationLibrarySpans')) ?? [];
    for (const span of scopes.flatMap((scope) => list(path(scope, 'spans')) ?? [])) {
      const item = readSpan(span, resource, place, log);
      if (item !== null) yield item;
    }
  }
  for (const scope of (logs ?? []).flatMap((owner) => list(path(owner, 'scopeLogs')) ?? [])) {
    for (const logged of list(path(scope, 'logRecords')) ?? []) {
      const item = readEvent(logged, place, log);
      if (item !== null) yield item;
    }
  }
}

function readSpan(value: unknown, resource: Attributes, place: Place, log: ProblemLog): Span | null {
  const span = record(value);
  const traceId = text(span?.traceId);
  const id = text(span?.spanId);
  if (span === null || traceId === null || traceId === '' || id === null || id === '') {
    log.add({
      message: 'a span has no traceId or no spanId',
      hint: 'export the spans as OTLP JSON',
      where: place,
    });
    return null;
  }
  const time = (name: string): bigint | null => {
    const nanos = readNanos(span[name]);
    if (nanos === undefined) {
      log.add({
        message: `span ${id}: ${name} is ${JSON.stringify(span[name])}, expected nanoseconds since 1970`,
        where: { ...place, field: name },
      });
    }
    return nanos ?? null;
  };
  const status = record(span.status);
  let attributes: Attributes | null = null;
  return {
    kind: 'span',
    traceId,
    id,
    parent: text(span.parentSpanId) || null,
    name: text(span.name) ?? '',
    start: time('startTimeUnixNano'),
    end: time('endTimeUnixNano'),
    // Decoded when asked for: the first reading only counts spans, and attributes are most of a span.
    get attributes() {
      attributes ??= readAttributes(span.attributes);
      return attributes;
    },
    resource,
    events: (list(span.events) ?? []).map((event) => ({
      name: text(path(event, 'name')) ?? '',
      time: readNanos(path(event, 'timeUnixNano')) ?? null,
      attributes: readAttributes(path(event, 'attributes')),
    })),
    failed: status?.code === 2 || status?.code === '2' || status?.code === 'STATUS_CODE_ERROR',
    message: text(status?.message) || null,
    place,
  };
}

/** Events of GenAI are log records with a name; other records are none of ours. */
function readEvent(value: unknown, place: Place, log: ProblemLog): LoggedEvent | null {
  const logged = record(value);
  if (logged === null) {
    log.add({ message: 'a log record is no object', where: place });
    return null;
  }
  const attributes = readAttributes(logged.attributes);
  const name =
    text(logged.eventName) || text(attributes['event.name']) || scalarText(readAnyValue(logged.body)) || '';
  if (!name.startsWith('gen_ai.')) return null;
  const body = record(readAnyValue(logged.body));
  const time = readNanos(logged.timeUnixNano) ?? readNanos(logged.observedTimeUnixNano) ?? null;
  return {
    kind: 'event',
    traceId: text(logged.traceId) || null,
    spanId: text(logged.spanId) || null,
    event: { name, time, attributes: { ...body, ...attributes } },
    place,
  };
}
