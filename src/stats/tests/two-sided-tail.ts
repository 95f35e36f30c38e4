/** The two-sided rule of exact tests: all outcomes that are no more probable than the observed one. */

/** A distribution on whole numbers whose probabilities rise up to `mode` and then fall. */
export interface Unimodal {
  readonly first: number;
  readonly last: number;
  readonly mode: number;
  readonly pmf: (x: number) => number;
  readonly cdf: (x: number) => number;
  /** P(X >= x), x included. */
  readonly sf: (x: number) => number;
}

/** Relative difference below which two probabilities count as equal, as in R and scipy. */
const TIE = 1e-7;

/**
 * Probability of the outcomes that are at most as probable as `observed` (`included`), and of those that are less
 * probable (`excluded`). The observed outcome's own tail is summed exactly, also when it is tiny.
 *
 * Cost: O(log(last - first)) evaluations of the probability.
 */
export function twoSidedTail(
  distribution: Unimodal,
  observed: number,
): { readonly included: number; readonly excluded: number } {
  const probability = distribution.pmf(observed);
  return {
    included: tailsUpTo(distribution, probability * (1 + TIE)),
    excluded: tailsUpTo(distribution, probability * (1 - TIE)),
  };
}

function tailsUpTo({ first, last, mode, pmf, cdf, sf }: Unimodal, bound: number): number {
  const left = lastWhere((x) => pmf(x) <= bound, first, mode);
  const right = -lastWhere((x) => pmf(-x) <= bound, -last, -mode);
  if (left >= right) return 1;
  return Math.min(1, (left < first ? 0 : cdf(left)) + (right > last ? 0 : sf(right)));
}

/** The last whole number in [low, high] where a condition holds that never comes back; low - 1 if it holds nowhere. */
function lastWhere(holds: (x: number) => boolean, low: number, high: number): number {
  let inside = low - 1;
  let outside = high + 1;
  while (outside - inside > 1) {
    const middle = Math.floor((inside + outside) / 2);
    if (holds(middle)) inside = middle;
    else outside = middle;
  }
  return inside;
}
