/** Decides for every row what is wrong with it, and which row stays in its place. */

import {
  closeGroups,
  findNearDuplicatesInThreads,
  flatText,
  type NearDuplicates,
  PACKS_FROM,
  words,
} from '../../text/index.ts';
import { REASONS, type Reason } from './check-report.ts';
import type { DataCheckRequest } from './check-request.ts';
import { damageOf } from './damage.ts';
import { countTrigrams } from './gibberish.ts';
import { labelConflicts } from './label-conflicts.ts';
import type { ReadSet } from './read-rows.ts';

/** Texts of fewer words repeat by chance: they are no duplicates. */
export const SHORT_WORDS = 5;

/** What is wrong, row by row. */
export interface JudgedRows {
  /** Bits of `REASONS`. */
  readonly reasons: Uint16Array;
  readonly details: ReadonlyMap<number, string>;
  /** The row that a duplicate repeats; -1 for other rows. */
  readonly repeats: Int32Array;
  readonly shortRepeats: number;
  readonly found: NearDuplicates;
}

/** The bit of a reason. */
export function reasonBit(reason: Reason): number {
  return 1 << REASONS.indexOf(reason);
}

/** Looks at every row by itself, then at rows that are alike. */
export async function judgeRows(set: ReadSet, request: DataCheckRequest): Promise<JudgedRows> {
  const reasons = new Uint16Array(set.count);
  const details = new Map<number, string>();
  const mark = (row: number, reason: Reason, detail?: string): void => {
    reasons[row]! |= reasonBit(reason);
    if (detail !== undefined) details.set(row, detail);
  };
  const trigrams = countTrigrams();
  for (const text of set.texts) if (text !== '') trigrams.add(text);
  const lengths = new Int32Array(set.count);
  set.texts.forEach((text, row) => {
    if (text === '') {
      mark(row, 'empty');
      return;
    }
    lengths[row] = lengthInWords(text);
    if (lengths[row]! < request.minWords) mark(row, 'short', `${lengths[row]} words`);
    const damage = damageOf(text);
    if (damage !== null) mark(row, 'damaged', damage);
    const gibberish = trigrams.reason(text);
    if (gibberish !== null) mark(row, 'gibberish', gibberish);
  });
  const repeats = new Int32Array(set.count).fill(-1);
  markIds(set, repeats, mark);
  const found = await findNearDuplicatesInThreads(
    set.texts,
    { threshold: request.threshold, packsFrom: PACKS_FROM },
    request.threads,
  );
  const closeTo = closeGroups(found);
  const shortRepeats = markCopies({ set, found, closeTo, lengths, repeats, reasons }, mark);
  const conflictOf = labelConflicts(set, found.groupOf, closeTo);
  for (let row = 0; row < set.count; row++) {
    const conflict = conflictOf(row);
    if (conflict !== null) mark(row, 'conflict', conflict);
  }
  return { reasons, details, repeats, shortRepeats, found };
}

/** Words, as far as they matter: a long text is long. */
function lengthInWords(text: string): number {
  return text.length > 10_000 ? 1_000 : words(text).length;
}

type Mark = (row: number, reason: Reason, detail?: string) => void;

function markIds({ ids }: ReadSet, repeats: Int32Array, mark: Mark): void {
  const first = new Map<string, number>();
  ids.forEach((id, row) => {
    if (id === null) return;
    const before = first.get(id);
    if (before === undefined) first.set(id, row);
    else {
      mark(row, 'duplicate-id');
      repeats[row] = before;
    }
  });
}

interface Alike {
  readonly set: ReadSet;
  readonly found: NearDuplicates;
  readonly closeTo: ReturnType<typeof closeGroups>;
  readonly lengths: Int32Array;
  readonly repeats: Int32Array;
  readonly reasons: Uint16Array;
}

/** Marks every row that repeats an earlier one that stays; returns how many short ones do. */
function markCopies({ set, found, closeTo, lengths, repeats, reasons }: Alike, mark: Mark): number {
  // The first row that stays for each group, its own or one that is close; damaged rows stay for nobody.
  const stays = new Int32Array(found.groups).fill(-1);
  const stay = (group: number, row: number): void => {
    if (stays[group] === -1) stays[group] = row;
  };
  let shortRepeats = 0;
  for (let row = 0; row < set.count; row++) {
    const group = found.groupOf[row]!;
    if (group < 0) continue;
    const other = stays[group]!;
    if (other === -1) {
      if (reasons[row] !== 0) continue;
      stay(group, row);
      for (const list of closeTo(group)) for (const one of list) stay(one, row);
    } else if (lengths[row]! < SHORT_WORDS) shortRepeats++;
    else {
      const isSame = flatText(set.texts[row]!) === flatText(set.texts[other]!);
      mark(row, isSame ? 'duplicate' : 'near-duplicate');
      if (repeats[row] === -1) repeats[row] = other;
    }
  }
  return shortRepeats;
}
