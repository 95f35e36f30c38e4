/** Many texts as hashed sets in two arrays, which threads hand to each other without a copy. */

import type { GramReader } from './gram-reader.ts';
import { growingInts } from './growing.ts';
import type { HashedSet } from './near-duplicates.ts';

/** Hashed texts. */
export interface HashedBatch {
  /** Four numbers for each text: tokens, grams, both lanes of the fingerprint. */
  readonly heads: Int32Array<ArrayBuffer>;
  /** Hashes of the long texts, one after the other. */
  readonly grams: Int32Array<ArrayBuffer>;
}

const FIELDS = 4;

/**
 * A function that hashes batches.
 *
 * @param leastStored sets of fewer grams travel without their hashes
 */
export function hashBatch(
  reader: GramReader,
  leastStored: number,
): (texts: readonly string[]) => HashedBatch {
  return (texts) => {
    const heads = new Int32Array(texts.length * FIELDS);
    const hashes = growingInts();
    texts.forEach((text, place) => {
      reader.read(text);
      heads.set([reader.tokens, reader.count, reader.sumLow, reader.sumHigh], place * FIELDS);
      if (reader.count >= leastStored) hashes.pushAll(reader.low, reader.count);
    });
    return { heads, grams: hashes.values.slice(0, hashes.length) };
  };
}

/** Hands on the sets of a batch, in order. */
export function eachHashed(
  { heads, grams }: HashedBatch,
  leastStored: number,
  visit: (set: HashedSet) => void,
): void {
  let from = 0;
  for (let at = 0; at < heads.length; at += FIELDS) {
    const count = heads[at + 1]!;
    const stored = count >= leastStored ? count : 0;
    const low = grams.subarray(from, from + stored);
    visit({ tokens: heads[at]!, count, sumLow: heads[at + 2]!, sumHigh: heads[at + 3]!, low });
    from += stored;
  }
}
