/** Makes one row of an MLflow trace: a line of a frame, or a trace as `Trace.to_json` writes it. */

import type { Cell } from '../../../cases/index.ts';
import {
  contentId,
  contentText,
  flattenTags,
  list,
  number,
  record,
  scalarText,
  text,
} from '../json-access.ts';
import type { ImportNotebook } from '../notebook.ts';
import {
  isoOfMillis,
  numberOf,
  type RecordFields,
  readExchange,
  type SpanEvent,
  spanTranscript,
  type ToolCall,
  type UnjudgedRow,
  unwrapJson,
} from '../records/index.ts';
import { readAssessments } from './assessments.ts';
import type { Ordinals } from './eval-table.ts';

/** Where MLflow keeps the commit of the code that it traced. */
const COMMIT = 'mlflow.source.git.commit';

type Fields = Readonly<Record<string, unknown>>;

/** The parts of a trace, wherever this export keeps them. */
interface TraceParts {
  readonly id: string | null;
  readonly info: Fields;
  readonly metadata: Fields;
  readonly tags: Fields;
  readonly assessments: readonly unknown[];
  readonly spans: readonly Fields[];
  readonly request: unknown;
  readonly response: unknown;
}

/** The row of a record; null (and a problem) where it cannot be told apart or is no trace. */
export function readTraceRecord(
  fields: RecordFields,
  notebook: ImportNotebook,
  ordinals: Ordinals,
): UnjudgedRow | null {
  const parts = partsOf(fields);
  if (parts === null) return null;
  const { id, info, metadata, tags, spans } = parts;
  if (id === null) {
    fields.problem('trace_id', 'is missing, expected the id of the trace');
    return null;
  }
  const place = `${fields.record.file}:${fields.record.line}`;
  const assessed = readAssessments(parts.assessments, fields, (reason) => notebook.dropped(reason, place));
  const root =
    spans.find(({ parent_span_id: parent }) => parent === null || parent === undefined || parent === '') ??
    null;
  const attributes = record(root?.attributes) ?? {};
  const request =
    parts.request ??
    attributes['mlflow.spanInputs'] ??
    metadata['mlflow.traceInputs'] ??
    info.request_preview;
  const response =
    parts.response ??
    attributes['mlflow.spanOutputs'] ??
    metadata['mlflow.traceOutputs'] ??
    info.response_preview;
  const exchange = readExchange(request, response, toolCalls(spans));
  const source = text(metadata['mlflow.sourceRun']);
  const isEval = scalarText(tags['mlflow.eval.requestId']) !== null || source !== null;
  const run = source ?? 'traces';
  const asked = unwrapJson(request).value ?? null;
  const state = text(info.state) ?? text(info.status);
  const usage = record(unwrapJson(metadata['mlflow.trace.tokenUsage']).value);
  const cost = record(unwrapJson(metadata['mlflow.trace.cost']).value);
  return {
    result: {
      run,
      caseId: isEval ? ordinals.caseId(run, contentId(asked)) : (scalarText(info.client_request_id) ?? id),
      input: exchange.input,
      output: exchange.output,
      expected: assessed.expected,
      latencyMs: duration(info),
      costUsd: number(cost?.total_cost),
      inputTokens: number(usage?.input_tokens),
      outputTokens: number(usage?.output_tokens),
      totalTokens: number(usage?.total_tokens),
      timestamp: timestamp(info),
      model: text(metadata['mlflow.modelId']),
      cluster: text(metadata['mlflow.trace.session']),
      tags: {
        ...own(tags),
        ...own(metadata),
        ...named('user', metadata['mlflow.trace.user']),
        ...named('name', tags['mlflow.traceName']),
      },
      extra: { trace_id: id, ...exchange.extra, ...assessed.extra },
      judgeFingerprint: assessed.judgeFingerprint,
      codeFingerprint: text(metadata[COMMIT]) ?? text(tags[COMMIT]),
      line: fields.record.line,
      transcript: () => spanTranscript(eventsOf(spans), `${fields.record.file}, trace ${id}`),
    },
    metrics: assessed.metrics,
    failure: state === 'ERROR' ? (statusMessage(root) ?? 'the trace has state ERROR') : null,
  };
}

