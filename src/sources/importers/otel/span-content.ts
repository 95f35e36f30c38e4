/** Reads what a GenAI span says, in the names of OpenTelemetry (old and new), OpenInference and OpenLLMetry. */

import { contentText, list, record, scalarText, text } from '../json-access.ts';
import { numberOf, readMessages, type ToolCall } from '../records/index.ts';
import type { Span } from './otlp-reader.ts';
import type { Attributes } from './otlp-values.ts';

/** The first attribute that is there, else undefined. */
export function first(attributes: Attributes, names: readonly string[]): unknown {
  for (const name of names) {
    const value = attributes[name];
    if (value !== undefined && value !== null && value !== '') return value;
  }
  return undefined;
}

/** Names of one fact, the newest first. */
export const NAMES = {
  model: ['gen_ai.response.model', 'gen_ai.request.model', 'llm.model_name', 'embedding.model_name'],
  provider: ['gen_ai.provider.name', 'gen_ai.system', 'llm.provider', 'llm.system'],
  inputTokens: [
    'gen_ai.usage.input_tokens',
    'gen_ai.usage.prompt_tokens',
    'llm.token_count.prompt',
    'llm.usage.prompt_tokens',
  ],
  outputTokens: [
    'gen_ai.usage.output_tokens',
    'gen_ai.usage.completion_tokens',
    'llm.token_count.completion',
    'llm.usage.completion_tokens',
  ],
  totalTokens: ['gen_ai.usage.total_tokens', 'llm.token_count.total', 'llm.usage.total_tokens'],
  cost: ['llm.cost.total', 'gen_ai.usage.cost', 'gen_ai.cost'],
  conversation: ['gen_ai.conversation.id', 'session.id'],
  user: ['user.id', 'enduser.id', 'llm.user'],
  stopReason: ['gen_ai.response.finish_reasons', 'gen_ai.response.finish_reason', 'llm.finish_reason'],
  caseId: [
    'eval.case_id',
    'case_id',
    'dataset.example_id',
    'dataset.item.id',
    'test.case.id',
    'langfuse.experiment.item.id',
  ],
  promptVersion: [
    'gen_ai.prompt.version',
    'llm.prompt_template.version',
    'langfuse.observation.prompt.version',
  ],
  promptName: ['gen_ai.prompt.name', 'llm.prompt_template.name', 'langfuse.observation.prompt.name'],
} as const;

const INPUTS = [
  'gen_ai.input.messages',
  'gen_ai.prompt',
  'input.value',
  'traceloop.entity.input',
  'ai.prompt.messages',
  'ai.prompt',
];
const OUTPUTS = [
  'gen_ai.output.messages',
  'gen_ai.completion',
  'output.value',
  'traceloop.entity.output',
  'ai.response.text',
];
const FLAT_INPUTS = ['llm.input_messages', 'gen_ai.prompt'];
const FLAT_OUTPUTS = ['llm.output_messages', 'gen_ai.completion'];

/** Names (and beginnings) of attributes that hold content; these are no slice keys. */
const CONTENT = new Set([
  ...INPUTS,
  ...OUTPUTS,
  'input.mime_type',
  'output.mime_type',
  'gen_ai.system_instructions',
  'gen_ai.tool.definitions',
  'metadata',
  'tag.tags',
  'llm.invocation_parameters',
  'llm.prompts',
  'llm.tools',
  'llm.prompt_template.variables',
  'llm.prompt_template.template',
]);
const CONTENT_LISTS =
  /^(?:llm\.(?:input_messages|output_messages|tools|prompts|completions)|gen_ai\.(?:prompt|completion)|retrieval\.documents|embedding\.embeddings|reranker\.(?:input|output)_documents)\.\d/;

/** Whether an attribute holds content rather than a key to slice by. */
export function isContent(name: string): boolean {
  return CONTENT.has(name) || CONTENT_LISTS.test(name);
}

/** Whether a span is about a model, an agent or a tool. */
export function isGenAi({ attributes }: Span): boolean {
  return Object.keys(attributes).some((name) =>
    /^(?:gen_ai\.|openinference\.span\.kind$|llm\.|traceloop\.span\.kind$)/.test(name),
  );
}

/** What a span is: the operation of OpenTelemetry or the kind of OpenInference, in capitals. */
export function kindOf({ attributes }: Span): string {
  return String(
    first(attributes, ['openinference.span.kind', 'gen_ai.operation.name', 'traceloop.span.kind']) ?? '',
  ).toUpperCase();
}

