/** What the value of an Inspect score means: numbers, verdicts, several metrics in one, and edits by people. */

import { parseDecimal } from '../../../cases/index.ts';
import { list, record } from '../json-access.ts';

/** A value that is one number, text, or true or false. */
export type ScalarValue = string | number | boolean;

/** One metric of a score. */
export interface ScoreMetric {
  /** `match`, or `rubric.tone` and `rubric.1` where the scorer gives several values. */
  readonly name: string;
  readonly value: ScalarValue | null;
}

/** Inspect's own letters. */
const LETTERS: ReadonlyMap<string, number> = new Map([
  ['C', 1],
  ['P', 0.5],
  ['I', 0],
  ['N', 0],
]);

const WORDS: ReadonlyMap<string, number> = new Map([
  ['yes', 1],
  ['true', 1],
  ['no', 0],
  ['false', 0],
]);

/**
 * The number that Inspect counts for a value; null for NaN, which is Inspect's mark of an unscored sample, and for texts that
 * spell no number (which Inspect counts as 0).
 *
 * @source inspect_ai 0.3.285, value_to_float in scorer/_metric.py
 * @example scoreNumber('P') // 0.5
 */
export function scoreNumber(value: ScalarValue | null): number | null {
  if (value === null) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  return verdict(value) ?? parseDecimal(value.trim());
}

/** Whether a value is a verdict (a letter, yes or no, true or false) and no number. */
export function isVerdict(value: ScalarValue | null): boolean {
  return typeof value === 'boolean' || (typeof value === 'string' && verdict(value) !== null);
}

function verdict(text: string): number | null {
  return LETTERS.get(text) ?? WORDS.get(text.toLowerCase()) ?? null;
}

/** What a score holds after all edits. */
export interface CurrentScore {
  readonly value: unknown;
  readonly answer: unknown;
  readonly explanation: unknown;
  /** Edits by people, oldest first; the value as the scorer gave it is not among them. */
  readonly edits: readonly Readonly<Record<string, unknown>>[];
}

/** Stands in an edit for a field that it leaves as it was. */
const UNCHANGED = 'UNCHANGED';

/** The score as it stands: of each field the last edit that changed it wins. */
export function currentScore(score: Readonly<Record<string, unknown>>): CurrentScore {
  const history = (list(score.history) ?? []).map(record).filter((edit) => edit !== null);
  const current = (field: string): unknown =>
    history.findLast((edit) => edit[field] !== undefined && edit[field] !== UNCHANGED)?.[field] ??
    score[field];
  return {
    value: current('value'),
    answer: current('answer'),
    explanation: current('explanation'),
    edits: history.filter((edit) => record(edit.provenance) !== null),
  };
}

/**
 * The metrics in a value; null where it is none of Inspect's kinds of value.
 *
 * @example scoreMetrics('rubric', { tone: 1, facts: 'C' }) // rubric.tone and rubric.facts
 */
export function scoreMetrics(name: string, value: unknown): readonly ScoreMetric[] | null {
  if (value === null || value === undefined) return [{ name, value: null }];
  if (isScalar(value)) return [{ name, value }];
  const parts =
    list(value)?.map((part, at) => [String(at + 1), part] as const) ?? Object.entries(record(value) ?? {});
  if (!parts.every(([, part]) => part === null || isScalar(part))) return null;
  return parts.map(([key, part]) => ({ name: `${name}.${key}`, value: part as ScalarValue | null }));
}

function isScalar(value: unknown): value is ScalarValue {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
