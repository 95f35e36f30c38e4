/** How far a rate has moved between two releases, when all that is left of them is their estimates. */

import type { Estimate } from '../stats/index.ts';
import { normalQuantile } from '../stats/special/index.ts';

/**
 * The difference of two independent estimates from their own intervals: limits are the estimate minus or plus the root
 * of the squared distances to the limits that matter. On two Wilson intervals this is Newcombe's hybrid score interval;
 * on the same cases it is wider than a paired one would be, never narrower where the cases agree positively.
 *
 * Source: Newcombe 1998, Statistics in Medicine 17:873, method 10; Zou and Donner 2008 (MOVER) for any estimates.
 *
 * @param before,after estimates with limits, in any unit; their levels should be the same
 * @returns after - before; null with a reason where either side has no interval
 * @example 56 of 70 after 48 of 80, Wilson at 0.95: 0.2 from 0.0524 to 0.3339
 */
export function unpairedChange(before: Estimate, after: Estimate): Estimate {
  const level = Math.min(before.level, after.level);
  const wilson = before.method === 'wilson' && after.method === 'wilson';
  const method = wilson ? 'newcombe-hybrid' : 'mover';
  const n = Math.min(before.n, after.n);
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

/**
 * The difference of two paired rates with its interval, from how many cases fell and rose.
 *
 * Source: Bonett and Price 2012, Journal of Educational and Behavioral Statistics 37:479 (one case added to each kind of
 * flip), which needs no more than these counts.
 *
 * @param lost,gained cases that passed only before, only after
 * @param n cases in both, at least lost + gained, at least 1
 * @example pairedRateChange(44, 19, 250, 0.95) // -0.1 from -0.1607 to -0.0377
 */
export function pairedRateChange(lost: number, gained: number, n: number, level: number): Estimate {
  const down = (lost + 1) / (n + 2);
  const up = (gained + 1) / (n + 2);
  const centre = up - down;
  const half =
    normalQuantile(1 - (1 - level) / 2) * Math.sqrt(Math.max(0, up + down - centre * centre) / (n + 2));
  return {
    estimate: (gained - lost) / n,
    lower: Math.max(-1, centre - half),
    upper: Math.min(1, centre + half),
    level,
    method: 'bonett-price',
    n,
  };
}
