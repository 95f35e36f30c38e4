/** Counts the candidates of few parents: the rows of each parent are gathered once, then counted by the last column. */

import { addRow } from './dense.ts';
import type { Candidates } from './join.ts';
import type { Cells, Layout } from './layout.ts';
import type { LiveColumn } from './prepare.ts';
import type { RowSets } from './row-index.ts';

/** Rows of parents that were gathered before; columns and codes name the parent. */
export interface ParentRows {
  readonly get: (columns: readonly number[], codes: Uint16Array, at: number) => Int32Array;
}

/** Most rows that are remembered. */
const MOST_REMEMBERED = 2 ** 23;

/** @param columns the live columns, `sets` their rows by value */
export function createParentRows(columns: readonly LiveColumn[], sets: RowSets): ParentRows {
  let remembered = new Map<string, Int32Array>();
  let size = 0;
  return {
    get: (subset, codes, at) => {
      if (subset.length === 1) return gatherRows(columns, sets, subset, codes, at);
      const key = subset.map((column, i) => `${column}=${codes[at + i]}`).join();
      const known = remembered.get(key);
      if (known !== undefined) return known;
      const rows = gatherRows(columns, sets, subset, codes, at);
      if (size + rows.length > MOST_REMEMBERED) {
        remembered = new Map();
        size = 0;
      }
      remembered.set(key, rows);
      size += rows.length;
      return rows;
    },
  };
}

/** Rows of a conjunction in ascending order, from those of its rarest item. */
function gatherRows(
  columns: readonly LiveColumn[],
  sets: RowSets,
  subset: readonly number[],
  codes: Uint16Array,
  at: number,
): Int32Array {
  const lists = subset.map((column, i) => {
    const { rows, starts } = sets.indexOf(column);
    return rows.subarray(starts[codes[at + i]!]!, starts[codes[at + i]! + 1]!);
  });
  const rarest = lists.reduce((best, list, i) => (list.length < lists[best]!.length ? i : best), 0);
  let rows = lists[rarest]!;
  subset.forEach((column, i) => {
    if (i !== rarest) rows = keepRows(rows, columns[column]!.codes, codes[at + i]!);
  });
  return rows;
}

function keepRows(rows: Int32Array, codes: Uint8Array | Uint16Array, code: number): Int32Array {
  const kept = new Int32Array(rows.length);
  let size = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    kept[size] = row;
    if (codes[row] === code) size++;
  }
  return kept.slice(0, size);
}

/**
 * Counts candidates that are ordered by their codes, so that those of one parent stand together.
 *
 * @param subset columns of the candidates, at least two
 */
export function countGathered(
  layout: Layout,
  columns: readonly LiveColumn[],
  parents: ParentRows,
  subset: readonly number[],
  { size, depth, codes }: Candidates,
  cells: Cells,
): void {
  const { width } = layout;
  const last = columns[subset[depth - 1]!]!;
  const prefix = subset.slice(0, -1);
  const byCode =
    layout.kind === 'classes'
      ? new Int32Array((last.live + 1) * width)
      : new Float64Array((last.live + 1) * width);
  for (let from = 0; from < size; ) {
    const to = endOfParent(codes, depth, from, size);
    const rows = parents.get(prefix, codes, from * depth);
    addRows(layout, last.codes, rows, byCode);
    for (let candidate = from; candidate < to; candidate++) {
      const at = codes[candidate * depth + depth - 1]! * width;
      for (let i = 0; i < width; i++) cells[candidate * width + i] = byCode[at + i]!;
    }
    clear(byCode, last.codes, rows, width);
    from = to;
  }
}

/** First candidate after `from` with another parent. */
export function endOfParent(codes: Uint16Array, depth: number, from: number, size: number): number {
  let to = from + 1;
  for (; to < size; to++) {
    for (let i = 0; i < depth - 1; i++) {
      if (codes[to * depth + i] !== codes[from * depth + i]) return to;
    }
  }
  return to;
}

function addRows(layout: Layout, codes: Uint8Array | Uint16Array, rows: Int32Array, cells: Cells): void {
  if (layout.kind === 'sums') {
    const sums = cells as Float64Array;
    for (let i = 0; i < rows.length; i++) addRow(layout, rows[i]!, sums, codes[rows[i]!]! * layout.width);
    return;
  }
  const { classes, width, count } = layout;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    cells[codes[row]! * width + classes[row]!]! += count === null ? 1 : count[row]!;
  }
}

/** Zeros again, at the cost of the rows where those are fewer than the cells. */
function clear(cells: Cells, codes: Uint8Array | Uint16Array, rows: Int32Array, width: number): void {
  if (rows.length * width > cells.length) {
    cells.fill(0);
    return;
  }
  for (let i = 0; i < rows.length; i++) {
    const at = codes[rows[i]!]! * width;
    cells.fill(0, at, at + width);
  }
}
