/** Nearest neighbours in very large sets, through the package `usearch` where the user installed it. */

import { EngineError } from '../errors.ts';
import type { Vectors } from './embed.ts';
import { type Neighbours, nearestNeighbours } from './neighbours.ts';
import { optionalPackage } from './optional-package.ts';

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

/** Where the package is looked for, and who is told that it takes long. */
export interface NeighbourOptions {
  /** Absolute path of the folder where the command runs. */
  readonly from: string;
  readonly progress?: (text: string) => void;
  /** Points above which the package is used; default `INDEX_FROM`. */
  readonly indexFrom?: number;
}

/**
 * Exact neighbours; above 200,000 points those of a usearch index where that package is installed, which misses a few true
 * neighbours and says so in `method`. Without it every pair is looked at, and `progress` is told what would be faster.
 *
 * @throws EngineError where the package is there but fails
 */
export async function findNeighbours(
  points: Vectors,
  queries: Vectors,
  k: number,
  { from, progress, indexFrom = INDEX_FROM }: NeighbourOptions,
): Promise<FoundNeighbours> {
  const exact = (): FoundNeighbours => ({ ...nearestNeighbours(points, queries, k), method: 'exact' });
  if (points.count <= indexFrom) return exact();
  const pairs = `${queries.count} texts with ${points.count}`;
  try {
    const module = await optionalPackage('usearch', from);
    if (module === null) {
      progress?.(`comparing ${pairs}, every pair; npm install usearch adds an index, which is faster`);
      return exact();
    }
    progress?.(`comparing ${pairs} by an index of usearch`);
    return { ...searchIndex(module as UsearchModule, points, queries, k), method: 'usearch' };
  } catch (cause) {
    throw new EngineError(
      {
        message: `usearch failed (${cause instanceof Error ? cause.message : String(cause)})`,
        hint: 'npm install usearch once more, or npm uninstall usearch to look at every pair',
      },
      { cause },
    );
  }
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
