/** Two dimensions crossed: cases, error rate and share of all errors in every cell, empty cells apart from zeros. */

import type { Estimate } from '../stats/index.ts';
import { measured, type SliceSums } from './kernel/index.ts';
import { meanError } from './row-tests.ts';
import { type ClusteredTable, rowsOfSlice, sumRows } from './rows.ts';
import { errorKind } from './slice-tests.ts';
import { isSummable, keepsSpread, meanOfSums } from './sum-tests.ts';

/** One cell; `rate` is null where no case lies, which is not a rate of 0. */
export interface HeatmapCell {
  readonly cases: number;
  readonly rate: Estimate | null;
  /** Share of all errors; null where there are no errors at all. */
  readonly errorShare: number | null;
}

/** Cells by code of the first and of the second column; code 0 holds the values that are too rare for a code. */
export interface Heatmap {
  readonly cells: readonly (readonly HeatmapCell[])[];
  readonly cases: number;
  readonly empty: number;
}

/**
 * The heatmap of two columns.
 *
 * @param level confidence level of the rates, in (0, 1)
 * @throws RangeError when a column does not exist
 */
export function heatmap(data: ClusteredTable, first: number, second: number, level = 0.95): Heatmap {
  const { table } = data;
  for (const column of [first, second]) {
    if (table.columns[column] === undefined) throw new RangeError(`there is no column ${column}`);
  }
  const cellOf = isSummable(data, { question: 'worse', kind: errorKind(table) })
    ? cellBySums(data, first, second, level)
    : cellByRows(data, first, second, level);
  const all = measured(table).all;
  const codes = (column: number) =>
    Array.from({ length: table.columns[column]!.cardinality + 1 }, (_, code) => code);
  const cells = codes(first).map((a) =>
    codes(second).map((b): HeatmapCell => {
      const { sums, rate } = cellOf(a, b);
      return {
        cases: sums.cases,
        rate: sums.cases === 0 ? null : rate(),
        errorShare: all.error === 0 ? null : sums.error / all.error,
      };
    }),
  );
  return { cells, cases: all.cases, empty: cells.flat().filter(({ cases }) => cases === 0).length };
}

type CellOf = (a: number, b: number) => { readonly sums: SliceSums; readonly rate: () => Estimate };

/** One count of all pairs of values; the cells whose sums do not keep the spread are looked at again. */
function cellBySums(data: ClusteredTable, first: number, second: number, level: number): CellOf {
  const { table } = data;
  const byRows = cellByRows(data, first, second, level);
  const kind = errorKind(table);
  const isInOrder = first < second;
  const cells =
    first === second ? null : measured(table).cells(isInOrder ? [first, second] : [second, first]);
  if (cells === null) return byRows;
  return (a, b) => {
    const sums = cells(isInOrder ? [a, b] : [b, a]);
    if (!keepsSpread(sums, { question: 'worse', kind })) return byRows(a, b);
    return { sums, rate: () => meanOfSums(sums, { kind, level }) };
  };
}

function cellByRows(data: ClusteredTable, first: number, second: number, level: number): CellOf {
  const { table } = data;
  const kind = errorKind(table);
  return (a, b) => {
    const items = [
      { column: first, code: a },
      { column: second, code: b },
    ];
    const inside = rowsOfSlice(table, items);
    return { sums: sumRows(table, inside, 1), rate: () => meanError(data, inside, 1, { kind, level }) };
  };
}
