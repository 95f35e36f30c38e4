/** Chooses which slices of the searched half are worth testing: few, different, and worse than what they are part of. */

import {
  errorKind,
  type FoundSlice,
  foldSlices,
  type SearchOptions,
  type SearchResult,
  type SearchTable,
  type SliceItem,
  type SliceQuestion,
  searchSlices,
} from '../../discovery/index.ts';
import { exceedParents, NOMINAL, nominalP } from './exceed-parents.ts';
import { meanSize, sliceScore } from './slice-score.ts';

/** Slices that are looked at for each that is tested, in tables that are not very long. */
const POOL = { usual: 10, long: 3, longFrom: 200_000 } as const;

/** Overlap from which a slice goes under another. */
export const FOLD_OVERLAP = 0.5;

/**
 * A search that hands on only what is worth confirming: at most `top` slices. A conjunction comes along only if it is worse than
 * what is left of each of its parents, and slices that share most of their cases go on as the one that comes first by the order
 * that was asked for. Half of the places are for the single conditions that stand out most on this half, since many
 * conjunctions would crowd them out.
 */
export function worthTesting(question: SliceQuestion) {
  return async (table: SearchTable, options: SearchOptions): Promise<SearchResult> => {
    const kind = errorKind(table);
    const pool = table.rows >= POOL.longFrom ? POOL.long : POOL.usual;
    const wide: SearchOptions = { ...options, top: options.top * pool, mostTies: options.top };
    const found = await searchSlices(table, wide);
    const single =
      options.maxLevel === 1
        ? found
        : await searchSlices(table, { ...wide, maxLevel: 1, order: 'drop-support' });
    const pOf = ({ sums }: FoundSlice) => nominalP(table, kind, question, sums, found.all);
    const likely = [...found.slices, ...single.slices].filter((slice) => pOf(slice) <= NOMINAL);
    const distinct = [...new Map(likely.map((slice) => [JSON.stringify(slice.items), slice])).values()];
    const exceeds = exceedParents(table, kind, question, distinct);
    const spread = meanSize(table, options.mode);
    const { order, alpha: weight } = options;
    const score = ({ sums }: FoundSlice) =>
      sliceScore(sums, found.all, options.mode, { order, weight, spread });
    const ordered = distinct.filter((_, i) => exceeds[i]).sort((a, b) => score(b) - score(a));
    const groups = foldSlices(
      { table },
      ordered.map(({ items }) => items),
      FOLD_OVERLAP,
    );
    const heads = groups.map(({ representative }) => ordered[representative]!);
    const standing = heads
      .filter(({ items }) => items.length === 1)
      .sort((a, b) => pOf(a) - pOf(b))
      .slice(0, Math.ceil(options.top / 2));
    const others = heads.filter((slice) => !standing.includes(slice)).slice(0, options.top - standing.length);
    return { ...found, slices: heads.filter((slice) => standing.includes(slice) || others.includes(slice)) };
  };
}

/** Whether two slices have the same conditions. */
export function sameItems(a: readonly SliceItem[], b: readonly SliceItem[]): boolean {
  return (
    a.length === b.length && a.every(({ column, code }, i) => b[i]!.column === column && b[i]!.code === code)
  );
}
