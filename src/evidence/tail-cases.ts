/** How many cases a quantile needs before it is one. */

import type { Measure } from '../counts/index.ts';

/** Fewest cases beyond a quantile for it to be estimated. */
const TAIL_CASES = 10;

/**
 * Fewest cases from which a metric is estimated: those that leave 10 beyond a quantile, and 1 for every other metric.
 *
 * @example leastCases({ kind: 'quantile', column: 'ms', q: 0.95, direction: 'lower' }) // 200
 */
export function leastCases(measure: Measure): number {
  if (measure.kind !== 'quantile') return 1;
  // Rounding of 1 - q must not ask for one case more.
  return Math.ceil((TAIL_CASES / Math.min(measure.q, 1 - measure.q)) * (1 - 1e-12));
}

/** Why a quantile of fewer cases has no value. */
export const FEW_BEYOND = `fewer than ${TAIL_CASES} cases beyond the quantile`;
