/** Column subsets of the next level: those whose parts all have slices left, with what their slices cannot exceed. */

import { canLead, doubled, type Level } from './level.ts';

/** Column subsets in lexicographic order. Plain typed arrays, so that workers can share it. */
export interface Subsets {
  /** Columns per subset, from 1. */
  readonly depth: number;
  readonly size: number;
  /** `depth` columns per subset, ascending. */
  readonly columns: Int32Array;
  /**
   * `depth` blocks of the level below per subset: entry t lacks column t. Empty for level 1.
   */
  readonly parents: Int32Array;
  /** No slice of the subset can exceed it. */
  readonly bound: Float64Array;
}

/** Most subsets that are kept in memory at once. */
const MOST_SUBSETS = 2 ** 25;

/** Number of column subsets of 1 up to `maxLevel` columns. */
export function subsetsUpTo(columns: number, maxLevel: number): number {
  let subsets = 0;
  let ways = 1;
  for (let chosen = 1; chosen <= Math.min(maxLevel, columns); chosen++) {
    ways *= (columns - chosen + 1) / chosen;
    subsets += ways;
  }
  return subsets;
}

/** The columns themselves. */
export function singleColumns(columns: number): Subsets {
  return {
    depth: 1,
    size: columns,
    columns: Int32Array.from({ length: columns }, (_, column) => column),
    parents: new Int32Array(0),
    bound: new Float64Array(columns).fill(Number.POSITIVE_INFINITY),
  };
}

/**
 * Joins blocks that share all but the last column: every subset comes up exactly once.
 *
 * @param threshold score that a slice must reach
 * @throws RangeError when there are more than 33 million
 */
export function nextSubsets(level: Level, threshold: number): Subsets {
  const depth = level.depth + 1;
  let columns: Int32Array = new Int32Array(64 * depth);
  let parents: Int32Array = new Int32Array(64 * depth);
  let bounds: Float64Array = new Float64Array(64);
  let size = 0;
  const blocks = level.blockBounds.length;
  const found = new Int32Array(depth);
  const wanted = new Int32Array(depth);
  for (let a = 0; a < blocks; a++) {
    for (let b = a + 1; b < blocks && samePrefix(level, a, b); b++) {
      for (let i = 0; i < level.depth; i++) wanted[i] = level.blockColumns[a * level.depth + i]!;
      wanted[depth - 1] = level.blockColumns[(b + 1) * level.depth - 1]!;
      found[depth - 1] = a;
      found[depth - 2] = b;
      const bound = findParents(level, wanted, found);
      if (!canLead(bound, threshold)) continue;
      if (size === MOST_SUBSETS)
        throw new RangeError(`more than ${MOST_SUBSETS} column subsets at level ${depth}`);
      if (size === bounds.length) {
        columns = doubled(columns);
        parents = doubled(parents);
        bounds = doubled(bounds);
      }
      columns.set(wanted, size * depth);
      parents.set(found, size * depth);
      bounds[size++] = bound;
    }
  }
  return { depth, size, columns, parents, bound: bounds };
}

function samePrefix({ blockColumns, depth }: Level, a: number, b: number): boolean {
  for (let i = 0; i < depth - 1; i++) {
    if (blockColumns[a * depth + i] !== blockColumns[b * depth + i]) return false;
  }
  return true;
}

/** Completes the parents (the last two are known) and gives the least of their bounds, -Infinity if one is missing. */
function findParents(level: Level, wanted: Int32Array, found: Int32Array): number {
  const { blockBounds } = level;
  let bound = Math.min(blockBounds[found[level.depth]!]!, blockBounds[found[level.depth - 1]!]!);
  for (let without = 0; without < level.depth - 1; without++) {
    const block = findBlock(level, wanted, without);
    if (block < 0) return Number.NEGATIVE_INFINITY;
    found[without] = block;
    bound = Math.min(bound, blockBounds[block]!);
  }
  return bound;
}

function findBlock({ blockColumns, blockBounds, depth }: Level, wanted: Int32Array, without: number): number {
  let low = 0;
  let high = blockBounds.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    let difference = 0;
    for (let i = 0; i < depth && difference === 0; i++) {
      difference = blockColumns[middle * depth + i]! - wanted[i < without ? i : i + 1]!;
    }
    if (difference === 0) return middle;
    if (difference < 0) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
