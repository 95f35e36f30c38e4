/** Keeps a report of found slices short: children that add nothing to a parent, and slices that are nearly the same cases. */

import { parentTest } from './confirm.ts';
import { overlap, rowSet, type SliceItem, sliceMembers } from './kernel/index.ts';
import type { RowTestOptions } from './row-tests.ts';
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
 * Cost: rows x slices, plus rows / 32 for each pair with a representative.
 */
export function foldSlices(
  { table }: Pick<ClusteredTable, 'table'>,
  slices: readonly (readonly SliceItem[])[],
  least: number,
): readonly SliceGroup[] {
  if (!(least > 0 && least <= 1)) throw new RangeError(`least overlap is ${least}, must be in (0, 1]`);
  const size = table.weight ?? (table.count.every((count) => count === 1) ? null : table.count);
  const groups: { representative: number; rows: Int32Array; folded: { slice: number; overlap: number }[] }[] =
    [];
  slices.forEach((items, slice) => {
    const rows = rowSet(table.rows, sliceMembers(table, items));
    let [best, shared] = [-1, 0];
    groups.forEach((group, i) => {
      const value = overlap(rows, group.rows, size);
      if (value > shared) [best, shared] = [i, value];
    });
    if (best >= 0 && shared >= least) groups[best]!.folded.push({ slice, overlap: shared });
    else groups.push({ representative: slice, rows, folded: [] });
  });
  return groups.map(({ representative, folded }) => ({ representative, folded }));
}
