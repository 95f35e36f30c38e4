/** Rows by value, and bit sets of rows by value, of single columns; made when first asked for. */

import type { LiveColumn } from './prepare.ts';

/** Rows of one column ordered by code, each code's in ascending order. */
export interface RowIndex {
  readonly rows: Int32Array;
  /** Code c has `rows[starts[c]]` up to `rows[starts[c + 1] - 1]`. */
  readonly starts: Int32Array;
}

/** What has been made so far. */
export interface RowSets {
  readonly hasIndex: (column: number) => boolean;
  /** Columns with an index. */
  readonly indexes: () => number;
  readonly indexOf: (column: number) => RowIndex;
  readonly hasBits: (column: number) => boolean;
  /** One bit per row and code: code c has `bits.subarray(c * words, (c + 1) * words)`. */
  readonly bitsOf: (column: number) => Int32Array;
  readonly words: number;
  /** Bytes that the bit sets of a column would add. */
  readonly bitBytes: (column: number) => number;
  /** Bytes of all bit sets made. */
  readonly bitBytesUsed: () => number;
}

export function createRowSets(columns: readonly LiveColumn[], rows: number): RowSets {
  const indexes = new Map<number, RowIndex>();
  const bits = new Map<number, Int32Array>();
  const words = Math.ceil(rows / 32);
  return {
    words,
    hasIndex: (column) => indexes.has(column),
    indexes: () => indexes.size,
    hasBits: (column) => bits.has(column),
    bitBytes: (column) => (columns[column]!.live + 1) * words * 4,
    bitBytesUsed: () => [...bits.values()].reduce((sum, { byteLength }) => sum + byteLength, 0),
    indexOf: (column) => {
      const known = indexes.get(column);
      if (known !== undefined) return known;
      const made = indexRows(columns[column]!, rows);
      indexes.set(column, made);
      return made;
    },
    bitsOf: (column) => {
      const known = bits.get(column);
      if (known !== undefined) return known;
      const made = rowBits(columns[column]!, rows, words);
      bits.set(column, made);
      return made;
    },
  };
}

function indexRows({ codes, live }: LiveColumn, rows: number): RowIndex {
  const starts = new Int32Array(live + 2);
  for (let row = 0; row < rows; row++) starts[codes[row]! + 1]!++;
  for (let code = 0; code <= live; code++) starts[code + 1]! += starts[code]!;
  const next = starts.slice();
  const ordered = new Int32Array(rows);
  for (let row = 0; row < rows; row++) ordered[next[codes[row]!]!++] = row;
  return { rows: ordered, starts };
}

function rowBits({ codes, live }: LiveColumn, rows: number, words: number): Int32Array {
  const bits = new Int32Array((live + 1) * words);
  for (let row = 0; row < rows; row++) bits[codes[row]! * words + (row >>> 5)]! |= 1 << (row & 31);
  return bits;
}