/** Whether a span runs a tool. */
export function isTool(span: Span): boolean {
  return ['TOOL', 'EXECUTE_TOOL'].includes(kindOf(span));
}

/** The call that a tool span ran. */
export function toolCallOf({ attributes, name }: Span): ToolCall {
  return {
    id: scalarText(first(attributes, ['gen_ai.tool.call.id', 'tool_call.id'])),
    name: scalarText(first(attributes, ['gen_ai.tool.name', 'tool.name'])) ?? name,
    arguments: first(attributes, ['gen_ai.tool.call.arguments', 'tool.parameters', 'input.value']) ?? null,
  };
}

/** Input of a span; undefined where it tells none. */
export function inputOf(span: Span): unknown {
  return (
    detail(span, 'gen_ai.input.messages') ??
    content(span, INPUTS, FLAT_INPUTS) ??
    messageEvents(span, false) ??
    promptEvent(span, 'gen_ai.prompt')
  );
}

/** Output of a span; undefined where it tells none. */
export function outputOf(span: Span): unknown {
  return (
    detail(span, 'gen_ai.output.messages') ??
    content(span, OUTPUTS, FLAT_OUTPUTS) ??
    messageEvents(span, true) ??
    promptEvent(span, 'gen_ai.completion')
  );
}

/** The event that carries request and response where the span does not. */
function detail({ attributes, events }: Span, name: string): unknown {
  const event = events.find((found) => found.name === 'gen_ai.client.inference.operation.details');
  return attributes[name] ?? event?.attributes[name];
}

/** Flattened lists are messages, so they win over a value that may be any text. */
function content({ attributes }: Span, names: readonly string[], flat: readonly string[]): unknown {
  for (const prefix of flat) {
    const messages = unflatten(attributes, prefix);
    if (readMessages(messages) !== null) return messages;
  }
  return first(attributes, names);
}

/** Older instrumentations: one event per message. */
function messageEvents({ events }: Span, isOutput: boolean): unknown {
  const wanted = events.filter(({ name }) =>
    isOutput ? name === 'gen_ai.choice' : /^gen_ai\.(?:system|user|assistant|tool)\.message$/.test(name),
  );
  if (wanted.length === 0) return undefined;
  return wanted.map(({ name, attributes }) => {
    const message = record(attributes.message) ?? attributes;
    const role = text(message.role) ?? (isOutput ? 'assistant' : name.split('.')[1]);
    return { ...message, role, content: message.content ?? null };
  });
}

function promptEvent({ events }: Span, name: string): unknown {
  return events.find(({ attributes }) => attributes[name] !== undefined)?.attributes[name];
}

/**
 * A nested value out of flattened names: `PREFIX.0.message.role` and so on.
 *
 * @example unflatten({ 'a.0.b': 1, 'a.1.b': 2 }, 'a') // [{ b: 1 }, { b: 2 }]
 */
export function unflatten(attributes: Attributes, prefix: string): unknown {
  const root = new Map<string, unknown>();
  for (const [name, value] of Object.entries(attributes)) {
    if (!name.startsWith(`${prefix}.`)) continue;
    let node = root;
    const keys = name.slice(prefix.length + 1).split('.');
    for (const key of keys.slice(0, -1)) {
      const child = node.get(key);
      const next = child instanceof Map ? (child as Map<string, unknown>) : new Map<string, unknown>();
      node.set(key, next);
      node = next;
    }
    node.set(keys.at(-1)!, value);
  }
  return settled(root);
}

function settled(node: unknown): unknown {
  if (!(node instanceof Map)) return node;
  const entries = [...(node as Map<string, unknown>)].map(([key, value]) => [key, settled(value)] as const);
  const isList = entries.length > 0 && entries.every(([key]) => /^\d+$/.test(key));
  if (!isList) return Object.fromEntries(entries);
  return entries.toSorted(([a], [b]) => Number(a) - Number(b)).map(([, value]) => value);
}

/** Reasons why the model stopped. */
export function stopReasons(attributes: Attributes): readonly string[] {
  const reasons = first(attributes, NAMES.stopReason);
  if (reasons === undefined) return [];
  return (list(reasons) ?? [reasons]).map((reason) => contentText(reason) ?? '');
}

/** A number under the first of several names. */
export function amount(attributes: Attributes, names: readonly string[]): number | null {
  return numberOf(first(attributes, names));
}
