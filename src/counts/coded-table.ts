/** Cases as integer codes: what a search over many groupings at once works on. */

import type { Grouping, SliceState } from '../slices/index.ts';
import type { UnitMeasure } from './plan.ts';

/** Which table to build. */
export interface TablePlan {
  /**
   * One column each. A grouping that puts a case into several slices (a list column) gives one column per value instead, with
   * the values `yes` and `no`; its `grouping` is that of the list and its `tag` the value.
   */
  readonly groupings: readonly Grouping[];
  readonly measure: UnitMeasure;
  /** Values with fewer cases share code 0 of their column; at least 1. */
  readonly minCases: number;
  /** Most values of a column that keep a code of their own, by number of cases (ties by value in code point order); at most 65,000. */
  readonly maxValues: number;
  /** Seed of the split of the cases into halves; null does not split. */
  readonly split: number | null;
  /** Whether equal rows (all codes, half and both values equal) may become one row that counts several cases. */
  readonly fold: boolean;
}

/** One value of a column. */
export interface CodedValue {
  readonly state: SliceState;
  readonly value: string;
  readonly cases: number;
}

/** One dimension. `codes[row]` is 0 for values that are too rare, else 1 + index into `values`. */
export interface CodedColumn {
  readonly grouping: string;
  /** The tag of a list column that this column is about. */
  readonly tag: string | null;
  /** By number of cases, most first; ties by state, then value in code point order. */
  readonly values: readonly CodedValue[];
  readonly codes: Uint8Array | Uint16Array;
  /** Distinct values without a code, and the cases that have them. */
  readonly rareValues: number;
  readonly rareCases: number;
}

/**
 * The cases of a comparison that have a value in the candidate (and, where there is a baseline, in both runs and not edited).
 * A row stands for `count[row]` cases. Rows are ordered by case id, or where folded by their codes, half and values: the order
 * is the same for every engine. Values are those of `UnitTable`.
 */
export interface CodedTable {
  readonly cases: number;
  readonly columns: readonly CodedColumn[];
  readonly count: Float64Array;
  /** Sum of the case weights of each row; null where no weight column is mapped. Cases without one usable weight are left out. */
  readonly weight: Float64Array | null;
  /** 0 or 1 per row: the half that the case (with a cluster column the whole cluster) belongs to; null without a split. */
  readonly half: Uint8Array | null;
  /** Dense cluster code per row, null where no cluster column is mapped. With clusters nothing is folded. */
  readonly cluster: Int32Array | null;
  /** NaN throughout where there is no baseline. */
  readonly baseline: Float64Array;
  readonly candidate: Float64Array;
  /** Cases that are not in the table, by reason; the sum of all numbers and `cases` is the number of cases of the comparison. */
  readonly leftOut: {
    readonly onlyBaseline: number;
    readonly onlyCandidate: number;
    readonly edited: number;
    readonly unscored: number;
    readonly unweighted: number;
  };
}
