/** Candidates of a column subset: conjunctions of which every part was counted and is still in the race. */

import { canLead, doubled, type Level, lowerBound } from './level.ts';
import type { LiveColumn } from './prepare.ts';
import type { Scorer } from './score.ts';
import type { Subsets } from './subsets.ts';

/** Candidates of one unit in lexicographic order of their codes. */
export interface Candidates {
  readonly depth: number;
  readonly size: number;
  /** `depth` codes each. */
  readonly codes: Uint16Array;
  /** No more cases than this: the smallest part. */
  readonly mostCases: Float64Array;
  /** Cases of the part without the last item. */
  readonly parentCases: Float64Array;
}

/** Some candidates of a unit. */
export interface Portion {
  readonly candidates: Candidates;
  /** Where the next portion starts; null behind the last. */
  readonly next: number | null;
}

/** A portion ends with the first parent at which it has this many candidates: bounds memory. */
const PORTION = 2 ** 20;

/**
 * Slices of two blocks that share all but their last item, where all other parts exist too and the bound of the smallest
 * sums of all parts reaches the threshold.
 *
 * @param from 0, or `next` of the portion before
 */
export function joinCandidates(
  level: Level,
  subsets: Subsets,
  unit: number,
  scorer: Scorer,
  threshold: number,
  from: number,
): Portion {
  const { depth } = subsets;
  const below = level.depth;
  const { cases, weight, positive, largest, starts } = level;
  let codes: Uint16Array = new Uint16Array(64 * depth);
  let mostCases: Float64Array = new Float64Array(64);
  let parentCases: Float64Array = new Float64Array(64);
  let size = 0;
  // Cursor t runs over the slices of the parent without item t that begin like the current candidate.
  const cursor = new Int32Array(depth);
  const blockOf = (t: number) => subsets.parents[unit * depth + t]!;
  const first = blockOf(depth - 1);
  let a = starts[first]! + from;
  for (; a < starts[first + 1]! && size < PORTION; a++) {
    placeCursors(level, a, blockOf, cursor);
    for (;;) {
      const last = alignCursors(level, a, blockOf, cursor);
      if (last === 0) break;
      let leastCases = cases[a]!;
      let leastWeight = weight[a]!;
      let leastPositive = positive[a]!;
      let leastLargest = largest[a]!;
      for (let t = 0; t < below; t++) {
        const part = cursor[t]!;
        leastCases = Math.min(leastCases, cases[part]!);
        leastWeight = Math.min(leastWeight, weight[part]!);
        leastPositive = Math.min(leastPositive, positive[part]!);
        leastLargest = Math.min(leastLargest, largest[part]!);
        cursor[t] = part + 1;
      }
      if (!canLead(scorer.bound(leastCases, leastWeight, leastPositive, leastLargest), threshold)) continue;
      if (size === mostCases.length) {
        codes = doubled(codes);
        mostCases = doubled(mostCases);
        parentCases = doubled(parentCases);
      }
      for (let i = 0; i < below; i++) codes[size * depth + i] = level.codes[a * below + i]!;
      codes[size * depth + below] = last;
      mostCases[size] = leastCases;
      parentCases[size++] = cases[a]!;
    }
  }
  const next = a < starts[first + 1]! ? a - starts[first]! : null;
  return { candidates: { depth, size, codes, mostCases, parentCases }, next };
}

/** Every code of one column. */
export function singleCandidates({ live, cases }: LiveColumn): Portion {
  const candidates = {
    depth: 1,
    size: live,
    codes: Uint16Array.from({ length: live }, (_, i) => i + 1),
    mostCases: cases.slice(1),
    parentCases: new Float64Array(live).fill(cases.reduce((sum, count) => sum + count, 0)),
  };
  return { candidates, next: null };
}

/** Points cursor t at the first slice that begins like slice `a` without item t. */
function placeCursors(level: Level, a: number, blockOf: (t: number) => number, cursor: Int32Array): void {
  const { depth, codes, starts } = level;
  const begin = new Uint16Array(depth);
  for (let t = 0; t < depth; t++) {
    for (let i = 0, to = 0; i < depth; i++) if (i !== t) begin[to++] = codes[a * depth + i]!;
    const block = blockOf(t);
    cursor[t] = lowerBound(level, starts[block]!, starts[block + 1]!, begin, depth - 1);
  }
}

/** Moves the cursors on to the next last code that all of them have, and gives it; 0 when there is none. */
function alignCursors(level: Level, a: number, blockOf: (t: number) => number, cursor: Int32Array): number {
  const { depth, codes, starts } = level;
  let target = 1;
  let agreed = 0;
  for (let t = 0; agreed < depth; t = (t + 1) % depth) {
    const end = starts[blockOf(t) + 1]!;
    let at = cursor[t]!;
    while (at < end && beginsLike(codes, at, a, depth, t) && codes[at * depth + depth - 1]! < target) at++;
    cursor[t] = at;
    if (at === end || !beginsLike(codes, at, a, depth, t)) return 0;
    const last = codes[at * depth + depth - 1]!;
    agreed = last === target ? agreed + 1 : 1;
    target = last;
  }
  return target;
}

/** Whether slice `at` begins with the codes of slice `a` without item t. */
function beginsLike(codes: Uint16Array, at: number, a: number, depth: number, t: number): boolean {
  for (let i = 0; i < depth - 1; i++) {
    if (codes[at * depth + i] !== codes[a * depth + (i < t ? i : i + 1)]) return false;
  }
  return true;
}
