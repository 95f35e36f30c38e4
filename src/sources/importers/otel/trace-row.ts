/** Makes one row of the spans of one trace: a request to the application. */

import { type Cell, foundText, type ProblemLog } from '../../../cases/index.ts';
import type { ImportedResult } from '../imported-result.ts';
import { contentText, flattenTags, scalarText, text } from '../json-access.ts';
import {
  readExchange,
  readMessages,
  type SpanEvent,
  spanTranscript,
  type ToolCall,
  unwrapJson,
} from '../records/index.ts';
import type { Span } from './otlp-reader.ts';
import { type Attributes, isoOfNanos, millisBetweenNanos } from './otlp-values.ts';
import { first, inputOf, isContent, NAMES, outputOf, stopReasons, toolCallOf } from './span-content.ts';
import type { SpanTree } from './span-tree.ts';

/** Values longer than this are texts to read, not keys to slice by. */
const LONGEST_TAG = 500;

/** Attributes that become columns of their own. */
const MAPPED = new Set<string>([
  ...NAMES.inputTokens,
  ...NAMES.outputTokens,
  ...NAMES.totalTokens,
  ...NAMES.cost,
  ...NAMES.conversation,
  ...NAMES.user,
  ...NAMES.model,
  ...NAMES.provider,
  ...NAMES.stopReason,
  ...NAMES.caseId,
  ...NAMES.promptVersion,
  ...NAMES.promptName,
  'gen_ai.response.id',
]);

/** Attributes whose JSON must be whole: a limit on the length of attributes cuts them off. */
const JSON_ATTRIBUTES = ['gen_ai.input.messages', 'gen_ai.output.messages', 'metadata'];

/** A row without outcome. */
export interface RequestRow {
  readonly result: Omit<ImportedResult, 'status' | 'scores'>;
  readonly failure: string | null;
}

/** The row of a trace that has at least one GenAI span. What is cut off is a problem that names span and place. */
export function readRequest(traceId: string, tree: SpanTree, log: ProblemLog): RequestRow {
  const { root, tops, models, tools, totals } = tree;
  const [top, last] = [tops[0]!, tops.at(-1)!];
  for (const span of new Set([...(root === null ? [] : [root]), ...tops])) checkJson(span, log);
  const attributes: Attributes = {
    ...top.resource,
    ...top.attributes,
    ...(root === null ? {} : root.attributes),
  };
  const exchange = readExchange(
    inputOf(root ?? top) ?? inputOf(top),
    outputOf(last) ?? outputOf(root ?? last),
    calls(models, tools),
  );
  const metadata = unwrapJson(first(attributes, ['metadata'])).value;
  const { tags, long } = tagsOf(attributes, metadata);
  const reasons = (models.at(-1) ?? last).attributes;
  const promptName = scalarText(first(attributes, NAMES.promptName));
  const promptVersion = scalarText(first(attributes, NAMES.promptVersion));
  const timed = root ?? (tops.length === 1 ? top : null);
  return {
    result: {
      run: runOf(top.resource),
      caseId: caseIdOf(attributes, metadata) ?? traceId,
      input: exchange.input,
      output: exchange.output,
      latencyMs: timed === null ? null : millisBetweenNanos(timed.start, timed.end),
      costUsd: totals.cost,
      inputTokens: totals.input,
      outputTokens: totals.output,
      totalTokens: totals.total,
      timestamp: isoOfNanos((root ?? top).start),
      model: distinct([...models, ...tops], NAMES.model).at(-1) ?? null,
      cluster: scalarText(first(attributes, NAMES.conversation)),
      tags: { ...tags, ...routing(models, tops), ...asked(attributes, reasons), name: (root ?? top).name },
      extra: {
        trace_id: traceId,
        ...named('start_time_unix_nano', (root ?? top).start?.toString() ?? null),
        ...named('stop_reason', stopReasons(reasons).join(', ') || null),
        ...named('response_id', scalarText(reasons['gen_ai.response.id'])),
        ...named('prompt_version', promptVersion),
        ...named('system', contentText(top.attributes['gen_ai.system_instructions'])),
        ...long,
        ...exchange.extra,
        ...namesOfTools(tools, exchange.extra),
      },
      promptFingerprint:
        promptName === null && promptVersion === null ? null : `${promptName ?? ''}@${promptVersion ?? ''}`,
      line: (root ?? top).place.line,
      transcript: () => spanTranscript(eventsOf(tree), `${(root ?? top).place.file}, trace ${traceId}`),
    },
    failure: failureOf(root, last),
  };
}