function partsOf(fields: RecordFields): TraceParts | null {
  const whole = fields.raw('trace') === undefined ? null : fields.object('trace');
  if (fields.raw('trace') !== undefined && whole === null) return null;
  const trace = whole ?? (record(fields.record.fields.info) === null ? null : fields.record.fields);
  if (trace !== null) {
    const info = record(trace.info) ?? {};
    return {
      id: scalarText(info.trace_id) ?? scalarText(info.request_id),
      info,
      metadata: record(info.trace_metadata) ?? record(info.request_metadata) ?? {},
      tags: record(info.tags) ?? {},
      assessments: list(info.assessments) ?? [],
      spans: spansOf(record(trace.data)?.spans),
      request: record(trace.data)?.request,
      response: record(trace.data)?.response,
    };
  }
  return {
    id: fields.text('trace_id') ?? fields.text('request_id'),
    info: fields.record.fields,
    metadata: fields.object('trace_metadata') ?? fields.object('request_metadata') ?? {},
    tags: fields.object('tags') ?? {},
    assessments: fields.list('assessments') ?? [],
    spans: spansOf(fields.list('spans')),
    request: fields.raw('request') ?? fields.raw('inputs'),
    response: fields.raw('response') ?? fields.raw('outputs'),
  };
}

function spansOf(spans: unknown): readonly Fields[] {
  return (list(spans) ?? []).map(record).filter((span) => span !== null);
}

/** Calls of models that hold no other call, and runs of tools, in order of time. */
function eventsOf(spans: readonly Fields[]): readonly SpanEvent[] {
  const models = spans.filter((span) => /^(?:CHAT_MODEL|LLM)$/.test(typeOf(span)));
  const holding = new Set(models.map((span) => text(span.parent_span_id) ?? text(span.parent_id)));
  const start = (span: Fields): number => numberOf(span.start_time_unix_nano ?? span.start_time) ?? 0;
  return spans
    .toSorted((a, b) => start(a) - start(b))
    .flatMap((span): readonly SpanEvent[] => {
      const attributes = record(span.attributes) ?? {};
      const [input, output] = [attributes['mlflow.spanInputs'], attributes['mlflow.spanOutputs']];
      if (models.includes(span) && !holding.has(text(span.span_id)))
        return [{ kind: 'model', input, output }];
      if (typeOf(span) !== 'TOOL') return [];
      const failed = /ERROR/.test(text(record(span.status)?.code) ?? text(span.status_code) ?? '');
      return [
        {
          kind: 'tool',
          name: text(span.name),
          input,
          output,
          error: failed ? (statusMessage(span) ?? '') : null,
        },
      ];
    });
}

function typeOf(span: Fields): string {
  return String(unwrapJson(record(span.attributes)?.['mlflow.spanType']).value ?? '');
}

/** Attributes of spans are JSON texts. */
function toolCalls(spans: readonly Fields[]): readonly ToolCall[] {
  return spans.flatMap((span) => {
    const attributes = record(span.attributes) ?? {};
    if (typeOf(span) !== 'TOOL') return [];
    return [
      {
        id: text(span.span_id),
        name: text(span.name),
        arguments: unwrapJson(attributes['mlflow.spanInputs']).value ?? null,
      },
    ];
  });
}

function statusMessage(root: Fields | null): string | null {
  const status = record(root?.status);
  const message = text(status?.message) ?? text(root?.status_message);
  return message === '' ? null : message;
}

function duration(info: Fields): number | null {
  const millis = info.execution_duration_ms ?? info.execution_duration ?? info.execution_time_ms;
  const seconds = typeof millis === 'string' ? /^([0-9.]+)s$/.exec(millis)?.[1] : undefined;
  return seconds === undefined ? numberOf(millis) : Math.round(Number(seconds) * 1e6) / 1e3;
}

/** Frames count milliseconds, traces write ISO 8601. */
function timestamp(info: Fields): string | null {
  const time = info.request_time ?? info.timestamp_ms;
  const millis = numberOf(time);
  return millis === null ? text(time) : isoOfMillis(millis);
}

/** What the user tagged; keys of MLflow itself are no slice keys. */
function own(tags: Fields): Record<string, Cell> {
  return flattenTags(Object.fromEntries(Object.entries(tags).filter(([key]) => !key.startsWith('mlflow.'))));
}

function named(name: string, value: unknown): Record<string, Cell> {
  const cell = contentText(value);
  return cell === null ? {} : { [name]: cell };
}
