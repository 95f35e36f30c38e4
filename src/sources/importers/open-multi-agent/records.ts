/** Turns the records of one case and repeat, one per scorer, into a result. */

import type { Cell } from '../../../cases/index.ts';
import type { ImportedResult } from '../importer.ts';
import { boolean, contentText, flattenTags, number, path, record, scalarText, text } from '../json-access.ts';
import type { SetCase } from './documents.ts';

type Fields = Readonly<Record<string, unknown>>;

/** One record with its place. */
export interface ScorerRecord {
  readonly fields: Fields;
  readonly caseId: string;
  readonly repeat: string;
  readonly scorer: string;
  readonly version: string | null;
  readonly line: number;
}

const MAPPED = new Set(
  (
    'schemaVersion recordId evalRunId source timestampUnixMs evalSet caseId repeat scorer status score pass reason details ' +
    'metadata usage error payload'
  ).split(' '),
);

/** The record, or null where its keys are missing. */
export function scorerRecordOf(value: unknown, line: number): ScorerRecord | null {
  const fields = record(value);
  const caseId = scalarText(fields?.caseId) ?? scalarText(path(fields, 'runRef.runId'));
  const scorer = text(path(fields, 'scorer.name'));
  if (fields === null || caseId === null || scorer === null || text(fields.status) === null) return null;
  return {
    fields,
    caseId,
    repeat: scalarText(fields.repeat) ?? '1',
    scorer,
    version: scalarText(path(fields, 'scorer.version')),
    line,
  };
}

/** Fields of a record that nothing maps. */
export function unmappedOf({ fields }: ScorerRecord): readonly string[] {
  return Object.keys(fields).filter((key) => !MAPPED.has(key));
}

/**
 * One result: the primary scorer decides, all scorers are metrics. A scorer that failed says nothing of the case; a target that
 * failed is an error, whatever scorer says so.
 */
export function resultOf(
  run: string,
  records: readonly ScorerRecord[],
  primary: string,
  found: SetCase | null,
): ImportedResult {
  const first = records[0]!;
  const deciding = records.find(({ scorer }) => scorer === primary);
  const failed = records.find(({ fields }) => fields.status === 'target_error');
  const usage = records.map(({ fields }) => record(fields.usage)).find((value) => value !== null) ?? null;
  const payload = records.map(({ fields }) => record(fields.payload)).find((value) => value !== null) ?? null;
  const time = number(first.fields.timestampUnixMs);
  return {
    run,
    caseId: first.caseId,
    trial: first.repeat,
    ...(failed === undefined ? outcomeOf(deciding) : errorOf(failed)),
    scores: Object.fromEntries(records.flatMap(scoresOf)),
    input: contentText(payload?.input) ?? found?.input ?? null,
    expected: contentText(payload?.expected) ?? found?.expected ?? null,
    output: contentText(payload?.output),
    latencyMs: number(usage?.durationMs),
    costUsd: number(path(usage, 'cost.totalUsd')) ?? number(path(usage, 'cost.usd')),
    inputTokens: number(path(usage, 'tokens.input_tokens')) ?? number(path(usage, 'tokens.inputTokens')),
    outputTokens: number(path(usage, 'tokens.output_tokens')) ?? number(path(usage, 'tokens.outputTokens')),
    timestamp: time === null ? null : new Date(time).toISOString(),
    tags: { ...flattenTags(first.fields.metadata), ...found?.tags },
    extra: extraOf(records),
    judgeFingerprint: records
      .map(({ scorer, version }) => (version === null ? scorer : `${scorer}@${version}`))
      .sort()
      .join(', '),
    line: first.line,
  };
}

function outcomeOf(deciding: ScorerRecord | undefined): Pick<ImportedResult, 'status' | 'passed' | 'score'> {
  const score = number(deciding?.fields.score);
  const passed = boolean(deciding?.fields.pass);
  const isScored = deciding?.fields.status === 'scored' && (score !== null || passed !== null);
  return isScored ? { status: 'scored', passed, score } : { status: 'unscored', passed: null, score: null };
}

function errorOf({ fields }: ScorerRecord): Pick<ImportedResult, 'status' | 'passed' | 'score' | 'error'> {
  const error = text(path(fields, 'error.message')) ?? text(fields.reason) ?? contentText(fields.error);
  return { status: 'error', passed: null, score: null, error: error ?? 'the target failed' };
}

function scoresOf({ fields, scorer }: ScorerRecord): [string, number | boolean | null][] {
  const isScored = fields.status === 'scored';
  const passed = boolean(fields.pass);
  return [
    [scorer, isScored ? number(fields.score) : null],
    ...(passed === null
      ? []
      : [[`${scorer}.pass`, isScored ? passed : null] satisfies [string, boolean | null]]),
  ];
}

function extraOf(records: readonly ScorerRecord[]): Record<string, Cell> {
  return Object.fromEntries(
    records.flatMap(({ fields, scorer }): [string, Cell][] => {
      const reason = text(fields.reason);
      const isBroken = fields.status === 'scorer_error' || fields.status === 'skipped';
      const error = text(path(fields, 'error.message')) ?? text(fields.status);
      return [
        ...(reason === null ? [] : [[`reason.${scorer}`, reason] satisfies [string, Cell]]),
        ...(isBroken ? [[`scorer_error.${scorer}`, error] satisfies [string, Cell]] : []),
        ...Object.entries(flattenTags(fields.details, `details.${scorer}`)),
      ];
    }),
  );
}
