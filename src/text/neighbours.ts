/** Nearest neighbours among points: every pair is looked at, in blocks that fit the cache. */

import type { Vectors } from './embed.ts';

/** The nearest points of each query, nearest first. */
export interface Neighbours {
  /** Neighbours per query: as many as were asked for, or all points where there are fewer. */
  readonly k: number;
  /** `queries * k` indices of points. */
  readonly indices: Int32Array;
  /** `queries * k` cosine similarities, from -1 to 1; of points of length 1. */
  readonly similarities: Float32Array;
}

const BLOCK = 128;

/**
 * The k points with the highest dot product for each query (the cosine, as points have length 1); ties go to the lower index.
 * Exact. Costs `points * queries * dimensions` multiplications.
 *
 * @param points at least one
 * @throws RangeError where the dimensions differ or k is not a whole number of at least 1
 */
export function nearestNeighbours(points: Vectors, queries: Vectors, k: number): Neighbours {
  if (points.dimensions !== queries.dimensions) {
    throw new RangeError(
      `the points have ${points.dimensions} dimensions and the queries ${queries.dimensions}`,
    );
  }
  if (!Number.isInteger(k) || k < 1) throw new RangeError(`k is ${k}, must be a whole number of at least 1`);
  const kept = Math.min(k, points.count);
  const indices = new Int32Array(queries.count * kept).fill(-1);
  const similarities = new Float32Array(queries.count * kept).fill(Number.NEGATIVE_INFINITY);
  for (let from = 0; from < points.count; from += BLOCK) {
    const to = Math.min(points.count, from + BLOCK);
    for (let query = 0; query < queries.count; query++) {
      for (let point = from; point < to; point++) {
        const found = Math.fround(dot(points, point, queries, query));
        insert(indices, similarities, query * kept, kept, point, found);
      }
    }
  }
  return { k: kept, indices, similarities };
}

function dot(a: Vectors, aIndex: number, b: Vectors, bIndex: number): number {
  const { dimensions } = a;
  const aAt = aIndex * dimensions;
  const bAt = bIndex * dimensions;
  const left = a.values;
  const right = b.values;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let at = 0;
  for (; at + 4 <= dimensions; at += 4) {
    s0 += left[aAt + at]! * right[bAt + at]!;
    s1 += left[aAt + at + 1]! * right[bAt + at + 1]!;
    s2 += left[aAt + at + 2]! * right[bAt + at + 2]!;
    s3 += left[aAt + at + 3]! * right[bAt + at + 3]!;
  }
  for (; at < dimensions; at++) s0 += left[aAt + at]! * right[bAt + at]!;
  return s0 + s1 + (s2 + s3);
}

/** Points come by growing index, so an equal similarity stays behind those found before. */
function insert(
  indices: Int32Array,
  similarities: Float32Array,
  start: number,
  kept: number,
  point: number,
  found: number,
): void {
  let at = start + kept - 1;
  if (!(found > similarities[at]!) && indices[at] !== -1) return;
  while (at > start && (indices[at - 1] === -1 || found > similarities[at - 1]!)) {
    indices[at] = indices[at - 1]!;
    similarities[at] = similarities[at - 1]!;
    at--;
  }
  indices[at] = point;
  similarities[at] = found;
}
