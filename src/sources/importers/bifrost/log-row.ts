/** Makes one row of a request that went through Bifrost: what was asked and answered, by whom it was sent, where it was routed. */

import type { Cell } from '../../../cases/index.ts';
import type { ImportedResult } from '../imported-result.ts';
import { contentId, contentText, flattenTags, path, record, scalarText, text } from '../json-access.ts';
import type { ImportNotebook } from '../notebook.ts';
import { type Exchange, numberOf, type RecordFields, readExchange, readToolCalls } from '../records/index.ts';
import type { Chain } from './chains.ts';

/** Inputs and outputs of requests that are no chat; the first that is there counts. */
const INPUTS = [
  'input_history',
  'responses_input_history',
  'speech_input',
  'transcription_input',
  'ocr_input',
  'image_generation_input',
  'image_edit_input',
  'image_variation_input',
  'video_generation_input',
  'passthrough_request_body',
  'raw_request',
];
const OUTPUTS = [
  'output_message',
  'responses_output',
  'embedding_output',
  'rerank_output',
  'ocr_output',
  'speech_output',
  'transcription_output',
  'image_generation_output',
  'video_generation_output',
  'list_models_output',
  'passthrough_response_body',
  'raw_response',
];

/** Who sent a request: a name, an id, or lists of them. */
const OWNERS = ['customer', 'team', 'business_unit', 'user', 'virtual_key', 'routing_rule', 'selected_key'];

/** The row of a request; problems of any field name the row in the log. */
export function readLog(
  { final, others }: Chain,
  session: string | null,
  notebook: ImportNotebook,
): Omit<ImportedResult, 'trial'> {
  const metadata = final.object('metadata') ?? {};
  const exchange = exchangeOf(final, notebook);
  const tokens = tokensOf(final);
  const prompt = final.text('selected_prompt_name') ?? final.text('selected_prompt_id');
  const version = final.text('selected_prompt_version');
  const failed = final.text('status') === 'error';
  const costs = [...others, final].map((attempt) => attempt.number('cost')).filter((cost) => cost !== null);
  const result = {
    run: prompt === null ? modelRun(final) : `${prompt}@${version ?? '?'}`,
    caseId: scalarText(metadata.case_id) ?? contentId(exchange.asked ?? final.text('id')),
    input: exchange.input,
    output: exchange.output,
    latencyMs: final.number('latency'),
    costUsd: costs.length === 0 ? null : costs.reduce((sum, cost) => sum + cost, 0),
    ...tokens,
    timestamp: final.time('timestamp'),
    model: final.text('model'),
    cluster: scalarText(metadata.session_id) ?? scalarText(metadata.conversation_id) ?? session,
    tags: { ...ownersOf(final), ...routing(final), ...flattenTags(metadata, 'metadata') },
    extra: {
      request_id: final.text('id'),
      retries: String(others.length),
      ...(version === null ? {} : { prompt_version: version }),
      ...named('provider_retries', final.text('number_of_retries')),
      ...named('stop_reason', final.text('stop_reason')),
      ...offeredTools(final),
      ...exchange.extra,
    },
    promptFingerprint:
      prompt === null ? null : `${final.text('selected_prompt_id') ?? prompt}@${version ?? ''}`,
    line: final.record.line,
  };
  return failed ? { ...result, status: 'error', error: errorOf(final) } : { ...result, status: 'unscored' };
}

function exchangeOf(final: RecordFields, notebook: ImportNotebook): Exchange {
  const input = firstOf(final, INPUTS);
  const output = firstOf(final, OUTPUTS);
  const calls = final.list('tool_calls');
  const exchange = readExchange(input, output, calls === null ? null : readToolCalls(calls));
  const summary = final.text('content_summary');
  if (input !== null || output !== null || summary === null || summary === '') {
    return { ...exchange, asked: input === null ? null : exchange.asked };
  }
  const { file, line } = final.record;
  notebook.note(
    'Some requests keep their payload in an object store: prompt and output are unknown, only content_summary is left.',
  );
  notebook.dropped(
    'prompt and output of a request (offloaded, only content_summary is left)',
    `${file}:${line}`,
  );
  return { ...exchange, asked: null, extra: { ...exchange.extra, content_summary: summary } };
}

