/** Puts slices that say the same under one, so that an answer is read once. */

import { foldSlices } from '../../discovery/index.ts';
import { FOLD_OVERLAP, sameItems } from './candidates.ts';
import type { FoundState, TestedSlice } from './find-by-halves.ts';
import type { SearchedCases } from './searched-cases.ts';

/** A slice with those under it. */
export interface GroupedSlice {
  readonly slice: TestedSlice;
  readonly under: readonly { readonly slice: TestedSlice; readonly overlap: number }[];
}

const RANK: Readonly<Record<FoundState, number>> = {
  confirmed: 0,
  'not confirmed': 1,
  'too few to confirm': 2,
};

/**
 * Confirmed slices first, each in the order of the search. A slice goes under one that shares most of its cases; a confirmed
 * conjunction goes under a confirmed part of it unless it is proved worse than its parents.
 */
export function groupSlices(
  { input }: SearchedCases,
  slices: readonly TestedSlice[],
): readonly GroupedSlice[] {
  const ordered = slices.toSorted((a, b) => RANK[a.state] - RANK[b.state]);
  const isConfirmed = ({ state }: TestedSlice): boolean => state === 'confirmed';
  const partOf = (slice: TestedSlice): TestedSlice | undefined =>
    isConfirmed(slice) && slice.items.length > 1 && slice.parents?.holds !== true
      ? ordered.find(
          (other) => isConfirmed(other) && other.items.length < slice.items.length && isPart(other, slice),
        )
      : undefined;
  const nested = ordered.flatMap((slice) => {
    const part = partOf(slice);
    return part === undefined ? [] : [{ slice, part }];
  });
  const inside = new Set(nested.map(({ slice }) => slice));
  const free = ordered.filter((slice) => !inside.has(slice));
  const groups = foldSlices(
    input,
    free.map(({ items }) => items),
    FOLD_OVERLAP,
  ).map(({ representative, folded }) => ({
    slice: free[representative]!,
    under: folded.map(({ slice, overlap }) => ({ slice: free[slice]!, overlap })),
  }));
  return groups.map(({ slice, under }) => ({
    slice,
    under: [
      ...under,
      ...nested.flatMap(({ slice: child, part }) => {
        const isHere = [slice, ...under.map((one) => one.slice)].includes(part) || partOf(part) === slice;
        return isHere ? [{ slice: child, overlap: overlapOf(input, child, slice) }] : [];
      }),
    ],
  }));
}

function isPart(part: TestedSlice, whole: TestedSlice): boolean {
  return part.items.every((item) => whole.items.some((own) => sameItems([own], [item])));
}

function overlapOf(input: SearchedCases['input'], a: TestedSlice, b: TestedSlice): number {
  const [group] = foldSlices(input, [b.items, a.items], Number.MIN_VALUE);
  return group?.folded[0]?.overlap ?? 0;
}
