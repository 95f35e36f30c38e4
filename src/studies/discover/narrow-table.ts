/** A table with few of its columns: in long tables most rows are then equal and count once. */

import { type ClusteredTable, foldRows } from '../../discovery/index.ts';

/** The same cases with only these columns, in this order; clustered cases stay one by one. */
export function narrowTo({ table, cluster }: ClusteredTable, columns: readonly number[]): ClusteredTable {
  const narrow = { ...table, columns: columns.map((column) => table.columns[column]!) };
  return { table: cluster === null ? foldRows(narrow) : narrow, cluster };
}
