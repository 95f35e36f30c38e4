/** Makes equal rows of a coded table one row. */

import type { Codes } from './grouping-codes.ts';

/** Rows that are equal where all of these agree; values are compared bit by bit. */
export interface FoldedOn {
  readonly codes: readonly { readonly codes: Codes; readonly size: number }[];
  readonly values: readonly Float64Array[];
}

/** Which rows are kept, and for every row the kept one that stands for it. */
export interface Fold {
  /** The first row of each kind, ascending. */
  readonly first: Int32Array;
  /** Per row the index in `first`. */
  readonly into: Int32Array;
}

const WORD_BITS = 32;

/**
 * Folds equal rows; kept rows are in the order in which they first occur.
 *
 * @example foldRows(3, { codes: [{ codes: Uint8Array.of(1, 2, 1), size: 3 }], values: [] }).first // [0, 1]
 */
export function foldRows(rows: number, on: FoldedOn): Fold {
  const { records, words } = packRows(rows, on);
  const mask = 2 ** Math.max(4, Math.ceil(Math.log2(rows * 1.5 + 1))) - 1;
  const slots = new Int32Array(mask + 1).fill(-1);
  const into = new Int32Array(rows);
  const first = new Int32Array(rows);
  let kept = 0;
  for (let row = 0; row < rows; row++) {
    const from = row * words;
    let slot = hashRecord(records, from, words) & mask;
    let found = slots[slot]!;
    while (found !== -1 && !isEqual(records, first[found]! * words, from, words)) {
      slot = (slot + 1) & mask;
      found = slots[slot]!;
    }
    if (found === -1) {
      found = kept;
      first[kept++] = row;
      slots[slot] = found;
    }
    into[row] = found;
  }
  return { first: first.slice(0, kept), into };
}

/** Each row as a few words next to each other: the codes in as few bits as they need, then the values. */
function packRows(rows: number, { codes, values }: FoldedOn): { records: Uint32Array; words: number } {
  const places: { codes: Codes; word: number; shift: number }[] = [];
  let word = 0;
  let used = 0;
  for (const column of codes) {
    const bits = Math.ceil(Math.log2(Math.max(2, column.size)));
    if (used + bits > WORD_BITS) {
      word++;
      used = 0;
    }
    places.push({ codes: column.codes, word, shift: used });
    used += bits;
  }
  const words = word + 1 + 2 * values.length;
  const records = new Uint32Array(rows * words);
  for (const { codes: own, word: at, shift } of places) {
    for (let row = 0, to = at; row < rows; row++, to += words) records[to]! |= own[row]! << shift;
  }
  values.forEach((own, i) => {
    const bits = new Uint32Array(own.buffer, own.byteOffset, 2 * rows);
    for (let row = 0, to = word + 1 + 2 * i; row < rows; row++, to += words) {
      records[to] = bits[2 * row]!;
      records[to + 1] = bits[2 * row + 1]!;
    }
  });
  return { records, words };
}

/** MurmurHash3 over the words of a record. */
function hashRecord(records: Uint32Array, from: number, words: number): number {
  let hash = 0;
  for (let at = from; at < from + words; at++) {
    let word = Math.imul(records[at]!, 0xcc9e2d51);
    word = Math.imul((word << 15) | (word >>> 17), 0x1b873593);
    hash ^= word;
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function isEqual(records: Uint32Array, a: number, b: number, words: number): boolean {
  for (let i = 0; i < words; i++) if (records[a + i] !== records[b + i]) return false;
  return true;
}
