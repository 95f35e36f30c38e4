/** Texts as points: hashed TF-IDF, brought to 256 dimensions by random signs. */

import { isTelling, type TermFrequencies, termWeights } from './term-frequencies.ts';
import { finish } from './tokenize.ts';

/** Dimensions of the built-in embedding. */
export const DIMENSIONS = 256;

/** How the built-in embedding is made, for definitions. */
export const EMBEDDING_METHOD = `hashed TF-IDF of words, random signs, ${DIMENSIONS} dimensions`;

/** Points of one dimension, one after the other. */
export interface Vectors {
  readonly count: number;
  readonly dimensions: number;
  /** `count * dimensions` numbers. */
  readonly values: Float32Array;
}

/**
 * The point of a text: each word that at most half of the texts hold adds its TF-IDF weight with a sign of its own to every dimension, and the sum is scaled to
 * length 1. The cosine of two points estimates that of the full TF-IDF vectors with a standard error of about 1/16; words
 * are all it knows of meaning.
 *
 * @param into 256 numbers to write to, all 0 for a text without words
 */
export function embedInto(text: string, frequencies: TermFrequencies, into: Float32Array): void {
  into.fill(0);
  for (const { hash, weight } of termWeights(text, frequencies)) {
    if (!isTelling(hash, frequencies)) continue;
    for (let block = 0; block < DIMENSIONS / 32; block++) {
      let signs = finish(hash ^ Math.imul(block + 1, 0x9e3779b1));
      const start = block * 32;
      for (let bit = 0; bit < 32; bit++) {
        into[start + bit]! += (signs & 1) === 1 ? weight : -weight;
        signs >>>= 1;
      }
    }
  }
  scaleToOne(into);
}

/** The points of many texts. */
export function embedTexts(texts: readonly string[], frequencies: TermFrequencies): Vectors {
  const values = new Float32Array(texts.length * DIMENSIONS);
  texts.forEach((text, index) => {
    embedInto(text, frequencies, values.subarray(index * DIMENSIONS, (index + 1) * DIMENSIONS));
  });
  return { count: texts.length, dimensions: DIMENSIONS, values };
}

/** Scales a vector to length 1 in place; a vector of zeros stays as it is. */
export function scaleToOne(vector: Float32Array): void {
  let squares = 0;
  for (const value of vector) squares += value * value;
  if (squares === 0) return;
  const factor = 1 / Math.sqrt(squares);
  for (let at = 0; at < vector.length; at++) vector[at]! *= factor;
}

/**
 * Lists of numbers as points of length 1.
 *
 * @throws RangeError naming the first list that is empty, of another length than the first, or holds a number that is not finite
 */
export function vectorsFrom(lists: readonly ArrayLike<number>[]): Vectors {
  const dimensions = lists[0]?.length ?? 0;
  const values = new Float32Array(lists.length * dimensions);
  lists.forEach((list, index) => {
    if (list.length !== dimensions || dimensions === 0) {
      throw new RangeError(
        `vector ${index + 1} has ${list.length} numbers, expected ${dimensions || 'at least one'}`,
      );
    }
    for (let at = 0; at < dimensions; at++) {
      const value = list[at]!;
      if (!Number.isFinite(value))
        throw new RangeError(`vector ${index + 1} holds ${value}, expected finite numbers`);
      values[index * dimensions + at] = value;
    }
    scaleToOne(values.subarray(index * dimensions, (index + 1) * dimensions));
  });
  return { count: lists.length, dimensions, values };
}
