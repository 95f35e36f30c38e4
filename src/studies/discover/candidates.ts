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

/** Slices that are looked at for each that is tested, in tables that are not very long. */
const POOL = { usual: 10, long: 3, longFrom: 200_000 } as const;

/** Overlap from which a slice goes under another. */
export const FOLD_OVERLAP = 0.5;

/**
 * A search that hands on only what is worth confirming: at most `top` slices. Half of the places are for the single conditions
 * that stand out most on this half, since many conjunctions would crowd them out; the others go by the order that was asked
 * for. A conjunction comes along only if it is worse than what is left of each of its parents.
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
    const standing = single.slices
      .map((slice) => ({ slice, p: pOf(slice) }))
      .filter(({ p }) => p <= NOMINAL)
      .sort((a, b) => a.p - b.p)
      .slice(0, Math.ceil(options.top / 2));
    const ordered = found.slices.filter((slice) => pOf(slice) <= NOMINAL);
    const exceeds = exceedParents(table, kind, question, ordered);
    const all = [...standing.map(({ slice }) => slice), ...ordered.filter((_, i) => exceeds[i])];
    const distinct = all.filter((one, i) => all.findIndex(({ items }) => sameItems(items, one.items)) === i);
    const groups = foldSlices(
      { table },
      distinct.map(({ items }) => items),
      FOLD_OVERLAP,
    );
    const slices = groups.slice(0, options.top).map(({ representative }) => distinct[representative]!);
    return { ...found, slices };
  };
}

/** Whether two slices have the same conditions. */
export function sameItems(a: readonly SliceItem[], b: readonly SliceItem[]): boolean {
  return (
    a.length === b.length && a.every(({ column, code }, i) => b[i]!.column === column && b[i]!.code === code)
  );
}
