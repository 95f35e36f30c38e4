/** What a row adds to the cell of a slice, and how the numbers of a cell are read back. */

import type { Prepared } from './prepare.ts';
import { shareable } from './share.ts';
import type { SearchMode } from './types.ts';

/**
 * Outcomes of 0 and 1 are counted in integers: a row belongs to one of `width` classes, a cell holds the cases of each.
 */
export interface ClassLayout {
  readonly kind: 'classes';
  readonly width: number;
  readonly classes: Uint8Array;
  /** Cases of each row; null where every row is one case. */
  readonly count: Int32Array | null;
}

/** Real values are summed row by row, in the order of the rows, whatever the method: equal sums are equal bit for bit. */
export interface SumLayout {
  readonly kind: 'sums';
  /** Numbers of a cell: the sums, then the peak if there is one. */
  readonly width: number;
  /** Sums of a cell; `adds[row * sums + i]` is added to number i. Null where a row adds 1, its peak and, to a third, its square. */
  readonly sums: number;
  readonly adds: Float64Array | null;
  /** The last number of a cell is the largest of these, at least 0; null where no peak is kept. */
  readonly peak: Float64Array;
}

export type Layout = ClassLayout | SumLayout;

/** The numbers of one or more cells. */
export type Cells = Int32Array | Float64Array;

/** Sums of what the search ranks by. */
export interface Reading {
  cases: number;
  weight: number;
  /** Sum of the values of the mode, and of those above 0. */
  value: number;
  positive: number;
  /** Largest value, at least 0. */
  largest: number;
}

/** Reads the cell that starts at `at` into `into`. */
export type Reader = (cells: Cells, at: number, into: Reading) => void;

/** Most cases that 32-bit counters hold. */
const MOST_COUNTED = 2 ** 31 - 1;

/** @throws RangeError in a mode that needs `before` where there is none */
export function searchLayout(table: Prepared, mode: SearchMode): Layout {
  if (mode !== 'worst' && table.before === null)
    throw new RangeError(`mode ${mode} needs the errors of a run before`);
  if (mode === 'worst') return countsClasses(table, ['error']) ? errorClasses(table) : errorSums(table);
  if (countsClasses(table, ['error', 'before'])) return pairClasses(table);
  return changeSums(table, mode === 'regressed' ? 1 : -1);
}

/** How cells of a `searchLayout` are read. */
export function searchReader(layout: Layout, mode: SearchMode): Reader {
  if (layout.kind === 'classes') {
    if (mode === 'worst') return readErrorClasses;
    return mode === 'regressed' ? readPairClasses(1, 2) : readPairClasses(2, 1);
  }
  const { sums } = layout;
  // Positive values have a sum of their own where values may be negative; weights, where there are any, come last.
  const plain = mode === 'worst' ? 2 : 3;
  const heavy = sums > plain ? plain : 0;
  return (cells, at, into) => {
    into.cases = cells[at]!;
    into.weight = cells[at + heavy]!;
    into.value = cells[at + 1]!;
    into.positive = cells[at + plain - 1]!;
    into.largest = cells[at + sums]!;
  };
}

/** Whether integers are enough: no weights, and only zeros and ones. */
export function countsClasses(
  { weight, totalCases, binary }: Prepared,
  values: readonly ('error' | 'before')[],
): boolean {
  return weight === null && totalCases <= MOST_COUNTED && values.every((name) => binary[name]);
}

/** Classes: 0 right, 1 wrong. */
export function errorClasses({ error, count }: Prepared): ClassLayout {
  const classes = shareable(Uint8Array, error.length);
  classes.set(error);
  return { kind: 'classes', width: 2, classes, count: count && Int32Array.from(count) };
}

/** Classes: 0 right in both runs, 1 broke, 2 fixed, 3 wrong in both. */
export function pairClasses({ rows, error, before, count }: Prepared): ClassLayout {
  const classes = shareable(Uint8Array, rows);
  for (let row = 0; row < rows; row++) classes[row] = error[row]! + 2 * before![row]!;
  return { kind: 'classes', width: 4, classes, count: count && Int32Array.from(count) };
}

/** @param parts what a row adds to each sum */
export function sumLayout(
  rows: number,
  parts: readonly ((row: number) => number)[],
  peak: Float64Array,
): SumLayout {
  const sums = parts.length;
  const adds = new Float64Array(rows * sums);
  parts.forEach((part, i) => {
    for (let row = 0; row < rows; row++) adds[row * sums + i] = part(row);
  });
  return { kind: 'sums', width: sums + 1, sums, adds, peak };
}

/** Cases, error and (with three sums) squared error of rows without weights. */
export function errorSumLayout({ rows, count, error }: Prepared, sums: 2 | 3): SumLayout {
  const shape = { kind: 'sums', width: sums + 1, sums, peak: error } as const;
  if (count === null) return { ...shape, adds: null };
  const adds = new Float64Array(rows * sums);
  for (let row = 0; row < rows; row++) {
    const at = row * sums;
    adds[at] = count[row]!;
    adds[at + 1] = count[row]! * error[row]!;
    if (sums === 3) adds[at + 2] = count[row]! * error[row]! ** 2;
  }
  return { ...shape, adds };
}

function readErrorClasses(cells: Cells, at: number, into: Reading): void {
  const wrong = cells[at + 1]!;
  into.cases = into.weight = cells[at]! + wrong;
  into.value = into.positive = wrong;
  into.largest = wrong > 0 ? 1 : 0;
}

/** The class that counts as 1, and the one that counts as -1. */
function readPairClasses(upClass: number, downClass: number): Reader {
  return (cells, at, into) => {
    const up = cells[at + upClass]!;
    const down = cells[at + downClass]!;
    into.cases = into.weight = cells[at]! + up + down + cells[at + 3]!;
    into.value = up - down;
    into.positive = up;
    into.largest = up > 0 ? 1 : 0;
  };
}

function errorSums(table: Prepared): SumLayout {
  const { rows, weight, error } = table;
  if (weight === null) return errorSumLayout(table, 2);
  const value = (row: number) => weight[row]! * error[row]!;
  return sumLayout(rows, [casesOf(table), value, (row) => weight[row]!], error);
}

function changeSums(table: Prepared, sign: 1 | -1): SumLayout {
  const { rows, weight, error } = table;
  const before = table.before!;
  const cases = casesOf(table);
  const weightOf = weight === null ? cases : (row: number) => weight[row]!;
  const change = Float64Array.from({ length: rows }, (_, row) => sign * (error[row]! - before[row]!));
  const value = (row: number) => weightOf(row) * change[row]!;
  const positive = (row: number) => Math.max(0, value(row));
  const parts = weight === null ? [cases, value, positive] : [cases, value, positive, weightOf];
  return sumLayout(rows, parts, change);
}

function casesOf({ count }: Prepared): (row: number) => number {
  return (row) => (count === null ? 1 : count[row]!);
}
