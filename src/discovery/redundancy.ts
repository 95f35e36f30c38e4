/** Keeps a report of found slices short: children that add nothing to a parent, and slices that are nearly the same cases. */

import { parentTest } from './confirm.ts';
import { measured, overlap, rowSet, type SearchTable, type SliceItem } from './kernel/index.ts';
import type { RowTestOptions } from './row-test.ts';
import type { ClusteredTable } from './rows.ts';

/** When a conjunction counts as worse than what is left of a parent. */
export type ParentRule =
  | { readonly by: 'test'; readonly alpha: number }
  /** Mean difference of at least `margin`, at least 0. */
  | { readonly by: 'margin'; readonly margin: number };

/** Whether a conjunction says more than its parents. */
export interface BeyondParents {
  readonly kept: boolean;
  /** Place of the item without which the slice differs least; null for single conditions. */
  readonly weakestItem: number | null;
  readonly p: number | null;
  readonly difference: number | null;
}

/**
 * Keeps a slice only if it is worse than the remaining cases of each parent. Single conditions stay. This chooses what is worth
 * confirming and proves nothing: the rows are those of the search.
 */
export function beyondParents(
  data: ClusteredTable,
  slices: readonly (readonly SliceItem[])[],
  options: RowTestOptions,
  rule: ParentRule,
): readonly BeyondParents[] {
  return slices.map((items) => {
    if (items.length < 2) return { kept: true, weakestItem: null, p: null, difference: null };
    const { p, difference, weakestItem } = parentTest(data, items, options);
    const kept =
      rule.by === 'test' ? p !== null && p <= rule.alpha : difference !== null && difference >= rule.margin;
    return { kept, weakestItem, p, difference };
  });
}

/** One slice that stands for others. */
export interface SliceGroup {
  /** Index of the slice that is shown. */
  readonly representative: number;
  /** The slices under it, in their order, with their overlap with it. */
  readonly folded: readonly { readonly slice: number; readonly overlap: number }[];
}

/**
 * Folds slices that share most of their cases. Going through the slices in order, each goes under the representative that it
 * overlaps most (the earliest where equal) if that is at least `least`, else it becomes one itself.
 *
 * @param slices best first
 * @param least Jaccard overlap by cases (by weight where there are weights), in (0, 1]; 0.5 unless there is a reason
 * @throws RangeError when `least` is outside (0, 1]
 * Cost: a count of each pair of columns; rows / 32 for each pair of conjunctions whose sizes allow such an overlap.
 */
export function foldSlices(
  { table }: Pick<ClusteredTable, 'table'>,
  slices: readonly (readonly SliceItem[])[],
  least: number,
): readonly SliceGroup[] {
  if (!(least > 0 && least <= 1)) throw new RangeError(`least overlap is ${least}, must be in (0, 1]`);
  const shareOf = overlaps(table, slices);
  const groups: { representative: number; folded: { slice: number; overlap: number }[] }[] = [];
  slices.forEach((_, slice) => {
    let [best, shared] = [-1, 0];
    groups.forEach(({ representative }, i) => {
      const value = shareOf(slice, representative, Math.max(least, shared));
      if (value > shared) [best, shared] = [i, value];
    });
    if (best >= 0 && shared >= least) groups[best]!.folded.push({ slice, overlap: shared });
    else groups.push({ representative: slice, folded: [] });
  });
  return groups;
}

/**
 * The Jaccard overlap of two of some slices by cases (by weight where there are weights).
 *
 * @returns a function of two places; what cannot reach `least` may come as 0
 */
export function overlaps(
  table: SearchTable,
  slices: readonly (readonly SliceItem[])[],
): (a: number, b: number, least: number) => number {
  const ordered = slices.map((items) => items.toSorted((a, b) => a.column - b.column));
  const { slices: measure } = measured(table);
  const sizes = measure(ordered).map(({ weight }) => weight);
  const size = table.weight ?? (table.count.every((count) => count === 1) ? null : table.count);
  const sets = new Map<number, Int32Array>();
  const setOf = (slice: number): Int32Array => {
    const before = sets.get(slice) ?? rowSet(table, ordered[slice]!);
    sets.set(slice, before);
    return before;
  };
  /** The most that two slices can share: what any two of their conditions do. */
  const mostShared = (a: number, b: number): number => {
    let most = Math.min(sizes[a]!, sizes[b]!);
    for (const one of ordered[a]!) {
      for (const other of ordered[b]!) {
        if (one.column === other.column) {
          if (one.code !== other.code) return 0;
          continue;
        }
        const pair = one.column < other.column ? [one, other] : [other, one];
        most = Math.min(most, measure([pair])[0]!.weight);
      }
    }
    return most;
  };
  return (a, b, least) => {
    const both = sizes[a]! + sizes[b]!;
    // Of two sets that share m the overlap is m / (both - m). Rounding of weights must not decide.
    const mayReach = (shared: number) => shared * (1 + least) >= least * both * (1 - 1e-9);
    if (!mayReach(Math.min(sizes[a]!, sizes[b]!))) return 0;
    const most = mostShared(a, b);
    if (!mayReach(most)) return 0;
    const isKnown = ordered[a]!.length === 1 && ordered[b]!.length === 1;
    if (isKnown && both > 0) return most / (both - most);
    return overlap(setOf(a), setOf(b), size);
  };
}
