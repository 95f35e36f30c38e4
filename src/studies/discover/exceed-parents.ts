/** Whether conjunctions are worse than what is left of their parents, from sums alone: a filter for long lists, no proof. */

import {
  type ErrorKind,
  measureSlices,
  type SearchTable,
  type SliceItem,
  type SliceQuestion,
  type SliceSums,
  sliceP,
} from '../../discovery/index.ts';

/** What looks like chance even on the cases that chose it is not worth a test. */
export const NOMINAL = 0.05;

/** The question of a slice against the rest of a parent: the error itself, or how much it changed. */
export const OF_PARENTS: Readonly<Partial<Record<SliceQuestion, SliceQuestion>>> = {
  regressed: 'regressed-more',
  improved: 'improved-more',
};

/**
 * The p-value of a slice, as far as sums tell. Sums of weighted cases have none, and then nothing is filtered.
 *
 * @param all sums of everything that the slice is compared with, itself included
 */
export function nominalP(
  table: SearchTable,
  kind: ErrorKind,
  question: SliceQuestion,
  slice: SliceSums,
  all: SliceSums,
): number {
  if (table.weight !== null) return 0;
  const p = sliceP(question, kind, slice, all);
  return Number.isNaN(p) ? 1 : p;
}

/** For each slice whether it stands out from the rest of each parent; single conditions do. */
export function exceedParents(
  table: SearchTable,
  kind: ErrorKind,
  question: SliceQuestion,
  slices: readonly { readonly items: readonly SliceItem[]; readonly sums: SliceSums }[],
): readonly boolean[] {
  const parents = slices.map(({ items }) =>
    items.length < 2 ? [] : items.map((_, dropped) => items.filter((_, i) => i !== dropped)),
  );
  const measured = measureSlices(table, parents.flat());
  let next = 0;
  return slices.map(({ sums }, i) => {
    const own = parents[i]!.map(() => measured[next++]!);
    return own.every((parent) => {
      if (parent.cases === sums.cases) return false;
      return nominalP(table, kind, OF_PARENTS[question] ?? question, sums, parent) <= NOMINAL;
    });
  });
}
