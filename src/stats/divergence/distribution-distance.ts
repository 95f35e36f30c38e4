/** How far two sets of counts over the same categories are apart. */

/**
 * Jensen-Shannon distance with logarithms to base 2: 0 for equal shares, 1 for no common category. It is the square root of the
 * divergence, a metric, and tends to be above 0 for two samples of one population.
 *
 * @param a counts of at least 0
 * @param b counts over the same categories
 * @returns null where a side has no count
 * @source Lin 1991, IEEE Transactions on Information Theory 37:145; Endres and Schindelin 2003
 * @example jensenShannonDistance([100, 0], [0, 100]) // 1
 */
export function jensenShannonDistance(a: ArrayLike<number>, b: ArrayLike<number>): number | null {
  const [p, q] = [sharesOf(a), sharesOf(b)];
  if (p === null || q === null) return null;
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    const middle = (p[i]! + q[i]!) / 2;
    sum += (part(p[i]!, middle) + part(q[i]!, middle)) / 2;
  }
  return Math.sqrt(Math.max(0, sum));
}

function part(share: number, middle: number): number {
  return share === 0 ? 0 : share * Math.log2(share / middle);
}

function sharesOf(counts: ArrayLike<number>): readonly number[] | null {
  const values = Array.from(counts);
  const total = values.reduce((sum, count) => sum + count, 0);
  return total > 0 ? values.map((count) => count / total) : null;
}

/** The population stability index with what chance alone gives. */
export interface StabilityIndex {
  readonly value: number;
  /**
   * Expectation without any drift, about (categories - 1)(1/n + 1/m). The usual limits of 0.1 and 0.25 mean nothing where this is of
   * the same size.
   */
  readonly floor: number;
}

/**
 * Population stability index: sum of (A - B) ln(A / B) over the shares, with half a count added to every category.
 *
 * @returns null where a side has no count
 * @source Yurdakul and Naranjo 2020, Journal of Risk Model Validation 14:89 (expectation)
 * @example populationStability([50, 30, 20], [40, 35, 25]).value // 0.03997055680914599
 */
export function populationStability(a: ArrayLike<number>, b: ArrayLike<number>): StabilityIndex | null {
  const [n, m] = [a, b].map((side) => Array.from(side).reduce((sum, count) => sum + count, 0)) as [
    number,
    number,
  ];
  if (n === 0 || m === 0) return null;
  const [p, q] = [a, b].map((side) => sharesOf(Array.from(side, (count) => count + 0.5))!) as [
    number[],
    number[],
  ];
  const value = p.reduce((sum, share, i) => sum + (share - q[i]!) * Math.log(share / q[i]!), 0);
  return { value, floor: (p.length - 1) * (1 / n + 1 / m) };
}
