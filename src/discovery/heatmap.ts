/** Two dimensions crossed: cases, error rate and share of all errors in every cell, empty cells apart from zeros. */

import type { Estimate } from '../stats/index.ts';
import { meanError } from './row-tests.ts';
import { type ClusteredTable, rowsOfSlice, sumRows } from './rows.ts';
import { errorKind } from './slice-tests.ts';

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
  const kind = errorKind(table);
  const all = sumRows(table, new Uint8Array(table.rows), 0);
  const codes = (column: number) =>
    Array.from({ length: table.columns[column]!.cardinality + 1 }, (_, code) => code);
  const cells = codes(first).map((a) =>
    codes(second).map((b): HeatmapCell => {
      const items = [
        { column: first, code: a },
        { column: second, code: b },
      ];
      const inside = rowsOfSlice(table, items);
      const sums = sumRows(table, inside, 1);
      return {
        cases: sums.cases,
        rate: sums.cases === 0 ? null : meanError(data, inside, 1, { kind, level }),
        errorShare: all.error === 0 ? null : sums.error / all.error,
      };
    }),
  );
  return { cells, cases: all.cases, empty: cells.flat().filter(({ cases }) => cases === 0).length };
}
