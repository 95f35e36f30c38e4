/** Goes through the lattice level by level, column subset by column subset; the search and the enumeration guide it. */

import type { ChunkResult, LevelTask } from './chunk.ts';
import type { Crew } from './crew.ts';
import { buildLevel, canLead, type Level, type Piece } from './level.ts';
import type { Prepared } from './prepare.ts';
import { nextSubsets, type Subsets, singleColumns } from './subsets.ts';
import type { LevelCount } from './types.ts';

/** Decides what is worth counting, and takes what was counted. */
export interface Guide {
  /** Score that matters from now on. Asked between batches only, so that results do not depend on threads. */
  readonly threshold: () => number;
  /** Whether subsets with the highest bounds come first; otherwise they come in lexicographic order. */
  readonly bestFirst: boolean;
  /** Gets the results of each batch; their units are ascending within a batch. */
  readonly take: (task: LevelTask, results: readonly ChunkResult[]) => void;
}

/** Subsets of the first batch; each further one has twice as many, up to the last number. */
const FIRST_BATCH = 64;
const LARGEST_BATCH = 4096;

/** @param maxLevel most items of a slice, at least 1 */
export async function walkLattice(
  table: Prepared,
  maxLevel: number,
  crew: Crew,
  guide: Guide,
): Promise<readonly LevelCount[]> {
  const levels: LevelCount[] = [];
  const deepest = Math.min(maxLevel, table.columns.length);
  let subsets = singleColumns(table.columns.length);
  let below: Level | null = null;
  for (let depth = 1; depth <= deepest; depth++) {
    const task: LevelTask = { subsets, below, last: depth === deepest };
    const { pieces, evaluated, counted } = await runLevel(task, crew, guide);
    levels.push({ level: depth, counted, pruned: possible(table, depth) - evaluated });
    if (task.last) break;
    below = buildLevel(depth, subsets.columns, pieces, guide.threshold());
    subsets = nextSubsets(below, guide.threshold());
  }
  return levels;
}

async function runLevel(
  task: LevelTask,
  crew: Crew,
  guide: Guide,
): Promise<{ readonly pieces: readonly Piece[]; readonly evaluated: number; readonly counted: number }> {
  const order = guide.bestFirst ? byBound(task.subsets) : null;
  const { size, bound } = task.subsets;
  const pieces: Piece[] = [];
  let evaluated = 0;
  let counted = 0;
  let batch = guide.bestFirst ? FIRST_BATCH : LARGEST_BATCH;
  for (let from = 0; from < size; ) {
    const to = Math.min(size, from + batch);
    const threshold = guide.threshold();
    const chosen = Int32Array.from({ length: to - from }, (_, i) => order?.[from + i] ?? from + i);
    const units = chosen.filter((unit) => canLead(bound[unit]!, threshold)).sort();
    // The bounds fall from here on.
    if (units.length === 0) break;
    const results = await crew.run(task, units, threshold);
    for (const result of results) {
      evaluated += result.evaluated;
      counted += result.counted;
      if (!task.last) pieces.push(...piecesOf(result));
    }
    guide.take(task, results);
    from = to;
    batch = Math.min(LARGEST_BATCH, batch * 2);
  }
  return { pieces, evaluated, counted };
}

/** Units by bound, highest first; ties in lexicographic order. */
function byBound({ size, bound }: Subsets): Int32Array {
  const order = Int32Array.from({ length: size }, (_, unit) => unit);
  return order.sort((a, b) => (bound[a] === bound[b] ? a - b : bound[b]! - bound[a]!));
}

/** The slices of each unit in a result. */
export function piecesOf({ units, sizes, rows }: ChunkResult): readonly Piece[] {
  let start = 0;
  return units.map((unit, i) => {
    const piece = { unit, rows, start, size: sizes[i]! };
    start += piece.size;
    return piece;
  });
}

/** Conjunctions of `depth` live values from different columns. */
function possible({ columns }: Prepared, depth: number): number {
  const ways = new Float64Array(depth + 1);
  ways[0] = 1;
  for (const { live } of columns) {
    for (let items = depth; items > 0; items--) ways[items]! += ways[items - 1]! * live;
  }
  return ways[depth]!;
}
