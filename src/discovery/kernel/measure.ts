/** All sums of given slices. */

import { createCounter } from './count.ts';
import { measureUnits } from './measure-units.ts';
import { measured } from './measured.ts';
import type { Prepared } from './prepare.ts';
import { fullSums } from './sums.ts';
import type { SearchTable, SliceItem, SliceSums } from './types.ts';

/**
 * The sums of slices in a table, for instance of slices that were found in another half of the cases.
 *
 * @param slices items ordered by column, at most one per column; no items stand for the whole table
 * @throws RangeError when a slice names a column or code that cannot exist
 */
export function measureSlices(
  table: SearchTable,
  slices: readonly (readonly SliceItem[])[],
): readonly SliceSums[] {
  return measured(table).slices(slices);
}

/** The same for live columns and codes that exist. */
export function measureItems(
  table: Prepared,
  slices: readonly (readonly SliceItem[])[],
): readonly SliceSums[] {
  const sums = fullSums(table);
  return measureUnits(createCounter(table, sums.layOut()), sums, slices);
}
