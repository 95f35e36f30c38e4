/** The slices of one level that may have children: blocks by column subset, all in lexicographic order. */

/** Slices of `depth` items as columns of numbers. Plain typed arrays, so that workers can share it. */
export interface Level {
  readonly depth: number;
  readonly size: number;
  /** `depth` columns per block, ascending; blocks in lexicographic order. */
  readonly blockColumns: Int32Array;
  /** Block b has the slices `starts[b]` up to `starts[b + 1] - 1`. */
  readonly starts: Int32Array;
  /** Largest of `bound` in each block. */
  readonly blockBounds: Float64Array;
  /** `depth` codes per slice; within a block in lexicographic order. */
  readonly codes: Uint16Array;
  readonly cases: Float64Array;
  readonly weight: Float64Array;
  readonly positive: Float64Array;
  readonly largest: Float64Array;
  /** What no child of the slice can exceed. */
  readonly bound: Float64Array;
}

/** The numbers of a slice that decide about its children. */
export const TRAITS = ['cases', 'weight', 'positive', 'largest', 'bound'] as const;

/** Slices in the order in which they were counted; `size` counts the filled entries. */
export interface SliceRows extends Record<(typeof TRAITS)[number], Float64Array> {
  codes: Uint16Array;
  size: number;
}

/** Slices of one column subset within counted ones. */
export interface Piece {
  /** Position of the subset among the subsets of the level. */
  readonly unit: number;
  readonly rows: SliceRows;
  readonly start: number;
  readonly size: number;
}

/** Empty rows with room for some slices of `depth` items. */
export function emptyRows(depth: number, room = 256): SliceRows {
  const numbers = () => new Float64Array(room);
  return {
    codes: new Uint16Array(room * depth),
    size: 0,
    cases: numbers(),
    weight: numbers(),
    positive: numbers(),
    largest: numbers(),
    bound: numbers(),
  };
}

/** Makes room for one more slice. */
export function growRows(rows: SliceRows): void {
  if (rows.size < rows.cases.length) return;
  rows.codes = doubled(rows.codes);
  for (const trait of TRAITS) rows[trait] = doubled(rows[trait]);
}

/** A copy of twice the length. */
export function doubled<Values extends Uint8Array | Uint16Array | Int32Array | Float64Array>(
  values: Values,
): Values {
  const copy = new (values.constructor as new (length: number) => Values)(Math.max(1, values.length * 2));
  copy.set(values);
  return copy;
}

/**
 * Puts the pieces of a level into order and drops slices whose children cannot reach `threshold`.
 *
 * @param columnsOf `depth` columns per unit, units in lexicographic order
 */
export function buildLevel(
  depth: number,
  columnsOf: Int32Array,
  pieces: readonly Piece[],
  threshold: number,
): Level {
  const ordered = pieces.filter(({ size }) => size > 0).toSorted((a, b) => a.unit - b.unit);
  const room = ordered.reduce((sum, { size }) => sum + size, 0);
  const all = emptyRows(depth, room);
  const blockColumns: number[] = [];
  const starts: number[] = [0];
  const blockBounds: number[] = [];
  let lastUnit = -1;
  for (const { unit, rows, start, size } of ordered) {
    const known = all.size;
    let best = Number.NEGATIVE_INFINITY;
    for (let from = start; from < start + size; from++) {
      if (!canLead(rows.bound[from]!, threshold)) continue;
      for (const trait of TRAITS) all[trait][all.size] = rows[trait][from]!;
      for (let item = 0; item < depth; item++) {
        all.codes[all.size * depth + item] = rows.codes[from * depth + item]!;
      }
      all.size++;
      best = Math.max(best, rows.bound[from]!);
    }
    if (all.size === known) continue;
    // A large unit comes in several pieces.
    if (unit !== lastUnit) {
      blockColumns.push(...columnsOf.subarray(unit * depth, (unit + 1) * depth));
      starts.push(all.size);
      blockBounds.push(best);
      lastUnit = unit;
    } else {
      starts[starts.length - 1] = all.size;
      blockBounds[blockBounds.length - 1] = Math.max(best, blockBounds.at(-1)!);
    }
  }
  return {
    depth,
    ...all,
    blockColumns: Int32Array.from(blockColumns),
    starts: Int32Array.from(starts),
    blockBounds: Float64Array.from(blockBounds),
  };
}

/** Whether something with this bound can still be among the best. Equal is enough: ties are kept. */
export function canLead(bound: number, threshold: number): boolean {
  return bound > 0 && bound >= threshold;
}

/** First of the slices `from` ... `to` - 1 whose codes, as a text of codes, are not below `wanted`. */
export function lowerBound(
  level: Level,
  from: number,
  to: number,
  wanted: Uint16Array,
  length: number,
): number {
  const { codes, depth } = level;
  if (length === 0) return from;
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareCodes(codes, middle * depth, wanted, length) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Sign of the comparison of the first `length` codes at `at` with `wanted`. */
function compareCodes(codes: Uint16Array, at: number, wanted: Uint16Array, length: number): number {
  for (let i = 0; i < length; i++) {
    const difference = codes[at + i]! - wanted[i]!;
    if (difference !== 0) return difference;
  }
  return 0;
}
