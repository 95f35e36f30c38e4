/** One p-value for several: Fisher, Pearson, Tippett, Stouffer, Mudholkar-George and Cauchy. */

import { normalQuantile, normalSf, studentTSf } from '../special/index.ts';
import { oneMinusPower } from './single-step.ts';

/** A combined p-value with the statistic it comes from. */
export interface CombinedP {
  readonly statistic: number;
  /** In [0,1]. */
  readonly p: number;
}

/**
 * Fisher: -2 sum(ln p) against chi-square with 2k degrees of freedom. For independent p-values; strong on one tiny p.
 *
 * @param p independent p-values, each in [0,1], at least one
 * @source Fisher 1932
 * @example fisherCombination([0.01, 0.2, 0.3]).p // 0.0215617513
 */
export function fisherCombination(p: readonly number[]): CombinedP {
  requireProbabilities(p);
  const half = -sumOf(p, Math.log);
  return { statistic: 2 * half, p: poissonCdf(p.length - 1, half) };
}

/**
 * Pearson: the mirror of Fisher, 2 sum(ln(1 - p)); small when all p-values are small.
 *
 * @param p independent p-values, each in [0,1], at least one
 * @source Pearson 1933
 * @example pearsonCombination([0.01, 0.2, 0.3]).p // 0.0221263001
 */
export function pearsonCombination(p: readonly number[]): CombinedP {
  requireProbabilities(p);
  const half = -sumOf(p, (x) => Math.log1p(-x));
  return { statistic: -2 * half, p: poissonSf(p.length, half) };
}

/**
 * Tippett: 1 - (1 - min p)^k.
 *
 * @param p independent p-values, each in [0,1], at least one
 * @source Tippett 1931
 * @example tippettCombination([0.01, 0.2, 0.3]).p // 0.029701
 */
export function tippettCombination(p: readonly number[]): CombinedP {
  requireProbabilities(p);
  const smallest = Math.min(...p);
  return { statistic: smallest, p: oneMinusPower(smallest, p.length) };
}

/**
 * Stouffer: the weighted sum of normal scores; weight by the square root of n for a drop spread over slices.
 *
 * @param p independent p-values, each in [0,1], at least one
 * @param weights positive, one per p-value; equal when left out
 * @source Stouffer 1949; Liptak 1958
 * @example stoufferCombination([0.01, 0.2, 0.3]).p // 0.0165120320
 */
export function stoufferCombination(
  p: readonly number[],
  weights: readonly number[] = p.map(() => 1),
): CombinedP {
  requireProbabilities(p);
  if (weights.length !== p.length || !weights.every((w) => w > 0)) {
    throw new RangeError(`stouffer needs one positive weight for each of ${p.length} p-values`);
  }
  const scores = p.reduce((sum, x, i) => sum - weights[i]! * normalQuantile(x), 0);
  const statistic = scores / Math.sqrt(sumOf(weights, (w) => w * w));
  return { statistic, p: normalSf(statistic) };
}

/**
 * Mudholkar and George: the sum of log odds against a scaled t distribution.
 *
 * @param p independent p-values, each in [0,1], at least one
 * @source Mudholkar and George 1979
 * @example mudholkarGeorgeCombination([0.01, 0.2, 0.3]).p // 0.0165455184
 */
export function mudholkarGeorgeCombination(p: readonly number[]): CombinedP {
  requireProbabilities(p);
  const statistic = sumOf(p, (x) => Math.log1p(-x)) - sumOf(p, Math.log);
  const df = 5 * p.length + 4;
  const scale = (Math.sqrt(3 / p.length) / Math.PI) * Math.sqrt(df / (df - 2));
  return { statistic, p: studentTSf(statistic * scale, df) };
}

/**
 * Cauchy combination: the mean of tan((1/2 - p) pi); its tail holds under dependence, so it suits overlapping slices.
 *
 * @param p p-values, each in [0,1], at least one
 * @source Liu and Xie 2020, JASA 115:393
 * @example cauchyCombination([0.01, 0.2, 0.3]).p // 0.0280765121
 */
export function cauchyCombination(p: readonly number[]): CombinedP {
  requireProbabilities(p);
  // cot(pi p) is tan((1/2 - p) pi) without losing a small p in the subtraction.
  const statistic = sumOf(p, (x) => 1 / Math.tan(Math.PI * x)) / p.length;
  return { statistic, p: Math.atan2(1, statistic) / Math.PI };
}

/** P(Poisson(mean) <= k), which is the upper tail of chi-square with 2k + 2 degrees of freedom at twice the mean. */
function poissonCdf(k: number, mean: number): number {
  if (mean === Number.POSITIVE_INFINITY) return 0;
  const terms = Array.from({ length: k + 1 }, (_, i) => poissonTerm(i, mean));
  return Math.min(
    1,
    sumOf(terms, (term) => term),
  );
}

/** P(Poisson(mean) >= k). */
function poissonSf(k: number, mean: number): number {
  if (mean === Number.POSITIVE_INFINITY) return 1;
  if (mean > k) return 1 - poissonCdf(k - 1, mean);
  let sum = 0;
  for (let i = k, term = poissonTerm(k, mean); sum + term > sum; i++) {
    sum += term;
    term *= mean / (i + 1);
  }
  return sum;
}

function poissonTerm(i: number, mean: number): number {
  let logTerm = -mean;
  if (i > 0) logTerm += i * Math.log(mean);
  for (let j = 2; j <= i; j++) logTerm -= Math.log(j);
  return Math.exp(logTerm);
}

function sumOf(values: readonly number[], term: (value: number) => number): number {
  return values.reduce((sum, value) => sum + term(value), 0);
}

function requireProbabilities(p: readonly number[]): void {
  if (p.length === 0) throw new RangeError('there is no p-value to combine');
  const bad = p.find((x) => !(x >= 0 && x <= 1));
  if (bad !== undefined) throw new RangeError(`p-value ${bad} must be in [0,1]`);
}
