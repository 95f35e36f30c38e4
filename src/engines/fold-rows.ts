/** Finds the equal rows of a coded table. */

import type { Codes } from './grouping-codes.ts';

/** Rows are equal where all of these agree; values are compared bit by bit. */
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

/** Larger tables are folded part by part, each of which fits into a processor's cache. */
const UNDIVIDED_ROWS = 1 << 16;
const PART_BITS = 6;

/** Values with at most so many distinct numbers are packed as codes. */
const FEW_VALUES = 16;

/**
 * Folds equal rows; null where that would not at least halve their number, since then it costs more than it saves. Large
 * tables are judged by a part, which holds either all rows of a kind or none.
 *
 * @example foldRows(3, { codes: [{ codes: Uint8Array.of(2, 2, 2), size: 3 }], values: [] }) // { first: [0], into: [0, 0, 0] }
 */
export function foldRows(rows: number, on: FoldedOn): Fold | null {
  const { records, words } = packRows(rows, on);
  const bits = rows <= UNDIVIDED_ROWS ? 0 : PART_BITS;
  const { hashes, order, start } = divide(rows, records, words, bits);
  const firstOf = new Int32Array(rows);
  for (let part = 0; part < start.length - 1; part++) {
    const own = order.subarray(start[part], start[part + 1]);
    const kinds = foldPart(own, hashes, records, words, firstOf);
    if (part === 0 && 2 * kinds > own.length) return null;
  }
  return ranked(firstOf);
}

/** Each row as a few words next to each other: the codes in as few bits as they need, then values of many kinds. */
function packRows(rows: number, on: FoldedOn): { readonly records: Uint32Array; readonly words: number } {
  const coded = [...on.codes];
  const wide: Float64Array[] = [];
  for (const values of on.values) {
    const codes = codesOfFew(values);
    if (codes === null) wide.push(values);
    else coded.push({ codes, size: FEW_VALUES });
  }
  const places: { readonly codes: Codes; readonly word: number; readonly shift: number }[] = [];
  let word = 0;
  let used = 0;
  for (const { codes, size } of coded) {
    const bits = Math.ceil(Math.log2(Math.max(2, size)));
    if (used + bits > 32) {
      word++;
      used = 0;
    }
    places.push({ codes, word, shift: used });
    used += bits;
  }
  const words = word + 1 + 2 * wide.length;
  const records = new Uint32Array(rows * words);
  for (const { codes, word: at, shift } of places) {
    for (let row = 0, to = at; row < rows; row++, to += words) records[to]! |= codes[row]! << shift;
  }
  wide.forEach((values, i) => {
    const halves = new Uint32Array(values.buffer, values.byteOffset, 2 * rows);
    for (let row = 0, to = word + 1 + 2 * i; row < rows; row++, to += words) {
      records[to] = halves[2 * row]!;
      records[to + 1] = halves[2 * row + 1]!;
    }
  });
  return { records, words };
}

function codesOfFew(values: Float64Array): Uint8Array | null {
  const known: number[] = [];
  const codes = new Uint8Array(values.length);
  let last = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (!Object.is(known[last], value)) {
      last = known.findIndex((other) => Object.is(other, value));
      if (last === -1) last = known.push(value) - 1;
      if (last === FEW_VALUES) return null;
    }
    codes[row] = last;
  }
  return codes;
}

/** Hashes rows, and orders them by the upper bits of the hash, then as they were. */
function divide(rows: number, records: Uint32Array, words: number, bits: number) {
  const hashes = new Uint32Array(rows);
  const parts = 2 ** bits;
  const start = new Int32Array(parts + 1);
  const partOf = (hash: number): number => (bits === 0 ? 0 : hash >>> (32 - bits));
  for (let row = 0; row < rows; row++) {
    const hash = hashRecord(records, row * words, words);
    hashes[row] = hash;
    start[partOf(hash) + 1]!++;
  }
  for (let part = 0; part < parts; part++) start[part + 1]! += start[part]!;
  const order = new Int32Array(rows);
  const next = start.slice();
  for (let row = 0; row < rows; row++) order[next[partOf(hashes[row]!)]!++] = row;
  return { hashes, order, start };
}

/** Notes for each row of a part the first row that equals it; gives the number of kinds. */
function foldPart(
  own: Int32Array,
  hashes: Uint32Array,
  records: Uint32Array,
  words: number,
  firstOf: Int32Array,
): number {
  const mask = 2 ** Math.max(4, Math.ceil(Math.log2(own.length * 1.5 + 1))) - 1;
  const slots = new Int32Array(mask + 1).fill(-1);
  let kinds = 0;
  for (let i = 0; i < own.length; i++) {
    const row = own[i]!;
    let slot = hashes[row]! & mask;
    while (slots[slot] !== -1 && !isEqual(records, slots[slot]! * words, row * words, words)) {
      slot = (slot + 1) & mask;
    }
    if (slots[slot] === -1) {
      slots[slot] = row;
      kinds++;
    }
    firstOf[row] = slots[slot]!;
  }
  return kinds;
}

function ranked(firstOf: Int32Array): Fold {
  const into = new Int32Array(firstOf.length);
  const first = new Int32Array(firstOf.length);
  let kept = 0;
  for (let row = 0; row < firstOf.length; row++) {
    if (firstOf[row] === row) {
      into[row] = kept;
      first[kept++] = row;
    } else into[row] = into[firstOf[row]!]!;
  }
  return { first: first.slice(0, kept), into };
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
  return (hash ^ (hash >>> 16)) >>> 0;
}

function isEqual(records: Uint32Array, a: number, b: number, words: number): boolean {
  for (let i = 0; i < words; i++) if (records[a + i] !== records[b + i]) return false;
  return true;
}
