/** The exact sign-flip (paired permutation) test of a mean difference. */

import type { Alternative, TestResult } from './alternative.ts';

/** Most non-zero differences for which all sign changes are counted. */
const LIMIT = 36;
/** Sums that differ by less than this share of the sum of all sizes are tied. */
const TIE = 1e-12;

/**
 * Exact sign-flip test: the share of all 2^n sign changes of the differences whose sum is at least as extreme. Two-sided
 * doubles the smaller side. The statistic is the mean difference, null without one; p is then 1, as it is when all differences are 0.
 * Cost: 2^(n/2) log, by counting pairs of two sorted halves; n counts the differences that are not 0.
 * Source: R. A. Fisher, The Design of Experiments (1935), section 21.
 *
 * @throws RangeError if more than 36 differences are not 0
 * @example signFlipExactTest([1, 2, 3], 'greater').pValue // 0.125
 */
export function signFlipExactTest(differences: readonly number[], alternative: Alternative): TestResult {
  const sizes = differences.filter((difference) => difference !== 0).map(Math.abs);
  if (sizes.length > LIMIT) {
    throw new RangeError(`${sizes.length} differences, the exact test takes at most ${LIMIT}`);
  }
  const observed = differences.reduce((sum, difference) => sum + difference, 0);
  const slack = TIE * sizes.reduce((sum, size) => sum + size, 0);
  const middle = Math.floor(sizes.length / 2);
  const left = signedSums(sizes.slice(0, middle));
  const right = signedSums(sizes.slice(middle));
  // The distribution is symmetric, so the upper side is the lower side of the mirrored sum.
  const less = shareUpTo(left, right, observed + slack);
  const greater = shareUpTo(left, right, -observed + slack);
  const oneSided = { less, greater, 'two-sided': 2 * Math.min(less, greater) };
  return {
    method: 'sign flip exact',
    alternative,
    n: differences.length,
    statistic: differences.length === 0 ? null : observed / differences.length,
    pValue: Math.min(1, oneSided[alternative]),
  };
}

/** All sums of the values with either sign, ascending. */
function signedSums(values: readonly number[]): Float64Array {
  const sums = new Float64Array(2 ** values.length);
  let filled = 1;
  for (const value of values) {
    for (let index = 0; index < filled; index += 1) {
      const sum = sums[index]!;
      sums[index] = sum - value;
      sums[index + filled] = sum + value;
    }
    filled *= 2;
  }
  return sums.sort();
}

/** Share of the pairs of one value each whose sum is at most `bound`. */
function shareUpTo(left: Float64Array, right: Float64Array, bound: number): number {
  let count = 0;
  let within = right.length;
  for (const value of left) {
    while (within > 0 && value + right[within - 1]! > bound) within -= 1;
    count += within;
  }
  return count / (left.length * right.length);
}
