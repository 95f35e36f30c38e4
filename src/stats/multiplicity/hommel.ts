/** Hommel's closed Simes procedure: the most powerful of the simple family-wise corrections. */

import { adjustAscending, type PValues } from './family.ts';

/**
 * Hommel's adjusted p-values: the closure of Simes' test. Family-wise error for independent or positively dependent
 * p-values. Costs K squared.
 *
 * @source Hommel 1988, Biometrika 75:383; the algorithm of Wright 1992, Biometrics 48:1005
 * @example hommel([0.01, 0.02, 0.03]) // [0.03, 0.03, 0.03]
 */
export function hommel(p: PValues): (number | null)[] {
  return adjustAscending(p, closedSimes);
}

function closedSimes(sorted: readonly number[]): number[] {
  const k = sorted.length;
  const floor = Math.min(...sorted.map((x, i) => (x * k) / (i + 1)));
  const adjusted: number[] = sorted.map((x) => Math.max(x, floor));
  let q = sorted.map(() => floor);
  for (let m = k - 1; m >= 2; m--) {
    const upperStart = k - m + 1;
    let bound = Number.POSITIVE_INFINITY;
    for (let i = upperStart; i < k; i++) bound = Math.min(bound, (m * sorted[i]!) / (2 + i - upperStart));
    const lower = sorted.slice(0, upperStart).map((x) => Math.min(m * x, bound));
    const last = lower[upperStart - 1]!;
    q = sorted.map((_, i) => (i < upperStart ? lower[i]! : last));
    for (let i = 0; i < k; i++) adjusted[i] = Math.max(adjusted[i]!, q[i]!);
  }
  return adjusted;
}
