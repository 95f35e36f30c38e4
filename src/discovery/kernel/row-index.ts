/** Rows by value, and bit sets of rows by value, of single columns; made when first asked for, once for all threads. */

import { classBits, classBitWords } from './class-bits.ts';
import type { Layout } from './layout.ts';
import type { LiveColumn } from './prepare.ts';
import { createShelf, isMade, makeIfFree, partOf, type Shelf } from './shelf.ts';

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
  readonly bitsOf: (columns: readonly number[]) => readonly Int32Array[];
  /** Bit sets of the classes, as `classBits` makes them. */
  readonly bitsOfClasses: () => Int32Array;
  readonly words: number;
  /** Bytes that the bit sets of a column would add. */
  readonly bitBytes: (column: number) => number;
  /** Bytes of all bit sets made. */
  readonly bitBytesUsed: () => number;
}

/** Most bytes of bit sets, and of rows by value unless there is no other way. */
export const MOST_BIT_BYTES: number = 2 ** 28;
export const MOST_INDEX_BYTES: number = 2 ** 29;

/** Room for the row sets of all columns, as far as memory allows: bit sets, rows by value, classes. */
export function createRowShelf(columns: readonly LiveColumn[], rows: number, layout: Layout): Shelf {
  const words = Math.ceil(rows / 32);
  const within = (most: number, numbers: readonly number[]) => {
    let left = most / 4;
    return numbers.map((length) => {
      if (length > left) return null;
      left -= length;
      return length;
    });
  };
  return createShelf([
    ...within(
      MOST_BIT_BYTES,
      columns.map(({ live }) => (live + 1) * words),
    ),
    ...within(
      MOST_INDEX_BYTES,
      columns.map(({ live }) => rows + live + 2),
    ),
    classBitWords(layout, words),
  ]);
}

/** @param shelf where the threads of a search share what they make; null in a single thread */
export function createRowSets(
  columns: readonly LiveColumn[],
  rows: number,
  layout: Layout,
  shelf: Shelf | null = null,
): RowSets {
  const words = Math.ceil(rows / 32);
  const own = new Map<number, Int32Array>();
  const indexPart = (column: number) => columns.length + column;
  const classPart = 2 * columns.length;
  const has = (part: number) => own.has(part) || (shelf !== null && isMade(shelf, part));
  const make = (part: number, length: number, fill: (memory: Int32Array) => void) => {
    const known = own.get(part);
    if (known !== undefined) return known;
    let made = shelf === null ? null : partOf(shelf, part, fill);
    if (made === null) {
      made = new Int32Array(length);
      fill(made);
    }
    own.set(part, made);
    return made;
  };
  const bitLength = (column: number) => (columns[column]!.live + 1) * words;
  const fillBits = (column: number) => (memory: Int32Array) => rowBits(columns[column]!, words, memory);
  return {
    words,
    hasIndex: (column) => has(indexPart(column)),
    indexes: () => columns.reduce((sum, _, column) => sum + (has(indexPart(column)) ? 1 : 0), 0),
    hasBits: has,
    bitBytes: (column) => bitLength(column) * 4,
    bitBytesUsed: () => columns.reduce((sum, _, i) => sum + (has(i) ? bitLength(i) * 4 : 0), 0),
    indexOf: (column) => {
      const { live } = columns[column]!;
      const made = make(indexPart(column), rows + live + 2, (memory) =>
        indexRows(columns[column]!, rows, memory),
      );
      return { rows: made.subarray(0, rows), starts: made.subarray(rows) };
    },
    bitsOf: (subset) => {
      // Rather than wait for a column that another thread makes, first make those that nobody has begun.
      if (shelf !== null) for (const column of subset) makeIfFree(shelf, column, fillBits(column));
      return subset.map((column) => make(column, bitLength(column), fillBits(column)));
    },
    bitsOfClasses: () =>
      make(classPart, classBitWords(layout, words), (memory) => classBits(layout, words, memory)),
  };
}

/** Fills `into` with the rows in order of their codes, and behind them where each code starts. */
function indexRows({ codes, live }: LiveColumn, rows: number, into: Int32Array): void {
  const ordered = into.subarray(0, rows);
  const starts = into.subarray(rows);
  for (let row = 0; row < rows; row++) starts[codes[row]! + 1]!++;
  for (let code = 0; code <= live; code++) starts[code + 1]! += starts[code]!;
  const next = starts.slice();
  for (let row = 0; row < rows; row++) ordered[next[codes[row]!]!++] = row;
}

function rowBits({ codes }: LiveColumn, words: number, into: Int32Array): void {
  // Writes before anything is read: a fresh page that is read first is mapped twice, and threads that do so stop each other.
  into.fill(0);
  for (let row = 0; row < codes.length; row++) into[codes[row]! * words + (row >>> 5)]! |= 1 << (row & 31);
}
