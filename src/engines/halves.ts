/** Which half of a split a case is in: decided by its name and a seed alone, the same in every engine. */

import { hash } from 'node:crypto';

/** Rows that share one digest: as many as it has bits. */
const DIGEST_BITS = 128;

/** What is hashed for a text; the SQL of `duckdb/table-columns.ts` hashes the same. */
export function halfPrefix(seed: number): string {
  return `split:${seed}\u001f`;
}

/**
 * The half of a cluster or a case, by its text: the lowest bit of the first byte of an MD5.
 *
 * @returns 0 or 1
 */
export function textHalf(seed: number, text: string): number {
  return hash('md5', halfPrefix(seed) + text, 'buffer')[0]! & 1;
}

/**
 * The halves of rows that are cases of their own. 128 rows share one MD5, whose bits they take in turn, since a digest for
 * every one of millions of rows would take longer than reading them.
 *
 * @param numbers of the rows (`rowId`), fastest where ascending
 */
export function rowHalves(seed: number, numbers: ArrayLike<number>): Uint8Array {
  const halves = new Uint8Array(numbers.length);
  let block = -1;
  let digest = new Uint8Array();
  for (let i = 0; i < halves.length; i++) {
    const number = numbers[i]!;
    const own = Math.floor(number / DIGEST_BITS);
    if (own !== block) {
      block = own;
      digest = hash('md5', `${halfPrefix(seed)}rows ${block}`, 'buffer');
    }
    const bit = number % DIGEST_BITS;
    halves[i] = (digest[bit >>> 3]! >>> (bit & 7)) & 1;
  }
  return halves;
}
