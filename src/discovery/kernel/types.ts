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
 * How slices are ranked; only positive scores count.
 * `sliceline`: a*((se/s)/ebar - 1) - (1-a)*(n/s - 1), n and s in cases (or weight). `drop`: mean error above that of all.
 * `support`: size of slices with a positive drop. `drop-support`: drop times size (errors too many).
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
  /** Slices wanted; all that tie at the last place are kept, up to `mostTies`. */
  readonly top: number;
  readonly mostTies: number;
  /** Workers, at least 1; the result does not depend on it. */
  readonly threads: number;
}

export interface SearchResult {
  /** Best first; ties by size, most first, then by items (column, code). */
  readonly slices: readonly FoundSlice[];
  /** Sums over the whole table. */
  readonly all: SliceSums;
  /** Per level, from 1: slices with at least `minCases` that were counted, and candidates that bounds excluded without counting. */
  readonly levels: readonly { readonly level: number; readonly counted: number; readonly pruned: number }[];
}

/** Called for every slice with at least `minCases` cases, in order of level, columns, codes. The objects are reused: copy what stays. */
export type SliceVisitor = (columns: readonly number[], codes: readonly number[], sums: SliceSums) => void;
