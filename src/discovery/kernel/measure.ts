/** All sums of given slices. */

import { measured } from './measured.ts';
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
