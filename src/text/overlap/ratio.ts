/** Thresholds as exact fractions, so that a pair that stands exactly on one is never lost to rounding. */

/** A fraction of whole numbers in lowest terms, above 0 and at most 1. */
export interface Ratio {
  readonly numerator: number;
  readonly denominator: number;
}

/**
 * A threshold as the fraction that its decimal spelling means.
 *
 * @param threshold above 0, at most 1, with at most 9 decimals
 * @throws RangeError for other numbers
 * @example exactRatio(0.995) // { numerator: 199, denominator: 200 }
 */
export function exactRatio(threshold: number): Ratio {
  if (!(threshold > 0 && threshold <= 1)) {
    throw new RangeError(`a threshold is above 0 and at most 1, not ${threshold}`);
  }
  const scaled = Number(threshold.toFixed(9)) === threshold ? Math.round(threshold * SCALE) : Number.NaN;
  if (!(scaled > 0)) throw new RangeError(`a threshold has at most 9 decimals, not ${threshold}`);
  const common = greatestCommonDivisor(scaled, SCALE);
  return { numerator: scaled / common, denominator: SCALE / common };
}

const SCALE = 1_000_000_000;

function greatestCommonDivisor(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y > 0) [x, y] = [y, x % y];
  return x;
}

/** Whether `intersection / union` is at least the ratio; a union of 0 never is. */
export function reaches({ numerator, denominator }: Ratio, intersection: number, union: number): boolean {
  return union > 0 && intersection * denominator >= numerator * union;
}

/** Least number of shared members with which sets of these sizes reach the ratio. Exact: quotients that are whole divide evenly. */
export function leastShared({ numerator, denominator }: Ratio, size: number, other: number): number {
  return Math.ceil((numerator * (size + other)) / (numerator + denominator));
}

/** Least size of a set that can reach the ratio with one of this size; also the least number that they share. */
export function leastSize({ numerator, denominator }: Ratio, size: number): number {
  return Math.ceil((numerator * size) / denominator);
}

/**
 * Size of the larger of two sets from which on they may differ at all: with a smaller union, one member makes them miss the ratio.
 *
 * @returns Infinity at 1, where only equal sets count
 * @example leastDifferent({ numerator: 199, denominator: 200 }) // 199
 */
export function leastDifferent({ numerator, denominator }: Ratio): number {
  if (numerator === denominator) return Number.POSITIVE_INFINITY;
  // Some shared k and a union of k + 1 must reach the ratio: k >= numerator / (denominator - numerator).
  return Math.ceil(numerator / (denominator - numerator));
}
