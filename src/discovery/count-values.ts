/** Rows of few different values as counted cells: how many cases of each value of a column have each error. */

/** Equal cases of one column, counted together; parallel lists. */
export interface CountedCells {
  readonly values: Float64Array;
  readonly codes: Int32Array;
  /** 0 or 1. */
  readonly half: Uint8Array;
  readonly counts: Float64Array;
}

/** What is counted: one entry per row; rows with NaN take no part. */
export interface CountedRows {
  readonly values: Float64Array;
  readonly counts: Float64Array;
  readonly half: Uint8Array;
}

/** More different values, or more cells, are not worth counting. */
const MOST_VALUES = 4096;
const MOST_CELLS = 2 ** 21;

const ABSENT = 0xffff;

/** Counts the cells of a column; null where they are too many. */
export type CellCounter = (codes: Codes, cardinality: number) => CountedCells | null;

type Codes = ArrayLike<number> & object;

const known = new WeakMap<Float64Array, { readonly rows: CountedRows; readonly count: CellCounter | null }>();

/**
 * Numbers the values once, so that the cells of each column take one pass. What was counted is kept as long as the values, which
 * nobody changes.
 *
 * @returns null where values are too many
 */
export function countValues(rows: CountedRows): CellCounter | null {
  const before = known.get(rows.values);
  if (before?.rows.counts === rows.counts && before.rows.half === rows.half) return before.count;
  const count = createCounter(rows);
  known.set(rows.values, { rows, count });
  return count;
}

function createCounter({ values, counts, half }: CountedRows): CellCounter | null {
  const numbered = numberValues(values);
  if (numbered === null) return null;
  const { distinct, numbers } = numbered;
  const size = distinct.length;
  const places = new Int32Array(values.length);
  let isPlain = true;
  for (let row = 0; row < places.length; row++) {
    places[row] = numbers[row] === ABSENT ? -1 : half[row]! * size + numbers[row]!;
    if (counts[row] !== 1) isPlain = false;
  }
  const counted = new WeakMap<Codes, CountedCells>();
  return (codes, cardinality) => {
    const cells = 2 * (cardinality + 1) * size;
    if (cells > MOST_CELLS) return null;
    const found =
      counted.get(codes) ?? listCells(sumCells(codes, places, isPlain ? null : counts, cells, 2 * size));
    counted.set(codes, found);
    return found;
  };

  function listCells(sums: Int32Array | Float64Array): CountedCells {
    const met: number[] = [];
    for (let cell = 0; cell < sums.length; cell++) if (sums[cell]! > 0) met.push(cell);
    return {
      values: Float64Array.from(met, (cell) => distinct[cell % size]!),
      codes: Int32Array.from(met, (cell) => Math.floor(cell / size) >> 1),
      half: Uint8Array.from(met, (cell) => Math.floor(cell / size) & 1),
      counts: Float64Array.from(met, (cell) => sums[cell]!),
    };
  }
}

/** @param counts null where each row is one case */
function sumCells(
  codes: ArrayLike<number>,
  places: Int32Array,
  counts: Float64Array | null,
  cells: number,
  perCode: number,
): Int32Array | Float64Array {
  if (counts === null) {
    const ones = new Int32Array(cells);
    for (let row = 0; row < places.length; row++) {
      const place = places[row]!;
      if (place < 0) continue;
      const cell = (Math.imul(codes[row]!, perCode) + place) | 0;
      ones[cell] = (ones[cell]! + 1) | 0;
    }
    return ones;
  }
  const sums = new Float64Array(cells);
  for (let row = 0; row < places.length; row++) {
    const place = places[row]!;
    if (place < 0) continue;
    const cell = (Math.imul(codes[row]!, perCode) + place) | 0;
    sums[cell] = sums[cell]! + counts[row]!;
  }
  return sums;
}

/** Different values in order of first appearance, and the number of each row's. */
function numberValues(values: Float64Array): { distinct: number[]; numbers: Uint16Array } | null {
  const bits = new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
  const slots = new Uint16Array(4 * MOST_VALUES).fill(ABSENT);
  const distinct: number[] = [];
  const numbers = new Uint16Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (Number.isNaN(value)) {
      numbers[row] = ABSENT;
      continue;
    }
    const mixed = Math.imul(bits[2 * row]! ^ Math.imul(bits[2 * row + 1]!, 0x85ebca6b), 0x9e3779b1);
    let slot = (mixed ^ (mixed >>> 15)) & (slots.length - 1);
    while (slots[slot] !== ABSENT && distinct[slots[slot]!] !== value) slot = (slot + 1) & (slots.length - 1);
    if (slots[slot] === ABSENT) {
      if (distinct.length === MOST_VALUES) return null;
      slots[slot] = distinct.push(value) - 1;
    }
    numbers[row] = slots[slot]!;
  }
  return { distinct, numbers };
}