/** The first field that holds something; a text column that should be JSON and is not is a problem of the row. */
function firstOf(final: RecordFields, names: readonly string[]): unknown {
  for (const name of names) {
    const value = final.json(name);
    const isEmpty = value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
    if (!isEmpty) return value;
  }
  return null;
}

function modelRun(final: RecordFields): string {
  const model = `${final.text('provider') ?? '?'}:${final.text('model') ?? '?'}`;
  const alias = final.text('alias');
  return alias === null || alias === '' ? model : `${alias} (${model})`;
}

/** The database keeps sums in columns that are 0 where nothing was counted. */
function tokensOf(final: RecordFields): Pick<ImportedResult, 'inputTokens' | 'outputTokens' | 'totalTokens'> {
  const usage = final.object('token_usage');
  if (usage !== null) {
    return {
      inputTokens: numberOf(usage.prompt_tokens),
      outputTokens: numberOf(usage.completion_tokens),
      totalTokens: numberOf(usage.total_tokens),
    };
  }
  const total = final.number('total_tokens') || null;
  return {
    inputTokens: total === null ? null : final.number('prompt_tokens'),
    outputTokens: total === null ? null : final.number('completion_tokens'),
    totalTokens: total,
  };
}

function ownersOf(final: RecordFields): Record<string, Cell> {
  const tags: Record<string, Cell> = {};
  for (const owner of OWNERS) {
    const names = listOf(final, `${owner}_names`) ?? final.text(`${owner}_name`);
    const ids = listOf(final, `${owner}_ids`) ?? final.text(`${owner}_id`);
    const cell = isGiven(names) ? names : ids;
    if (isGiven(cell)) tags[owner] = cell;
    if (isGiven(names) && isGiven(ids)) tags[`${owner}_id`] = ids;
  }
  return tags;
}

function listOf(final: RecordFields, name: string): readonly string[] | null {
  const values = final.list(name);
  return values === null || values.length === 0
    ? null
    : values.map((value) => scalarText(value) ?? contentText(value) ?? '');
}

function isGiven(cell: Cell): cell is string | readonly string[] {
  return cell !== null && cell !== '';
}

function routing(final: RecordFields): Record<string, Cell> {
  const engines = final.raw('routing_engines_used');
  const used =
    typeof engines === 'string' && !engines.startsWith('[')
      ? engines.split(',')
      : listOf(final, 'routing_engines_used');
  const cached = record(final.object('cache_debug'))?.cache_hit;
  return {
    ...named('provider', final.text('provider')),
    ...named('model', final.text('model')),
    ...named('alias', final.text('alias')),
    ...named('request_type', final.text('object') ?? final.text('object_type')),
    ...named('stop_reason', final.text('stop_reason')),
    ...named('prompt', final.text('selected_prompt_name')),
    ...named('prompt_version', final.text('selected_prompt_version')),
    ...named('status', final.text('status')),
    ...named('stream', final.text('stream')),
    ...(used === null || used.length === 0 ? {} : { routing_engine: used }),
    ...(typeof cached === 'boolean' ? { cache_hit: String(cached) } : {}),
  };
}

function named(name: string, value: string | null): Record<string, Cell> {
  return value === null || value === '' ? {} : { [name]: value };
}

/** Tools that the model could have called. */
function offeredTools(final: RecordFields): Record<string, Cell> {
  const tools = final.list('tools');
  if (tools === null || tools.length === 0) return {};
  const names = tools.map(
    (tool) => text(path(tool, 'function.name')) ?? text(path(tool, 'name')) ?? text(path(tool, 'type')) ?? '',
  );
  return { tools_offered: names };
}

function errorOf(final: RecordFields): string {
  const details = final.object('error_details');
  const message =
    text(path(details, 'error.message')) ?? text(path(details, 'message')) ?? contentText(details);
  return message === null || message === '' ? 'the request failed; the log says no more' : message;
}
