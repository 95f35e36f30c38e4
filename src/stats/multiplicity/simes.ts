/** Simes and the Bonferroni minimum: is anything wrong in this group at all? */

/**
 * Simes: min over i of p_(i) K / i; good at one bad child among many. Valid for independent or positively dependent p.
 *
 * @param p p-values, each in [0,1], at least one
 * @source Simes 1986, Biometrika 73:751
 * @example simes([0.01, 0.2, 0.3]) // 0.03
 */
export function simes(p: readonly number[]): number {
  if (p.length === 0) throw new RangeError('there is no p-value to combine');
  const sorted = [...p].sort((a, b) => a - b);
  return Math.min(1, ...sorted.map((x, i) => (x * sorted.length) / (i + 1)));
}

/**
 * The smallest p times the number of p-values, at most 1. Valid under any dependence.
 *
 * @param p p-values, each in [0,1], at least one
 * @example bonferroniMinimum([0.01, 0.2, 0.3]) // 0.03
 */
export function bonferroniMinimum(p: readonly number[]): number {
  if (p.length === 0) throw new RangeError('there is no p-value to combine');
  return Math.min(1, Math.min(...p) * p.length);
}
