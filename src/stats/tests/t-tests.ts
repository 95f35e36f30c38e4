/** Student's t test on paired differences and Welch's t test on two samples. */

import { studentTSf } from '../special/student-t.ts';
import { type Alternative, symmetricP, type TestResult } from './alternative.ts';
import { pairedDifferences } from './differences.ts';

/** Mean and unbiased variance of a sample. */
function moments(values: readonly number[]): { mean: number; variance: number } {
  const n = values.length;
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / n;
  let squares = 0;
  let rest = 0;
  for (const value of values) {
    squares += (value - mean) ** 2;
    rest += value - mean;
  }
  // The second sum corrects the rounding of the mean (Chan, Golub, LeVeque 1983).
  return { mean, variance: (squares - (rest * rest) / n) / (n - 1) };
}

/**
 * Paired t test of candidate - baseline. Undefined with fewer than two pairs or when all differences are equal.
 *
 * @throws RangeError if the samples differ in length
 * @example pairedTTest([3, 4, 6], [1, 3, 3], 'two-sided') // statistic 3.4641, df 2, p 0.0742
 */
export function pairedTTest(
  candidate: readonly number[],
  baseline: readonly number[],
  alternative: Alternative,
): TestResult {
  const differences = pairedDifferences(candidate, baseline);
  const n = differences.length;
  const shape = { method: 'paired t', alternative, n };
  if (n < 2) return { ...shape, statistic: null, pValue: null, reason: 'fewer than two pairs' };
  const { mean, variance } = moments(differences);
  if (!(variance > 0))
    return { ...shape, statistic: null, pValue: null, reason: 'all differences are equal' };
  const df = n - 1;
  const statistic = mean / Math.sqrt(variance / n);
  return { ...shape, statistic, df, pValue: symmetricP(statistic, alternative, (t) => studentTSf(t, df)) };
}

/**
 * Welch's t test of the means of two samples with unequal variances (Welch-Satterthwaite degrees of freedom). Undefined
 * with fewer than two values on a side or when neither side varies.
 * Source: B. L. Welch, Biometrika 34 (1947) 28.
 *
 * @example welchTTest([3, 4, 6], [1, 3, 3], 'two-sided') // statistic 1.8091, df 3.723, p 0.15
 */
export function welchTTest(
  candidate: readonly number[],
  baseline: readonly number[],
  alternative: Alternative,
): TestResult {
  const n = candidate.length + baseline.length;
  const shape = { method: 'welch t', alternative, n };
  if (candidate.length < 2 || baseline.length < 2) {
    return { ...shape, statistic: null, pValue: null, reason: 'fewer than two values on a side' };
  }
  const first = moments(candidate);
  const second = moments(baseline);
  const firstShare = first.variance / candidate.length;
  const secondShare = second.variance / baseline.length;
  const variance = firstShare + secondShare;
  if (!(variance > 0)) return { ...shape, statistic: null, pValue: null, reason: 'neither side varies' };
  const statistic = (first.mean - second.mean) / Math.sqrt(variance);
  const df =
    (variance * variance) /
    (firstShare ** 2 / (candidate.length - 1) + secondShare ** 2 / (baseline.length - 1));
  return { ...shape, statistic, df, pValue: symmetricP(statistic, alternative, (t) => studentTSf(t, df)) };
}
