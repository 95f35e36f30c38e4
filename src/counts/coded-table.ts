/** Cases as integer codes: what a search over many groupings at once works on. */

import type { Grouping, SliceState } from '../slices/index.ts';
import type { UnitMeasure } from './plan.ts';

/** Which table to build. */
export interface TablePlan {
  /**
   * One column each. Where a grouping puts a case of the table into two slices or more (lists of tags), it gives one column per
   * tag instead, with the values `yes` and `no` (an empty list is `no`) and the states `missing` and `changed`; their `grouping`
   * is that of the list and their `tag` the value.
   */
  readonly groupings: readonly Grouping[];
  readonly measure: UnitMeasure;
  /** Values with fewer cases share code 0 of their column; at least 1. */
  readonly minCases: number;
  /**
   * Most values of a column that keep a code of their own, by number of cases (ties by state, then value in code point order),
   * and most tags of a grouping that have a column; 1 to 65,000.
   */
  readonly maxValues: number;
  /** Seed of the split of the cases into halves, an integer; null does not split. */
  readonly split: number | null;
  /**
   * Whether equal rows (all codes, half and both values equal) become one row that counts several cases. It is done where it at
   * least halves the rows; a table of more than 65,536 rows is judged by a part of it, the same in every engine.
   */
  readonly fold: boolean;
}

/** One value of a column. */
export interface CodedValue {
  readonly state: SliceState;
  /** The exact text for state `value`, else `''`. */
  readonly value: string;
  readonly cases: number;
}

/** One dimension. `codes[row]` is 0 for values that are too rare, else 1 + index into `values`. */
export interface CodedColumn {
  readonly grouping: string;
  /** The tag of a list column that this column is about. */
  readonly tag: string | null;
  /** By number of cases, most first; ties by state (as in `compareSliceKeys`), then value in code point order. */
  readonly values: readonly CodedValue[];
  /** Bytes where `values` has fewer than 256 entries. */
  readonly codes: Uint8Array | Uint16Array;
  /** Distinct values (states included) without a code, and the cases that have them. */
  readonly rareValues: number;
  readonly rareCases: number;
}

/**
 * The cases of a comparison that have a value in the candidate (and, where there is a baseline, in both runs and not edited).
 * A row stands for `count[row]` cases. Rows are ordered by case id (UTF-8 byte order; where rows are the cases that is the order
 * of the rows), and where folded by the first of their cases: the order is the same for every engine. Values are those of
 * `UnitTable`.
 */
export interface CodedTable {
  readonly cases: number;
  /** In the order of the plan's groupings; those of tags by number of cases with the tag, most first, ties by tag. */
  readonly columns: readonly CodedColumn[];
  /** Groupings with tags that have no column, being rarer than `minCases` or beyond `maxValues`, and the cases with any of them. */
  readonly rareTags: readonly { readonly grouping: string; readonly tags: number; readonly cases: number }[];
  readonly count: Float64Array;
  /** Sum of the case weights of each row; null where no weight column is mapped. Cases without one usable weight are left out. */
  readonly weight: Float64Array | null;
  /**
   * 0 or 1 per row: the half that the case (with a cluster column the whole cluster) belongs to; null without a split.
   * It is the lowest bit of the first byte of the MD5 of `split:<seed>US<text>` (UTF-8, US = U+001F), where the text is that of
   * the cluster, and the case id where none is mapped or the case has no single one. Where rows are the cases, row n (from 1)
   * without a cluster takes bit n mod 128 (from the lowest bit of the first byte on) of the MD5 of `split:<seed>USrows <n div 128>`.
   */
  readonly half: Uint8Array | null;
  /** Cluster code per row, 0, 1, ... as they first occur; null where no cluster column is mapped. With clusters nothing is folded. */
  readonly cluster: Int32Array | null;
  /** NaN throughout where there is no baseline. */
  readonly baseline: Float64Array;
  readonly candidate: Float64Array;
  /**
   * Cases that are not in the table, by the first reason that holds in this order; the sum of all numbers and `cases` is the
   * number of cases of the comparison. `unscored` cases lack a value in one run or both.
   */
  readonly leftOut: {
    readonly onlyBaseline: number;
    readonly onlyCandidate: number;
    readonly edited: number;
    readonly unscored: number;
    readonly unweighted: number;
  };
}
