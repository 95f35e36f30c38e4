/** Holm and Holm-Sidak: the smallest p against the whole family, the next against the rest, and so on. */

import { adjustAscending, type PValues, runningMaximum } from './family.ts';
import { oneMinusPower } from './single-step.ts';

/**
 * Holm's step-down Bonferroni: p_(i) (K - i + 1), running maximum. Family-wise error under any dependence.
 *
 * @source Holm 1979, Scandinavian Journal of Statistics 6:65
 * @example holm([0.01, 0.04, 0.03]) // [0.03, 0.06, 0.06]
 */
export function holm(p: PValues): (number | null)[] {
  return adjustAscending(p, (sorted) => runningMaximum(sorted.map((x, i) => x * (sorted.length - i))));
}

/**
 * Step-down Sidak: 1 - (1 - p_(i))^(K - i + 1), running maximum. Family-wise error for independent p-values.
 *
 * @source Holm 1979 with Sidak's bound
 * @example holmSidak([0.1, 0.5]) // [0.19, 0.5]
 */
export function holmSidak(p: PValues): (number | null)[] {
  return adjustAscending(p, (sorted) =>
    runningMaximum(sorted.map((x, i) => oneMinusPower(x, sorted.length - i))),
  );
}
