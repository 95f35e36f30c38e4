/** Turns one promptfoo result into one row. */

import type { Cell, ProblemLog } from '../../../cases/index.ts';
import type { ImportedResult } from '../imported-result.ts';
import {
  boolean,
  contentText,
  flattenTags,
  list,
  number,
  path,
  record,
  scalarText,
  text,
} from '../json-access.ts';
import { type FieldPlace, type FieldReader, fieldReader } from '../typed-field.ts';
import {
  type AssertionOutcome,
  assertionMetrics,
  assertionOutcomes,
  expectedText,
  graderFingerprint,
} from './assertions.ts';
import type { NamedColumn } from './provider-columns.ts';
import { testIdentity, testVariables } from './test-identity.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Name of promptfoo's own score. */
export const OVERALL = 'score';

/** A result as it was read. */
export interface ReadResult {
  readonly row: Omit<ImportedResult, 'trial'>;
  readonly outcomes: readonly AssertionOutcome[];
  /** As the file states them, before anything is left out, to compare sums with the header. */
  readonly stated: {
    readonly score: number;
    readonly latencyMs: number;
    readonly cost: number;
    readonly outcome: 'pass' | 'fail' | 'error';
  };
  readonly isCached: boolean;
  readonly isPlaceId: boolean;
  /** The result was graded by nothing, which promptfoo calls a pass. */
  readonly isUngraded: boolean;
  /** Fields that nothing maps. */
  readonly unmapped: readonly string[];
}

const READ_FIELDS: ReadonlySet<string> = new Set(
  (
    'id evalId cost error failureReason gradingResult latencyMs namedScores prompt promptId promptIdx provider response ' +
    'score success testCase testIdx tokenUsage vars metadata description'
  ).split(' '),
);
const READ_RESPONSE: ReadonlySet<string> = new Set(
  'output tokenUsage cached cost finishReason error raw'.split(' '),
);

/** promptfoo's reasons: 1 an assertion rejected the answer, 2 something else went wrong. */
const REASONS: readonly unknown[] = [0, 1, 2];
const REASON_ERROR = 2;

/**
 * Reads a result; null, with the reasons in the log of problems, where it is none.
 *
 * @param primary name of the metric that decides
 */
export function readResult(
  value: unknown,
  place: FieldPlace,
  column: NamedColumn,
  primary: string,
  log: ProblemLog,
): ReadResult | null {
  const fields = record(value);
  if (fields === null) {
    log.add({ message: 'found a result that is no object', where: place });
    return null;
  }
  const before = log.count();
  const field = fieldReader(fields, place, log);
  const parts = {
    testCase: field('testCase', record, 'an object'),
    grading: field('gradingResult', record, 'an object'),
    response: field('response', record, 'an object'),
    metadata: field('metadata', record, 'an object'),
    success: field('success', boolean, 'true or false'),
    score: field('score', number, 'a number'),
    latencyMs: field('latencyMs', number, 'a number'),
    cost: field('cost', number, 'a number'),
    reason: field('failureReason', reasonOf, '0, 1 or 2'),
    named: namedScores(field, place, log),
  };
  field('vars', record, 'an object');
  const identity = testIdentity(fields);
  if (identity === null && log.count() === before) {
    log.add({
      message: 'the result has no variables, prompt or testIdx to tell its test case by',
      where: { ...place, field: 'vars' },
    });
  }
  if (log.count() > before || identity === null) return null;
  return assemble(fields, parts, identity, place.line, column, primary);
}

interface Parts {
  readonly testCase: Fields | null;
  readonly grading: Fields | null;
  readonly response: Fields | null;
  readonly metadata: Fields | null;
  readonly success: boolean | null;
  readonly score: number | null;
  readonly latencyMs: number | null;
  readonly cost: number | null;
  readonly reason: number | null;
  readonly named: Readonly<Record<string, number>>;
}

function assemble(
  fields: Fields,
  parts: Parts,
  identity: { readonly caseId: string; readonly isPlace: boolean },
  line: number,
  column: NamedColumn,
  primary: string,
): ReadResult {
  const { testCase, grading, response } = parts;
  const vars = testVariables(fields);
  const outcomes = assertionOutcomes(grading);
  const verdict = verdictOf(fields, parts, outcomes, primary);
  const isCached = response?.cached === true;
  const tokens = record(response?.tokenUsage) ?? record(fields.tokenUsage);
  const tags = flattenTags(testCase?.metadata);
  return {
    row: {
      run: column.run,
      caseId: identity.caseId,
      ...verdict,
      input: contentText(path(fields, 'prompt.raw') ?? text(fields.prompt)) ?? contentText(vars),
      expected: expectedText(testCase, grading, vars),
      output: contentText(response?.output),
      latencyMs: isCached ? null : parts.latencyMs,
      costUsd: parts.cost ?? number(response?.cost),
      inputTokens: number(tokens?.prompt),
      outputTokens: number(tokens?.completion),
      totalTokens: number(tokens?.total),
      model: text(path(fields, 'provider.id')) ?? text(fields.provider),
      cluster: scalarText(path(testCase, 'metadata.conversationId')),
      tags: Object.fromEntries(Object.entries(tags).filter(([name]) => !name.startsWith('_promptfoo'))),
      extra: extraFields(fields, parts, vars),
      judgeFingerprint: graderFingerprint(testCase),
      promptFingerprint: column.promptFingerprint ?? text(fields.promptId),
      line,
    },
    outcomes,
    stated: {
      score: parts.score ?? 0,
      latencyMs: parts.latencyMs ?? 0,
      cost: parts.cost ?? 0,
      outcome: verdict.status === 'error' ? 'error' : parts.success === true ? 'pass' : 'fail',
    },
    isCached,
    isPlaceId: identity.isPlace,
    isUngraded: grading !== null && outcomes.length === 0 && parts.success === true,
    unmapped: unmappedFields(fields, response),
  };
}

