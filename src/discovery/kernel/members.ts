/** The rows of a slice, and how much two slices overlap. */

import { ones } from './bitset.ts';
import type { SearchTable, SliceItem } from './types.ts';

/**
 * The rows of a slice as bits: row r is bit r % 32 of word r / 32.
 *
 * @param items of different columns, in any order; none give all rows
 */
export function rowSet(
  table: Pick<SearchTable, 'rows' | 'columns'>,
  items: readonly SliceItem[],
): Int32Array {
  const { rows } = table;
  const bits = new Int32Array(Math.ceil(rows / 32)).fill(-1);
  if (rows % 32 !== 0) bits[bits.length - 1] = (1 << (rows % 32)) - 1;
  for (const { column, code } of items) {
    const { codes } = table.columns[column]!;
    for (let word = 0; word < bits.length; word++) {
      const end = Math.min(32, rows - word * 32);
      let own = 0;
      for (let bit = 0, row = word * 32; bit < end; bit++, row++) if (codes[row] === code) own |= 1 << bit;
      bits[word] = bits[word]! & own;
    }
  }
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
