/** Bonferroni and Sidak: every p-value against the whole family at once. */

import { adjustAscending, type PValues } from './family.ts';

/**
 * Bonferroni: p times the number of testable hypotheses. Controls the family-wise error under any dependence.
 *
 * @source Bonferroni 1936
 * @example bonferroni([0.01, 0.04, null]) // [0.02, 0.08, null]
 */
export function bonferroni(p: PValues): (number | null)[] {
  return adjustAscending(p, (sorted) => sorted.map((x) => x * sorted.length));
}

/**
 * Sidak: 1 - (1 - p)^K. Controls the family-wise error for independent p-values; tiny p keep their digits.
 *
 * @source Sidak 1967
 * @example sidak([0.1, 0.5]) // [0.19, 0.75]
 */
export function sidak(p: PValues): (number | null)[] {
  return adjustAscending(p, (sorted) => sorted.map((x) => oneMinusPower(x, sorted.length)));
}

/** 1 - (1 - p)^k without cancellation. */
export function oneMinusPower(p: number, k: number): number {
  return -Math.expm1(k * Math.log1p(-p));
}
