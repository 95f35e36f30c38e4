/** Turns one DeepEval test case, single turn or conversation, into a result. */

import type { Cell } from '../../../cases/index.ts';
import type { ImportedResult } from '../importer.ts';
import {
  boolean,
  contentId,
  contentText,
  flattenTags,
  list,
  number,
  path,
  record,
  scalarText,
  text,
} from '../json-access.ts';
import {
  isMeasured,
  judgeFingerprintOf,
  type MetricRow,
  metricsOf,
  notesOf,
  scoresOf,
  verdictOf,
} from './metrics.ts';
import { readTurns } from './turns.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What a case becomes, but for its trial. */
export type CaseResult = Omit<ImportedResult, 'trial'>;

const SINGLE_FIELDS = new Set(
  (
    'name input actualOutput expectedOutput context retrievalContext toolsCalled expectedTools tokenCost inputTokenCount ' +
    'outputTokenCount completionTime tags flaky success metricsData runDuration evaluationCost order metadata comments trace'
  ).split(' '),
);
const CONVERSATION_FIELDS = new Set(
  (
    'name success metricsData runDuration evaluationCost turns order scenario expectedOutcome userDescription context ' +
    'comments metadata tags flaky'
  ).split(' '),
);

/** Fields of a case that nothing maps. */
export function unmappedOf(fields: Fields, isConversation: boolean): readonly string[] {
  const known = isConversation ? CONVERSATION_FIELDS : SINGLE_FIELDS;
  return Object.keys(fields).filter((key) => !known.has(key) && fields[key] !== null);
}

/**
 * The result of a case. The id is the user's own (`metadata.id`), else a hash of what was asked and expected: names and
 * positions change between runs.
 *
 * @param score metric that decides instead of DeepEval's verdict
 */
export function caseResultOf(
  fields: Fields,
  isConversation: boolean,
  about: { readonly run: string; readonly line: number; readonly score: string | null },
): CaseResult {
  const metrics = metricsOf(fields.metricsData);
  const asked = isConversation ? conversationOf(fields) : singleOf(fields);
  const trace = record(fields.trace);
  const id = scalarText(path(fields, 'metadata.id'));
  return {
    run: about.run,
    caseId: id ?? contentId(asked.input, asked.expected, asked.identity),
    ...outcomeOf(metrics, boolean(fields.success), about.score),
    scores: scoresOf(metrics),
    input: asked.input,
    expected: asked.expected,
    output: asked.output,
    latencyMs: latencyOf(fields, trace),
    costUsd: number(fields.tokenCost),
    inputTokens: number(fields.inputTokenCount),
    outputTokens: number(fields.outputTokenCount),
    timestamp: text(trace?.startTime),
    tags: tagsOf(fields, trace),
    extra: { ...asked.extra, ...extraOf(fields, trace), ...notesOf(metrics) },
    judgeFingerprint: judgeFingerprintOf(metrics),
    line: about.line,
    transcript: () => readTurns(fields, isConversation, `line ${about.line}`),
  };
}

function outcomeOf(
  metrics: readonly MetricRow[],
  success: boolean | null,
  wanted: string | null,
): Pick<CaseResult, 'status' | 'passed' | 'score'> {
  if (wanted !== null) {
    const metric = metrics.find(({ name }) => name === wanted);
    const measured = metric !== undefined && isMeasured(metric);
    return measured
      ? { status: 'scored', passed: metric.success, score: metric.score }
      : { status: 'unscored', passed: null, score: null };
  }
  const passed = verdictOf(metrics, success);
  const only = metrics.length === 1 && isMeasured(metrics[0]!) ? metrics[0]!.score : null;
  return { status: passed === null ? 'unscored' : 'scored', passed, score: only };
}

interface Asked {
  readonly input: string | null;
  readonly expected: string | null;
  readonly output: string | null;
  /** What tells apart cases that ask the same without it. */
  readonly identity: unknown;
  readonly extra: Readonly<Record<string, Cell>>;
}

function singleOf(fields: Fields): Asked {
  const tools = list(fields.toolsCalled)?.flatMap((tool) => text(path(tool, 'name')) ?? []);
  return {
    input: contentText(fields.input),
    expected: contentText(fields.expectedOutput),
    output: contentText(fields.actualOutput),
    identity: fields.context ?? null,
    extra: {
      context: contentText(fields.context),
      retrieval_context: contentText(fields.retrievalContext),
      tools_called: tools ?? null,
      expected_tools: list(fields.expectedTools)?.flatMap((tool) => text(path(tool, 'name')) ?? []) ?? null,
    },
  };
}

/** A conversation is one case: its scenario is what was asked, the assistant's turns are the answer. */
function conversationOf(fields: Fields): Asked {
  const turns = (list(fields.turns) ?? []).map(record).filter((turn) => turn !== null);
  const said = (role: string): string =>
    turns.flatMap((turn) => (turn.role === role ? (contentText(turn.content) ?? []) : [])).join('\n');
  const scenario = contentText(fields.scenario);
  return {
    input: scenario ?? said('user'),
    expected: contentText(fields.expectedOutcome),
    output: said('assistant'),
    identity: fields.userDescription ?? null,
    extra: {
      kind: 'conversation',
      turns: String(turns.length),
      user_description: contentText(fields.userDescription),
      context: contentText(fields.context),
    },
  };
}

function latencyOf(fields: Fields, trace: Fields | null): number | null {
  const seconds = number(fields.completionTime);
  if (seconds !== null) return seconds * 1000;
  const start = Date.parse(text(trace?.startTime) ?? '');
  const end = Date.parse(text(trace?.endTime) ?? '');
  return end >= start ? end - start : null;
}

/** Tags of the case and of its trace are one set; keys of the trace's metadata give way to the case's own. */
function tagsOf(fields: Fields, trace: Fields | null): Record<string, Cell> {
  const tags = [...(list(fields.tags) ?? []), ...(list(trace?.tags) ?? [])].flatMap(
    (tag) => scalarText(tag) ?? [],
  );
  return {
    ...(trace === null ? {} : flattenTags(trace.metadata)),
    ...flattenTags(fields.metadata),
    ...(tags.length === 0 ? {} : { tags: [...new Set(tags)] }),
  };
}

/** The judge's cost stands apart from the system's. */
function extraOf(fields: Fields, trace: Fields | null): Record<string, Cell> {
  const cells: Record<string, Cell> = {
    name: scalarText(fields.name),
    comments: contentText(fields.comments),
    evaluation_cost_usd: scalarText(fields.evaluationCost),
    run_duration_s: scalarText(fields.runDuration),
    flaky: boolean(fields.flaky) === true ? 'true' : null,
    trace_status: text(trace?.status),
    trace_name: text(trace?.name),
  };
  return Object.fromEntries(Object.entries(cells).filter(([, cell]) => cell !== null));
}
