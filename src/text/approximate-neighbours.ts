/** Nearest neighbours in very large sets, through the package `usearch` where the user installed it. */

import { EngineError } from '../errors.ts';
import type { Vectors } from './embed.ts';
import { type Neighbours, nearestNeighbours } from './neighbours.ts';

/** Points above which an index can pay. */
export const INDEX_FROM = 200_000;

/** What is used of the package. */
interface UsearchModule {
  readonly Index: new (options: Readonly<Record<string, unknown>>) => UsearchIndex;
}
interface UsearchIndex {
  add(keys: BigUint64Array, vectors: Float32Array): void;
  search(
    queries: Float32Array,
    k: number,
    threads: number,
  ): { readonly keys: BigUint64Array; readonly distances: Float32Array };
}

/** Neighbours, and whether they are exact. */
export type FoundNeighbours = Neighbours & { readonly method: 'exact' | 'usearch' };

/**
 * Exact neighbours; above 200,000 points those of a usearch index where that package is installed, which finds about 94 of
 * 100 true neighbours and says so in `method`.
 *
 * @param load imports the package; a package that is not installed leaves the exact search
 * @throws EngineError where the package is there but fails
 */
export async function findNeighbours(
  points: Vectors,
  queries: Vectors,
  k: number,
  load: () => Promise<unknown> = importUsearch,
): Promise<FoundNeighbours> {
  const module = points.count > INDEX_FROM ? await load().catch(() => null) : null;
  if (module === null) return { ...nearestNeighbours(points, queries, k), method: 'exact' };
  try {
    return { ...searchIndex(module as UsearchModule, points, queries, k), method: 'usearch' };
  } catch (cause) {
    throw new EngineError(
      {
        message: `usearch failed (${cause instanceof Error ? cause.message : String(cause)})`,
        hint: 'npm uninstall usearch makes the search exact',
      },
      { cause },
    );
  }
}

function importUsearch(): Promise<unknown> {
  const name = 'usearch';
  return import(name);
}

function searchIndex({ Index }: UsearchModule, points: Vectors, queries: Vectors, k: number): Neighbours {
  const { dimensions } = points;
  const index = new Index({ dimensions, metric: 'ip', quantization: 'f32' });
  index.add(
    BigUint64Array.from({ length: points.count }, (_, at) => BigInt(at)),
    points.values,
  );
  const kept = Math.min(k, points.count);
  const { keys, distances } = index.search(queries.values, kept, 1);
  return {
    k: kept,
    indices: Int32Array.from(keys, Number),
    // Inner-product distance is 1 - similarity.
    similarities: Float32Array.from(distances, (distance) => 1 - distance),
  };
}
