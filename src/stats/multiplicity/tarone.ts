/** Tarone's correction: Bonferroni over those slices only that could be significant at all. */

/** Which slices count, and by how much their p-values are to be multiplied. */
export interface Tarone {
  /** Bonferroni factor: smallest k with at most k slices able to reach alpha / k. */
  readonly k: number;
  /** Whether the smallest attainable p of each slice is at most alpha / k. */
  readonly testable: readonly boolean[];
}

/**
 * Tarone's choice of the family for discrete tests.
 *
 * @param smallest smallest attainable p-value of each slice, such as 2^-m for m discordant pairs
 * @param alpha family-wise error, in (0,1)
 * @source Tarone 1990, Biometrics 46:515
 * @example tarone([2 ** -11, 2 ** -4, 1], 0.05) // { k: 1, testable: [true, false, false] }
 */
export function tarone(smallest: readonly number[], alpha: number): Tarone {
  const ascending = [...smallest].sort((a, b) => a - b);
  let k = 1;
  while (k < ascending.length && countAtMost(ascending, alpha / k) > k) k++;
  return { k, testable: smallest.map((p) => p <= alpha / k) };
}

function countAtMost(ascending: readonly number[], bound: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! <= bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
