/** Sorts the scores of Langfuse: machine scores are metrics, annotations are human labels, texts are neither. */

import type { Cell } from '../../../cases/index.ts';
import { contentText, list, number, record, text } from '../json-access.ts';
import { type MetricValue, unwrapJson } from '../records/index.ts';

/** The scores of one row by what they are. */
export interface SortedScores {
  readonly metrics: Readonly<Record<string, MetricValue>>;
  /** `human.NAME`, `label.NAME`, `comment.NAME`. */
  readonly extra: Readonly<Record<string, Cell>>;
  /** Scores that belong to a part of the trace, by name. */
  readonly ofParts: readonly string[];
  /** Names of which there were several; the latest counts. */
  readonly repeated: readonly string[];
}

const NOTHING: SortedScores = { metrics: {}, extra: {}, ofParts: [], repeated: [] };

/**
 * Sorts a list of scores as the API gives them.
 *
 * @param whole ids of observations that stand for the whole trace, such as its root
 */
export function sortScores(scores: unknown, whole: ReadonlySet<string>): SortedScores {
  const all = (list(scores) ?? []).map(record).filter((score) => score !== null);
  if (all.length === 0) return NOTHING;
  const metrics: Record<string, MetricValue> = {};
  const extra: Record<string, Cell> = {};
  const ofParts: string[] = [];
  const repeated: string[] = [];
  for (const score of all.toSorted(byTime)) {
    const name = text(score.name) ?? '(unnamed)';
    const observation = text(score.observationId) ?? subjectOf(score);
    if (observation !== null && !whole.has(observation)) {
      ofParts.push(name);
      continue;
    }
    const value = scoreValue(score);
    if (score.source === 'ANNOTATION' || score.dataType === 'CORRECTION') {
      extra[`human.${name}`] = contentText(typeof value === 'boolean' ? String(value) : value);
    } else if (typeof value === 'string') {
      extra[`label.${name}`] = value;
    } else {
      if (Object.hasOwn(metrics, name)) repeated.push(name);
      metrics[name] = value;
    }
    const comment = text(score.comment);
    if (comment !== null && comment !== '') extra[`comment.${name}`] = comment;
  }
  return { metrics, extra, ofParts, repeated };
}

function byTime(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): number {
  const timeOf = (score: Readonly<Record<string, unknown>>): string =>
    text(score.updatedAt) ?? text(score.timestamp) ?? '';
  return timeOf(a) < timeOf(b) ? -1 : Number(timeOf(a) > timeOf(b));
}

/** Newer answers name what a score is about in `subject`. */
function subjectOf(score: Readonly<Record<string, unknown>>): string | null {
  const subject = record(score.subject);
  if (subject === null) return null;
  const kind = text(subject.kind) ?? text(subject.type);
  return kind === 'observation' || kind === 'OBSERVATION'
    ? (text(subject.id) ?? text(subject.observationId))
    : null;
}

function scoreValue(score: Readonly<Record<string, unknown>>): MetricValue | string {
  const { dataType, value } = score;
  if (dataType === 'BOOLEAN') return booleanOf(value) ?? booleanOf(score.stringValue);
  if (dataType === 'CATEGORICAL' || dataType === 'TEXT' || dataType === 'CORRECTION') {
    return text(score.stringValue) ?? text(score.longStringValue) ?? contentText(value);
  }
  return number(value) ?? (typeof value === 'boolean' ? value : text(score.stringValue));
}

function booleanOf(value: unknown): boolean | null {
  if (value === true || value === 1 || value === 'True' || value === 'true') return true;
  return value === false || value === 0 || value === 'False' || value === 'false' ? false : null;
}

/**
 * The scores that a table export writes as one column per name, each a list of values (`[0.5]`, `["True"]`). Several
 * numbers of one name become their mean.
 *
 * @returns null where the cell is no list, and so no score
 */
export function columnScore(cell: unknown): MetricValue | string | null {
  const values = list(unwrapJson(cell).value);
  if (values === null || values.length === 0) return null;
  const numbers = values.map(number).filter((value) => value !== null);
  if (numbers.length === values.length)
    return numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  const flags = values.map(booleanOf);
  if (flags.length === 1 && flags[0] !== null) return flags[0]!;
  return values.map((value) => contentText(value) ?? '').join(', ');
}
