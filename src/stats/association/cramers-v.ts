/** How strongly two dimensions go together: Cramer's V, corrected for what chance adds. */

import { chiSquareSf } from '../special/chi-square.ts';

/** Association of two dimensions; null where one of them has fewer than two values with a case. */
export interface Association {
  readonly n: number;
  readonly chiSquare: number | null;
  readonly df: number;
  /** P-value of independence by the chi-square approximation; null where undefined. */
  readonly p: number | null;
  /** Cramer's V of the sample, in [0, 1]; grows with the number of values also by chance. */
  readonly v: number | null;
  /** Bias-corrected V, in [0, 1]: near 0 where the dimensions are independent. */
  readonly corrected: number | null;
}

/**
 * Association of the rows and columns of a table of counts. Empty rows and columns do not count.
 *
 * @param table counts by row and column, each at least 0
 * @throws RangeError when rows differ in length or a count is negative or not finite
 * @source Cramer 1946; Bergsma 2013, Journal of the Korean Statistical Society 42:323
 * @example cramersV([[10, 0], [0, 10]]).v // 1
 */
export function cramersV(table: readonly ArrayLike<number>[]): Association {
  const width = table[0]?.length ?? 0;
  const columnSums = new Float64Array(width);
  const rowSums = new Float64Array(table.length);
  let n = 0;
  table.forEach((row, r) => {
    if (row.length !== width) throw new RangeError(`row ${r} has ${row.length} counts, not ${width}`);
    for (let c = 0; c < width; c++) {
      const count = row[c]!;
      if (!(count >= 0 && Number.isFinite(count))) throw new RangeError(`count ${r}, ${c} is ${count}`);
      rowSums[r]! += count;
      columnSums[c]! += count;
      n += count;
    }
  });
  const rows = rowSums.filter((sum) => sum > 0).length;
  const columns = columnSums.filter((sum) => sum > 0).length;
  const df = Math.max(0, rows - 1) * Math.max(0, columns - 1);
  if (df === 0) return { n, chiSquare: null, df, p: null, v: null, corrected: null };
  let chiSquare = 0;
  for (let r = 0; r < table.length; r++) {
    for (let c = 0; c < width; c++) {
      const expected = (rowSums[r]! * columnSums[c]!) / n;
      if (expected > 0) chiSquare += (table[r]![c]! - expected) ** 2 / expected;
    }
  }
  const phi = chiSquare / n;
  const shrink = (values: number) => values - (values - 1) ** 2 / (n - 1);
  const least = Math.min(shrink(rows), shrink(columns)) - 1;
  return {
    ...{ n, chiSquare, df },
    p: chiSquareSf(chiSquare, df),
    v: Math.min(1, Math.sqrt(phi / (Math.min(rows, columns) - 1))),
    corrected: least > 0 ? Math.min(1, Math.sqrt(Math.max(0, phi - df / (n - 1)) / least)) : 0,
  };
}
