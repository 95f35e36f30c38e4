/** How far a row is from its nearest neighbours by words: large at the fringe of the traffic, small where it is dense. */

import { countTerms, embedTexts, nearestNeighbours } from '../../text/index.ts';

/** Rows whose distances are measured; the others cannot be drawn by distance. */
export const MOST_DISTANCES = 3_000;
const NEIGHBOURS = 10;

/**
 * Mean distance (1 - cosine) of each text to its 10 nearest others; 1 for a text without telling words.
 *
 * @param texts at most `MOST_DISTANCES`, or it takes long
 */
export function meanDistances(texts: readonly string[]): Float64Array {
  const frequencies = countTerms();
  for (const text of texts) frequencies.add(text);
  const points = embedTexts(texts, frequencies);
  const { k, indices, similarities } = nearestNeighbours(points, points, NEIGHBOURS + 1);
  return Float64Array.from(texts, (_, row) => {
    let sum = 0;
    let count = 0;
    for (let at = row * k; at < (row + 1) * k && count < NEIGHBOURS; at += 1) {
      if (indices[at] === row) continue;
      sum += Math.max(0, 1 - similarities[at]!);
      count += 1;
    }
    return count === 0 ? 1 : sum / count;
  });
}
