/** Rows of a search table: which belong to a slice, their sums, and tables of some of the rows. */

import type { SearchTable, SliceItem, SliceSums } from './kernel/types.ts';

/**
 * 1 for each row that has all items of a conjunction, else 0. Without items every row belongs.
 *
 * Cost: rows x items.
 */
export function rowsOfSlice(table: SearchTable, items: readonly SliceItem[]): Uint8Array {
  const inside = new Uint8Array(table.rows).fill(1);
  for (const { column, code } of items) {
    const { codes } = table.columns[column]!;
    for (let row = 0; row < table.rows; row++) if (codes[row] !== code) inside[row] = 0;
  }
  return inside;
}

/**
 * Sums over the rows whose mark is `which`.
 *
 * @param marks one number per row
 */
export function sumRows(table: SearchTable, marks: ArrayLike<number>, which: number): SliceSums {
  const { count, weight, error, before } = table;
  const sums = { cases: 0, weight: 0, error: 0, errorSquares: 0, largestError: 0 };
  const changes = { before: 0, change: 0, changeSquares: 0, broke: 0, fixed: 0 };
  for (let row = 0; row < table.rows; row++) {
    if (marks[row] !== which) continue;
    const w = weight === null ? count[row]! : weight[row]!;
    const e = error[row]!;
    sums.cases += count[row]!;
    sums.weight += w;
    sums.error += w * e;
    sums.errorSquares += w * e * e;
    if (e > sums.largestError) sums.largestError = e;
    if (before === null) continue;
    const change = e - before[row]!;
    changes.before += w * before[row]!;
    changes.change += w * change;
    changes.changeSquares += w * change * change;
    if (change > 0) changes.broke += count[row]!;
    else if (change < 0) changes.fixed += count[row]!;
  }
  return { ...sums, ...changes };
}

/** Rows that may be searched, with the cluster of each. */
export interface ClusteredTable {
  readonly table: SearchTable;
  /** Dense cluster code per row; null where every case stands alone. */
  readonly cluster: Int32Array | null;
}

/**
 * The rows of one half as a table of their own; columns keep their codes.
 *
 * @param half 0 or 1 per row
 */
export function takeHalf(
  { table, cluster }: ClusteredTable,
  half: ArrayLike<number>,
  which: 0 | 1,
): ClusteredTable {
  const rows: number[] = [];
  for (let row = 0; row < table.rows; row++) if (half[row] === which) rows.push(row);
  const take = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!);
  const takeCodes = (codes: Uint8Array | Uint16Array) => {
    const taken = codes instanceof Uint8Array ? new Uint8Array(rows.length) : new Uint16Array(rows.length);
    rows.forEach((row, place) => {
      taken[place] = codes[row]!;
    });
    return taken;
  };
  return {
    table: {
      rows: rows.length,
      columns: table.columns.map(({ codes, cardinality }) => ({ codes: takeCodes(codes), cardinality })),
      count: take(table.count),
      weight: table.weight && take(table.weight),
      error: take(table.error),
      before: table.before && take(table.before),
    },
    cluster: cluster && Int32Array.from(rows, (row) => cluster[row]!),
  };
}
