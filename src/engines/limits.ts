/** How much of a long list engines hand back, the same in all of them (see `contract.ts`). */

/** Distinct values of a column are counted up to here. */
export const DISTINCT_LIMIT = 10_000;

/** A column with more distinct values than this has no list of top values. */
export const TOP_DISTINCT_LIMIT = 1_000;

/** So many top values are listed. */
export const TOP_LIMIT = 50;

/** So many ids of one-sided and of edited cases are listed. */
export const ID_LIMIT = 100;

/** So many pairs of values of a settled column are listed. */
export const MOVE_LIMIT = 50;
