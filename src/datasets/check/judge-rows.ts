/** Decides for every row what is wrong with it, and which row stays in its place. */

import { findNearDuplicatesInThreads, flatText, type NearDuplicates, words } from '../../text/index.ts';
import { REASONS, type Reason } from './check-report.ts';
import type { DataCheckRequest } from './check-request.ts';
import { damageOf } from './damage.ts';
import { countTrigrams } from './gibberish.ts';
import type { ReadSet } from './read-rows.ts';

/** Texts of fewer words repeat by chance: they are no duplicates. */
export const SHORT_WORDS = 5;

/** Labels of a conflict that are named. */
const SHOWN_LABELS = 5;

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
    { threshold: request.threshold },
    request.threads,
  );
  const shortRepeats = markCopies({ set, found, lengths, repeats, reasons }, mark);
  markConflicts(set, found, mark);
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
  readonly lengths: Int32Array;
  readonly repeats: Int32Array;
  readonly reasons: Uint16Array;
}

/** The groups that are close to each group, in the order of the edges; one may be close to thousands. */
function nearGroups({ edges }: NearDuplicates): ReadonlyMap<number, readonly number[]> {
  const near = new Map<number, number[]>();
  const join = (group: number, other: number): void => {
    const known = near.get(group);
    if (known === undefined) near.set(group, [other]);
    else known.push(other);
  };
  for (const { first, second } of edges) {
    join(first, second);
    join(second, first);
  }
  return near;
}

/** Marks every row that repeats an earlier one that stays; returns how many short ones do. */
function markCopies({ set, found, lengths, repeats, reasons }: Alike, mark: Mark): number {
  const near = nearGroups(found);
  // The row that stays of each group; damaged rows stay for nobody.
  const kept = new Map<number, number>();
  let shortRepeats = 0;
  for (let row = 0; row < set.count; row++) {
    const group = found.groupOf[row]!;
    if (group < 0) continue;
    const nearby = kept.has(group) ? group : near.get(group)?.find((one) => kept.has(one));
    const other = nearby === undefined ? undefined : kept.get(nearby);
    if (other === undefined) {
      if (reasons[row] === 0) kept.set(group, row);
    } else if (lengths[row]! < SHORT_WORDS) shortRepeats++;
    else {
      const isSame = flatText(set.texts[row]!) === flatText(set.texts[other]!);
      mark(row, isSame ? 'duplicate' : 'near-duplicate');
      if (repeats[row] === -1) repeats[row] = other;
    }
  }
  return shortRepeats;
}

/** Marks all rows of texts that are nearly identical and have different labels: a person decides which is right. */
function markConflicts({ labels, labelNames, count }: ReadSet, found: NearDuplicates, mark: Mark): void {
  const byGroup = new Map<number, Set<number>>();
  for (let row = 0; row < count; row++) {
    const [group, label] = [found.groupOf[row]!, labels[row]!];
    if (group < 0 || label < 0) continue;
    byGroup.set(group, (byGroup.get(group) ?? new Set()).add(label));
  }
  const around = new Map<number, Set<number>>();
  for (const [group, own] of byGroup) around.set(group, new Set(own));
  const meet = (group: number, other: number): void => {
    const labels = around.get(group) ?? new Set();
    for (const label of byGroup.get(other) ?? []) labels.add(label);
    around.set(group, labels);
  };
  for (const { first, second } of found.edges) {
    meet(first, second);
    meet(second, first);
  }
  for (let row = 0; row < count; row++) {
    const all = around.get(found.groupOf[row]!);
    if (all === undefined || all.size < 2 || labels[row]! < 0) continue;
    mark(row, 'conflict', labelsText(all, labelNames));
  }
}

/** A few of the labels in the order of the rows, the same for all that clash; the rest is counted. */
function labelsText(labels: ReadonlySet<number>, names: readonly string[]): string {
  const inOrder = [...labels].toSorted((a, b) => a - b);
  const shown = inOrder.slice(0, SHOWN_LABELS).map((label) => names[label]!);
  const rest = labels.size - shown.length;
  return `${shown.join(' / ')}${rest === 0 ? '' : ` and ${rest} more labels`}`;
}