/**
 * What became of a result. `error` alone says nothing: it repeats the text of a failed assertion. A grader that failed leaves
 * the result without a score.
 */
function verdictOf(
  fields: Fields,
  parts: Parts,
  outcomes: readonly AssertionOutcome[],
  primary: string,
): Pick<ImportedResult, 'status' | 'passed' | 'score' | 'scores' | 'error'> {
  const { grading, reason } = parts;
  const errorText = contentText(fields.error) ?? contentText(path(fields, 'response.error'));
  if (reason === null ? errorText !== null && grading === null : reason === REASON_ERROR) {
    return { status: 'error', passed: null, score: null, scores: {}, error: errorText || 'error' };
  }
  const metrics = assertionMetrics(outcomes);
  const graderFailed =
    outcomes.some((outcome) => outcome.graderFailed) || path(grading, 'metadata.graderError') === true;
  const scores = scoresOf(parts, outcomes, metrics, graderFailed);
  const score = Object.hasOwn(scores, primary) ? (scores[primary] ?? null) : null;
  const passed =
    primary === OVERALL ? overallPass(parts, outcomes, graderFailed) : (metrics.get(primary)?.pass ?? null);
  return { status: score === null && passed === null ? 'unscored' : 'scored', passed, score, scores };
}

function scoresOf(
  { score, named }: Parts,
  outcomes: readonly AssertionOutcome[],
  metrics: ReturnType<typeof assertionMetrics>,
  graderFailed: boolean,
): Record<string, number | null> {
  const scores = new Map<string, number | null>([[OVERALL, graderFailed ? null : score]]);
  for (const [name, value] of Object.entries(named)) {
    const failed = outcomes.some((outcome) => outcome.metric === name && outcome.graderFailed);
    scores.set(name === OVERALL ? `named.${name}` : name, failed ? null : value);
  }
  for (const [name, metric] of metrics) if (!scores.has(name)) scores.set(name, metric.score);
  return Object.fromEntries(scores);
}

/** promptfoo's verdict; after a failed grader only a failure that stands without it, because all assertions must pass. */
function overallPass(
  { testCase, success }: Parts,
  outcomes: readonly AssertionOutcome[],
  graderFailed: boolean,
): boolean | null {
  if (!graderFailed) return success;
  const isWeighed = testCase?.threshold !== undefined || testCase?.assertScoringFunction !== undefined;
  const failsAnyway = outcomes.some((outcome) => outcome.pass === false && !outcome.graderFailed);
  return success === false && failsAnyway && !isWeighed ? false : null;
}

function namedScores(
  field: FieldReader,
  place: FieldPlace,
  log: ProblemLog,
): Readonly<Record<string, number>> {
  const named = field('namedScores', record, 'an object') ?? {};
  const read = fieldReader(named, { ...place, within: 'namedScores' }, log);
  const scores: [string, number][] = [];
  for (const name of Object.keys(named)) {
    const score = read(name, number, 'a number');
    if (score !== null) scores.push([name, score]);
  }
  return Object.fromEntries(scores);
}

function extraFields(
  fields: Fields,
  { testCase, grading, response, metadata }: Parts,
  vars: Fields,
): Record<string, Cell> {
  const known = record(testCase?.metadata) ?? {};
  const added = Object.entries(metadata ?? {}).filter(
    ([name]) => !name.startsWith('_promptfoo') && !Object.hasOwn(known, name),
  );
  const extra: Record<string, Cell> = {
    ...flattenTags(vars, 'vars'),
    ...flattenTags(Object.fromEntries(added), 'metadata'),
    description: text(testCase?.description) ?? text(fields.description),
    reason: text(grading?.reason),
    comment: text(grading?.comment) || null,
    finish_reason: text(response?.finishReason),
    cached: response?.cached === true ? 'true' : null,
  };
  return Object.fromEntries(Object.entries(extra).filter(([, cell]) => cell !== null));
}

function unmappedFields(fields: Fields, response: Fields | null): string[] {
  const names = Object.keys(fields).filter((name) => !READ_FIELDS.has(name));
  for (const [name, value] of Object.entries(response ?? {})) {
    if (!READ_RESPONSE.has(name) && !isEmpty(value)) names.push(`response.${name}`);
  }
  return names;
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '' || value === false) return true;
  return list(value)?.length === 0 || (record(value) !== null && Object.keys(value as object).length === 0);
}

function reasonOf(value: unknown): number | null {
  return REASONS.includes(value) ? (value as number) : null;
}
