/** Non-inferiority of a pass rate at a margin: paired by Tango's score, unpaired by the score of the restricted rates. */

import { tangoScore } from '../intervals/tango.ts';
import { checkUnpaired, type UnpairedCounts } from '../intervals/unpaired-difference.ts';
import { unpairedScore } from '../intervals/unpaired-score.ts';
import { normalCdf, normalSf } from '../special/normal.ts';
import { checkCounts } from './alternative.ts';

/** What the score says of a drop (baseline - candidate) and a margin. */
export interface PairedNonInferiority {
  /** Standard errors by which the observed drop lies above the margin; null without a case. */
  readonly z: number | null;
  /** One-sided p of "the drop is at least the margin": small shows non-inferiority. 1 without a case. */
  readonly pNonInferior: number;
  /** One-sided p of "the drop is at most the margin": small shows a drop beyond the margin. 1 without a case. */
  readonly pWorseThanMargin: number;
}

/**
 * Tango's test of a paired drop against a margin in [0, 1). Agrees with Tango's interval: non-inferior at level alpha
 * exactly where the lower limit at confidence 1 - 2 alpha lies above -margin.
 * Source: T. Tango, Statistics in Medicine 17 (1998) 891.
 *
 * @param losses cases that only the baseline passed
 * @param gains cases that only the candidate passed
 * @param n all paired cases
 * @throws RangeError if the counts or the margin are impossible
 * @example pairedNonInferiority(9, 2, 47, 0.05) // z 1.468402696246399, pNonInferior 0.929, pWorseThanMargin 0.071
 */
export function pairedNonInferiority(
  losses: number,
  gains: number,
  n: number,
  margin: number,
): PairedNonInferiority {
  checkCounts(losses, gains, n);
  checkMargin(margin);
  if (losses + gains > n)
    throw new RangeError(`${losses} losses and ${gains} gains of ${n} cases: must not be more`);
  if (n === 0) return { z: null, pNonInferior: 1, pWorseThanMargin: 1 };
  const z = tangoScore(losses, gains, n, margin);
  return { z, pNonInferior: normalCdf(z), pWorseThanMargin: normalSf(z) };
}

/** What the score says of an unpaired difference (candidate - baseline) and a margin. */
export interface UnpairedNonInferiority {
  /** Standard errors by which the observed difference lies above -margin; null when a side is empty. */
  readonly zLower: number | null;
  /** The same above +margin. */
  readonly zUpper: number | null;
  /** One-sided p of "the drop is at least the margin": small shows non-inferiority. 1 when a side is empty. */
  readonly pNonInferior: number;
  /** One-sided p of "the drop is at most the margin": small shows a drop beyond the margin. 1 when a side is empty. */
  readonly pWorseThanMargin: number;
  /** p of the two one-sided tests: small shows that the rates differ by less than the margin either way. */
  readonly pTost: number;
}

/**
 * Score test of an unpaired drop against a margin in [0, 1). `miettinen-nurminen` inflates the variance by N / (N - 1),
 * `farrington-manning` does not.
 * Source: C. P. Farrington and G. Manning, Statistics in Medicine 9 (1990) 1447; Miettinen and Nurminen (1985).
 *
 * @throws RangeError if the counts or the margin are impossible
 * @example unpairedNonInferiority({ candidatePasses: 85, candidateCases: 100, baselinePasses: 88, baselineCases: 100 }, 0.1).pNonInferior // 0.07842510615465643
 */
export function unpairedNonInferiority(
  counts: UnpairedCounts,
  margin: number,
  variant: 'miettinen-nurminen' | 'farrington-manning' = 'miettinen-nurminen',
): UnpairedNonInferiority {
  checkUnpaired(counts);
  checkMargin(margin);
  if (counts.candidateCases === 0 || counts.baselineCases === 0) {
    return { zLower: null, zUpper: null, pNonInferior: 1, pWorseThanMargin: 1, pTost: 1 };
  }
  const inflated = variant === 'miettinen-nurminen';
  const zLower = unpairedScore(counts, -margin, inflated);
  const zUpper = unpairedScore(counts, margin, inflated);
  const pNonInferior = normalSf(zLower);
  return {
    zLower,
    zUpper,
    pNonInferior,
    pWorseThanMargin: normalCdf(zLower),
    pTost: Math.max(pNonInferior, normalCdf(zUpper)),
  };
}

function checkMargin(margin: number): void {
  if (!(margin >= 0 && margin < 1))
    throw new RangeError(`margin is ${margin}, must be at least 0 and below 1`);
}
