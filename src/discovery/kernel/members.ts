/** The rows of a slice, and how much two slices overlap. */

import { ones } from './bitset.ts';
import type { SearchTable, SliceItem } from './types.ts';

/**
 * Rows of a slice in ascending order; no items give all rows.
 *
 * @param items of different columns, in any order
 */
export function sliceMembers(
  table: Pick<SearchTable, 'rows' | 'columns'>,
  items: readonly SliceItem[],
): Int32Array {
  const wanted = items.map(({ column, code }) => ({ codes: table.columns[column]!.codes, code }));
  const [first, ...others] = wanted;
  let rows = new Int32Array(table.rows);
  let size = 0;
  for (let row = 0; row < table.rows; row++) {
    rows[size] = row;
    if (first === undefined || first.codes[row] === first.code) size++;
  }
  for (const { codes, code } of others) {
    let kept = 0;
    for (let i = 0; i < size; i++) {
      const row = rows[i]!;
      rows[kept] = row;
      if (codes[row] === code) kept++;
    }
    size = kept;
  }
  rows = rows.slice(0, size);
  return rows;
}

/** A set of rows as bits: row r is bit r % 32 of word r / 32. */
export function rowSet(rows: number, members: Int32Array): Int32Array {
  const bits = new Int32Array(Math.ceil(rows / 32));
  for (const row of members) bits[row >>> 5]! |= 1 << (row & 31);
  return bits;
}

/**
 * Jaccard overlap of two sets of rows, in [0, 1]: the size of what they share by the size of both together; 0 when both
 * are empty.
 *
 * @param count cases of each row; null where every row is one case
 */
export function overlap(a: Int32Array, b: Int32Array, count: Float64Array | null): number {
  let shared = 0;
  let together = 0;
  for (let word = 0; word < a.length; word++) {
    const both = a[word]! & b[word]!;
    const either = a[word]! | b[word]!;
    if (count === null) {
      shared += ones(both);
      together += ones(either);
    } else if (either !== 0) {
      shared += casesOf(both, word, count);
      together += casesOf(either, word, count);
    }
  }
  return together === 0 ? 0 : shared / together;
}

function casesOf(bits: number, word: number, count: Float64Array): number {
  let cases = 0;
  for (let left = bits; left !== 0; left &= left - 1)
    cases += count[word * 32 + 31 - Math.clz32(left & -left)]!;
  return cases;
}
