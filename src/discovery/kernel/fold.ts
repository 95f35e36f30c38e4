/** Folds rows that are equal in every column and value into one row that counts their cases. */

import { packRows } from './pack.ts';
import { kindOf, shareable } from './share.ts';
import { subsetsUpTo } from './subsets.ts';
import type { SearchTable } from './types.ts';

/** Rows that are looked at to guess how much folding would gain. */
const SAMPLE = 16_384;

/** Folding has to leave at most this share of the rows. */
const WORTHWHILE = 0.5;

/** Folding a row takes as long as counting it in about this many column subsets. */
const LEAST_SUBSETS = 200;

/** Whether slices of up to `maxLevel` items have so many column subsets to count that folding can pay. */
export function worthFolding(columns: number, maxLevel: number): boolean {
  return subsetsUpTo(columns, maxLevel) >= LEAST_SUBSETS;
}

/**
 * The same cases in fewer rows, in order of first appearance; the table itself where a sample shows little to gain.
 * Weights of folded rows are summed; all other sums over cases stay the same.
 */
export function foldRows(table: SearchTable): SearchTable {
  if (table.rows < 2) return table;
  if (table.rows > SAMPLE) {
    const sample = sampleOf(table);
    if (distinctGuess(groupRows(sample), SAMPLE) > table.rows * WORTHWHILE) return table;
  }
  const { first, group } = groupRows(table);
  if (first.length > table.rows * WORTHWHILE) return table;
  return {
    rows: first.length,
    columns: table.columns.map(({ codes, cardinality }) => ({ codes: pick(codes, first), cardinality })),
    count: sumBy(table.count, group, first.length),
    weight: table.weight && sumBy(table.weight, group, first.length),
    error: pick(table.error, first),
    before: table.before && pick(table.before, first),
  };
}

interface Groups {
  /** First row of each group, ascending. */
  readonly first: Int32Array;
  /** Group of each row. */
  readonly group: Int32Array;
}

function groupRows(table: SearchTable): Groups {
  const { rows } = table;
  const words = packRows(table);
  const slots = 2 ** Math.ceil(Math.log2(rows * 1.5 + 1));
  const mask = slots - 1;
  const heads = new Int32Array(slots);
  const first = new Int32Array(rows);
  const group = new Int32Array(rows);
  let groups = 0;
  for (let row = 0; row < rows; row++) {
    let hash = 0;
    for (const word of words) hash = Math.imul(hash ^ word[row]!, 0x9e3779b1) ^ (hash >>> 15);
    hash ^= hash >>> 16;
    let slot = Math.imul(hash, 0x85ebca6b) & mask;
    let found = -1;
    while (heads[slot] !== 0) {
      const candidate = heads[slot]! - 1;
      if (equalWords(words, first[candidate]!, row)) {
        found = candidate;
        break;
      }
      slot = (slot + 1) & mask;
    }
    if (found < 0) {
      found = groups;
      first[groups++] = row;
      heads[slot] = groups;
    }
    group[row] = found;
  }
  return { first: first.slice(0, groups), group };
}

function equalWords(words: readonly Int32Array[], a: number, b: number): boolean {
  for (const word of words) if (word[a] !== word[b]) return false;
  return true;
}

/** Chao's lower estimate of the number of distinct rows in all, from how many were seen once and twice. */
function distinctGuess({ first, group }: Groups, rows: number): number {
  const seen = new Int32Array(first.length);
  for (let row = 0; row < rows; row++) seen[group[row]!]!++;
  let once = 0;
  let twice = 0;
  for (const times of seen) {
    if (times === 1) once++;
    else if (times === 2) twice++;
  }
  return first.length + (once * (once - 1)) / (2 * (twice + 1));
}

/** One row of each of many equal stretches; at a scattered place, because tables often repeat themselves in step. */
function sampleOf(table: SearchTable): SearchTable {
  const stretch = table.rows / SAMPLE;
  const rows = Int32Array.from({ length: SAMPLE }, (_, i) => Math.floor((i + scatter(i)) * stretch));
  return {
    rows: SAMPLE,
    columns: table.columns.map(({ codes, cardinality }) => ({ codes: pick(codes, rows), cardinality })),
    count: pick(table.count, rows),
    weight: null,
    error: pick(table.error, rows),
    before: table.before && pick(table.before, rows),
  };
}

/** A fixed number in [0, 1) for each whole number, without a pattern. */
function scatter(i: number): number {
  let mixed = Math.imul(i ^ (i >>> 16), 0x45d9f3b) + 0x7f4a7c15;
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
}

/** The entries of some rows, in memory that threads can share. */
export function pick<Values extends Uint8Array | Uint16Array | Int32Array | Float64Array>(
  values: Values,
  rows: Int32Array,
): Values {
  const result = shareable(kindOf(values), rows.length);
  for (let i = 0; i < rows.length; i++) result[i] = values[rows[i]!]!;
  return result;
}

function sumBy(values: Float64Array, group: Int32Array, groups: number): Float64Array {
  const sums = new Float64Array(groups);
  for (let row = 0; row < values.length; row++) sums[group[row]!]! += values[row]!;
  return sums;
}
