/** Conditional value at risk: the mean of the worst share of the scores. */

/**
 * Mean of the smallest share alpha of the scores, the case on the boundary counted in part; null for an empty sample.
 *
 * @param values finite numbers in any order, where small is bad
 * @param alpha share in (0,1]
 * @throws RangeError when alpha is outside (0,1]
 * @source Rockafellar and Uryasev 2002
 * @example conditionalTailMean([3, 1, 2], 0.5) // 1.3333333333
 */
export function conditionalTailMean(values: ArrayLike<number>, alpha: number): number | null {
  if (!(alpha > 0 && alpha <= 1)) throw new RangeError(`alpha is ${alpha}, must be in (0,1]`);
  const n = values.length;
  if (n === 0) return null;
  const sorted = Float64Array.from(values).sort();
  const weight = n * alpha;
  const whole = Math.min(n, Math.floor(weight * (1 + 4 * Number.EPSILON)));
  let sum = 0;
  for (let i = 0; i < whole; i++) sum += sorted[i]!;
  if (whole < n) sum += Math.max(0, weight - whole) * sorted[whole]!;
  return sum / weight;
}
