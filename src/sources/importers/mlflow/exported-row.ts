/** What `slicewise export --to mlflow` writes beside MLflow's own columns, so that a table reads back as it was. */

import type { MetricValue, RecordFields, UnjudgedRow } from '../records/index.ts';

/** Columns with one meaning each; everything else in the table is read as in any other. */
const COLUMNS: ReadonlySet<string> = new Set([
  ...[
    'trial',
    'status',
    'error',
    'input_tokens',
    'total_tokens',
    'cost_usd',
    'model',
    'cluster',
    'timestamp',
  ],
  ...['judge_fingerprint', 'dataset_fingerprint', 'prompt_fingerprint', 'code_fingerprint'],
]);

/** Name of the metric that holds verdicts. */
const VERDICT = 'passed';

/** Whether the table was written by the export: every table of it has these two columns, and MLflow has neither. */
export function isExported(columns: readonly string[]): boolean {
  return columns.includes('case_id') && columns.includes('status');
}

/** Whether `exportedFields` reads the column. */
export function isExportedColumn(column: string): boolean {
  return COLUMNS.has(column);
}

/** The fields of these columns. */
export function exportedFields(fields: RecordFields): Partial<UnjudgedRow['result']> {
  const trial = fields.text('trial');
  return {
    ...(trial === null ? {} : { trial }),
    inputTokens: fields.number('input_tokens'),
    totalTokens: fields.number('total_tokens'),
    costUsd: fields.number('cost_usd'),
    model: fields.text('model'),
    cluster: fields.text('cluster'),
    timestamp: fields.text('timestamp'),
    judgeFingerprint: fields.text('judge_fingerprint'),
    datasetFingerprint: fields.text('dataset_fingerprint'),
    promptFingerprint: fields.text('prompt_fingerprint'),
    codeFingerprint: fields.text('code_fingerprint'),
  };
}

/** The text of the error; null where the row has none. */
export function exportedFailure(fields: RecordFields): string | null {
  return fields.text('status') === 'error' ? (fields.text('error') ?? 'error') : null;
}

/** Verdicts are written as 1 and 0, because MLflow averages its scores. */
export function withVerdict(
  metrics: Readonly<Record<string, MetricValue>>,
): Readonly<Record<string, MetricValue>> {
  const verdict = Object.hasOwn(metrics, VERDICT) ? metrics[VERDICT] : null;
  return verdict === 0 || verdict === 1 ? { ...metrics, [VERDICT]: verdict === 1 } : metrics;
}
