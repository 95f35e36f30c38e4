/** Packs the codes and values of each row into few 32-bit words, so that equal rows are found by comparing words. */

import type { SearchTable } from './types.ts';

/** Words per row, one array per word; two rows are equal in all codes, error and `before` exactly if all words are. */
export function packRows(table: SearchTable): readonly Int32Array[] {
  const { rows } = table;
  const words: Int32Array[] = [];
  let free = 0;
  const append = (bits: number, values: Uint8Array | Uint16Array | Int32Array | Float64Array) => {
    if (bits > free) {
      words.push(new Int32Array(rows));
      free = 32;
    }
    free -= bits;
    const word = words.at(-1)!;
    for (let row = 0; row < rows; row++) word[row]! |= values[row]! << free;
  };
  for (const { codes, cardinality } of table.columns) append(32 - Math.clz32(cardinality), codes);
  for (const values of [table.error, table.before]) {
    if (values === null) continue;
    if (isBinary(values)) append(1, values);
    else for (const half of halvesOf(values)) append(32, half);
  }
  return words;
}

/** Whether every value is 0 or 1. */
export function isBinary(values: Float64Array): boolean {
  for (let row = 0; row < values.length; row++) {
    // One test for both, which hardly ever fails: the processor cannot guess which of the two comes next.
    if (values[row]! * (values[row]! - 1) !== 0) return false;
  }
  return true;
}

/** Both halves of each number's bits; adding 0 makes -0 and 0 the same. */
function halvesOf(values: Float64Array): readonly Int32Array[] {
  const words = new Int32Array(values.map((value) => value + 0).buffer);
  return [0, 1].map((half) => Int32Array.from({ length: values.length }, (_, row) => words[2 * row + half]!));
}
