/** Puts slices that say the same under one, so that an answer is read once. */

import {
  complementSums,
  errorKind,
  foldSlices,
  measureSlices,
  overlaps,
  type SliceSums,
} from '../../discovery/index.ts';
import { FOLD_OVERLAP, sameItems } from './candidates.ts';
import { NOMINAL, nominalP, OF_PARENTS } from './exceed-parents.ts';
import { type FoundState, type ModeSearch, QUESTION, type TestedSlice } from './find-by-halves.ts';
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
 * Confirmed slices first, each in their order. A slice goes under another one
 * - that shares most of its cases;
 * - that is a confirmed part of it, unless it is proved worse than its parents;
 * - that is a confirmed conjunction inside it without which nothing of it is left to explain.
 */
export function groupSlices(
  cases: SearchedCases,
  mode: ModeSearch['mode'],
  slices: readonly TestedSlice[],
): readonly GroupedSlice[] {
  const { table } = cases.input;
  const ordered = slices.toSorted((a, b) => RANK[a.state] - RANK[b.state]);
  const headOf = nesting(cases, mode, ordered);
  const free = ordered.filter((slice) => !headOf.has(slice));
  const groups = foldSlices(
    { table },
    free.map(({ items }) => items),
    FOLD_OVERLAP,
  );
  const nested = ordered.filter((slice) => headOf.has(slice));
  return groups.map(({ representative, folded }) => {
    const slice = free[representative]!;
    const under = folded.map((one) => ({ slice: free[one.slice]!, overlap: one.overlap }));
    const heads = [slice, ...under.map((one) => one.slice)];
    const inside = nested.filter((one) => heads.includes(headOf.get(one)!));
    return {
      slice,
      under: [...under, ...inside.map((one) => ({ slice: one, overlap: overlapOf(cases, one, slice) }))],
    };
  });
}

/** The slice that each nested slice belongs under; heads are nested nowhere. */
function nesting(
  { input: { table } }: SearchedCases,
  mode: ModeSearch['mode'],
  ordered: readonly TestedSlice[],
): ReadonlyMap<TestedSlice, TestedSlice> {
  const confirmed = ordered.filter(({ state }) => state === 'confirmed');
  const proved = confirmed.filter(({ items, parents }) => items.length > 1 && parents?.holds === true);
  const sums = new Map<TestedSlice, SliceSums>();
  const [all, ...own] = measureSlices(table, [[], ...confirmed.map(({ items }) => items)]);
  confirmed.forEach((slice, i) => {
    sums.set(slice, own[i]!);
  });
  const question = OF_PARENTS[QUESTION[mode]] ?? QUESTION[mode];
  const isExplained = (whole: TestedSlice, core: TestedSlice): boolean => {
    const inside = sums.get(core)!;
    const rest = complementSums(inside, sums.get(whole)!);
    return nominalP(table, errorKind(table), question, rest, complementSums(inside, all!)) > NOMINAL;
  };
  const heads = new Map<TestedSlice, TestedSlice>();
  for (const slice of confirmed) {
    const core = proved.find((other) => isPart(slice, other) && isExplained(slice, other));
    const part =
      slice.items.length > 1 && slice.parents?.holds !== true
        ? confirmed.find((other) => isPart(other, slice))
        : undefined;
    const head = core ?? part;
    if (head !== undefined) heads.set(slice, head);
  }
  for (const [slice, head] of heads) {
    let last = head;
    while (heads.has(last)) last = heads.get(last)!;
    heads.set(slice, last);
  }
  return heads;
}

/** Whether a slice has all conditions of another one, and more. */
function isPart(part: TestedSlice, whole: TestedSlice): boolean {
  return (
    part.items.length < whole.items.length &&
    part.items.every((item) => whole.items.some((own) => sameItems([own], [item])))
  );
}

function overlapOf({ input: { table } }: SearchedCases, a: TestedSlice, b: TestedSlice): number {
  return overlaps(table, [a.items, b.items])(0, 1, 0);
}
