/** k-means over typed arrays: seeded k-means++ starts, full passes until nothing moves. */

import type { Vectors } from './embed.ts';

/** Clusters of a set of points. */
export interface Clustering {
  readonly k: number;
  readonly dimensions: number;
  /** `k * dimensions` numbers. */
  readonly centres: Float32Array;
  /** Cluster of each point. */
  readonly labels: Int32Array;
  /** Sum of squared distances of the points to their centres. */
  readonly inertia: number;
}

/** How to run it. */
export interface ClusterOptions {
  /** Clusters, at least 1; at most as many as there are distinct points come out. */
  readonly k: number;
  /** Numbers in [0, 1); a seeded source makes the result repeatable. */
  readonly uniform: () => number;
  /** Starts, of which the best is kept; default 4. */
  readonly starts?: number;
  /** Most passes of one start; default 50. */
  readonly passes?: number;
}

/**
 * Lloyd's k-means from k-means++ starts (Arthur and Vassilvitskii 2007); the start with the lowest inertia wins. Equal points,
 * options and source give equal bytes. A cluster that loses all its points keeps its centre.
 *
 * @throws RangeError where there is no point or k is not a whole number of at least 1
 */
export function kMeans(points: Vectors, { k, uniform, starts = 4, passes = 50 }: ClusterOptions): Clustering {
  if (points.count === 0) throw new RangeError('there is no point to cluster');
  if (!Number.isInteger(k) || k < 1) throw new RangeError(`k is ${k}, must be a whole number of at least 1`);
  let best: Clustering | null = null;
  for (let start = 0; start < starts; start++) {
    const found = lloyd(points, plusPlus(points, k, uniform), passes);
    if (best === null || found.inertia < best.inertia) best = found;
  }
  return best!;
}

/** Index of the nearest centre and its squared distance; ties go to the first. */
export function nearestCentre(
  centres: Float32Array,
  dimensions: number,
  point: Float32Array,
  offset = 0,
): { readonly index: number; readonly distance: number } {
  let index = 0;
  let distance = Number.POSITIVE_INFINITY;
  for (let centre = 0; centre * dimensions < centres.length; centre++) {
    const found = squaredDistance(centres, centre * dimensions, point, offset, dimensions, distance);
    if (found < distance) {
      distance = found;
      index = centre;
    }
  }
  return { index, distance };
}

/**
 * Squared distance of two points, or some number above `limit` as soon as it is known to be beyond it. Four sums that do not
 * wait for each other are twice as fast as one.
 */
function squaredDistance(
  a: Float32Array,
  aAt: number,
  b: Float32Array,
  bAt: number,
  dimensions: number,
  limit: number,
): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let at = 0;
  for (; at + 4 <= dimensions; at += 4) {
    const d0 = a[aAt + at]! - b[bAt + at]!;
    const d1 = a[aAt + at + 1]! - b[bAt + at + 1]!;
    const d2 = a[aAt + at + 2]! - b[bAt + at + 2]!;
    const d3 = a[aAt + at + 3]! - b[bAt + at + 3]!;
    s0 += d0 * d0;
    s1 += d1 * d1;
    s2 += d2 * d2;
    s3 += d3 * d3;
    if ((at & 63) === 60 && s0 + s1 + (s2 + s3) > limit) break;
  }
  let sum = s0 + s1 + (s2 + s3);
  for (; at < dimensions && sum <= limit; at++) {
    const off = a[aAt + at]! - b[bAt + at]!;
    sum += off * off;
  }
  return sum;
}

/** Centres drawn with probability proportional to the squared distance to those drawn before. */
function plusPlus({ count, dimensions, values }: Vectors, k: number, uniform: () => number): Float32Array {
  const chosen: number[] = [Math.min(count - 1, Math.floor(uniform() * count))];
  const distances = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  for (;;) {
    const last = chosen[chosen.length - 1]! * dimensions;
    let total = 0;
    for (let point = 0; point < count; point++) {
      const found = squaredDistance(values, point * dimensions, values, last, dimensions, distances[point]!);
      if (found < distances[point]!) distances[point] = found;
      total += distances[point]!;
    }
    // No distance is left: every point is a centre already.
    if (chosen.length === k || total === 0) break;
    let rest = uniform() * total;
    let next = -1;
    for (let point = 0; point < count && rest >= 0; point++) {
      if (distances[point]! > 0) next = point;
      rest -= distances[point]!;
    }
    chosen.push(next);
  }
  const centres = new Float32Array(chosen.length * dimensions);
  chosen.forEach((point, at) => {
    centres.set(values.subarray(point * dimensions, (point + 1) * dimensions), at * dimensions);
  });
  return centres;
}

function lloyd({ count, dimensions, values }: Vectors, centres: Float32Array, passes: number): Clustering {
  const k = centres.length / dimensions;
  const labels = new Int32Array(count).fill(-1);
  let inertia = 0;
  for (let pass = 0; pass < passes; pass++) {
    let moved = 0;
    inertia = 0;
    for (let point = 0; point < count; point++) {
      const { index, distance } = nearestCentre(centres, dimensions, values, point * dimensions);
      if (labels[point] !== index) moved++;
      labels[point] = index;
      inertia += distance;
    }
    if (moved === 0 || pass === passes - 1) break;
    moveCentres(centres, k, dimensions, values, labels);
  }
  return { k, dimensions, centres, labels, inertia };
}

function moveCentres(
  centres: Float32Array,
  k: number,
  dimensions: number,
  values: Float32Array,
  labels: Int32Array,
): void {
  const sums = new Float64Array(k * dimensions);
  const sizes = new Uint32Array(k);
  labels.forEach((label, point) => {
    sizes[label]!++;
    const to = label * dimensions;
    const from = point * dimensions;
    for (let at = 0; at < dimensions; at++) sums[to + at]! += values[from + at]!;
  });
  for (let cluster = 0; cluster < k; cluster++) {
    const size = sizes[cluster]!;
    if (size === 0) continue;
    for (let at = cluster * dimensions; at < (cluster + 1) * dimensions; at++) centres[at] = sums[at]! / size;
  }
}
