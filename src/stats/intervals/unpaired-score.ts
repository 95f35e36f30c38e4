/** Score intervals for an unpaired difference of pass rates: Miettinen and Nurminen (the default) and Mee. */

import { turningPoint } from './bisection.ts';
import { criticalValue } from './count-checks.ts';
import {
  observedDifference,
  type UnpairedCounts,
  type UnpairedInterval,
  unpairedInterval,
} from './unpaired-difference.ts';

/** The most likely pass rates of both sides among those that differ by a given amount. */
export interface RestrictedRates {
  readonly candidate: number;
  readonly baseline: number;
}

/**
 * Maximum-likelihood pass rates under the restriction candidate - baseline = difference, by the closed form of the cubic.
 * Source: O. Miettinen and M. Nurminen, Statistics in Medicine 4 (1985) 213, appendix I.
 *
 * @param difference in [-1, 1]; both sides must have cases
 * @example restrictedRates({ candidatePasses: 1, candidateCases: 4, baselinePasses: 2, baselineCases: 4 }, 0).baseline // 0.375
 */
export function restrictedRates(counts: UnpairedCounts, difference: number): RestrictedRates {
  const { candidatePasses, candidateCases, baselinePasses, baselineCases } = counts;
  const total = candidateCases + baselineCases;
  const passes = candidatePasses + baselinePasses;
  const square = ((candidateCases + 2 * baselineCases) * difference - total - passes) / total;
  const linear = ((baselineCases * difference - total - 2 * baselinePasses) * difference + passes) / total;
  const constant = (baselinePasses * difference * (1 - difference)) / total;
  const shift = square / 3;
  const q = shift * shift * shift - (linear * square) / 6 + constant / 2;
  const p = Math.sign(q || 1) * Math.sqrt(Math.max(0, shift * shift - linear / 3));
  const cosine = p === 0 ? 0 : Math.max(-1, Math.min(1, q / (p * p * p)));
  const angle = (Math.PI + Math.acos(cosine)) / 3;
  const root = 2 * p * Math.cos(angle) - shift;
  const baseline = Math.max(0, -difference, Math.min(1, 1 - difference, root));
  return { candidate: Math.max(0, Math.min(1, baseline + difference)), baseline };
}

/**
 * Score statistic at a hypothetical difference: how many standard errors the observed candidate - baseline difference
 * lies above it. `inflated` multiplies the variance by N / (N - 1) (Miettinen and Nurminen); without it, it is the
 * statistic of Mee and of Farrington and Manning. 0 where the observed difference is the hypothetical one.
 *
 * @example unpairedScore({ candidatePasses: 85, candidateCases: 100, baselinePasses: 88, baselineCases: 100 }, -0.1, true) // 1.415744882590754
 */
export function unpairedScore(counts: UnpairedCounts, difference: number, inflated: boolean): number {
  const surplus = observedDifference(counts) - difference;
  if (surplus === 0) return 0;
  const { candidate, baseline } = restrictedRates(counts, difference);
  const variance =
    (candidate * (1 - candidate)) / counts.candidateCases +
    (baseline * (1 - baseline)) / counts.baselineCases;
  const total = counts.candidateCases + counts.baselineCases;
  return surplus / Math.sqrt(inflated ? (variance * total) / (total - 1) : variance);
}

function scoreInterval(method: string, inflated: boolean): UnpairedInterval {
  return unpairedInterval(method, (counts, level) => {
    const z = criticalValue(level);
    const observed = observedDifference(counts);
    const score = (difference: number) => unpairedScore(counts, difference, inflated);
    return [
      observed === -1 ? -1 : turningPoint((difference) => score(difference) > z, -1, observed),
      observed === 1 ? 1 : turningPoint((difference) => score(difference) > -z, observed, 1),
    ];
  });
}

/**
 * Miettinen and Nurminen's score interval.
 * Source: O. Miettinen and M. Nurminen, Statistics in Medicine 4 (1985) 213.
 *
 * @throws RangeError if the counts or the level are impossible
 * @example miettinenNurminenInterval({ candidatePasses: 56, candidateCases: 70, baselinePasses: 48, baselineCases: 80 }) // 0.2, 0.0528 to 0.3382
 */
export const miettinenNurminenInterval: UnpairedInterval = scoreInterval('miettinen-nurminen', true);

/**
 * Mee's score interval: Miettinen and Nurminen's without the factor N / (N - 1).
 * Source: R. W. Mee, Biometrics 40 (1984) 1175.
 *
 * @throws RangeError if the counts or the level are impossible
 * @example meeInterval({ candidatePasses: 56, candidateCases: 70, baselinePasses: 48, baselineCases: 80 }).lower // 0.05333384929132506
 */
export const meeInterval: UnpairedInterval = scoreInterval('mee', false);
