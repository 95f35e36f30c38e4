/** Hochberg (family-wise error) and Benjamini-Hochberg, Benjamini-Yekutieli (false discovery rate): from the largest p down. */

import { adjustAscending, type PValues, runningMinimumFromEnd } from './family.ts';

/**
 * Hochberg's step-up: p_(i) (K - i + 1), running minimum from the top. Family-wise error for independent or
 * positively dependent p-values.
 *
 * @source Hochberg 1988, Biometrika 75:800
 * @example hochberg([0.01, 0.04, 0.03]) // [0.03, 0.04, 0.04]
 */
export function hochberg(p: PValues): (number | null)[] {
  return adjustAscending(p, (sorted) => runningMinimumFromEnd(sorted.map((x, i) => x * (sorted.length - i))));
}

/**
 * Benjamini-Hochberg: p_(i) K / i, running minimum from the top. False discovery rate for independent or positively
 * dependent p-values.
 *
 * @source Benjamini and Hochberg 1995, JRSS B 57:289
 * @example benjaminiHochberg([0.01, null, 0.04, null, 0.5]) // [0.03, null, 0.06, null, 0.5]
 */
export function benjaminiHochberg(p: PValues): (number | null)[] {
  return adjustAscending(p, (sorted) => discoveryRate(sorted, 1));
}

/**
 * Benjamini-Yekutieli: Benjamini-Hochberg times 1 + 1/2 + ... + 1/K. False discovery rate under any dependence.
 *
 * @source Benjamini and Yekutieli 2001, Annals of Statistics 29:1165
 * @example benjaminiYekutieli([0.01, 0.04]) // [0.03, 0.06]
 */
export function benjaminiYekutieli(p: PValues): (number | null)[] {
  return adjustAscending(p, (sorted) => {
    const harmonic = sorted.reduce((sum, _, i) => sum + 1 / (i + 1), 0);
    return discoveryRate(sorted, harmonic);
  });
}

function discoveryRate(sorted: readonly number[], factor: number): number[] {
  const k = sorted.length;
  return runningMinimumFromEnd(sorted.map((x, i) => Math.min(1, (x * k * factor) / (i + 1))));
}
