/** Writes one result as an instance row of Every Eval Ever (schema 0.3.0). */

import { createHash } from 'node:crypto';
import type { ExportRow } from './export-row.ts';
import type { LossLog } from './losses.ts';

/** What holds for all rows of an export. */
export interface InstanceContext {
  readonly evaluationId: string;
  readonly evaluationName: string;
  readonly resultId: string;
  readonly model: string;
  /** Lowest score that passes, for runs that grade without a verdict; null where the user gave none. */
  readonly passAt: number | null;
  readonly lowerIsBetter: boolean;
}

export const SCHEMA_VERSION = '0.3.0';

/**
 * The row, or null where the format cannot hold it: it has no place for results without a verdict. Fields without a place of
 * their own go to `metadata` as texts; `slicewise.` marks those that our importer reads back into their role.
 */
export function instanceRowOf(
  row: ExportRow,
  context: InstanceContext,
  losses: LossLog,
): Readonly<Record<string, unknown>> | null {
  const verdict = verdictOf(row, context);
  if (verdict === null) {
    losses.add(
      row.status === 'unscored'
        ? 'unscored results are left out: an instance row must be right or wrong'
        : 'graded results without a verdict are left out: say --pass-at NUMBER, the lowest score that passes',
    );
    return null;
  }
  if (row.status === 'error') losses.add('errors are written with score 0, not correct, and their text');
  if (row.input === null) losses.add('a missing input is written as an empty text');
  const raw = row.input ?? '';
  const reference = row.expected === null ? [] : [row.expected];
  return {
    schema_version: SCHEMA_VERSION,
    evaluation_id: context.evaluationId,
    model_id: context.model,
    evaluation_name: context.evaluationName,
    evaluation_result_id: context.resultId,
    sample_id: row.caseId,
    sample_hash: createHash('sha256').update(JSON.stringify({ raw, reference })).digest('hex'),
    interaction_type: 'single_turn',
    input: { raw, reference },
    output: { raw: row.output === null ? [] : [row.output] },
    answer_attribution: [],
    evaluation: { score: verdict.score, is_correct: verdict.correct },
    ...tokensOf(row),
    ...(row.latencyMs === null ? {} : { performance: { latency_ms: row.latencyMs } }),
    ...(row.error === null ? {} : { error: row.error }),
    metadata: Object.fromEntries(metadataOf(row, verdict.score)),
  };
}

function verdictOf(
  row: ExportRow,
  { passAt, lowerIsBetter }: InstanceContext,
): { readonly score: number; readonly correct: boolean } | null {
  if (row.status === 'error') return { score: 0, correct: false };
  if (row.passed !== null) return { score: Number(row.passed), correct: row.passed };
  if (row.score === null || passAt === null) return null;
  return { score: row.score, correct: lowerIsBetter ? row.score <= passAt : row.score >= passAt };
}

/** The format wants all three counts or none. */
function tokensOf({ inputTokens, outputTokens, totalTokens }: ExportRow): Record<string, unknown> {
  const counts = [inputTokens, outputTokens, totalTokens];
  if (!counts.every((count) => count !== null && Number.isSafeInteger(count) && count >= 0)) return {};
  return {
    token_usage: { input_tokens: inputTokens, output_tokens: outputTokens, total_tokens: totalTokens },
  };
}

function* metadataOf(row: ExportRow, written: number): Generator<readonly [string, string]> {
  for (const [name, cell] of row.fields) {
    if (cell !== null) yield [name, typeof cell === 'string' ? cell : JSON.stringify(cell)];
  }
  for (const [name, value] of row.scores) yield [`scores.${name}`, String(value)];
  const hasTokens = 'token_usage' in tokensOf(row);
  const kept: readonly (readonly [string, string | number | null])[] = [
    ['trial', row.trial === '' ? null : row.trial],
    ['score', row.score === written ? null : row.score],
    ['cost_usd', row.costUsd],
    ['cluster', row.cluster],
    ['timestamp', row.timestamp],
    ['judge_fingerprint', row.judgeFingerprint],
    ['dataset_fingerprint', row.datasetFingerprint],
    ['prompt_fingerprint', row.promptFingerprint],
    ['code_fingerprint', row.codeFingerprint],
    ['input_tokens', hasTokens ? null : row.inputTokens],
    ['output_tokens', hasTokens ? null : row.outputTokens],
    ['total_tokens', hasTokens ? null : row.totalTokens],
  ];
  for (const [name, value] of kept) if (value !== null) yield [`slicewise.${name}`, String(value)];
}
