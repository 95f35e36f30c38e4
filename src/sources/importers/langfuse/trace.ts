/** Makes one row of a Langfuse trace: a request to the application with everything that happened inside. */

import type { Cell } from '../../../cases/index.ts';
import type { ImportedResult } from '../imported-result.ts';
import { flattenTags, list, record, scalarText, text } from '../json-access.ts';
import {
  millisBetween,
  numberOf,
  type RecordFields,
  readExchange,
  spanTranscript,
  unwrapJson,
} from '../records/index.ts';
import {
  byStart,
  mergeObservations,
  type Observation,
  rootObservations,
  traceEvents,
  traceToolCalls,
  traceTotals,
} from './observations.ts';
import { type SortedScores, sortScores } from './scores.ts';

/** A trace that was read; the outcome is added by whoever knows the metric that decides. */
export interface TraceRow {
  readonly result: Omit<ImportedResult, 'status' | 'scores' | 'line'>;
  readonly scores: SortedScores;
  /** Text of the failure of the whole trace; null where it ended well. */
  readonly failure: string | null;
  readonly observations: readonly Observation[];
}

/** Values longer than this are texts to read, not keys to slice by. */
const LONGEST_TAG = 500;

/** Echoes of input and output that tracing SDKs put into the metadata. */
const ECHO =
  /^metadata\.attributes\.(?:llm\.(?:input|output)_messages|(?:input|output)\.(?:value|mime_type)|gen_ai\.(?:prompt|completion|input|output)\b)/;

/**
 * A trace with its observations.
 *
 * @param fields the trace's own fields; may hold `observations` and `scores`. What is there and cannot be read is a problem
 * @param beside observations that the export lists beside the trace
 */
export function readTrace(fields: RecordFields, beside: readonly unknown[]): TraceRow {
  const trace = fields.record.fields;
  const observations = mergeObservations([list(trace.observations) ?? [], beside]);
  const roots = rootObservations(observations);
  const root = roots.length === 1 ? roots[0]! : null;
  const metadata = fields.object('metadata') ?? record(unwrapJson(root?.fields.metadata).value) ?? {};
  const exchange = readExchange(
    trace.input ?? root?.fields.input,
    trace.output ?? root?.fields.output,
    traceToolCalls(observations),
  );
  const totals = traceTotals(observations);
  const { tags, long } = tagsOf(trace, metadata, observations);
  const id = scalarText(trace.id);
  const generations = observations.filter(({ type }) => type === 'GENERATION');
  const scores = sortScores(trace.scores, new Set(roots.map((observation) => observation.id)));
  return {
    result: {
      run: text(trace.release) ?? text(trace.version) ?? 'traces',
      caseId: scalarText(metadata.case_id) ?? scalarText(metadata.caseId) ?? id ?? '',
      input: exchange.input,
      output: exchange.output,
      latencyMs: latencyOf(fields, observations),
      costUsd: totals.cost ?? numberOf(trace.totalCost),
      inputTokens: totals.input,
      outputTokens: totals.output,
      totalTokens: totals.total,
      timestamp: fields.time('timestamp') ?? byStart(observations)[0]?.start ?? null,
      model: byStart(generations).findLast(({ model }) => model !== null)?.model ?? null,
      cluster: text(trace.sessionId),
      tags,
      extra: {
        trace_id: id,
        observations: String(observations.length),
        ...long,
        ...exchange.extra,
        ...scores.extra,
      },
      promptFingerprint: promptOf(observations),
      transcript: () => spanTranscript(traceEvents(observations), `${fields.record.file}, trace ${id ?? ''}`),
    },
    scores,
    failure: root?.level === 'ERROR' ? (root.statusMessage ?? 'the root observation has level ERROR') : null,
    observations,
  };
}

function latencyOf(fields: RecordFields, observations: readonly Observation[]): number | null {
  const seconds = fields.number('latency');
  if (seconds !== null) return Math.round(seconds * 1e6) / 1e3;
  const starts = observations.flatMap(({ start }) => (start === null ? [] : [start])).sort();
  const ends = observations.flatMap(({ end }) => (end === null ? [] : [end])).sort();
  return millisBetween(starts[0] ?? null, ends.at(-1) ?? null);
}

/** Name and version of the managed prompt of the first generation that has one. */
function promptOf(observations: readonly Observation[]): string | null {
  for (const { fields } of byStart(observations)) {
    const name = text(fields.promptName);
    if (name !== null) return `${name}:${scalarText(fields.promptVersion) ?? ''}`;
  }
  return null;
}

function tagsOf(
  trace: Readonly<Record<string, unknown>>,
  metadata: Readonly<Record<string, unknown>>,
  observations: readonly Observation[],
): { tags: Record<string, Cell>; long: Record<string, Cell> } {
  const tags: Record<string, Cell> = {};
  const long: Record<string, Cell> = {};
  const labels = list(unwrapJson(trace.tags).value);
  if (labels !== null && labels.length > 0) tags.tags = labels.map((label) => scalarText(label) ?? '');
  for (const [tag, field] of [
    ['name', 'name'],
    ['user', 'userId'],
    ['environment', 'environment'],
    ['release', 'release'],
    ['version', 'version'],
  ] as const) {
    const value = text(trace[field]);
    if (value !== null && value !== '') tags[tag] = value;
  }
  for (const [name, cell] of Object.entries(flattenTags(metadata, 'metadata'))) {
    if (ECHO.test(name)) continue;
    if (typeof cell === 'string' && cell.length > LONGEST_TAG) long[name] = cell;
    else tags[name] = cell;
  }
  const models = new Set(observations.flatMap(({ model }) => (model === null ? [] : [model])));
  if (models.size > 0) tags.model = [...models];
  return { tags, long };
}
