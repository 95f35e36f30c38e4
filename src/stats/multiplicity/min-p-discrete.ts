/** Step-down min-P for disjoint slices, in closed form: it uses how small the p-value of each slice can be at all. */

import type { Attainable } from './attainable.ts';
import { ascendingOrder, TIE } from './family.ts';

/** A slice's p-value with the null distribution of that p-value. */
export interface DiscreteHypothesis {
  /** In [0,1]; null for an untestable slice. */
  readonly p: number | null;
  readonly attainable: Attainable;
}

/**
 * Westfall and Young's step-down min-P for independent discrete tests: p_adj(j) = max over i <= j of
 * 1 - product over the slices not yet rejected of (1 - F_k(p_(i))). Family-wise error for disjoint slices; with
 * overlapping slices use `jointMinP`.
 *
 * @param dependence `any` adds the F_k up instead (Bonferroni, step-down as Holm's): valid whatever cases slices share
 * @returns adjusted p-values in input order, never below the raw p; null stays null and does not count
 * @throws RangeError when a p-value lies outside [0,1]
 * Cost: one evaluation per distinct p and distinct `attainable` function: share the functions (`mcnemarAttainable`).
 * @source Westfall and Young 1993, section 2.6; Tarone 1990
 * @example
 * const [six] = mcnemarAttainable([6], 'exact')
 * minPDiscrete([{ p: 1 / 64, attainable: six! }, { p: 1 / 64, attainable: six! }]) // [0.031005859375, 0.031005859375]
 */
export function minPDiscrete(
  hypotheses: readonly DiscreteHypothesis[],
  dependence: 'independent' | 'any' = 'independent',
): (number | null)[] {
  const order = ascendingOrder(hypotheses.map((hypothesis) => hypothesis.p));
  const remaining = new Map<Attainable, number>();
  for (const index of order) {
    const { attainable } = hypotheses[index]!;
    remaining.set(attainable, (remaining.get(attainable) ?? 0) + 1);
  }
  const result: (number | null)[] = hypotheses.map(() => null);
  let highest = 0;
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    const start = hypotheses[order[from]!]!.p!;
    while (to < order.length && hypotheses[order[to]!]!.p! <= start * (1 + TIE)) to++;
    const t = hypotheses[order[to - 1]!]!.p!;
    let logNone = 0;
    let sum = 0;
    for (const [attainable, count] of remaining) {
      logNone += count * Math.log1p(-attainable(t));
      sum += count * attainable(t);
    }
    highest = Math.max(highest, dependence === 'any' ? Math.min(1, sum) : -Math.expm1(logNone), t);
    for (let i = from; i < to; i++) {
      result[order[i]!] = Math.min(1, highest);
      const { attainable } = hypotheses[order[i]!]!;
      const left = remaining.get(attainable)! - 1;
      if (left === 0) remaining.delete(attainable);
      else remaining.set(attainable, left);
    }
    from = to;
  }
  return result;
}
