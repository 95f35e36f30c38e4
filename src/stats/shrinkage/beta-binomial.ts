/** Empirical Bayes for pass rates: a beta prior learnt from all slices pulls the small ones to the common rate. */

import { betaQuantile, logBeta, logBinomialCoefficient } from '../special/index.ts';
import { minimise } from './nelder-mead.ts';

/** Passes out of cases of one slice. */
export interface SliceCount {
  /** Integer in [0, n]. */
  readonly passed: number;
  /** Integer above 0. */
  readonly n: number;
}

/** A beta prior over slices: rates vary around `mean`, the more the smaller `concentration` is. */
export interface BetaPrior {
  readonly mean: number;
  /** alpha + beta; Infinity when slices differ no more than chance; null when all or none of the cases pass. */
  readonly concentration: number | null;
  /** Correlation of two cases of one slice, 1 / (1 + concentration); null as above. */
  readonly correlation: number | null;
  /** Log-likelihood of the counts; null from the method of moments. */
  readonly logLikelihood: number | null;
}

/** A shrunken rate with its posterior limits. For ranking only, never for a test. */
export interface ShrunkenRate {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}

/** Concentration from which slices are taken to share one rate. */
const POOLED = 1e7;

/**
 * Prior by Kleinman's moments with weights n.
 *
 * @throws RangeError when there is no slice or a count does not fit
 * @source Kleinman 1973, JASA 68:46
 * @example betaPriorByMoments([{ passed: 9, n: 10 }, { passed: 16, n: 20 }, { passed: 29, n: 30 }]).concentration
 * // 19.3478260870
 */
export function betaPriorByMoments(slices: readonly SliceCount[]): BetaPrior {
  requireCounts(slices);
  const cases = slices.reduce((sum, { n }) => sum + n, 0);
  const mean = slices.reduce((sum, { passed }) => sum + passed, 0) / cases;
  const spread = mean * (1 - mean);
  if (spread === 0) return { mean, concentration: null, correlation: null, logLikelihood: null };
  const between = slices.reduce((sum, { passed, n }) => sum + n * (passed / n - mean) ** 2, 0) / spread;
  const squares = slices.reduce((sum, { n }) => sum + n * n, 0);
  const room = cases - squares / cases - (slices.length - 1);
  const raw = room > 0 ? (between - (slices.length - 1)) / room : 0;
  const correlation = Math.min(1, Math.max(0, raw));
  return { mean, concentration: 1 / correlation - 1, correlation, logLikelihood: null };
}

/**
 * Prior of highest likelihood, sought over the logit of the mean and the log of the concentration from the moments.
 *
 * @throws RangeError when there is no slice or a count does not fit
 * Cost: about 200 passes over the slices.
 * @source Efron and Morris 1975; Griffiths 1973
 * @example betaPriorByLikelihood([{ passed: 40, n: 50 }, { passed: 40, n: 50 }]).concentration // Infinity
 */
export function betaPriorByLikelihood(slices: readonly SliceCount[]): BetaPrior {
  const start = betaPriorByMoments(slices);
  if (start.concentration === null) return { ...start, logLikelihood: 0 };
  const firstGuess = Math.min(1e4, Math.max(0.1, start.concentration));
  const best = minimise(
    ([logit, log]) => -logLikelihood(slices, 1 / (1 + Math.exp(-logit!)), Math.exp(log!)),
    [Math.log(start.mean / (1 - start.mean)), Math.log(firstGuess)],
    [0.5, 1],
  );
  const pooled = slices.reduce(
    (sum, { passed, n }) =>
      sum +
      logBinomialCoefficient(n, passed) +
      passed * Math.log(start.mean) +
      (n - passed) * Math.log1p(-start.mean),
    0,
  );
  const concentration = Math.exp(best.point[1]!);
  if (concentration > POOLED || pooled >= -best.value - 1e-9) {
    return {
      mean: start.mean,
      concentration: Number.POSITIVE_INFINITY,
      correlation: 0,
      logLikelihood: pooled,
    };
  }
  return {
    mean: 1 / (1 + Math.exp(-best.point[0]!)),
    concentration,
    correlation: 1 / (1 + concentration),
    logLikelihood: -best.value,
  };
}

/**
 * Posterior mean (passed + mean M) / (n + M) with equal-tailed limits; the common rate itself when M is infinite or
 * unknown.
 *
 * @param level of the limits, in (0,1)
 * @example shrinkRate({ passed: 9, n: 10 }, { mean: 0.8, concentration: 10 }, 0.9).estimate // 0.85
 */
export function shrinkRate(
  { passed, n }: SliceCount,
  { mean, concentration }: Pick<BetaPrior, 'mean' | 'concentration'>,
  level: number,
): ShrunkenRate {
  if (concentration === null || concentration === Number.POSITIVE_INFINITY) {
    return { estimate: mean, lower: mean, upper: mean };
  }
  const alpha = passed + mean * concentration;
  const beta = n - passed + (1 - mean) * concentration;
  const tail = (1 - level) / 2;
  // A concentration of 0 means no shrinkage, and its posterior may sit on an end.
  const limit = (p: number) => (alpha === 0 ? 0 : beta === 0 ? 1 : betaQuantile(p, alpha, beta));
  return { estimate: alpha / (alpha + beta), lower: limit(tail), upper: limit(1 - tail) };
}

function logLikelihood(slices: readonly SliceCount[], mean: number, concentration: number): number {
  const alpha = mean * concentration;
  const beta = (1 - mean) * concentration;
  if (!(alpha > 0 && beta > 0 && concentration < 1e12)) return Number.NEGATIVE_INFINITY;
  const none = logBeta(alpha, beta);
  return slices.reduce(
    (sum, { passed, n }) =>
      sum + logBinomialCoefficient(n, passed) + logBeta(passed + alpha, n - passed + beta) - none,
    0,
  );
}

function requireCounts(slices: readonly SliceCount[]): void {
  if (slices.length === 0) throw new RangeError('there are no slices');
  const bad = slices.find(({ passed, n }) => !(n > 0 && passed >= 0 && passed <= n));
  if (bad !== undefined) throw new RangeError(`a slice has ${bad.passed} passes of ${bad.n} cases`);
}
