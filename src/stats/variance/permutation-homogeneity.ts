/** Whether groups have one pass rate, exactly enough where errors are few: cases are dealt to the groups at random. */

import { createRandom } from '../random/index.ts';
import { multivariateHypergeometricDraw } from '../resampling/hypergeometric-draw.ts';

/** Reached statistics after which the p-value is known well enough. */
const ENOUGH = 100;

/**
 * Monte-Carlo permutation p-value of Pearson's chi-square that groups pass alike, stopped early when it is large.
 *
 * @param sizes cases per group, whole numbers >= 0
 * @param marked of them with an error
 * @param most number of permutations, at least 1; the p-value is at least 1 / (most + 1)
 * @param seed whole number from 0 to 2^53 - 1
 * @source Besag and Clifford 1991, Biometrika 78:301 (stopping)
 * @example permutationHomogeneityP([5, 5], [5, 0], 999, 1) < 0.03 // true
 */
export function permutationHomogeneityP(
  sizes: ArrayLike<number>,
  marked: ArrayLike<number>,
  most: number,
  seed: number,
): number {
  let drawn = 0;
  for (let i = 0; i < marked.length; i++) drawn += marked[i]!;
  const statistic = (counts: ArrayLike<number>) => {
    let sum = 0;
    for (let i = 0; i < sizes.length; i++) if (sizes[i]! > 0) sum += counts[i]! ** 2 / sizes[i]!;
    return sum;
  };
  const observed = statistic(marked) * (1 - 1e-12);
  const random = createRandom(seed);
  const counts = new Float64Array(sizes.length);
  let reached = 0;
  for (let round = 1; round <= most; round++) {
    if (statistic(multivariateHypergeometricDraw(random, sizes, drawn, counts)) >= observed) reached += 1;
    if (reached === ENOUGH) return reached / round;
  }
  return (reached + 1) / (most + 1);
}
