/** Sorts the assessments of an MLflow trace: feedback of code and judges, human feedback, expectations. */

import type { Cell } from '../../../cases/index.ts';
import { contentId, contentText, record, text } from '../json-access.ts';
import type { MetricValue, RecordFields } from '../records/index.ts';

/** The assessments of one trace by what they are. */
export interface Assessed {
  readonly metrics: Readonly<Record<string, MetricValue>>;
  /** `human.NAME`, `label.NAME`, `comment.NAME`, `scorer_error.NAME`, `expected.NAME`. */
  readonly extra: Readonly<Record<string, Cell>>;
  readonly expected: string | null;
  /** Of the digests that MLflow keeps of its scorers; null where it keeps none. */
  readonly judgeFingerprint: string | null;
}

const COLUMN = /^(.+)\/(value|rationale|error_message)$/s;

/**
 * Sorts assessments. Frames without a list of them have columns `NAME/value`, `NAME/rationale` and `NAME/error_message`.
 *
 * @param drop writes down an assessment that counts no more
 */
export function readAssessments(
  listed: readonly unknown[],
  fields: RecordFields,
  drop: (reason: string) => void,
): Assessed {
  const gathered: Gathered = { metrics: {}, extra: {}, expectations: {}, digests: {} };
  const { metrics, extra, expectations, digests } = gathered;
  for (const assessment of listed.map(record)) {
    const name = text(assessment?.assessment_name) ?? text(assessment?.name);
    if (assessment === null || name === null)
      fields.problem('assessments', 'holds an assessment without a name');
    else if (assessment.valid === false) drop(`assessment ${name} that a later one replaces`);
    else takeListed(name, assessment, gathered);
  }
  if (listed.length === 0) takeColumns(fields, metrics, extra);
  for (const [name, value] of Object.entries(expectations)) {
    if (name !== 'expected_response') extra[`expected.${name}`] = contentText(value);
  }
  const whole = Object.keys(expectations).length === 0 ? null : expectations;
  return {
    metrics,
    extra,
    expected: contentText(expectations.expected_response ?? whole),
    judgeFingerprint: Object.keys(digests).length === 0 ? null : contentId(digests),
  };
}

interface Gathered {
  readonly metrics: Record<string, MetricValue>;
  readonly extra: Record<string, Cell>;
  readonly expectations: Record<string, unknown>;
  readonly digests: Record<string, string>;
}

function takeListed(name: string, assessment: Readonly<Record<string, unknown>>, gathered: Gathered): void {
  const { metrics, extra, expectations, digests } = gathered;
  const expectation = record(assessment.expectation);
  const feedback = record(assessment.feedback);
  if (expectation !== null) {
    expectations[name] = expectation.value ?? unserialised(expectation.serialized_value);
    return;
  }
  if (record(assessment.source)?.source_type === 'HUMAN') {
    extra[`human.${name}`] = contentText(feedback?.value);
    return;
  }
  const error = record(feedback?.error) ?? record(assessment.error);
  const failure = error === null ? null : (text(error.error_message) ?? text(error.error_code));
  take(name, feedback?.value, failure, metrics, extra);
  const rationale = text(assessment.rationale);
  if (rationale !== null && rationale !== '') extra[`comment.${name}`] = rationale;
  const digest = text(record(assessment.metadata)?.['mlflow.assessment.scorerDigest']);
  if (digest !== null) digests[name] = digest;
}

/** MLflow's own judges say yes and no; another text is a label. */
function take(
  name: string,
  value: unknown,
  error: string | null,
  metrics: Record<string, MetricValue>,
  extra: Record<string, Cell>,
): void {
  if (error !== null) extra[`scorer_error.${name}`] = error;
  if (value === null || value === undefined) metrics[name] = null;
  else if (typeof value === 'boolean') metrics[name] = value;
  else if (typeof value === 'number') metrics[name] = Number.isFinite(value) ? value : null;
  else if (value === 'yes' || value === 'no') metrics[name] = value === 'yes';
  else extra[`label.${name}`] = contentText(value);
}

function takeColumns(
  fields: RecordFields,
  metrics: Record<string, MetricValue>,
  extra: Record<string, Cell>,
): void {
  for (const column of Object.keys(fields.record.fields)) {
    const [, name, part] = COLUMN.exec(column) ?? [];
    const value = fields.raw(column);
    if (name === undefined || value === undefined) continue;
    if (part === 'rationale') extra[`comment.${name}`] = contentText(value);
    else if (part === 'error_message') take(name, null, contentText(value), metrics, extra);
    else take(name, fields.record.isText ? spelled(String(value)) : value, null, metrics, extra);
  }
}

function spelled(cell: string): unknown {
  if (cell === 'True' || cell === 'False') return cell === 'True';
  return cell !== '' && Number.isFinite(Number(cell)) ? Number(cell) : cell;
}

function unserialised(value: unknown): unknown {
  return record(value)?.value ?? null;
}
