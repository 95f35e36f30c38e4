/** What a contrast of two means is asked and what it gives. */

/** Cases as parallel lists; an entry may stand for several equal cases. */
export interface ContrastInput {
  readonly values: ArrayLike<number>;
  /** 1: first mean, 2: second mean, 0: not used. Without any 2 the first mean is compared with 0. */
  readonly side: ArrayLike<number>;
  /** Cases per entry; 1 each where null. */
  readonly counts: ArrayLike<number> | null;
  /** Total weight of each entry's cases, shared equally among them; the number of cases where null. */
  readonly weights: ArrayLike<number> | null;
  /** Dense cluster code per entry; a cluster may have cases on both sides. Null: every case stands alone. */
  readonly clusters: ArrayLike<number> | null;
}

/** First minus second mean. */
export interface Contrast {
  readonly first: number | null;
  readonly second: number | null;
  readonly estimate: number | null;
  /** CR2 standard error; null with fewer than two independent units on a side. */
  readonly se: number | null;
  /** Standard error if units of both sides spread alike, the least that tests and intervals use; null where `se` is, and for one mean. */
  readonly pooledSe: number | null;
  /** Satterthwaite degrees of freedom of it (Bell and McCaffrey). */
  readonly df: number | null;
  /** Independent units (clusters, or cases) with a part on the first and on the second side. */
  readonly units: readonly [first: number, second: number];
}
