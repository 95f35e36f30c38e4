/** The cost model: which of three ways to count the candidates of one column subset is the cheapest. */

import { combinations } from './dense.ts';
import { endOfParent } from './gather.ts';
import type { Candidates } from './join.ts';
import type { Layout } from './layout.ts';
import type { LiveTable } from './prepare.ts';
import { MOST_BIT_BYTES, MOST_INDEX_BYTES, type RowSets } from './row-index.ts';

/** Ways to count. All give the same numbers, bit for bit. */
export type Method = 'dense' | 'gather' | 'bits';

/** Most numbers of one dense table (128 MB of doubles). */
export const MOST_NUMBERS = 2 ** 24;

/** Nanoseconds, measured with node 24 on one core of an AMD EPYC at 2.6 GHz; only their proportions matter. */
const SCAN_ROW = 1.4;
const GATHER_ROW = 3;
const FILTER_ROW = 1.2;
const ADD_NUMBER = 1;
const CLEAR_NUMBER = 0.6;
const AND_WORD = 0.7;
const COUNT_WORD = 1.8;
const WALK_BIT = 4;
const INDEX_ROW = 5;
const SET_BIT = 3;

/** Of the units planned, the part that is expected to use an index if the first one makes it. */
const LATER_USES = 0.25;

/**
 * Estimated nanoseconds by method; infinite where memory forbids it.
 *
 * @param planned units that may be counted on this level; they share the cost of indexes
 */
export function costs(
  table: LiveTable,
  layout: Layout,
  sets: RowSets,
  subset: readonly number[],
  candidates: Candidates,
  planned: number,
): Readonly<Record<Method, number>> {
  const { rows, columns, totalCases } = table;
  const { size, depth, codes, mostCases, parentCases } = candidates;
  const rowsPerCase = rows / Math.max(1, totalCases);
  const perRow = layout.kind === 'sums' ? layout.width * ADD_NUMBER : 0;
  const numbers = combinations(subset.map((column) => columns[column]!)) * layout.width;
  const dense =
    numbers > MOST_NUMBERS ? Number.POSITIVE_INFINITY : rows * (SCAN_ROW + perRow) + numbers * CLEAR_NUMBER;
  if (depth === 1) return { dense, gather: Number.POSITIVE_INFINITY, bits: Number.POSITIVE_INFINITY };

  const firstShare = Math.min(1, columns.length / (planned * depth * LATER_USES));
  const wordwise = layout.kind === 'classes' && layout.count === null;
  const last = columns[subset[depth - 1]!]!;
  let gather = 0;
  let bits = 0;
  for (let from = 0; from < size; ) {
    const to = endOfParent(codes, depth, from, size);
    let rarest = Number.POSITIVE_INFINITY;
    for (let i = 0; i < depth - 1; i++) {
      rarest = Math.min(rarest, columns[subset[i]!]!.cases[codes[from * depth + i]!]!);
    }
    const filtered = depth > 2 ? rarest * FILTER_ROW * (depth - 2) : 0;
    const counted = Math.min(last.live * layout.width, parentCases[from]! * rowsPerCase) * CLEAR_NUMBER;
    gather += (filtered + parentCases[from]! * (GATHER_ROW + perRow)) * rowsPerCase + counted;
    bits += sets.words * AND_WORD * (depth - 1);
    for (let i = from; i < to; i++) {
      bits += wordwise
        ? sets.words * COUNT_WORD * layout.width
        : sets.words * AND_WORD + mostCases[i]! * rowsPerCase * (WALK_BIT + perRow);
    }
    from = to;
  }
  let newBytes = sets.bitBytesUsed();
  let indexBytes = sets.indexes() * rows * 4;
  subset.forEach((column, i) => {
    if (i < depth - 1 && !sets.hasIndex(column)) {
      gather += rows * INDEX_ROW * firstShare;
      indexBytes += rows * 4;
    }
    if (sets.hasBits(column)) return;
    newBytes += sets.bitBytes(column);
    bits += rows * SET_BIT * firstShare;
  });
  if (newBytes > MOST_BIT_BYTES) bits = Number.POSITIVE_INFINITY;
  if (indexBytes > MOST_INDEX_BYTES && dense < Number.POSITIVE_INFINITY) gather = Number.POSITIVE_INFINITY;
  return { dense, gather, bits };
}

/** The cheapest method. */
export function cheapest(of: Readonly<Record<Method, number>>): Method {
  if (of.dense <= of.gather && of.dense <= of.bits) return 'dense';
  return of.bits < of.gather ? 'bits' : 'gather';
}
