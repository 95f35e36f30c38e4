/** What a cell is once both runs are known: one spelling of every text and list, so that engines compare alike. */

import { hash } from 'node:crypto';
import type { Cell } from '../cases/index.ts';
import { compareText } from '../slices/index.ts';

/**
 * A cell of a column. Where any row of the comparison has a list in the column, the column is one of lists: a text in it
 * is a list of one. Lists are sets: their tags are made distinct and put into UTF-8 byte order. Lone surrogates become
 * U+FFFD, as in every UTF-8 file.
 *
 * @example canonicalCell(['b', 'a', 'b'], true) // ['a', 'b']
 */
export function canonicalCell(cell: Cell, listColumn: boolean): Cell {
  if (cell === null) return null;
  if (typeof cell === 'string') return listColumn ? [cell.toWellFormed()] : cell.toWellFormed();
  return [...new Set(cell.map((tag) => tag.toWellFormed()))].sort(compareText);
}

/**
 * A canonical cell as one text, for roles that are texts (input, expected, output, cluster, score): a list of one tag
 * reads as the tag, other lists as `["a","b"]` with backslash, quote, line feed, carriage return and tab escaped.
 *
 * @example cellText(['a', 'b']) // '["a","b"]'
 */
export function cellText(cell: Cell): string | null {
  if (cell === null || typeof cell === 'string') return cell;
  if (cell.length === 1) return cell[0]!;
  return `[${cell.map((tag) => `"${escapeTag(tag)}"`).join(',')}]`;
}

/** The escapes of `cellText`, in the order in which they are applied; the SQL printer uses the same table. */
export const TAG_ESCAPES: readonly (readonly [string, string])[] = [
  ['\\', '\\\\'],
  ['"', '\\"'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
];

function escapeTag(tag: string): string {
  let text = tag;
  for (const [found, written] of TAG_ESCAPES) text = text.replaceAll(found, written);
  return text;
}

/** What a text looks like that stands for another one by its hash. */
const HASHED_TEXT = /^sha256:[0-9a-f]{64}$/;

/** Whether a text stands for another one by its hash. */
export function isHashedText(text: string): boolean {
  return text.length === 71 && HASHED_TEXT.test(text);
}

/**
 * A text as its hash; a text that is a hash already stays as it is.
 *
 * @example hashedText('') // 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
 */
export function hashedText(text: string): string {
  return isHashedText(text) ? text : `sha256:${hash('sha256', text, 'hex')}`;
}
