/** Which words differ between two texts, within a bound of time. */

import { diffLines, diffWordsWithSpace } from 'diff';

/** A part of one side. */
export interface DiffPart {
  readonly text: string;
  readonly differs: boolean;
}

export interface SideDiff {
  readonly before: readonly DiffPart[];
  readonly after: readonly DiffPart[];
  /** `words`, or `lines` where a difference of words would take too long; null where nothing is marked. */
  readonly by: 'words' | 'lines' | null;
}

/** Longer texts together are not compared. */
const MOST_CHARACTERS = 60_000;

/** Changed blocks up to this size are compared word by word. */
const MOST_WORDS_CHARACTERS = 12_000;

const WORDS_MS = 60;
const LINES_MS = 120;

/** Compares two texts: word by word, long ones line by line first. */
export function diffTexts(before: string, after: string): SideDiff {
  if (before === after) return { before: plain(before), after: plain(after), by: 'words' };
  const size = before.length + after.length;
  if (size > MOST_CHARACTERS) return { before: plain(before), after: plain(after), by: null };
  const words = size <= MOST_WORDS_CHARACTERS ? wordsOf(before, after) : null;
  if (words !== null) return { ...words, by: 'words' };
  return byLines(before, after) ?? { before: plain(before), after: plain(after), by: null };
}

function plain(text: string): readonly DiffPart[] {
  return text === '' ? [] : [{ text, differs: false }];
}

type Sides = Pick<SideDiff, 'before' | 'after'>;

/** Null where the time is up. */
function wordsOf(before: string, after: string): Sides | null {
  const changes = diffWordsWithSpace(before, after, { timeout: WORDS_MS });
  return changes === undefined ? null : sidesOf(changes);
}

interface Change {
  readonly value: string;
  readonly added: boolean;
  readonly removed: boolean;
}

function sidesOf(changes: readonly Change[]): Sides {
  const of = (other: 'added' | 'removed', own: 'added' | 'removed') =>
    changes
      .filter((change) => !change[other])
      .map((change) => ({ text: change.value, differs: change[own] }));
  return { before: of('added', 'removed'), after: of('removed', 'added') };
}

/** Lines that were replaced by others are compared word by word, where they are few. */
function byLines(before: string, after: string): SideDiff | null {
  const changes = diffLines(before, after, { timeout: LINES_MS });
  if (changes === undefined) return null;
  const sides: { before: DiffPart[]; after: DiffPart[] } = { before: [], after: [] };
  for (let i = 0; i < changes.length; i++) {
    const change = changes[i]!;
    const next = changes[i + 1];
    const inside =
      change.removed && next?.added && change.value.length + next.value.length <= MOST_WORDS_CHARACTERS
        ? wordsOf(change.value, next.value)
        : null;
    const found = inside ?? sidesOf([change]);
    sides.before.push(...found.before);
    sides.after.push(...found.after);
    if (inside !== null) i++;
  }
  return { ...sides, by: 'lines' };
}
