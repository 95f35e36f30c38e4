/** Pearson's chi-square test of whether several samples fall into the same categories. */

import { chiSquareSf } from '../special/index.ts';

/** A chi-square test; null where a row or all but one column is empty. */
export interface ChiSquareTest {
  readonly statistic: number | null;
  readonly df: number;
  readonly pValue: number | null;
  /** Smallest expected count; below 5 the p is rough, and categories should be pooled. */
  readonly smallestExpected: number | null;
}

/**
 * Test of independence of rows (samples) and columns (categories). Columns without a count are left out.
 *
 * @param table counts of at least 0, one row per sample, all of the same length
 * @source Pearson 1900, Philosophical Magazine 50:157
 * @example chiSquareTest([[50, 30, 20], [40, 35, 25]]).statistic // 2.051282051282051
 */
export function chiSquareTest(table: readonly (readonly number[])[]): ChiSquareTest {
  const width = table[0]?.length ?? 0;
  const columns = Array.from({ length: width }, (_, c) => c).filter((c) => table.some((row) => row[c]! > 0));
  const sums = table.map((row) => columns.reduce((sum, c) => sum + row[c]!, 0));
  const total = sums.reduce((sum, one) => sum + one, 0);
  const df = Math.max(0, table.length - 1) * Math.max(0, columns.length - 1);
  if (df === 0 || sums.some((sum) => sum === 0)) {
    return { statistic: null, df, pValue: null, smallestExpected: null };
  }
  let [statistic, smallestExpected] = [0, Number.POSITIVE_INFINITY];
  for (const c of columns) {
    const column = table.reduce((sum, row) => sum + row[c]!, 0);
    for (const [r, row] of table.entries()) {
      const expected = sums[r]! * (column / total);
      smallestExpected = Math.min(smallestExpected, expected);
      statistic += (row[c]! - expected) ** 2 / expected;
    }
  }
  return { statistic, df, pValue: chiSquareSf(statistic, df), smallestExpected };
}
