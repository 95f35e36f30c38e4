/** Turns one sample of an Inspect log into one result. */

import type { Cell, ProblemLog } from '../../../cases/index.ts';
import type { ImportedResult } from '../imported-result.ts';
import { contentText, flattenTags, list, number, path, record, scalarText, text } from '../json-access.ts';
import type { ImportNotebook } from '../notebook.ts';
import { type FieldReader, fieldReader } from '../typed-field.ts';
import type { RawSample } from './inspect-log.ts';
import { type SampleScores, sampleScores } from './sample-scores.ts';
import { attachmentsOf, conversationFacts, inputText, outputText, targetText } from './sample-texts.ts';
import { usageOf } from './usage.ts';

/** What all samples of a run share. */
export interface SampleContext {
  readonly run: string;
  /** Name of the metric that decides. */
  readonly primary: string | null;
  /** Metrics whose author measures accuracy. */
  readonly accuracies: ReadonlySet<string>;
  readonly clusterKey: string | null;
  /** Fields that are the same in all rows. */
  readonly constant: Pick<
    ImportedResult,
    'model' | 'judgeFingerprint' | 'datasetFingerprint' | 'promptFingerprint' | 'codeFingerprint'
  > & { readonly task: string | null };
  readonly notebook: ImportNotebook;
  readonly log: ProblemLog;
}

/** A sample as it was read. */
export interface ReadSample {
  readonly result: ImportedResult;
  readonly scores: SampleScores;
  /** Who took the sample out, and why; null for one that counts. */
  readonly invalidation: string | null;
}

/** Fields that are read, or that say nothing of the answer. */
const READ_FIELDS: ReadonlySet<string> = new Set(
  (
    'id epoch input choices target messages output scores score metadata error limit invalidation model_usage ' +
    'role_usage total_time working_time started_at completed_at attachments error_retries turn_count transcript'
  ).split(' '),
);

/** Reads a sample; null, with the reasons in the log of problems, where it is none. */
export function readSample(raw: RawSample, context: SampleContext): ReadSample | null {
  const { log, notebook } = context;
  const fields = record(raw.value);
  const where = { file: raw.file, line: raw.line };
  if (fields === null) {
    log.add({ message: 'found a sample that is no object', where });
    return null;
  }
  const before = log.count();
  const field = fieldReader(fields, where, log);
  const caseId = field('id', scalarText, 'a text or a number');
  const epoch = field('epoch', wholeNumber, 'a whole number from 1');
  if (caseId === null || caseId.trim() === '') {
    if (log.count() === before)
      log.add({ message: 'the sample has no id', where: { ...where, field: 'id' } });
    return null;
  }
  const scores = sampleScores(field, where, context);
  const resolve = attachmentsOf(fields, () =>
    notebook.note(
      'texts refer to attachments that the log does not hold; the references stand in their place',
    ),
  );
  field('messages', list, 'a list');
  field('output', record, 'an object');
  const metadata = field('metadata', record, 'an object') ?? {};
  const error = sampleError(fields, field);
  const seconds = field('total_time', number, 'a number');
  const input = field('input', textOrList, 'a text or a list of messages');
  const target = field('target', textOrList, 'a text or a list of texts');
  if (log.count() > before) return null;
  for (const [name, value] of Object.entries(fields)) {
    if (!READ_FIELDS.has(name) && !isEmpty(value)) notebook.unmapped(name);
  }
  const { graderCostUsd, ...usage } = usageOf(fields);
  const { task, ...constant } = context.constant;
  const limit = text(path(fields, 'limit.type'));
  const result: ImportedResult = {
    run: context.run,
    caseId,
    trial: String(epoch ?? 1),
    ...outcome(error, scores),
    scores: scores.numbers,
    input: inputText(input, resolve),
    expected: targetText(target),
    output: outputText(fields, resolve),
    latencyMs: seconds === null ? null : seconds * 1000,
    ...usage,
    timestamp: text(fields.started_at),
    cluster: context.clusterKey === null ? null : scalarText(metadata[context.clusterKey]),
    tags: {
      ...flattenTags(metadata),
      ...(task === null ? {} : { task }),
      ...(limit === null ? {} : { limit }),
    },
    extra: extraFields(fields, scores, graderCostUsd),
    ...constant,
    line: raw.line,
  };
  return { result, scores, invalidation: invalidationOf(fields) };
}

/** Right or wrong needs a verdict, or a metric whose author measures accuracy; a degree alone passes nothing. */
function outcome(
  error: string | null,
  { primary }: SampleScores,
): Pick<ImportedResult, 'status' | 'passed' | 'score' | 'error'> {
  if (error !== null) return { status: 'error', passed: null, score: null, error };
  if (primary === null || primary.number === null) return { status: 'unscored', passed: null, score: null };
  return {
    status: 'scored',
    passed: primary.isVerdict ? primary.number === 1 : null,
    score: primary.number,
  };
}

function sampleError(fields: Readonly<Record<string, unknown>>, field: FieldReader): string | null {
  if (fields.error === null || fields.error === undefined) return null;
  if (typeof fields.error === 'string') return fields.error === '' ? 'error' : fields.error;
  const error = field('error', record, 'an object or a text');
  return error === null ? null : text(error.message) || 'error';
}

function extraFields(
  fields: Readonly<Record<string, unknown>>,
  { primary, edits }: SampleScores,
  graderCostUsd: number | null,
): Record<string, Cell> {
  const conversation = conversationFacts(fields);
  const working = number(fields.working_time);
  const retries = list(fields.error_retries)?.length ?? 0;
  const extra: Record<string, Cell> = {
    answer: contentText(primary?.answer),
    explanation: contentText(primary?.explanation),
    choices: contentText(fields.choices),
    stop_reason: text(path(fields, 'output.choices.0.stop_reason')),
    turns: conversation === null ? null : String(conversation.turns),
    tool_calls: conversation === null ? null : String(conversation.toolCalls),
    tools: conversation === null || conversation.tools.length === 0 ? null : conversation.tools,
    working_ms: working === null ? null : String(working * 1000),
    retries: retries === 0 ? null : String(retries),
    grader_cost_usd: graderCostUsd === null ? null : String(graderCostUsd),
    score_edits: edits.length === 0 ? null : contentText(edits),
  };
  return Object.fromEntries(Object.entries(extra).filter(([, cell]) => cell !== null));
}

function invalidationOf(fields: Readonly<Record<string, unknown>>): string | null {
  const invalidation = record(fields.invalidation);
  if (invalidation === null) return null;
  const reason = text(invalidation.reason);
  return `invalidated by ${text(invalidation.author) ?? 'somebody'}${reason === null ? '' : `: ${reason}`}`;
}

function wholeNumber(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 ? value : null;
}

function textOrList(value: unknown): string | readonly unknown[] | null {
  return text(value) ?? list(value);
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  if (typeof value !== 'object') return false;
  // Condensed events come with empty pools of messages and calls.
  return Object.values(value).every((part) => Array.isArray(part) && part.length === 0);
}
