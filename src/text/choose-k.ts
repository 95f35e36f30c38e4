/** How many clusters: the number whose clusters come back when half of the points are left out. */

import type { Vectors } from './embed.ts';
import { kMeans, nearestCentre } from './k-means.ts';

/** How stable one number of clusters was. */
export interface Stability {
  readonly k: number;
  /** Mean adjusted Rand index over the splits; 1 is the same clusters every time, 0 is chance. */
  readonly agreement: number;
}

/** What was found: the choice, and every number that was tried. */
export interface ChosenK {
  readonly k: number;
  readonly tried: readonly Stability[];
}

/** Numbers that are tried. */
export const CANDIDATES: readonly number[] = [2, 3, 4, 6, 8, 12, 16, 24, 32];

/** Points used for the choice; more change it little. */
const MOST_POINTS = 2_000;
const SPLITS = 3;
/** Fewest points a cluster must have on average for a number to be tried. */
const LEAST_SIZE = 10;
/** Agreements this near to the best count as equal; the larger number then wins, as it says more. */
const TOLERANCE = 0.05;

/**
 * Splits the points in two at random three times, clusters each half, lets both halves place all points, and compares the two placements.
 * The largest number within 0.05 of the best agreement wins.
 *
 * @returns k 1 where there are too few points to try 2
 */
export function chooseK(points: Vectors, uniform: () => number, candidates = CANDIDATES): ChosenK {
  const sample = someOf(points, uniform);
  const fitting = candidates.filter((k) => sample.count >= 2 * LEAST_SIZE * k);
  if (fitting.length === 0) return { k: 1, tried: [] };
  const splits = Array.from({ length: SPLITS }, () => splitInTwo(sample, uniform));
  const tried = fitting.map((k): Stability => {
    const agreements = splits.map(([first, second]) => {
      const [a, b] = [first, second].map((half) => {
        const { centres } = kMeans(half, { k, uniform, starts: 1, passes: 10 });
        return placements(sample, centres);
      }) as [Int32Array, Int32Array];
      return adjustedRand(a, b);
    });
    return { k, agreement: agreements.reduce((sum, one) => sum + one, 0) / SPLITS };
  });
  const best = Math.max(...tried.map(({ agreement }) => agreement));
  return {
    k: Math.max(...tried.filter(({ agreement }) => agreement >= best - TOLERANCE).map(({ k }) => k)),
    tried,
  };
}

function placements({ count, dimensions, values }: Vectors, centres: Float32Array): Int32Array {
  return Int32Array.from({ length: count }, (_, point) => {
    return nearestCentre(centres, dimensions, values, point * dimensions).index;
  });
}

/**
 * Adjusted Rand index of two labelings of the same points (Hubert and Arabie 1985): 1 for the same partition, about 0 for
 * unrelated ones. Two labelings with a single cluster each agree: 1.
 */
export function adjustedRand(a: Int32Array, b: Int32Array): number {
  const cells = new Map<number, number>();
  const rows = new Map<number, number>();
  const columns = new Map<number, number>();
  const add = (to: Map<number, number>, key: number) => to.set(key, (to.get(key) ?? 0) + 1);
  for (let at = 0; at < a.length; at++) {
    add(cells, a[at]! * 0x10000 + b[at]!);
    add(rows, a[at]!);
    add(columns, b[at]!);
  }
  const pairs = (of: Map<number, number>) => [...of.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
  const [both, first, second] = [pairs(cells), pairs(rows), pairs(columns)];
  const all = (a.length * (a.length - 1)) / 2;
  const expected = all === 0 ? 0 : (first * second) / all;
  const most = (first + second) / 2;
  return most === expected ? 1 : (both - expected) / (most - expected);
}

function someOf(points: Vectors, uniform: () => number): Vectors {
  return points.count <= MOST_POINTS
    ? points
    : pick(points, shuffled(points.count, uniform).slice(0, MOST_POINTS));
}

function splitInTwo(points: Vectors, uniform: () => number): readonly [Vectors, Vectors] {
  const order = shuffled(points.count, uniform);
  const middle = points.count >> 1;
  return [pick(points, order.slice(0, middle)), pick(points, order.slice(middle))];
}

function pick({ dimensions, values }: Vectors, indices: Int32Array): Vectors {
  const picked = new Float32Array(indices.length * dimensions);
  indices.forEach((from, to) => {
    picked.set(values.subarray(from * dimensions, (from + 1) * dimensions), to * dimensions);
  });
  return { count: indices.length, dimensions, values: picked };
}

function shuffled(count: number, uniform: () => number): Int32Array {
  const order = Int32Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const other = Math.min(last, Math.floor(uniform() * (last + 1)));
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}
