/** Rows as sparse vectors: TF-IDF weights, each block of a text scaled to length one. */

import type { FeatureBlock } from './blocks.ts';
import type { EncodedRows } from './encode.ts';

/** Row r holds the features `features[i]` with `values[i]` for i from `offsets[r]` up to the next offset. */
export interface SparseRows {
  readonly offsets: Int32Array;
  readonly features: Int32Array;
  readonly values: Float32Array;
}

/** From encoded ids to features: `featureOf[id]` is -1 for what is not kept. */
export interface Weighing {
  readonly featureOf: Int32Array;
  readonly rarity: Float32Array;
  readonly blocks: readonly FeatureBlock[];
  readonly sublinear: boolean;
}

/**
 * Weighs all encoded rows. In a block of a text a feature weighs its count (or 1 + ln(count)) times its rarity, and the block's
 * squares add up to 1; a category or a bin of numbers weighs 1.
 */
export function weighRows(
  encoded: EncodedRows,
  { featureOf, rarity, blocks, sublinear }: Weighing,
): SparseRows {
  const offsets = new Int32Array(encoded.rows + 1);
  const features = new Int32Array(encoded.ids.length);
  const values = new Float32Array(encoded.ids.length);
  let length = 0;
  for (let segment = 0; segment < encoded.rows * encoded.blocks; segment++) {
    const kind = blocks[segment % encoded.blocks]!.kind;
    const isText = kind === 'words' || kind === 'characters';
    const first = length;
    let squares = 0;
    for (let at = encoded.offsets[segment]!; at < encoded.offsets[segment + 1]!; at++) {
      const feature = featureOf[encoded.ids[at]!]!;
      if (feature < 0) continue;
      const count = encoded.counts[at]!;
      const value = isText ? (sublinear ? 1 + Math.log(count) : count) * rarity[feature]! : 1;
      squares += value * value;
      features[length] = feature;
      values[length] = value;
      length++;
    }
    if (isText && squares > 0) {
      const scale = 1 / Math.sqrt(squares);
      for (let at = first; at < length; at++) values[at] = values[at]! * scale;
    }
    if ((segment + 1) % encoded.blocks === 0) offsets[(segment + 1) / encoded.blocks] = length;
  }
  return { offsets, features: features.subarray(0, length), values: values.subarray(0, length) };
}
