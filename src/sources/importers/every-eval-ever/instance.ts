/** Turns one instance row of Every Eval Ever into a result. */

import type { Cell, ProblemLog } from '../../../cases/index.ts';
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

import { messageSteps } from '../records/index.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A row with the keys that it is joined by. */
export interface Instance {
  readonly fields: Fields;
  readonly evaluationId: string;
  readonly resultId: string | null;
  readonly evaluationName: string | null;
  readonly sampleId: string;
}

/** Prefix of metadata in which our own export keeps what the format has no place for. */
export const KEPT_PREFIX = 'slicewise.';
/** Prefix of metadata with further metrics of the row. */
export const SCORE_PREFIX = 'scores.';

const MAPPED = new Set(
  (
    'schema_version evaluation_id model_id evaluation_name evaluation_result_id sample_id sample_hash interaction_type input ' +
    'output messages answer_attribution evaluation token_usage performance error metadata'
  ).split(' '),
);

/** The row, or null after its problems went to the log. */
export function instanceOf(value: unknown, line: number, file: string, log: ProblemLog): Instance | null {
  const fields = record(value) ?? {};
  const evaluationId = text(fields.evaluation_id);
  const sampleId = scalarText(fields.sample_id);
  const problems: string[] = [];
  if (evaluationId === null) problems.push('evaluation_id');
  if (sampleId === null) problems.push('sample_id');
  if (record(fields.evaluation) === null) problems.push('evaluation');
  for (const field of problems) {
    log.add({
      message: `"${field}" is missing or of another type, which every instance row has`,
      where: { file, line, field },
    });
  }
  if (evaluationId === null || sampleId === null || problems.length > 0) return null;
  return {
    fields,
    evaluationId,
    resultId: text(fields.evaluation_result_id),
    evaluationName: text(fields.evaluation_name),
    sampleId,
  };
}

/** Fields of the row that nothing maps. */
export function unmappedOf({ fields }: Instance): readonly string[] {
  return [
    ...Object.keys(fields).filter((key) => !MAPPED.has(key)),
    ...(list(fields.answer_attribution)?.length ? ['answer_attribution'] : []),
    ...(fields.messages === null || fields.messages === undefined ? [] : ['messages']),
  ];
}

/**
 * The result of a row. An error is the target's; without a verdict and without a score the row is unscored.
 *
 * @param listColumns names of metadata that our export wrote as JSON lists
 */
export function instanceResultOf(
  { fields, sampleId }: Instance,
  about: {
    readonly run: string;
    readonly metric: string;
    readonly line: number;
    readonly listColumns: ReadonlySet<string>;
    readonly trial: (run: string, caseId: string) => string;
  },
): ImportedResult {
  const evaluation = record(fields.evaluation) ?? {};
  const error = text(fields.error);
  const passed = boolean(evaluation.is_correct);
  const { tags, kept, scores } = metadataOf(fields.metadata, about.listColumns);
  const figure = number(evaluation.score);
  const score = numberText(kept.get('score')) ?? figure;
  const formatted = contentText(path(fields, 'input.formatted'));
  return {
    run: about.run,
    caseId: sampleId,
    trial: kept.get('trial') ?? about.trial(about.run, sampleId),
    ...(error === null
      ? { status: passed === null && score === null ? 'unscored' : 'scored', passed, score }
      : { status: 'error', error, passed: null, score: null }),
    scores: error === null ? { [about.metric]: figure, ...scores } : scores,
    input: contentText(path(fields, 'input.raw')),
    expected: oneOrMany(path(fields, 'input.reference')),
    output: oneOrMany(path(fields, 'output.raw')) ?? lastAnswer(fields.messages),
    latencyMs: number(path(fields, 'performance.latency_ms')),
    costUsd: numberText(kept.get('cost_usd')),
    inputTokens: number(path(fields, 'token_usage.input_tokens')) ?? numberText(kept.get('input_tokens')),
    outputTokens: number(path(fields, 'token_usage.output_tokens')) ?? numberText(kept.get('output_tokens')),
    totalTokens: number(path(fields, 'token_usage.total_tokens')) ?? numberText(kept.get('total_tokens')),
    timestamp: kept.get('timestamp') ?? null,
    model: text(fields.model_id),
    cluster: kept.get('cluster') ?? null,
    tags,
    extra: extraOf(fields),
    judgeFingerprint: kept.get('judge_fingerprint') ?? null,
    datasetFingerprint: kept.get('dataset_fingerprint') ?? null,
    promptFingerprint: kept.get('prompt_fingerprint') ?? (formatted === null ? null : contentId(formatted)),
    codeFingerprint: kept.get('code_fingerprint') ?? null,
    line: about.line,
    transcript: () => {
      const steps = messageSteps(fields.messages) ?? [];
      return steps.length === 0 ? null : { steps, from: `messages in line ${about.line}`, notes: [] };
    },
  };
}

/** The format has texts only, so lists of our own export are read back where the aggregate names their column. */
function metadataOf(
  value: unknown,
  listColumns: ReadonlySet<string>,
): {
  readonly tags: Record<string, Cell>;
  readonly kept: ReadonlyMap<string, string>;
  readonly scores: Record<string, number | boolean | null>;
} {
  const tags: Record<string, Cell> = {};
  const kept = new Map<string, string>();
  const scores: Record<string, number | boolean | null> = {};
  for (const [name, cell] of Object.entries(flattenTags(value))) {
    if (name.startsWith(KEPT_PREFIX) && typeof cell === 'string')
      kept.set(name.slice(KEPT_PREFIX.length), cell);
    else if (name.startsWith(SCORE_PREFIX)) scores[name.slice(SCORE_PREFIX.length)] = scoreOf(cell);
    else tags[name] = listColumns.has(name) ? asList(cell) : cell;
  }
  return { tags, kept, scores };
}

function scoreOf(cell: Cell): number | boolean | null {
  if (cell === 'true' || cell === 'false') return cell === 'true';
  return typeof cell === 'string' ? numberText(cell) : null;
}

function asList(cell: Cell): Cell {
  if (typeof cell !== 'string' || !cell.startsWith('[')) return cell;
  try {
    const parsed: unknown = JSON.parse(cell);
    return list(parsed)?.every((tag) => typeof tag === 'string') === true
      ? (parsed as readonly string[])
      : cell;
  } catch {
    return cell;
  }
}

function numberText(value: string | undefined): number | null {
  if (value === undefined || value.trim() === '') return null;
  const figure = Number(value);
  return Number.isFinite(figure) ? figure : null;
}

/** A list of one is its text, a longer one JSON. */
function oneOrMany(value: unknown): string | null {
  const values = list(value);
  if (values === null) return contentText(value);
  return values.length === 0 ? null : contentText(values.length === 1 ? values[0] : values);
}

function lastAnswer(messages: unknown): string | null {
  const answers = (list(messages) ?? []).filter((message) => path(message, 'role') === 'assistant');
  return contentText(path(answers.at(-1), 'content'));
}

function extraOf(fields: Fields): Record<string, Cell> {
  const cells: Record<string, Cell> = {
    sample_hash: text(fields.sample_hash),
    interaction_type: text(fields.interaction_type),
    turns: scalarText(path(fields, 'evaluation.num_turns')),
    tool_calls: scalarText(path(fields, 'evaluation.tool_calls_count')),
  };
  return Object.fromEntries(Object.entries(cells).filter(([, cell]) => cell !== null));
}
