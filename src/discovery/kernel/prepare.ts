/** Makes a table ready for search: checks it, drops values and columns too small for any slice, folds equal rows. */

import { countCodes } from './count-codes.ts';
import { foldRows } from './fold.ts';
import { isBinary } from './pack.ts';
import { shareable } from './share.ts';
import type { SearchTable } from './types.ts';

/** A column with the codes 1 ... `live` only; 0 where the value has too few cases. */
export interface LiveColumn {
  /** Index into the columns of the table that came in. */
  readonly source: number;
  readonly codes: Uint8Array | Uint16Array;
  readonly live: number;
  /** Code of the incoming table by live code; `original[0]` is 0. */
  readonly original: Uint16Array;
  /** Cases by live code; entry 0 is 0. */
  readonly cases: Float64Array;
}

/** The columns of a table that is ready for search; all have the same kind of codes. */
export interface LiveTable {
  readonly rows: number;
  readonly columns: readonly LiveColumn[];
  readonly totalCases: number;
}

/** The same with the numbers of the rows. */
export interface Prepared extends LiveTable {
  /** Cases of each row; null where every row is one case. */
  readonly count: Float64Array | null;
  readonly weight: Float64Array | null;
  readonly error: Float64Array;
  readonly before: Float64Array | null;
  /** Whether the errors are zeros and ones only; true for `before` where there is none. */
  readonly binary: { readonly error: boolean; readonly before: boolean };
}

/**
 * Drops what no slice of `minCases` cases can contain: support can only fall from a slice to its parts.
 *
 * @param minCases least cases of a slice, at least 1
 * @param fold whether equal rows may become one row
 * @throws RangeError when the table breaks the promises of its type; the message names column or row
 */
export function prepare(table: SearchTable, minCases: number, fold: boolean): Prepared {
  const { totalCases, binary } = checkRows(table);
  const kept = table.columns
    .map((column, source) => ({
      column,
      source,
      tally: tallyOf(table, column, source, totalCases === table.rows),
    }))
    .map((entry) => ({ ...entry, original: liveCodes(entry.tally, minCases) }))
    .filter(({ original }) => original.length > 1);
  const wide = kept.some(({ original }) => original.length > 256);
  const live = kept.map(({ column, source, tally, original }) => ({
    source,
    original,
    cases: Float64Array.from(original, (code) => (code === 0 ? 0 : tally[code]!)),
    live: original.length - 1,
    codes: recode(column, original, wide),
  }));
  const columns = live.map(({ codes, live: cardinality }) => ({ codes, cardinality }));
  const folded = fold ? foldRows({ ...table, columns }) : { ...table, columns };
  return {
    rows: folded.rows,
    columns: live.map((column, i) => ({ ...column, codes: folded.columns[i]!.codes })),
    totalCases,
    count: totalCases === folded.rows ? null : folded.count,
    weight: folded.weight,
    error: folded.error,
    before: folded.before,
    binary,
  };
}

function checkRows({
  rows,
  count,
  weight,
  error,
  before,
}: SearchTable): Pick<Prepared, 'totalCases' | 'binary'> {
  for (const [name, values] of Object.entries({ count, weight, error, before })) {
    if (values !== null && values.length !== rows) {
      throw new RangeError(`${name} has ${values.length} entries, not ${rows}`);
    }
  }
  checkNumbers('count', count, 1);
  if (weight !== null) checkNumbers('weight', weight, 0);
  // Zeros and ones are in range.
  const binary = { error: isBinary(error), before: before === null || isBinary(before) };
  if (!binary.error) checkNumbers('error', error, 0);
  if (!binary.before) checkNumbers('before', before!, 0);
  let totalCases = 0;
  for (let row = 0; row < rows; row++) totalCases += count[row]!;
  return { totalCases, binary };
}

function checkNumbers(name: string, values: Float64Array, least: number): void {
  const row = firstOutside(values, least);
  if (row < values.length) {
    throw new RangeError(`${name} of row ${row} is ${values[row]}, expected a finite number from ${least}`);
  }
}

function firstOutside(values: Float64Array, least: number): number {
  let row = 0;
  while (row < values.length && values[row]! >= least && values[row]! < Number.POSITIVE_INFINITY) row++;
  return row;
}

/** Cases by code. */
function tallyOf(
  table: SearchTable,
  column: SearchTable['columns'][number],
  index: number,
  onlyOnes: boolean,
): Float64Array {
  const { codes, cardinality } = column;
  if (codes.length !== table.rows) {
    throw new RangeError(`column ${index} has ${codes.length} codes, not ${table.rows}`);
  }
  const rowsBy = countCodes(codes);
  const largest = rowsBy.findLastIndex((rows) => rows > 0);
  if (largest > cardinality) {
    throw new RangeError(`column ${index} has code ${largest}, but its cardinality is ${cardinality}`);
  }
  if (onlyOnes) return Float64Array.from({ length: cardinality + 1 }, (_, code) => rowsBy[code] ?? 0);
  const tally = new Float64Array(cardinality + 1);
  for (let row = 0; row < table.rows; row++) tally[codes[row]!]! += table.count[row]!;
  return tally;
}

/** The codes with support in ascending order, behind a 0. */
function liveCodes(tally: Float64Array, minCases: number): Uint16Array {
  const codes = [0];
  for (let code = 1; code < tally.length; code++) {
    if (tally[code]! >= minCases) codes.push(code);
  }
  return Uint16Array.from(codes);
}

function recode(
  { codes, cardinality }: SearchTable['columns'][number],
  original: Uint16Array,
  wide: boolean,
): Uint8Array | Uint16Array {
  const allLive = original.length === cardinality + 1;
  if (allLive && codes instanceof Uint16Array === wide) return codes;
  const map = new Uint16Array(cardinality + 1);
  original.forEach((code, live) => {
    map[code] = live;
  });
  const result = shareable<Uint8Array | Uint16Array>(wide ? Uint16Array : Uint8Array, codes.length);
  for (let row = 0; row < codes.length; row++) result[row] = map[codes[row]!]!;
  return result;
}
