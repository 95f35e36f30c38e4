/** Sums up the cases of one column whose rows disagree, the same way for every engine. */

import { compareText } from '../slices/index.ts';
import type { Engine, SettledColumn } from './contract.ts';
import { ID_LIMIT, MOVE_LIMIT } from './limits.ts';

/** Cases with the same disagreement: the one value of each run, null where a run has none or several. */
export interface Disagreement {
  readonly from: string | null;
  readonly to: string | null;
  readonly cases: number;
}

/**
 * The summary of a column, or null where no case disagrees.
 *
 * @param ids first ids of cases whose baseline has one value, in UTF-8 byte order
 */
export function settledColumn(
  column: string,
  disagreements: readonly Disagreement[],
  ids: readonly string[],
): SettledColumn | null {
  if (disagreements.length === 0) return null;
  const moves = disagreements.flatMap(({ from, to, cases }) => (from === null ? [] : [{ from, to, cases }]));
  const sum = (some: readonly { readonly cases: number }[]): number =>
    some.reduce((total, { cases }) => total + cases, 0);
  const cases = sum(moves);
  return {
    column,
    cases,
    ids: ids.slice(0, ID_LIMIT),
    open: sum(disagreements) - cases,
    moves: moves
      .sort((a, b) => b.cases - a.cases || compareText(a.from, b.from) || compareText(a.to ?? '', b.to ?? ''))
      .slice(0, MOVE_LIMIT),
  };
}

/** `Engine.settle` from what settles one column; a column that is asked for again answers as before. */
export function settlerOf(
  settle: (column: string) => SettledColumn | null | Promise<SettledColumn | null>,
): Engine['settle'] {
  const known = new Map<string, SettledColumn | null>();
  return async (columns) => {
    for (const column of columns) {
      if (!known.has(column)) known.set(column, await settle(column));
    }
    return columns.flatMap((column) => known.get(column) ?? []);
  };
}
