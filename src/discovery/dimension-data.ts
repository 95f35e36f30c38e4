/** One dimension as grouped values with halves: from counts of its slices, or from the rows of a table. */

import { binomialDraw, createRandom } from '../stats/index.ts';
import { countValues } from './count-values.ts';

/** `count` cases that have the same value. */
export interface ValueCount {
  /** A score or a share passed. */
  readonly value: number;
  /** Whole number >= 0. */
  readonly count: number;
}

/** Cases of one dimension as parallel lists; an entry may stand for several equal cases of one half. */
export interface DimensionData {
  readonly id: string;
  /** Whether the gate already looks at this dimension. */
  readonly gated: boolean;
  /** Its values, in the caller's order. */
  readonly labels: readonly string[];
  readonly values: Float64Array;
  /** Index into `labels`; -1 where the case has no value, or one that is no slice. */
  readonly groups: Int32Array;
  readonly counts: Float64Array;
  /** 0 or 1. */
  readonly half: Uint8Array;
  readonly clusters: Int32Array | null;
}

/**
 * A dimension from the counts of its slices. Each case falls into a half by a fair coin, drawn for all equal cases at once:
 * the split is that of the cases, although no case is looked at. Not for clustered cases.
 *
 * @param slices cases by value of each slice; slices of one dimension share no case
 * @param stream whole number that differs between the dimensions of one seed, below 2^32
 * @throws RangeError where a count is not a whole number of at least 0
 */
export function dimensionFromCounts(
  id: string,
  gated: boolean,
  slices: readonly { readonly label: string; readonly cells: readonly ValueCount[] }[],
  seed: number,
  stream: number,
): DimensionData {
  const random = createRandom(seed, stream);
  const entries: [value: number, group: number, count: number, half: number][] = [];
  slices.forEach(({ label, cells }, group) => {
    for (const { value, count } of cells) {
      if (!(Number.isSafeInteger(count) && count >= 0)) {
        throw new RangeError(`${id} ${label}: count is ${count}, must be a whole number of at least 0`);
      }
      const first = binomialDraw(random, count, 0.5);
      entries.push([value, group, first, 0], [value, group, count - first, 1]);
    }
  });
  return {
    ...{ id, gated, clusters: null },
    labels: slices.map(({ label }) => label),
    values: Float64Array.from(entries, ([value]) => value),
    groups: Int32Array.from(entries, ([, group]) => group),
    counts: Float64Array.from(entries, ([, , count]) => count),
    half: Uint8Array.from(entries, ([, , , half]) => half),
  };
}

/** One column of rows that are shared by all dimensions. */
export interface DimensionColumn {
  readonly id: string;
  readonly gated: boolean;
  /** Names of the codes from 1 on; code 0 is no slice. */
  readonly labels: readonly string[];
  readonly codes: ArrayLike<number> & object;
}

/**
 * A dimension from a coded column.
 *
 * @param rows value, number of cases, half and cluster of each row; rows with NaN take no part
 */
export function dimensionFromColumn(
  { id, gated, labels, codes }: DimensionColumn,
  rows: Pick<DimensionData, 'values' | 'counts' | 'half' | 'clusters'>,
): DimensionData {
  const groups = Int32Array.from({ length: rows.values.length }, (_, row) =>
    Number.isNaN(rows.values[row]!) ? -1 : codes[row]! - 1,
  );
  return { id, gated, labels, groups, ...rows };
}

/**
 * Dimensions of columns that share their rows. Without clusters, equal cases of a column are counted together where that leaves
 * fewer entries than rows.
 *
 * @param rows value, number of cases, half and cluster of each row; rows with NaN take no part
 */
export function dimensionsFromColumns(
  columns: readonly DimensionColumn[],
  rows: Pick<DimensionData, 'values' | 'counts' | 'half' | 'clusters'>,
): readonly DimensionData[] {
  const count = rows.clusters === null ? countValues(rows) : null;
  return columns.map((column) => {
    const { id, gated, labels, codes } = column;
    const cells = count?.(codes, labels.length) ?? null;
    if (cells === null || cells.values.length > rows.values.length / 2)
      return dimensionFromColumn(column, rows);
    const { values, counts, half } = cells;
    const groups = cells.codes.map((code) => code - 1);
    return { id, gated, labels, values, groups, counts, half, clusters: null };
  });
}
