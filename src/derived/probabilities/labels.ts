/** Which labels a classification has, in which order, and which of two is the positive one. */

import { createHash } from 'node:crypto';
import type { Cell } from '../../cases/index.ts';
import { compareText } from '../../slices/index.ts';
import { cellText } from '../text-cell.ts';

/** The labels of a comparison, from the true labels, the predicted ones and the names in the probabilities of both runs. */
export interface ProbabilityLabels {
  /** Whole numbers in their order, else texts by code point: the order of the numbers in a list. */
  readonly labels: readonly string[];
  /** Place of a label, or of the hash of one; undefined where there is none. */
  indexOf(text: string): number | undefined;
  /** Place of the positive label where there are at most two labels; null where it is not known, or there are more. */
  readonly positive: number | null;
  /** Whether the positive label is known by itself, and not only as the second one. */
  readonly isPositiveSure: boolean;
}

const POSITIVE = /^(?:1|1\.0|true|yes|y|t|positive|pos)$/i;
const NEGATIVE = /^(?:0|0\.0|-1|false|no|n|f|negative|neg)$/i;
const HASH = /^sha256:[0-9a-f]{64}$/;

/**
 * Orders labels and finds the positive one: the one that the column is named after (`p_spam`), the one that says yes or stands
 * against a no, else of two the second, as scikit-learn orders classes, which is good where probabilities name their labels.
 *
 * @param found every label text of both runs
 * @param column name of a column of single numbers; null where each label has a column
 * @param said the positive label where the configuration names it
 * @param longestList most numbers in any list: labels that are places in it (`0`, `2`) are completed
 * @example probabilityLabels(new Set(['spam', 'ham']), 'p_spam').positive // 1
 */
export function probabilityLabels(
  found: ReadonlySet<string>,
  column: string | null,
  longestList = 0,
  said: string | null = null,
): ProbabilityLabels {
  const texts = [...found].filter((text) => !HASH.test(text));
  const labels = ordered(texts, longestList);
  const index = new Map(labels.map((label, at) => [label, at]));
  const hashed = new Map(
    found.size === texts.length ? [] : labels.map((label, at) => [`sha256:${sha256(label)}`, at]),
  );
  const sure = labels.length > 2 ? -1 : surePositive(labels, column, said);
  return {
    labels,
    indexOf: (text) => index.get(text) ?? hashed.get(text),
    positive: sure >= 0 ? sure : labels.length === 2 ? 1 : null,
    isPositiveSure: sure >= 0,
  };
}

function ordered(texts: readonly string[], longestList: number): readonly string[] {
  if (!texts.every((text) => /^(?:0|[1-9]\d{0,5})$/.test(text))) return texts.toSorted(compareText);
  const numbers = texts.map(Number).toSorted((a, b) => a - b);
  const arePlaces = numbers.length < longestList && (numbers.at(-1) ?? 0) < longestList;
  return arePlaces ? Array.from({ length: longestList }, (_, at) => String(at)) : numbers.map(String);
}

/** Place of the positive label; 1 where the only label is the negative one. */
function surePositive(labels: readonly string[], column: string | null, said: string | null): number {
  // A positive label without a case stands beside the only one.
  if (said !== null && labels.includes(said)) return labels.indexOf(said);
  if (said !== null && labels.length === 1) return 1;
  const named = column === null ? -1 : labels.findIndex((label) => isNamedAfter(column, label));
  if (named >= 0) return named;
  const yes = labels.findIndex((label) => POSITIVE.test(label.trim()));
  if (yes >= 0) return yes;
  const no = labels.findIndex((label) => NEGATIVE.test(label.trim()));
  return no >= 0 ? 1 - no : -1;
}

/** `p_spam`, `prob_spam`, `spam_probability`; a suffix of the run is passed over (`p_spam_before`). */
function isNamedAfter(column: string, label: string): boolean {
  const words = column.toLowerCase().split(/[\s_.-]+/);
  const own = label.toLowerCase().split(/[\s_.-]+/);
  const rest = words.filter((word) => !PROBABILITY_WORDS.has(word));
  return rest.length > 0 && rest.join(' ') === own.join(' ');
}

const PROBABILITY_WORDS: ReadonlySet<string> = new Set([
  ...['p', 'prob', 'probs', 'proba', 'probability', 'probabilities', 'of', 'score', 'class'],
  ...['before', 'after', 'baseline', 'candidate', 'old', 'new', 'a', 'b'],
]);

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The labels that a cell of true or predicted labels names; a list of several tags names none. */
export function labelOfCell(cell: Cell | undefined): string | null {
  const text = cellText(cell);
  return text === null || text === '' || (cell !== null && typeof cell === 'object' && cell.length !== 1)
    ? null
    : text;
}
