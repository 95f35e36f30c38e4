/** Corrections for many e-values. */

import { holm } from '../multiplicity/index.ts';

/**
 * e-BH: rejects the k largest e-values for the largest k with E_(k) >= K / (alpha k). False discovery rate at most
 * alpha under any dependence.
 *
 * @param e e-values, at least 0 (Infinity allowed)
 * @param alpha in (0,1)
 * @source Wang and Ramdas 2022, JRSS B 84:822
 * @example eBenjaminiHochberg([100, 1, 0.2, 45, 60], 0.05) // [true, false, false, true, true]
 */
export function eBenjaminiHochberg(e: readonly number[], alpha: number): boolean[] {
  const descending = [...e].sort((a, b) => b - a);
  let threshold = Number.POSITIVE_INFINITY;
  let any = false;
  descending.forEach((value, i) => {
    if (value * alpha * (i + 1) >= e.length) {
      threshold = value;
      any = true;
    }
  });
  return e.map((value) => any && value >= threshold);
}

/**
 * e-Holm: Holm's correction of min(1, 1 / E). Family-wise error at every look and under any dependence.
 *
 * @param logE natural logarithms of the e-values
 * @returns adjusted p-values in input order
 * @example eHolm([Math.log(100), Math.log(2)]) // [0.02, 0.5]
 */
export function eHolm(logE: readonly number[]): number[] {
  return holm(logE.map((value) => Math.min(1, Math.exp(-value)))) as number[];
}
