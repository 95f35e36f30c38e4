/** Scores a run that has labels and predictions and nothing that says whether a case passed. */

import { parseDecimal } from './decimal.ts';
import { foundText } from './found-text.ts';
import type { ColumnMapping } from './roles.ts';
import type { Cell } from './table.ts';

/** The columns of a run that is scored by its labels, or null where another column says whether a case passed. */
export function labelColumns({
  passed,
  score,
  expected,
  predicted,
}: ColumnMapping): { readonly expected: string; readonly predicted: string } | null {
  if (passed !== undefined || score !== undefined) return null;
  return expected === undefined || predicted === undefined ? null : { expected, predicted };
}

/**
 * Whether the prediction is the label: exactly the same text, or the same set of tags. A missing prediction is wrong; without
 * a label there is nothing to be right about, so the result is null.
 *
 * @example matchesLabel(['b', 'a'], ['a', 'b', 'a']) // true
 */
export function matchesLabel(expected: Cell, predicted: Cell): boolean | null {
  if (expected === null || expected === '') return null;
  if (predicted === null) return false;
  if (typeof expected === 'string' && typeof predicted === 'string') return expected === predicted;
  const wanted = tagsOf(expected);
  const found = tagsOf(predicted);
  return wanted.size === found.size && [...wanted].every((tag) => found.has(tag));
}

function tagsOf(cell: string | readonly string[]): ReadonlySet<string> {
  return new Set(typeof cell === 'string' ? [cell] : cell);
}

/** Ways of spelling a label that may hide that two are the same. */
const SPELLINGS: readonly {
  readonly what: string;
  readonly spell: (text: string) => string;
}[] = [
  { what: 'if upper and lower case and blanks are ignored', spell: plainLabel },
  { what: 'as numbers', spell: (text) => String(parseDecimal(text.trim()) ?? text) },
];

function plainLabel(text: string): string {
  return text.trim().replace(/\s+/g, ' ').toLowerCase();
}

/**
 * Says where labels and predictions of some rows differ only in how they are spelled.
 *
 * @param expected same length as `predicted`
 */
export function spellingNotes(expected: readonly Cell[], predicted: readonly Cell[]): readonly string[] {
  const pairs = expected.flatMap((label, row): (readonly [string, string])[] => {
    const found = predicted[row] ?? null;
    return typeof label === 'string' && typeof found === 'string' && label !== '' ? [[label, found]] : [];
  });
  return SPELLINGS.flatMap(({ what, spell }) => {
    const same = pairs.filter(([label, found]) => label !== found && spell(label) === spell(found));
    const [first] = same;
    if (first === undefined) return [];
    const rows = same.length === 1 ? 'prediction equals its label' : 'predictions equal their label';
    return [
      `labels are compared as they are spelled: of the first ${pairs.length} rows, ${same.length} ${rows} only ${what}, such as ${foundText(first[0])} and ${foundText(first[1])}; spell them alike where they mean the same`,
    ];
  });
}
