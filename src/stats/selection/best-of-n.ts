/** How much of the best of many noisy scores is luck, and what the chosen one is expected to score again. */

import type { Estimate } from '../estimate.ts';
import { normalCdf, normalPdf, normalQuantile } from '../special/normal.ts';

/** The best of N scores, looked at a second time. Higher is better. */
export interface BestOfN {
  readonly n: number;
  /** Position of the best score; of equal ones the first. */
  readonly best: number;
  readonly observed: number;
  /** How far the best of so many scores would stand above their mean if all runs were equally good. */
  readonly luckIfEqual: number;
  /** Standard deviation of the runs' true scores: posterior mean of its square, rooted. */
  readonly spread: number;
  readonly mean: number;
  /** What the best is expected to score on the next occasion; the interval is for its true score. */
  readonly expected: Estimate;
  /** Observed minus expected. */
  readonly optimism: number;
  /** Runs that cannot be told apart from the best, itself left out: all pairs compared at once. */
  readonly ties: number;
}

/** Points of the grid over the spread of true scores. */
const GRID = 200;
const LEAST_RUNS = 3;

/**
 * True scores are taken as normal around a common mean with an unknown spread that has a flat prior; noise is normal with
 * known variance. The posterior of the best run does not depend on its having been chosen, so it carries no optimism.
 *
 * @param scores higher is better
 * @param variances of the noise of each score, above 0; noise that runs share (the same cases) makes optimism smaller
 * @param level of the interval
 * @returns null below 3 runs, where the spread of true scores cannot be seen
 * @throws RangeError where lists differ in length, a score is not finite or a variance not above 0
 * @source Efron 2011, JASA 106:1602 (selection and shrinkage); Gelman 2006, Bayesian Analysis 1:515 (flat prior on the spread)
 */
export function bestOfN(
  scores: readonly number[],
  variances: readonly number[],
  level = 0.95,
): BestOfN | null {
  const n = scores.length;
  if (variances.length !== n || !variances.every((v) => v > 0) || !scores.every(Number.isFinite))
    throw new RangeError('scores must be finite, with as many variances above 0');
  if (n < LEAST_RUNS) return null;
  const best = scores.indexOf(Math.max(...scores));
  const parts = posterior(scores, variances, best);
  const sum = (of: (part: Part) => number): number =>
    parts.reduce((total, part) => total + part.weight * of(part), 0);
  const estimate = sum(({ at }) => at);
  const tail = (1 - level) / 2;
  const mean = scores.reduce((total, y) => total + y, 0) / n;
  const noise = Math.sqrt(variances.reduce((total, v) => total + v, 0) / n);
  const z = normalQuantile(1 - (1 - level) / (n * (n - 1)));
  return {
    n,
    best,
    observed: scores[best]!,
    luckIfEqual: noise * expectedMaximum(n),
    spread: Math.sqrt(sum(({ spread }) => spread * spread)),
    mean,
    expected: {
      estimate,
      lower: quantileOfMixture(parts, tail),
      upper: quantileOfMixture(parts, 1 - tail),
      level,
      method: 'normal hierarchy, flat prior on the spread',
      n,
    },
    optimism: scores[best]! - estimate,
    ties: scores.filter(
      (y, i) => i !== best && scores[best]! - y <= z * Math.sqrt(variances[best]! + variances[i]!),
    ).length,
  };
}

/**
 * Expected largest of n independent standard normal numbers.
 *
 * @example expectedMaximum(2) // 0.5641895835 = 1 / sqrt(pi)
 */
export function expectedMaximum(n: number): number {
  if (!(n >= 1)) throw new RangeError(`${n} numbers have no largest`);
  const steps = 4_000;
  const reach = 9;
  let total = 0;
  for (let i = 0; i <= steps; i += 1) {
    const x = -reach + (2 * reach * i) / steps;
    const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2;
    total += weight * x * n * normalPdf(x) * normalCdf(x) ** (n - 1);
  }
  return (total * 2 * reach) / steps / 3;
}

/** The posterior of the best run's true score, if the spread were this. */
interface Part {
  readonly weight: number;
  readonly spread: number;
  readonly at: number;
  readonly sd: number;
}

function posterior(scores: readonly number[], variances: readonly number[], best: number): readonly Part[] {
  const range = Math.max(...scores) - Math.min(...scores);
  const widest = 3 * Math.max(range, Math.sqrt(Math.max(...variances)));
  const logs: number[] = [];
  const parts: Omit<Part, 'weight'>[] = [];
  for (let i = 0; i < GRID; i += 1) {
    // Squares put more points near 0, where the likelihood changes fastest; their distances weigh them.
    const spread = widest * ((i + 0.5) / GRID) ** 2;
    const precisions = variances.map((v) => 1 / (v + spread * spread));
    const total = precisions.reduce((sum, w) => sum + w, 0);
    const mean = precisions.reduce((sum, w, j) => sum + w * scores[j]!, 0) / total;
    const misfit = precisions.reduce((sum, w, j) => sum + w * (scores[j]! - mean) ** 2 - Math.log(w), 0);
    logs.push(Math.log((i + 0.5) / GRID) - misfit / 2 - Math.log(total) / 2);
    const pull = variances[best]! * precisions[best]!;
    parts.push({
      spread,
      at: scores[best]! + pull * (mean - scores[best]!),
      sd: Math.sqrt((1 - pull) * variances[best]! + (pull * pull) / total),
    });
  }
  const highest = Math.max(...logs);
  const weights = logs.map((log) => Math.exp(log - highest));
  const total = weights.reduce((sum, w) => sum + w, 0);
  return parts.map((part, i) => ({ ...part, weight: weights[i]! / total }));
}

function quantileOfMixture(parts: readonly Part[], p: number): number {
  const widest = Math.max(...parts.map(({ sd }) => sd));
  let low = Math.min(...parts.map(({ at }) => at)) - 10 * widest;
  let high = Math.max(...parts.map(({ at }) => at)) + 10 * widest;
  for (let i = 0; i < 80; i += 1) {
    const middle = (low + high) / 2;
    const below = parts.reduce((sum, { weight, at, sd }) => sum + weight * normalCdf((middle - at) / sd), 0);
    if (below < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
