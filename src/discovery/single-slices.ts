/** Slices of one condition with their sums. */

import { measured, type SearchTable, type SliceItem, type SliceSums } from './kernel/index.ts';

/** Every value of every column with enough cases, in order of columns and codes. */
export function singleSlices(
  table: SearchTable,
  minCases: number,
): readonly { readonly items: readonly [SliceItem]; readonly sums: SliceSums }[] {
  const items = table.columns.flatMap(({ cardinality }, column) =>
    Array.from({ length: cardinality }, (_, code): [SliceItem] => [{ column, code: code + 1 }]),
  );
  const sums = measured(table).slices(items);
  return items.flatMap((own, i) => (sums[i]!.cases >= minCases ? [{ items: own, sums: sums[i]! }] : []));
}
