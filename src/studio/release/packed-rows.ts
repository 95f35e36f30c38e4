/** Rows as columns and back, so that thousands of slices travel in a few megabytes. Free of Node: the front end unpacks with it. */

import type { PackedColumn, PackedRows, SliceRow } from '../contract/index.ts';

/** Fields in the order of a row; every row has all of them. */
const FIELDS: readonly (keyof SliceRow)[] = [
  ...(['id', 'metric', 'dimension', 'value', 'state', 'role', 'family', 'owner', 'critical'] as const),
  ...(['verdict', 'grade', 'n', 'cases', 'lost', 'gained', 'before', 'beforeLower', 'beforeUpper'] as const),
  ...(['after', 'afterLower', 'afterUpper', 'delta', 'deltaLower', 'deltaUpper', 'p', 'adjustedP'] as const),
  ...(['floor', 'margin', 'detectable', 'needed', 'waiver'] as const),
];

/** Turns rows into columns. Linear in the number of cells. */
export function packRows(rows: readonly SliceRow[]): PackedRows {
  const columns = Object.fromEntries(FIELDS.map((field) => [field, packColumn(rows, field)]));
  return { rows: rows.length, columns: columns as PackedRows['columns'] };
}

/** Distinct values are named once where that is shorter. */
function packColumn<Field extends keyof SliceRow>(
  rows: readonly SliceRow[],
  field: Field,
): PackedColumn<SliceRow[Field]> {
  const places = new Map<SliceRow[Field], number>();
  const codes: number[] = [];
  for (const row of rows) {
    const value = row[field];
    const place = places.get(value) ?? places.size;
    places.set(value, place);
    codes.push(place);
  }
  if (places.size * 2 > rows.length) return { values: rows.map((row) => row[field]) };
  return { words: [...places.keys()], codes };
}

/** The rows of `packRows`. */
export function unpackRows({ rows, columns }: PackedRows): readonly SliceRow[] {
  const readers = FIELDS.map((field) => [field, readerOf<unknown>(columns[field])] as const);
  return Array.from(
    { length: rows },
    (_, row) => Object.fromEntries(readers.map(([field, read]) => [field, read(row)])) as unknown as SliceRow,
  );
}

function readerOf<T>(column: PackedColumn<T>): (row: number) => T {
  return 'values' in column ? (row) => column.values[row]! : (row) => column.words[column.codes[row]!]!;
}
