/** Makes one row of the spans of one Braintrust trace: the root asks and answers, the others tell what happened inside. */

import type { Cell } from '../../../cases/index.ts';
import { contentId, contentText, flattenTags, list, record, scalarText, text } from '../json-access.ts';
import type { ImportNotebook } from '../notebook.ts';
import {
  isoOfMillis,
  type MetricValue,
  numberOf,
  type RecordFields,
  readExchange,
  type SpanEvent,
  spanTranscript,
  type ToolCall,
  type UnjudgedRow,
  unwrapJson,
} from '../records/index.ts';

type Fields = Readonly<Record<string, unknown>>;

const KNOWN = new Set([
  'id',
  '_xact_id',
  '_pagination_key',
  'created',
  'experiment_id',
  'experiment_name',
  'project_id',
  'project_name',
  'log_id',
  'org_id',
  'input',
  'output',
  'expected',
  'error',
  'scores',
  'metadata',
  'tags',
  'metrics',
  'context',
  'span_id',
  'span_parents',
  'root_span_id',
  'is_root',
  'span_attributes',
  'origin',
  'dataset_record_id',
  'dataset_id',
  'comments',
  'facets',
  'audit_data',
  '_async_scoring_state',
  'classifications',
]);

/** One trace; null (and a problem or a dropped note) where it has no root. */
export function readSpans(spans: readonly RecordFields[], notebook: ImportNotebook): UnjudgedRow | null {
  const root = spans.find(isRoot) ?? (spans.length === 1 && !isPart(spans[0]!) ? spans[0]! : null);
  if (root === null) {
    const { file, line } = spans[0]!.record;
    notebook.dropped('span of a trace whose root is not in the files', `${file}:${line}`, spans.length);
    return null;
  }
  const parts = spans.filter((span) => span !== root);
  for (const name of Object.keys(root.record.fields)) {
    if (!KNOWN.has(name) && !/^(?:scores|metadata|metrics)\./.test(name)) notebook.unmapped(name);
  }
  const metadata = { ...(root.object('metadata') ?? {}), ...columns(root, 'metadata.') };
  const exchange = readExchange(root.raw('input'), root.raw('output'), toolCalls(parts));
  const error = contentText(unwrapJson(root.raw('error')).value);
  const id = root.text('id') ?? root.text('span_id');
  const experiment = root.text('experiment_name') ?? root.text('experiment_id');
  const isLog = experiment === null && root.raw('log_id') !== undefined;
  const origin = root.object('origin');
  const usage = usageOf(root, parts);
  const own = scalarText(metadata.case_id) ?? root.text('dataset_record_id') ?? text(origin?.id);
  if (id === null && own === null && root.raw('input') === undefined) {
    root.problem('id', 'is missing, and so is the input: the row cannot be told from others');
    return null;
  }
  return {
    result: {
      run: isLog ? 'logs' : (experiment ?? runName(root)),
      caseId: own ?? (isLog && id !== null ? id : contentId(exchange.asked)),
      input: exchange.input,
      output: exchange.output,
      expected: readExchange(null, root.raw('expected')).output,
      ...usage,
      timestamp: root.time('created') ?? startOf(root),
      model: scalarText(metadata.model) ?? modelOf(parts),
      cluster: scalarText(metadata.session_id) ?? scalarText(metadata.conversation_id),
      tags: { ...listTags(root), ...flattenTags(metadata, 'metadata') },
      extra: { span_id: id, ...exchange.extra },
      line: root.record.line,
      transcript: () => spanTranscript(eventsOf(parts), `${root.record.file}, span ${id ?? ''}`),
    },
    metrics: { ...partScores(parts), ...scoresOf(root) },
    failure: error === '' ? null : error,
  };
}

function isRoot(span: RecordFields): boolean {
  const flag = span.raw('is_root');
  if (flag !== undefined) return flag === true || String(flag).toLowerCase() === 'true';
  const [id, root] = [span.raw('span_id'), span.raw('root_span_id')];
  return root !== undefined && id === root;
}

function isPart(span: RecordFields): boolean {
  return span.raw('is_root') !== undefined || (span.list('span_parents')?.length ?? 0) > 0;
}

function runName({ record: { file } }: RecordFields): string {
  return file.replace(/^.*[\\/]/, '').replace(/\.(?:json|jsonl|ndjson|csv)(?:\.gz|\.zst)?$/i, '');
}

