/** Rows of a search table: which belong to a slice, their sums, and tables of some of the rows. */

import { pick } from './kernel/index.ts';
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

/** Rows with the half that each is in. */
export interface HalvedTable extends ClusteredTable {
  /** 0 or 1 per row; all cases of a cluster are in one half. */
  readonly half: Uint8Array;
}

type Halves = readonly [first: ClusteredTable, second: ClusteredTable];

const known = new WeakMap<HalvedTable, Halves>();

/** The rows of half 0 and of half 1 as tables of their own; columns keep their codes. They are kept as long as the input. */
export function halvesOf(input: HalvedTable): Halves {
  const before = known.get(input);
  if (before !== undefined) return before;
  const halves = [takeHalf(input, 0), takeHalf(input, 1)] as const;
  known.set(input, halves);
  return halves;
}

function takeHalf({ table, cluster, half }: HalvedTable, which: 0 | 1): ClusteredTable {
  let size = 0;
  const rows = new Int32Array(table.rows);
  for (let row = 0; row < table.rows; row++) {
    rows[size] = row;
    if (half[row] === which) size++;
  }
  const own = rows.subarray(0, size);
  return {
    table: {
      rows: size,
      columns: table.columns.map(({ codes, cardinality }) => ({ codes: pick(codes, own), cardinality })),
      count: pick(table.count, own),
      weight: table.weight && pick(table.weight, own),
      error: pick(table.error, own),
      before: table.before && pick(table.before, own),
    },
    cluster: cluster && pick(cluster, own),
  };
}
