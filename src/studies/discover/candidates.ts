/** Chooses which slices of the searched half are worth testing: few, different, and worse than what they are part of. */

import {
  errorKind,
  type FoundSlice,
  foldSlices,
  type SearchOptions,
  type SearchResult,
  type SearchTable,
  type SliceItem,
  type SliceOrder,
  type SliceQuestion,
  searchSlices,
  singleSlices,
} from '../../discovery/index.ts';
import { exceedParents, NOMINAL, nominalP } from './exceed-parents.ts';
import { meanSize, sliceScore } from './slice-score.ts';

/** Slices that are looked at for each that is tested, in tables that are not very long. */
const POOL = { usual: 10, long: 3, longFrom: 200_000 } as const;

/** Overlap from which a slice goes under another. */
export const FOLD_OVERLAP = 0.5;

/**
 * Orders whose best slices are looked at beside those of the order that was asked for: `sliceline` takes off more for a small
 * slice of many cases than any drop adds, and `drop-support` passes over small slices of few.
 */
const POOLED: readonly SliceOrder[] = ['sliceline', 'drop-support'];

/**
 * A search that hands on only what is worth confirming: at most `top` slices. A conjunction comes along only if it is worse than
 * what is left of each of its parents, and slices that share most of their cases go on as the one that stands out most on this
 * half (of changes: that comes first by the order that was asked for). Half of the places are for the single conditions that stand out most, since many conjunctions would crowd them out; the
 * others are taken in turn by the order that was asked for and by what stands out most.
 */
export function worthTesting(question: SliceQuestion) {
  return async (table: SearchTable, options: SearchOptions): Promise<SearchResult> => {
    const kind = errorKind(table);
    const pool = table.rows >= POOL.longFrom ? POOL.long : POOL.usual;
    const wide: SearchOptions = { ...options, top: options.top * pool, mostTies: options.top };
    const found = await searchSlices(table, wide);
    const pooled = [...found.slices, ...singleSlices(table, options.minCases)];
    for (const order of POOLED.filter((one) => one !== options.order)) {
      pooled.push(...(await searchSlices(table, { ...wide, order })).slices);
    }
    const pOf = ({ sums }: Candidate) => nominalP(table, kind, question, sums, found.all);
    const distinct = new Map(pooled.map((slice) => [JSON.stringify(slice.items), slice])).values();
    const spread = meanSize(table, options.mode);
    const { mode, order, alpha: weight } = options;
    const likely = [...distinct]
      .map((slice) => ({
        ...slice,
        p: pOf(slice),
        score: sliceScore(slice.sums, found.all, mode, { order, weight, spread }),
      }))
      .filter(({ p }) => p <= NOMINAL);
    const exceeds = exceedParents(table, kind, question, likely);
    // What stands out most leads its like. Not so of changes: cases without one do not dilute their p-value, so that larger slices
    // around the one that changed would lead.
    const leading = likely
      .filter((_, i) => exceeds[i])
      .sort((a, b) => (mode === 'worst' ? a.p - b.p : 0) || b.score - a.score);
    const groups = foldSlices(
      { table },
      leading.map(({ items }) => items),
      FOLD_OVERLAP,
    );
    const standing = groups.map(({ representative }) => leading[representative]!).sort((a, b) => a.p - b.p);
    const ordered = standing.toSorted((a, b) => b.score - a.score);
    const singles = standing.filter(({ items }) => items.length === 1);
    const chosen = new Set(singles.slice(0, Math.ceil(options.top / 2)));
    for (let place = 0; place < ordered.length; place++) {
      for (const next of [ordered[place]!, standing[place]!]) if (chosen.size < options.top) chosen.add(next);
    }
    return { ...found, slices: ordered.filter((slice) => chosen.has(slice)) };
  };
}

type Candidate = Pick<FoundSlice, 'items' | 'sums'>;

/** Whether two slices have the same conditions. */
export function sameItems(a: readonly SliceItem[], b: readonly SliceItem[]): boolean {
  return (
    a.length === b.length && a.every(({ column, code }, i) => b[i]!.column === column && b[i]!.code === code)
  );
}