/** Calls of models and runs of tools, in order of time. */
function eventsOf({ models, tools }: SpanTree): readonly SpanEvent[] {
  const byTime = [...models, ...tools].toSorted((a, b) => Number((a.start ?? 0n) - (b.start ?? 0n)));
  return byTime.map((span): SpanEvent => {
    if (!tools.includes(span)) return { kind: 'model', input: inputOf(span), output: outputOf(span) };
    const call = toolCallOf(span);
    const output = first(span.attributes, [
      'gen_ai.tool.call.result',
      'output.value',
      'traceloop.entity.output',
    ]);
    const error = span.failed ? (span.message ?? 'the span has status error') : null;
    return { kind: 'tool', name: call.name, input: call.arguments, output, error };
  });
}

function checkJson(span: Span, log: ProblemLog): void {
  for (const name of JSON_ATTRIBUTES) {
    const value = span.attributes[name];
    if (typeof value !== 'string' || !/^\s*[[{]/.test(value) || typeof unwrapJson(value).value !== 'string')
      continue;
    log.add({
      message: `span ${span.id}: ${name} holds JSON that is malformed or cut off: ${foundText(value.slice(-30))} at its end`,
      hint: 'raise the limit on the length of attributes (OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT) where the spans are made',
      where: { ...span.place, field: name },
    });
  }
}

function routing(models: readonly Span[], tops: readonly Span[]): Record<string, Cell> {
  const names = distinct([...models, ...tops], NAMES.model);
  const providers = distinct([...models, ...tops], NAMES.provider);
  return {
    ...(names.length === 0 ? {} : { model: names }),
    ...(providers.length === 0 ? {} : { provider: providers }),
  };
}

function asked(attributes: Attributes, answer: Attributes): Record<string, Cell> {
  const reasons = stopReasons(answer);
  return {
    ...(reasons.length === 0 ? {} : { stop_reason: reasons }),
    ...named('user', scalarText(first(attributes, NAMES.user))),
    ...named('prompt', scalarText(first(attributes, NAMES.promptName))),
    ...named('prompt_version', scalarText(first(attributes, NAMES.promptVersion))),
  };
}

/** Calls that the models asked for; what tools ran where no model tells. */
function calls(models: readonly Span[], tools: readonly Span[]): readonly ToolCall[] {
  const asked = models.flatMap((span) => {
    const messages = readMessages(unwrapJson(outputOf(span)).value) ?? [];
    return messages.flatMap(({ toolCalls }) => toolCalls);
  });
  return asked.length > 0 ? asked : tools.map(toolCallOf);
}

/** Names of tools that ran, also where the models' calls are known. */
function namesOfTools(tools: readonly Span[], extra: Readonly<Record<string, Cell>>): Record<string, Cell> {
  const asked = Array.isArray(extra.tools) ? (extra.tools as readonly string[]) : [];
  const names = new Set([...asked, ...tools.flatMap((span) => toolCallOf(span).name ?? [])]);
  return names.size === 0 ? {} : { tools: [...names] };
}

function failureOf(root: Span | null, last: Span): string | null {
  const failed = [root, last].find(
    (span) => span !== null && (span.failed || text(span.attributes['error.type']) !== null),
  );
  if (failed === undefined || failed === null) return null;
  const exception = failed.events.find(({ name }) => name === 'exception')?.attributes;
  return (
    failed.message ??
    text(exception?.['exception.message']) ??
    text(failed.attributes['error.type']) ??
    'the span has status error'
  );
}

function runOf(resource: Attributes): string {
  const [name, version] = [scalarText(resource['service.name']), scalarText(resource['service.version'])];
  if (version === null) return name ?? 'traces';
  return name === null ? version : `${name}@${version}`;
}

function caseIdOf(attributes: Attributes, metadata: unknown): string | null {
  const inMetadata = flattenTags(metadata ?? {});
  return (
    scalarText(first(attributes, NAMES.caseId)) ??
    scalarText(inMetadata.case_id) ??
    scalarText(inMetadata.example_id)
  );
}

function tagsOf(
  attributes: Attributes,
  metadata: unknown,
): { tags: Record<string, Cell>; long: Record<string, Cell> } {
  const tags: Record<string, Cell> = {};
  const long: Record<string, Cell> = {};
  const labels = unwrapJson(attributes['tag.tags']).value;
  const flat = Object.entries(attributes).filter(([name]) => !isContent(name) && !MAPPED.has(name));
  const all = [
    ...flat.map(([name, value]) => [name, flattenTags(value, name)[name] ?? contentText(value)] as const),
    ...Object.entries(flattenTags(metadata ?? {}, 'metadata')),
    ...Object.entries(flattenTags(labels ?? {}, 'tags')),
  ];
  for (const [name, cell] of all) {
    if (cell === null) continue;
    if (typeof cell === 'string' && cell.length > LONGEST_TAG) long[name] = cell;
    else tags[name] = cell;
  }
  return { tags, long };
}

function distinct(spans: readonly Span[], names: readonly string[]): readonly string[] {
  return [...new Set(spans.flatMap(({ attributes }) => scalarText(first(attributes, names)) ?? []))];
}

function named(name: string, value: string | null): Record<string, Cell> {
  return value === null || value === '' ? {} : { [name]: value };
}
