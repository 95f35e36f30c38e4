/** Clusters of texts or vectors: fitted once on a sample, then applied to any text; the definition says on what. */

import { createRandom } from '../stats/index.ts';
import {
  type Clustering,
  chooseK,
  clusterNames,
  countTerms,
  EMBEDDING_METHOD,
  embedInto,
  embedTexts,
  kMeans,
  nearestCentre,
  scaleToOne,
  type Vectors,
  vectorsFrom,
} from '../text/index.ts';
import type { TextSample } from './text-sample.ts';

/** How clusters were made; two are comparable only where all of it is equal. */
export interface ClusterDefinition {
  readonly method: string;
  readonly dims: number;
  readonly k: number;
  readonly seed: number;
  /** SHA-256 over the sample, 16 hex digits. */
  readonly sampleHash: string;
  /** Texts of the sample. */
  readonly sampled: number;
  /** Mean adjusted Rand index of refits on halves of the sample; null where k was given. */
  readonly stability: number | null;
}

/** Fitted clusters. */
export interface ClusterModel {
  readonly definition: ClusterDefinition;
  /** Names of the clusters of texts or vectors, one for each; null where one has no point. */
  namesOf(texts: readonly (string | null)[]): Promise<readonly (string | null)[]>;
}

/** How to fit. */
export interface ClusterSettings {
  readonly seed: number;
  /** Number of clusters; null chooses by stability. */
  readonly k: number | null;
}

/** Definition in one line, the same for every row; what `cluster-definitions` compares. */
export function definitionText({
  method,
  dims,
  k,
  seed,
  sampleHash,
  sampled,
  stability,
}: ClusterDefinition): string {
  const chosen = stability === null ? 'given' : `chosen by stability ${stability.toFixed(2)}`;
  return `k-means v1, k ${k} (${chosen}), ${method}, ${dims} dimensions, seed ${seed}, sample ${sampleHash} of ${sampled} texts`;
}

/** Clusters of texts by their words. Null where no text has a word. */
export function fitTextClusters(sample: TextSample, settings: ClusterSettings): ClusterModel | null {
  const frequencies = countTerms();
  const all = sample.texts();
  for (const text of all) frequencies.add(text);
  const { points, texts } = withPoint(embedTexts(all, frequencies), all);
  if (points.count === 0) return null;
  const { clusters, stability } = fit(points, settings);
  const names = clusterNames(texts, clusters.labels, clusters.k, frequencies);
  const point = new Float32Array(points.dimensions);
  return {
    definition: { method: EMBEDDING_METHOD, ...facts(points, sample, settings, clusters.k, stability) },
    namesOf: oneByOne((text) => {
      embedInto(text, frequencies, point);
      return nameOfPoint(point, clusters, names);
    }),
  };
}

/**
 * Clusters of cells that spell vectors (`[0.1, 0.9]` or blank-separated numbers), numbered by size.
 *
 * @returns null where no cell spells one; cells of another length than most have no cluster
 */
export function fitVectorClusters(sample: TextSample, settings: ClusterSettings): ClusterModel | null {
  const lists = sample.texts().flatMap((text) => parseVector(text) ?? []);
  const dimensions = commonLength(lists);
  const fitting = lists.filter((list) => list.length === dimensions);
  const { points, texts } = withPoint(vectorsFrom(fitting), fitting);
  if (points.count === 0) return null;
  const { clusters, stability } = fit(points, settings);
  const frequencies = countTerms();
  const names = clusterNames(
    texts.map(() => ''),
    clusters.labels,
    clusters.k,
    frequencies,
  );
  return {
    definition: {
      method: 'vectors of a column, length 1',
      ...facts(points, sample, settings, clusters.k, stability),
    },
    namesOf: oneByOne((text) => {
      const [list] = parseVector(text) ?? [];
      if (list?.length !== dimensions) return null;
      const point = Float32Array.from(list);
      scaleToOne(point);
      return nameOfPoint(point, clusters, names);
    }),
  };
}

/** Trials of a case stand one after the other, so the same text often comes again. */
function oneByOne(nameOf: (text: string) => string | null): ClusterModel['namesOf'] {
  let last: string | null = null;
  let name: string | null = null;
  return async (texts) =>
    texts.map((text) => {
      if (text === null) return null;
      if (text !== last) name = nameOf(text);
      last = text;
      return name;
    });
}

/** The name of the cluster whose centre is nearest; null for a point of zeros. */
export function nameOfPoint(
  point: Float32Array,
  { centres }: Clustering,
  names: readonly string[],
): string | null {
  return isZero(point) ? null : (names[nearestCentre(centres, point.length, point).index] ?? null);
}

/** The facts of a definition but its method. */
export function facts(
  points: Vectors,
  sample: TextSample,
  { seed }: ClusterSettings,
  k: number,
  stability: number | null,
) {
  return { dims: points.dimensions, k, seed, sampleHash: sample.hash(), sampled: points.count, stability };
}

/** Starts and passes of the final fit; a sample of 5,000 texts takes about 3 CPU seconds. */
const STARTS = 2;
const PASSES = 30;

/** Clusters of points, with how well refits agree. */
export function fit(points: Vectors, { seed, k }: ClusterSettings) {
  const { nextFloat } = createRandom(seed);
  const chosen = k === null ? chooseK(points, nextFloat) : null;
  const clusters = kMeans(points, {
    k: chosen?.k ?? k ?? 1,
    uniform: nextFloat,
    starts: STARTS,
    passes: PASSES,
  });
  const stability = chosen?.tried.find((one) => one.k === chosen.k)?.agreement ?? null;
  return { clusters, stability };
}

/** Points that are not zero, with what they stand for. */
export function withPoint<T>(
  { dimensions, values }: Vectors,
  of: readonly T[],
): { points: Vectors; texts: readonly T[] } {
  const kept = of.flatMap((_, index) => {
    return isZero(values.subarray(index * dimensions, (index + 1) * dimensions)) ? [] : [index];
  });
  const own = new Float32Array(kept.length * dimensions);
  kept.forEach((from, to) => {
    own.set(values.subarray(from * dimensions, (from + 1) * dimensions), to * dimensions);
  });
  return { points: { count: kept.length, dimensions, values: own }, texts: kept.map((index) => of[index]!) };
}

function isZero(point: Float32Array): boolean {
  return point.every((value) => value === 0);
}

/** The numbers that a cell spells (`[0.1, 0.9]` or blank-separated), wrapped so that `flatMap` keeps them together; null where it spells none. */
export function parseVector(text: string): readonly [readonly number[]] | null {
  const parts = text
    .replace(/^\s*\[|\]\s*$/g, ' ')
    .split(/[\s,;"]+/)
    .filter((part) => part !== '');
  const numbers = parts.map(Number);
  return numbers.length > 0 && numbers.every(Number.isFinite) ? [numbers] : null;
}

/** The length that most lists have; ties go to the shorter. */
function commonLength(lists: readonly (readonly number[])[]): number {
  const counts = Map.groupBy(lists, ({ length }) => length);
  return [...counts].sort(([a, x], [b, y]) => y.length - x.length || a - b)[0]?.[0] ?? 0;
}
