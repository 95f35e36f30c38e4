/** The nearest of points that stream by, for each of some queries that stay in memory. */

import type { Vectors } from './embed.ts';
import { nearestNeighbours } from './neighbours.ts';

/** Points that are compared at once. */
const BLOCK = 1024;

/** The nearest point of each query so far; `Item` is what a point stands for. */
export interface NearestSearch<Item> {
  /** Takes the next point; it is copied. @throws RangeError where it has another number of dimensions */
  add(point: Float32Array, item: Item): void;
  /** The nearest item of each query (null where no point came), and its cosine similarity; ties go to the earlier point. */
  finish(): { readonly items: readonly (Item | null)[]; readonly similarities: Float32Array };
}

/**
 * Exact. Memory is that of the queries and of one block, however many points come.
 *
 * @param queries points of length 1
 */
export function createNearestSearch<Item>(queries: Vectors): NearestSearch<Item> {
  const { count, dimensions } = queries;
  const block = new Float32Array(BLOCK * dimensions);
  const waiting: Item[] = [];
  const items: (Item | null)[] = new Array(count).fill(null);
  const similarities = new Float32Array(count).fill(Number.NEGATIVE_INFINITY);
  const compare = () => {
    if (waiting.length > 0 && count > 0) {
      const found = nearestNeighbours({ count: waiting.length, dimensions, values: block }, queries, 1);
      for (let query = 0; query < count; query++) {
        if (!(found.similarities[query]! > similarities[query]!)) continue;
        similarities[query] = found.similarities[query]!;
        items[query] = waiting[found.indices[query]!]!;
      }
    }
    waiting.length = 0;
  };
  return {
    add: (point, item) => {
      if (point.length !== dimensions) {
        throw new RangeError(`the point has ${point.length} dimensions and the queries ${dimensions}`);
      }
      block.set(point, waiting.length * dimensions);
      waiting.push(item);
      if (waiting.length === BLOCK) compare();
    },
    finish: () => {
      compare();
      return { items, similarities };
    },
  };
}
