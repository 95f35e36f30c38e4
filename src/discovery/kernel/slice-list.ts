/** Collects slices into columns of numbers that grow. */

import type { Cells } from './layout.ts';
import { doubled } from './level.ts';
import type { Prepared } from './prepare.ts';
import { fullSums, noSums } from './sums.ts';
import type { SliceList, SliceSums } from './types.ts';

/** A list that grows slice by slice. */
export interface SliceListBuilder {
  /** Live columns and codes, and the cell of all sums. */
  readonly add: (columns: Int32Array, codes: Uint16Array, cells: Cells, at: number) => void;
  readonly finish: (all: SliceSums) => SliceList;
}

const FIELDS = Object.keys(noSums()) as readonly (keyof SliceSums)[];

/** @param stride most items of a slice */
export function createSliceList(table: Prepared, stride: number, limit: number): SliceListBuilder {
  const { read } = fullSums(table);
  const stored = storedFields(table);
  const sums = noSums();
  const perLevel: number[] = [];
  let size = 0;
  let level: Uint8Array = new Uint8Array(256);
  let columnsOf: Uint16Array = new Uint16Array(256 * stride);
  let codesOf: Uint16Array = new Uint16Array(256 * stride);
  const values = new Map(stored.map((field) => [field, new Float64Array(256)]));
  const grow = () => {
    level = doubled(level);
    columnsOf = doubled(columnsOf);
    codesOf = doubled(codesOf);
    for (const field of stored) values.set(field, doubled(values.get(field)!));
  };
  return {
    add: (columns, codes, cells, at) => {
      if (size === limit) {
        throw new RangeError(`more than ${limit} slices: ask for more cases per slice or fewer levels`);
      }
      if (size === level.length) grow();
      const depth = columns.length;
      level[size] = depth;
      perLevel[depth - 1] = (perLevel[depth - 1] ?? 0) + 1;
      for (let i = 0; i < depth; i++) {
        const column = table.columns[columns[i]!]!;
        columnsOf[size * stride + i] = column.source;
        codesOf[size * stride + i] = column.original[codes[i]!]!;
      }
      read(cells, at, sums);
      for (const field of stored) values.get(field)![size] = sums[field];
      size++;
    },
    finish: (all) => {
      const zeros = new Float64Array(size);
      const columns = new Map(stored.map((field) => [field, values.get(field)!.slice(0, size)]));
      const numbersOf = (field: keyof SliceSums) => columns.get(field) ?? columns.get(sameAs(field)) ?? zeros;
      return {
        size,
        level: level.slice(0, size),
        stride,
        columns: columnsOf.slice(0, size * stride),
        codes: codesOf.slice(0, size * stride),
        sums: Object.fromEntries(FIELDS.map((field) => [field, numbersOf(field)])) as SliceList['sums'],
        all,
        perLevel,
      };
    },
  };
}

/** Fields that need an array of their own. */
function storedFields(table: Prepared): readonly (keyof SliceSums)[] {
  const binary = fullSums(table).kind === 'classes';
  return FIELDS.filter((field) => {
    if (field === 'weight') return table.weight !== null;
    if (field === 'errorSquares') return !binary;
    if (['before', 'change', 'changeSquares', 'broke', 'fixed'].includes(field)) return table.before !== null;
    return true;
  });
}

/** Where two fields hold the same numbers. */
function sameAs(field: keyof SliceSums): keyof SliceSums {
  if (field === 'weight') return 'cases';
  return field === 'errorSquares' ? 'error' : field;
}
