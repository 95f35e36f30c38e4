/** How far a rate has moved between two releases, when all that is left of them is their estimates. */

import type { Estimate } from '../stats/index.ts';

/**
 * The difference of two independent estimates from their own intervals: limits are the estimate minus or plus the root
 * of the squared distances to the limits that matter. On two Wilson intervals this is Newcombe's hybrid score interval;
 * on the same cases it is wider than a paired one would be, never narrower where the cases agree positively.
 *
 * Source: Newcombe 1998, Statistics in Medicine 17:873, method 10; Zou and Donner 2008 (MOVER) for any estimates.
 *
 * @param before,after estimates with limits, in any unit; their levels should be the same
 * @returns after - before, with the cases of both sides as `n`; null with a reason where either side has no interval
 * @example 56 of 70 after 48 of 80, Wilson at 0.95: 0.2 from 0.0524 to 0.3339
 */
export function unpairedChange(before: Estimate, after: Estimate): Estimate {
  const level = Math.min(before.level, after.level);
  const wilson = before.method === 'wilson' && after.method === 'wilson';
  const method = wilson ? 'newcombe-hybrid' : 'mover';
  const n = before.n + after.n;
  const [a, b] = [interval(before), interval(after)];
  if (a === null || b === null) {
    const reason = 'one of the two releases has no interval';
    return { estimate: null, lower: null, upper: null, level, method, n, reason };
  }
  const estimate = b.estimate - a.estimate;
  const lower = estimate - Math.hypot(b.estimate - b.lower, a.upper - a.estimate);
  const upper = estimate + Math.hypot(b.upper - b.estimate, a.estimate - a.lower);
  return { estimate, lower, upper, level, method, n };
}

function interval(of: Estimate): { estimate: number; lower: number; upper: number } | null {
  const { estimate, lower, upper } = of;
  return estimate === null || lower === null || upper === null ? null : { estimate, lower, upper };
}

/**
 * Whether a change is a loss that its interval puts beyond 0: the SLIDE rule.
 *
 * @param direction which way is better
 * @example isSlide({ estimate: -.06, lower: -.09, upper: -.03, level: .95, method: 'mover', n: 400 }, 'higher') // true
 */
export function isSlide(change: Estimate, direction: 'higher' | 'lower'): boolean {
  const { lower, upper } = change;
  if (lower === null || upper === null) return false;
  return direction === 'higher' ? upper < 0 : lower > 0;
}
