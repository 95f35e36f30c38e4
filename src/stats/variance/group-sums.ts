/** Sums of squares between and within groups. */

/** Cases as parallel lists; an entry may stand for several equal cases. */
export interface GroupedValues {
  readonly values: ArrayLike<number>;
  /** Group of each entry, 0 and up; below 0 the entry takes no part. */
  readonly groups: ArrayLike<number>;
  /** Cases per entry; 1 each where null. */
  readonly counts: ArrayLike<number> | null;
  /** Cluster code per entry; null where every case stands alone. */
  readonly clusters: ArrayLike<number> | null;
}

/** Sums over all entries that are in a group. */
export interface GroupSums {
  readonly n: number;
  /** Groups with at least one case. */
  readonly groups: number;
  readonly mean: number;
  /** By group number, NaN without a case. */
  readonly means: Float64Array;
  readonly sizes: Float64Array;
  readonly squaredSizes: number;
  readonly between: number;
  readonly within: number;
}

/**
 * Counts, means and sums of squares in two passes, which keeps their digits.
 *
 * @throws RangeError when lists differ in length
 */
export function groupSums({ values, groups, counts, clusters }: GroupedValues): GroupSums {
  const entries = values.length;
  for (const list of [groups, counts, clusters]) {
    if (list !== null && list.length !== entries) {
      throw new RangeError(`${entries} values and ${list.length} entries`);
    }
  }
  let last = -1;
  for (let i = 0; i < entries; i++) last = Math.max(last, groups[i]!);
  const sizes = new Float64Array(last + 1);
  const means = new Float64Array(last + 1);
  for (let i = 0; i < entries; i++) {
    if (groups[i]! < 0) continue;
    const count = counts === null ? 1 : counts[i]!;
    sizes[groups[i]!]! += count;
    means[groups[i]!]! += count * values[i]!;
  }
  let n = 0;
  let sum = 0;
  for (let group = 0; group <= last; group++) {
    n += sizes[group]!;
    sum += means[group]!;
    means[group]! /= sizes[group]!;
  }
  const mean = sum / n;
  let within = 0;
  for (let i = 0; i < entries; i++) {
    if (groups[i]! < 0) continue;
    within += (counts === null ? 1 : counts[i]!) * (values[i]! - means[groups[i]!]!) ** 2;
  }
  let between = 0;
  let squaredSizes = 0;
  let used = 0;
  for (let group = 0; group <= last; group++) {
    if (sizes[group] === 0) continue;
    used += 1;
    between += sizes[group]! * (means[group]! - mean) ** 2;
    squaredSizes += sizes[group]! ** 2;
  }
  return { n, groups: used, mean, means, sizes, squaredSizes, between, within };
}
