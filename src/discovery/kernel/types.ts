/** What the search works on and what it finds: codes and sums, no names. */

/**
 * The rows that are searched. A row stands for `count[row]` cases that are equal in every column and value.
 * Values are errors: 0 is right, larger is worse; for pass rates 1 - passed.
 */
export interface SearchTable {
  readonly rows: number;
  /** `codes[row]` is 0 where the value is too rare to be part of any slice, else in 1 ... cardinality. */
  readonly columns: readonly { readonly codes: Uint8Array | Uint16Array; readonly cardinality: number }[];
  readonly count: Float64Array;
  /** Sum of weights of the row's cases; null where every case weighs 1. */
  readonly weight: Float64Array | null;
  /** Error of each case of the row in the run that is searched, at least 0, finite. */
  readonly error: Float64Array;
  /** Its error in the other run; null where there is none. */
  readonly before: Float64Array | null;
}

/** `column` is an index into `SearchTable.columns`, `code` at least 1. */
export interface SliceItem {
  readonly column: number;
  readonly code: number;
}

/** Sums over the cases of one slice; weighted sums where the table has weights, except `cases`, `broke` and `fixed`. */
export interface SliceSums {
  readonly cases: number;
  /** Total weight; `cases` without weights. */
  readonly weight: number;
  readonly error: number;
  readonly errorSquares: number;
  readonly largestError: number;
  /** Sums of the other run, and of the paired change d = error - before; 0 where there is none. */
  readonly before: number;
  readonly change: number;
  readonly changeSquares: number;
  /** Cases whose error rose, and fell, from `before`. */
  readonly broke: number;
  readonly fixed: number;
}

/** One conjunction, items ordered by column. */
export interface FoundSlice {
  readonly items: readonly SliceItem[];
  readonly sums: SliceSums;
  /** By the order that was asked for. */
  readonly score: number;
}

/**
 * How slices are ranked; only positive scores count. With v the value of the mode, m its mean in the slice, M the mean of
 * all (in `regressed` and `improved` at least 0: what merely improved less than the rest has not regressed), n and s the
 * sizes of all and of the slice in cases (with weights: their sums):
 * `sliceline`: a*(m - M)/mean(|v|) - (1-a)*(n/s - 1); for `worst` that is SliceLine's a*(m/M - 1) - (1-a)*(n/s - 1).
 * `drop`: m - M. `support`: s, of slices with m > M. `drop-support`: (m - M)*s, the errors too many.
 */
export type SliceOrder = 'sliceline' | 'drop' | 'support' | 'drop-support';

/** `worst`: the error itself. `regressed`: error - before. `improved`: before - error. */
export type SearchMode = 'worst' | 'regressed' | 'improved';

export interface SearchOptions {
  readonly mode: SearchMode;
  readonly order: SliceOrder;
  /** Weight of the error against the size in `sliceline`, in (0, 1]; papers use 0.95. */
  readonly alpha: number;
  readonly maxLevel: number;
  /** Least cases of a slice, at least 1. */
  readonly minCases: number;
  /** Slices wanted, 0 or more. */
  readonly top: number;
  /** Slices kept beyond `top` because they have the same score as the last one. */
  readonly mostTies: number;
  /** Workers, at least 1; the result does not depend on it. */
  readonly threads: number;
}

export interface SearchResult {
  /** Best first; ties by size, most first, then by items (column, code). */
  readonly slices: readonly FoundSlice[];
  /** Sums over the whole table. */
  readonly all: SliceSums;
  readonly levels: readonly LevelCount[];
}

/** What a search did on one level. Does not depend on `threads`. */
export interface LevelCount {
  /** Items per slice, from 1. */
  readonly level: number;
  /** Slices with at least `minCases` that were counted. */
  readonly counted: number;
  /** Combinations of values (each with `minCases` on its own) that bounds or small parents excluded without counting. */
  readonly pruned: number;
}

/** Which slices to enumerate. */
export interface EnumerationOptions {
  readonly maxLevel: number;
  /** Least cases of a slice, at least 1. */
  readonly minCases: number;
  /** Workers, at least 1; the result does not depend on it. Default 1. */
  readonly threads?: number;
  /** Most slices to collect; default 10,000,000 (about 1 GB). Visiting has no limit. */
  readonly limit?: number;
}

/** Called for every slice with at least `minCases` cases, in order of level, columns, codes. The objects are reused: copy what stays. */
export type SliceVisitor = (columns: readonly number[], codes: readonly number[], sums: SliceSums) => void;

/** All slices with support as columns, in the order of `SliceVisitor`; arrays that hold the same numbers may be one array. */
export interface SliceList {
  readonly size: number;
  /** Items of each slice, from 1. */
  readonly level: Uint8Array;
  /** Slice i has the columns `columns[i * stride]` up to `columns[i * stride + level[i] - 1]`; codes likewise. */
  readonly stride: number;
  readonly columns: Uint16Array;
  readonly codes: Uint16Array;
  /** One entry per slice each. */
  readonly sums: { readonly [Field in keyof SliceSums]: Float64Array };
  /** Sums over the whole table. */
  readonly all: SliceSums;
  /** Slices per level, from level 1. */
  readonly perLevel: readonly number[];
}