/** Columns `PREFIXname` of a CSV, without the prefix. */
function columns(span: RecordFields, prefix: string): Record<string, unknown> {
  const found = Object.keys(span.record.fields).filter(
    (name) => name.startsWith(prefix) && span.raw(name) !== undefined,
  );
  return Object.fromEntries(found.map((name) => [name.slice(prefix.length), span.raw(name)]));
}

/** Scores of one span, from `scores` and from columns `scores.NAME`. */
export function scoresOf(span: RecordFields): Record<string, MetricValue> {
  const scores: Record<string, MetricValue> = {};
  for (const [name, value] of Object.entries({
    ...(span.object('scores') ?? {}),
    ...columns(span, 'scores.'),
  })) {
    const number = typeof value === 'boolean' ? value : numberOf(value);
    if (number === null && value !== null)
      span.problem(`scores.${name}`, 'is no number, expected a score from 0 to 1');
    else scores[name] = number;
  }
  return scores;
}

/** Scores may stand on a span of type score alone. */
function partScores(parts: readonly RecordFields[]): Record<string, MetricValue> {
  const scores: Record<string, MetricValue> = {};
  for (const part of parts) if (typeOf(part) === 'score') Object.assign(scores, scoresOf(part));
  return scores;
}

function typeOf(span: RecordFields): string | null {
  return text(span.object('span_attributes')?.type);
}

function metricsOf(span: RecordFields): Fields {
  return { ...(span.object('metrics') ?? {}), ...columns(span, 'metrics.') };
}

/** Numbers of the root; where it has none the sum over calls of models, which hold no others. */
function usageOf(root: RecordFields, parts: readonly RecordFields[]) {
  const own = metricsOf(root);
  const leaves = parts
    .filter((part) => typeOf(part) === 'llm' && !holdsModelCall(parts, part))
    .map(metricsOf);
  const sum = (name: string): number | null => {
    const given = numberOf(own[name]);
    if (given !== null) return given;
    const values = leaves.map((leaf) => numberOf(leaf[name])).filter((value) => value !== null);
    return values.length === 0 ? null : values.reduce((total, value) => total + value, 0);
  };
  const [start, end] = [numberOf(own.start), numberOf(own.end)];
  return {
    latencyMs: start === null || end === null ? null : Math.round((end - start) * 1e6) / 1e3,
    costUsd: sum('estimated_cost') ?? sum('cost'),
    inputTokens: sum('prompt_tokens'),
    outputTokens: sum('completion_tokens'),
    totalTokens: sum('tokens'),
  };
}

/** Whether a call of a model holds another one, as wrapped clients do. */
function holdsModelCall(parts: readonly RecordFields[], span: RecordFields): boolean {
  const id = String(span.raw('span_id'));
  return parts.some(
    (part) => typeOf(part) === 'llm' && (part.list('span_parents') ?? []).map(String).includes(id),
  );
}

function startOf(root: RecordFields): string | null {
  const start = numberOf(metricsOf(root).start);
  return start === null ? null : isoOfMillis(Math.round(start * 1000));
}

function modelOf(parts: readonly RecordFields[]): string | null {
  for (const part of parts) {
    const model = typeOf(part) === 'llm' ? scalarText(part.object('metadata')?.model) : null;
    if (model !== null) return model;
  }
  return null;
}

function toolCalls(parts: readonly RecordFields[]): readonly ToolCall[] {
  return parts
    .filter((part) => typeOf(part) === 'tool')
    .map((part) => ({
      id: part.text('span_id'),
      name: text(part.object('span_attributes')?.name),
      arguments: part.raw('input') ?? null,
    }));
}

/** Calls of models that hold no other call, and runs of tools, in order of time. */
function eventsOf(parts: readonly RecordFields[]): readonly SpanEvent[] {
  const start = (part: RecordFields): number => numberOf(metricsOf(part).start) ?? 0;
  return parts
    .toSorted((a, b) => start(a) - start(b))
    .flatMap((part): readonly SpanEvent[] => {
      const [input, output] = [part.raw('input'), part.raw('output')];
      if (typeOf(part) === 'llm') {
        return holdsModelCall(parts, part) ? [] : [{ kind: 'model', input, output }];
      }
      if (typeOf(part) !== 'tool') return [];
      const error = contentText(unwrapJson(part.raw('error')).value);
      return [
        {
          kind: 'tool',
          name: text(part.object('span_attributes')?.name),
          input,
          output,
          error: error || null,
        },
      ];
    });
}

function listTags(root: RecordFields): Record<string, Cell> {
  const tags = list(root.list('tags'));
  return tags === null || tags.length === 0
    ? {}
    : { tags: tags.map((tag) => scalarText(tag) ?? contentText(record(tag)) ?? '') };
}
