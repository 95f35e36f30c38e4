/** Counts every combination of a column subset in one scan of the rows; subsets that share all but the last column share work. */

import { countCodes } from './count-codes.ts';
import type { Cells, Layout, SumLayout } from './layout.ts';
import type { LiveColumn } from './prepare.ts';
import { addCounts, addErrors, addOnes, addSums, fillBase } from './scan.ts';

/** Rows per block: their numbers stay in the first-level cache while all subsets are counted. */
const BLOCK = 4096;

/** A dense table to fill: one cell per combination of codes, also for code 0. */
export interface DenseTable {
  readonly last: LiveColumn;
  /** Zeros at first, `tableSize` of them. */
  readonly cells: Cells;
}

/** Combinations of codes, code 0 included. May be far beyond what fits into memory. */
export function combinations(columns: readonly LiveColumn[]): number {
  return columns.reduce((product, { live }) => product * (live + 1), 1);
}

/** Index of the cell of a combination: the first column varies fastest. */
export function cellOf(columns: readonly LiveColumn[], codes: Uint16Array, at: number): number {
  let cell = 0;
  for (let i = columns.length - 1; i >= 0; i--) cell = cell * (columns[i]!.live + 1) + codes[at + i]!;
  return cell;
}

/** Counts all rows into tables over the columns of `prefix` and one more each. */
export function countDense(
  layout: Layout,
  rows: number,
  prefix: readonly LiveColumn[],
  tables: readonly DenseTable[],
): void {
  const base = new Int32Array(BLOCK);
  const step = combinations(prefix) * layout.width;
  for (let start = 0; start < rows; start += BLOCK) {
    const end = Math.min(rows, start + BLOCK);
    fillBase(base, layout, prefix, start, end);
    for (const { last, cells } of tables) {
      const codes = last.codes.subarray(start, end);
      if (layout.kind === 'sums') {
        if (layout.adds !== null)
          addSums(base, codes, step, layout, layout.adds, start, cells as Float64Array);
        else addErrors(base, codes, step, layout, start, cells as Float64Array);
      } else if (layout.count === null) addOnes(base, codes, step, cells as Int32Array);
      else addCounts(base, codes, step, layout.count.subarray(start, end), cells as Int32Array);
    }
  }
}
/** Adds a row to the cell of sums that starts at `at`; every method of counting adds rows with it, in ascending order. */
export function addRow({ adds, sums, peak }: SumLayout, row: number, cells: Float64Array, at: number): void {
  const value = peak[row]!;
  if (adds === null) {
    cells[at]! += 1;
    cells[at + 1]! += value;
    if (sums === 3) cells[at + 2]! += value * value;
  } else {
    const from = row * sums;
    for (let i = 0; i < sums; i++) cells[at + i]! += adds[from + i]!;
  }
  if (value > cells[at + sums]!) cells[at + sums] = value;
}

/** The cell of the whole table. */
export function countAll(layout: Layout, rows: number): Cells {
  if (layout.kind === 'sums') {
    const cells = new Float64Array(layout.width);
    for (let row = 0; row < rows; row++) addRow(layout, row, cells, 0);
    return cells;
  }
  const { classes, count, width } = layout;
  if (count === null) return countCodes(classes).slice(0, width);
  const cells = new Int32Array(width);
  for (let row = 0; row < rows; row++) cells[classes[row]!]! += count[row]!;
  return cells;
}
