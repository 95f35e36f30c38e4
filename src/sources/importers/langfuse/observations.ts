/** What the observations of one Langfuse trace say together: each counted once, sums over leaves only. */

import { list, record, scalarText, text } from '../json-access.ts';
import { numberOf, readExchange, type SpanEvent, type ToolCall } from '../records/index.ts';

/** One observation, as far as it is needed. */
export interface Observation {
  readonly id: string;
  readonly parent: string | null;
  /** SPAN, GENERATION, TOOL and so on. */
  readonly type: string;
  readonly name: string | null;
  readonly start: string | null;
  readonly end: string | null;
  readonly level: string | null;
  readonly statusMessage: string | null;
  readonly model: string | null;
  readonly cost: number | null;
  readonly tokens: Tokens;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Numbers of tokens; null where nobody counted. */
export interface Tokens {
  readonly input: number | null;
  readonly output: number | null;
  readonly total: number | null;
}

/**
 * Every observation once, although an export may list them inside of the trace, beside it, or in both places. The copies
 * differ: one of them may have lost input, output and metadata, so what one lacks the other gives.
 *
 * @param copies lists of observations, the most complete one last
 */
export function mergeObservations(copies: readonly (readonly unknown[])[]): readonly Observation[] {
  const byId = new Map<string, Record<string, unknown>>();
  for (const observations of copies) {
    for (const value of observations) {
      const fields = record(value);
      const id = scalarText(fields?.id);
      if (fields === null || id === null) continue;
      const merged = byId.get(id) ?? {};
      for (const [key, cell] of Object.entries(fields))
        if (!isBlank(cell) || !Object.hasOwn(merged, key)) merged[key] = cell;
      byId.set(id, merged);
    }
  }
  return [...byId].map(([id, fields]) => readObservation(id, fields));
}

function isBlank(value: unknown): boolean {
  return value === null || value === '' || value === '{}';
}

function readObservation(id: string, fields: Readonly<Record<string, unknown>>): Observation {
  const costs = record(fields.costDetails);
  return {
    id,
    parent: text(fields.parentObservationId),
    type: text(fields.type) ?? 'SPAN',
    name: text(fields.name),
    start: text(fields.startTime),
    end: text(fields.endTime),
    level: text(fields.level),
    statusMessage: text(fields.statusMessage),
    model: text(fields.model) ?? text(fields.providedModelName),
    cost: numberOf(fields.totalCost) ?? numberOf(costs?.total) ?? numberOf(fields.calculatedTotalCost),
    tokens: readTokens(fields),
    fields,
  };
}

/** Token numbers of an observation or a table row, in the spellings of several versions. */
export function readTokens(fields: Readonly<Record<string, unknown>>): Tokens {
  const details = record(fields.usageDetails) ?? {};
  const usage = record(fields.usage) ?? {};
  const input =
    sumOf(details, 'input') ??
    numberOf(usage.input) ??
    numberOf(usage.promptTokens) ??
    numberOf(fields.inputTokens) ??
    numberOf(fields.inputUsage);
  const output =
    sumOf(details, 'output') ??
    numberOf(usage.output) ??
    numberOf(usage.completionTokens) ??
    numberOf(fields.outputTokens) ??
    numberOf(fields.outputUsage);
  const total =
    numberOf(details.total) ??
    numberOf(usage.total) ??
    numberOf(usage.totalTokens) ??
    numberOf(fields.totalTokens) ??
    numberOf(fields.totalUsage);
  return { input, output, total: total ?? (input === null || output === null ? null : input + output) };
}

/** Kinds of input tokens (cached ones too) are listed one by one. */
function sumOf(details: Readonly<Record<string, unknown>>, kind: string): number | null {
  const parts = Object.entries(details).flatMap(([key, value]) =>
    key.startsWith(kind) && numberOf(value) !== null ? [numberOf(value)!] : [],
  );
  return parts.length === 0 ? null : parts.reduce((sum, part) => sum + part, 0);
}

/** Sums over a trace. */
export interface TraceTotals extends Tokens {
  readonly cost: number | null;
}

/**
 * Cost and tokens of a trace: an observation counts only where none of its descendants has a number, because SDKs nest a
 * GENERATION in a GENERATION and both carry the sum.
 */
export function traceTotals(observations: readonly Observation[]): TraceTotals {
  const children = Map.groupBy(observations, ({ parent }) => parent ?? '');
  const known = new Set(observations.map(({ id }) => id));
  const roots = observations.filter(({ parent }) => parent === null || !known.has(parent));
  const leafSum = (amountOf: (observation: Observation) => number | null): number | null => {
    const seen = new Set<string>();
    const sumBelow = (observation: Observation): number | null => {
      if (seen.has(observation.id)) return null;
      seen.add(observation.id);
      const below = add((children.get(observation.id) ?? []).map(sumBelow));
      const own = amountOf(observation);
      return below === null || (below === 0 && own !== null) ? (own ?? below) : below;
    };
    return add(roots.map(sumBelow));
  };
  return {
    cost: leafSum(({ cost }) => cost),
    input: leafSum(({ tokens }) => tokens.input),
    output: leafSum(({ tokens }) => tokens.output),
    total: leafSum(({ tokens }) => tokens.total),
  };
}

function add(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

/** Observations that no other one of the trace holds, in order of start. */
export function rootObservations(observations: readonly Observation[]): readonly Observation[] {
  const known = new Set(observations.map(({ id }) => id));
  return byStart(observations.filter(({ parent }) => parent === null || !known.has(parent)));
}

/** In order of start; equal starts keep the order of the file. */
export function byStart(observations: readonly Observation[]): readonly Observation[] {
  return observations.toSorted((a, b) =>
    (a.start ?? '') < (b.start ?? '') ? -1 : Number((a.start ?? '') > (b.start ?? '')),
  );
}

/** Calls of models that hold no other call, and runs of tools, in order of time. */
export function traceEvents(observations: readonly Observation[]): readonly SpanEvent[] {
  const generations = new Set(leafGenerations(observations));
  return byStart(observations).flatMap((observation): readonly SpanEvent[] => {
    const { type, name, level, statusMessage, fields } = observation;
    if (generations.has(observation)) return [{ kind: 'model', input: fields.input, output: fields.output }];
    if (type !== 'TOOL') return [];
    const error = level === 'ERROR' ? (statusMessage ?? 'the observation has level ERROR') : null;
    return [{ kind: 'tool', name, input: fields.input, output: fields.output, error }];
  });
}

function leafGenerations(observations: readonly Observation[]): readonly Observation[] {
  const parents = new Set(
    observations.flatMap(({ type, parent }) => (type === 'GENERATION' && parent !== null ? [parent] : [])),
  );
  return byStart(observations).filter(({ id, type }) => type === 'GENERATION' && !parents.has(id));
}

/** Tool calls that the models of a trace made, in order; observations of type TOOL where no model lists any. */
export function traceToolCalls(observations: readonly Observation[]): readonly ToolCall[] {
  const asked = leafGenerations(observations).flatMap(({ fields }) => {
    const listed = list(fields.toolCalls);
    const calls = readExchange(null, fields.output).toolCalls;
    return calls.length > 0 || listed === null
      ? calls
      : readExchange(null, [{ role: 'assistant', content: null, tool_calls: listed.map(parsed) }]).toolCalls;
  });
  if (asked.length > 0) return asked;
  return byStart(observations)
    .filter(({ type }) => type === 'TOOL')
    .map(({ id, name, fields }) => ({ id, name, arguments: fields.input ?? null }));
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
