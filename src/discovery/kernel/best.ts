/** Keeps the best slices with all that tie at the last place, in one fixed order. */

import type { Cells } from './layout.ts';

/** What decides the place of a slice; columns and codes are those of the prepared table. */
export interface Ranked {
  readonly columns: readonly number[];
  readonly codes: readonly number[];
  readonly cases: number;
  readonly score: number;
}

/** A slice with a score. */
export interface Scored extends Ranked {
  /** Its cell, as the layout of the search counts it. */
  readonly cell: Cells;
}

/** The best so far. */
export interface Best {
  readonly offer: (slice: Scored) => void;
  /** Score that a slice needs at least; 0 while there is room. A score of 0 is never enough. */
  readonly threshold: () => number;
  /** Best first. */
  readonly slices: () => readonly Scored[];
}

/**
 * @param top slices wanted, at least 1
 * @param mostTies slices kept beyond them for having the score of the last one
 */
export function createBest(top: number, mostTies: number): Best {
  const kept: Scored[] = [];
  const threshold = () => (kept.length < top ? 0 : kept[top - 1]!.score);
  return {
    threshold,
    slices: () => kept,
    offer: (slice) => {
      if (!(slice.score > 0) || slice.score < threshold()) return;
      let low = 0;
      let high = kept.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (compareScored(kept[middle]!, slice) <= 0) low = middle + 1;
        else high = middle;
      }
      if (low >= top + mostTies) return;
      kept.splice(low, 0, slice);
      while (kept.length > top && (kept.at(-1)!.score < threshold() || kept.length > top + mostTies))
        kept.pop();
    },
  };
}

/** Larger scores first, then more cases, then by items. */
export function compareScored(a: Ranked, b: Ranked): number {
  if (a.score !== b.score) return b.score - a.score;
  if (a.cases !== b.cases) return b.cases - a.cases;
  for (let i = 0; i < a.columns.length && i < b.columns.length; i++) {
    const difference = a.columns[i]! - b.columns[i]! || a.codes[i]! - b.codes[i]!;
    if (difference !== 0) return difference;
  }
  return a.columns.length - b.columns.length;
}
