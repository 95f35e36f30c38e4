/** Which condition of a conjunction carries its error: exact Shapley values over its items. */

import { shapleyValues } from '../../stats/index.ts';
import { measureSlices, type SearchMode, type SearchTable, type SliceItem } from '../kernel/index.ts';

/** What one item adds, on average over all orders in which the conjunction could be built. */
export interface ItemContribution {
  readonly item: SliceItem;
  /** In units of the error; positive items carry the drop, negative ones work against it. */
  readonly contribution: number;
}

/** The conjunction's difference to all cases, and how it splits. */
export interface ItemContributions {
  /** Mean (change of) error of the slice minus that of all cases; the contributions sum to it. */
  readonly divergence: number;
  readonly items: readonly ItemContribution[];
}

/**
 * Splits the divergence of a slice over its items.
 *
 * @param items of different columns, ordered by column, at most 16; the slice has at least one case
 * @throws RangeError for a slice without a case, or a mode that needs another run without one
 * @source Pastor, de Alfaro and Baralis 2021, "Looking for Trouble", SIGMOD
 * Cost: 2^items slices are counted.
 */
export function itemContributions(
  table: SearchTable,
  items: readonly SliceItem[],
  mode: SearchMode,
): ItemContributions {
  if (mode !== 'worst' && table.before === null)
    throw new RangeError(`mode ${mode} needs the errors of a run before`);
  const teams = Array.from({ length: 2 ** items.length }, (_, team) =>
    items.filter((_, i) => ((team >> i) & 1) === 1),
  );
  const sums = measureSlices(table, teams);
  if (sums.at(-1)!.weight === 0) throw new RangeError('the slice has no cases');
  const mean = (team: number) => {
    const { error, change, weight } = sums[team]!;
    return (mode === 'worst' ? error : mode === 'regressed' ? change : -change) / weight;
  };
  const values = shapleyValues(items.length, mean);
  return {
    divergence: mean(teams.length - 1) - mean(0),
    items: items.map((item, i) => ({ item, contribution: values[i]! })),
  };
}
