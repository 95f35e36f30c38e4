/** Chooses the features that are kept, weighs them by how rare they are, and finds how they are written. */

import type { ClassifierOptions, FeatureColumn } from '../types.ts';
import { type FeatureBlock, wholeName } from './blocks.ts';
import { type EncodedRows, textOf, visitFeatures } from './encode.ts';
import type { GramIndex } from './gram-index.ts';
import { gramText } from './grams.ts';

/** The features of a model. `kept[f]` is the encoded id of feature f; `rarity[f]` its inverse document frequency (1 outside texts). */
export interface Vocabulary {
  readonly kept: Int32Array;
  readonly rarity: Float32Array;
  readonly block: Uint16Array;
}

/**
 * Keeps features that stand in at least `minRows` of these rows, the most frequent `maxFeatures` of them (the first seen wins a tie),
 * in the order of first sight. Rarity is ln((1 + rows) / (1 + rows with it)) + 1, as scikit-learn has it.
 *
 * @param rows which of the encoded rows count; each once
 */
export function chooseVocabulary(
  encoded: EncodedRows,
  rows: Int32Array,
  features: number,
  blocks: readonly FeatureBlock[],
  options: Pick<ClassifierOptions, 'minRows' | 'maxFeatures'>,
): Vocabulary {
  const holders = new Int32Array(features);
  const blockOf = new Uint16Array(features);
  for (const row of rows) {
    for (let block = 0; block < encoded.blocks; block++) {
      const segment = row * encoded.blocks + block;
      for (let at = encoded.offsets[segment]!; at < encoded.offsets[segment + 1]!; at++) {
        holders[encoded.ids[at]!]!++;
        blockOf[encoded.ids[at]!] = block;
      }
    }
  }
  const kept = mostHeld(holders, options);
  const isText = blocks.map(({ kind }) => kind === 'words' || kind === 'characters');
  return {
    kept,
    rarity: Float32Array.from(kept, (id) =>
      isText[blockOf[id]!] ? Math.log((1 + rows.length) / (1 + holders[id]!)) + 1 : 1,
    ),
    block: Uint16Array.from(kept, (id) => blockOf[id]!),
  };
}

function mostHeld(
  holders: Int32Array,
  { minRows, maxFeatures }: Pick<ClassifierOptions, 'minRows' | 'maxFeatures'>,
): Int32Array {
  const enough = Int32Array.from(holders.keys()).filter((id) => holders[id]! >= minRows);
  if (enough.length <= maxFeatures) return enough;
  return enough
    .sort((a, b) => holders[b]! - holders[a]! || a - b)
    .slice(0, maxFeatures)
    .sort();
}

/**
 * How each kept feature is written, by reading the rows again up to the last one that is needed. Two grams whose 64 bits of hash agree
 * are one feature under the first one's name.
 */
export function featureNames(
  columns: readonly FeatureColumn[],
  blocks: readonly FeatureBlock[],
  index: GramIndex,
  { kept }: Vocabulary,
): readonly string[] {
  const placeOf = new Int32Array(index.size).fill(-1);
  kept.forEach((id, place) => {
    placeOf[id] = place;
  });
  const names: string[] = new Array(kept.length);
  const byName = new Map(columns.map((column) => [column.name, column]));
  let missing = kept.length;
  for (let row = 0; row < columns[0]!.values.length && missing > 0; row++) {
    blocks.forEach((block, salt) => {
      const column = byName.get(block.column)!;
      const value = column.values[row];
      const text = typeof value === 'string' && column.kind === 'text' ? textOf(value) : null;
      visitFeatures(column, block, salt, row, (high, low, start, end, wordStart, wordEnd) => {
        const place = placeOf[index.find(high, low)]!;
        if (place < 0 || names[place] !== undefined) return;
        names[place] =
          block.kind === 'category' || block.kind === 'number'
            ? wholeName(block, value)
            : gramText(text ?? '', start, end, wordStart, wordEnd);
        missing--;
      });
    });
  }
  return names;
}
