/** Counts single candidates by intersecting bit sets of rows. */

import { addRow } from './dense.ts';
import { endOfParent } from './gather.ts';
import type { Candidates } from './join.ts';
import type { Cells, ClassLayout, Layout, SumLayout } from './layout.ts';
import type { RowSets } from './row-index.ts';

/**
 * Counts candidates that are ordered by their codes: the intersection of all but the last item is kept for the next.
 */
export function countBits(
  layout: Layout,
  sets: RowSets,
  subset: readonly number[],
  { size, depth, codes }: Candidates,
  cells: Cells,
): void {
  const { words } = sets;
  const ofClasses = sets.bitsOfClasses();
  const columns = sets.bitsOf(subset);
  const parent = new Int32Array(words);
  for (let from = 0; from < size; ) {
    const to = endOfParent(codes, depth, from, size);
    const first = codes[from * depth]! * words;
    parent.set(columns[0]!.subarray(first, first + words));
    for (let i = 1; i < depth - 1; i++) intersect(parent, columns[i]!, codes[from * depth + i]! * words);
    for (let candidate = from; candidate < to; candidate++) {
      const at = codes[candidate * depth + depth - 1]! * words;
      const item = columns[depth - 1]!.subarray(at, at + words);
      if (ofClasses.length > 0) {
        countClasses(parent, item, ofClasses, layout.width, cells as Int32Array, candidate);
      } else {
        visitRows(parent, item, layout, cells, candidate * layout.width);
      }
    }
    from = to;
  }
}

function intersect(into: Int32Array, bits: Int32Array, at: number): void {
  for (let word = 0; word < into.length; word++) into[word]! &= bits[at + word]!;
}

function countClasses(
  parent: Int32Array,
  item: Int32Array,
  ofClasses: Int32Array,
  width: number,
  cells: Int32Array,
  candidate: number,
): void {
  const words = parent.length;
  let all = 0;
  for (let word = 0; word < words; word++) all += ones(parent[word]! & item[word]!);
  let others = 0;
  for (let of = 1; of < width; of++) {
    const start = (of - 1) * words;
    let cases = 0;
    for (let word = 0; word < words; word++)
      cases += ones(parent[word]! & item[word]! & ofClasses[start + word]!);
    cells[candidate * width + of] = cases;
    others += cases;
  }
  cells[candidate * width] = all - others;
}

/** Rows in ascending order, as every other method adds them. */
function visitRows(parent: Int32Array, item: Int32Array, layout: Layout, cells: Cells, at: number): void {
  for (let word = 0; word < parent.length; word++) {
    for (let left = parent[word]! & item[word]!; left !== 0; left &= left - 1) {
      const row = word * 32 + 31 - Math.clz32(left & -left);
      if (layout.kind === 'sums') addRow(layout satisfies SumLayout, row, cells as Float64Array, at);
      else addClass(layout, row, cells, at);
    }
  }
}

function addClass({ classes, count }: ClassLayout, row: number, cells: Cells, at: number): void {
  cells[at + classes[row]!]! += count === null ? 1 : count[row]!;
}

/** Number of set bits. */
export function ones(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
