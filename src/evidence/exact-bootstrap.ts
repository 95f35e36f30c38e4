/** The percentile bootstrap of a paired pass-or-fail table without drawing: resampled flips have a known distribution. */

import { binomialPmf, binomialSf } from '../stats/index.ts';

/** Standard deviations beyond which a count is not looked at. */
const REACH = 9;

/**
 * Limits of (gained - lost) / n when n cases are drawn with replacement: the smallest values whose cumulative probability
 * reaches each tail. This is what the percentile bootstrap gives with infinitely many resamples.
 *
 * @param flips cases that got worse and better, at least one, among n
 * @param level two-sided, in (0,1)
 * Cost: about (lost + gained) steps.
 * @example exactBootstrap({ lost: 2, gained: 20, n: 840 }, 0.95) // { lower: 9 / 840, upper: 27 / 840 }
 */
export function exactBootstrap(
  { lost, gained, n }: { readonly lost: number; readonly gained: number; readonly n: number },
  level: number,
): { readonly lower: number; readonly upper: number } {
  const tail = (1 - level) / 2;
  const quantile = (share: number) => smallest(-n, n, (net) => atMost(net, lost, gained, n) >= share) / n;
  return { lower: quantile(tail), upper: quantile(1 - tail) };
}

/** P(gains - losses <= net): gains are binomial, and losses are binomial among the cases that are no gains. */
function atMost(net: number, lost: number, gained: number, n: number): number {
  const p = gained / n;
  const reach = REACH * Math.sqrt(n * p * (1 - p)) + REACH;
  const first = Math.max(0, Math.floor(gained - reach));
  const last = Math.min(n, Math.ceil(gained + reach));
  const lossShare = gained === n ? 0 : lost / (n - gained);
  let sum = 0;
  for (let gains = first; gains <= last; gains++) {
    sum += binomialPmf(gains, n, p) * binomialSf(gains - net, n - gains, lossShare);
  }
  return sum;
}

/** The smallest whole number from low to high that holds, where all above it hold as well. */
function smallest(low: number, high: number, holds: (value: number) => boolean): number {
  let below = low - 1;
  let at = high;
  while (at - below > 1) {
    const middle = Math.floor((at + below) / 2);
    if (holds(middle)) at = middle;
    else below = middle;
  }
  return at;
}
