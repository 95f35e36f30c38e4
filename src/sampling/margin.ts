/** How many items a rate needs for a margin of error, and which margin a number of items gives. */

import { normalQuantile } from '../stats/index.ts';

/**
 * Half the width of the interval of a rate, by the normal approximation with the finite-population correction.
 *
 * @param rate where it is widest at .5
 * @param population size that is drawn from; Infinity for none
 * @example marginOfError(300) // 0.0566
 */
export function marginOfError(
  size: number,
  { rate = 0.5, population = Number.POSITIVE_INFINITY, level = 0.95 } = {},
): number {
  if (size >= population) return 0;
  const correction = population === Number.POSITIVE_INFINITY ? 1 : (population - size) / (population - 1);
  return normalQuantile(0.5 + level / 2) * Math.sqrt((rate * (1 - rate) * correction) / size);
}

/**
 * The smallest number of items with at most this margin.
 *
 * @param margin in (0, 1)
 * @throws RangeError for another margin
 * @example casesForMargin(0.05) // 385
 */
export function casesForMargin(
  margin: number,
  { rate = 0.5, population = Number.POSITIVE_INFINITY, level = 0.95 } = {},
): number {
  if (!(margin > 0 && margin < 1)) throw new RangeError(`margin is ${margin}, must be between 0 and 1`);
  const infinite = (normalQuantile(0.5 + level / 2) / margin) ** 2 * rate * (1 - rate);
  if (population === Number.POSITIVE_INFINITY) return Math.ceil(infinite);
  return Math.min(population, Math.ceil((population * infinite) / (population - 1 + infinite)));
}
