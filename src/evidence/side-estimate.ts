/** One run's value in one slice, with its interval. */

import type { Policy } from '../config/index.ts';
import { isRate, type Measure, type ValueCount } from '../counts/index.ts';
import { binomialCdf, type Estimate, studentTQuantile, wilsonInterval } from '../stats/index.ts';
import { moments } from './moments.ts';
import { FEW_BEYOND, leastCases } from './tail-cases.ts';

/**
 * Wilson for rates (shares of trials count as fractional passes: their variance is at most the binomial's, so the
 * interval is conservative), Student's t for means, order statistics for quantiles.
 */
export function sideEstimate(values: readonly ValueCount[], measure: Measure, { level }: Policy): Estimate {
  const { n, sum, mean, variance } = moments(values);
  if (isRate(measure)) return wilsonInterval(Math.min(sum, n), n, level);
  if (measure.kind === 'quantile') {
    if (n < leastCases(measure)) return none('order statistics', level, n, FEW_BEYOND);
    return quantileEstimate(values, n, measure.q, level);
  }
  if (n === 0) return none('t', level, 0, 'no cases');
  if (n === 1) return { ...none('t', level, 1, 'one case has no interval'), estimate: mean };
  if (variance === 0) return { ...none('t', level, n, 'all values are equal'), estimate: mean };
  const half = studentTQuantile((1 + level) / 2, n - 1) * Math.sqrt(variance / n);
  return { estimate: mean, lower: mean - half, upper: mean + half, level, method: 't', n };
}

function none(method: string, level: number, n: number, reason: string): Estimate {
  return { estimate: null, lower: null, upper: null, level, method, n, reason };
}

/** Type 7 quantile with the distribution-free interval between two order statistics. */
function quantileEstimate(values: readonly ValueCount[], n: number, q: number, level: number): Estimate {
  const at = (rank: number) => orderStatistic(values, Math.min(n, Math.max(1, rank)));
  const alpha = (1 - level) / 2;
  let low = 1;
  while (low < n && binomialCdf(low, n, q) <= alpha) low++;
  let high = low;
  while (high < n && binomialCdf(high - 1, n, q) < 1 - alpha) high++;
  return {
    estimate: quantileType7(values, n, q),
    lower: at(low),
    upper: at(high),
    level,
    method: 'order statistics',
    n,
  };
}

/** Linear interpolation between order statistics at 1 + (n - 1) q, as numpy and R's default. */
export function quantileType7(values: readonly ValueCount[], n: number, q: number): number {
  const position = 1 + (n - 1) * q;
  const below = Math.floor(position);
  const lower = orderStatistic(values, below);
  const upper = orderStatistic(values, Math.min(n, below + 1));
  return lower + (position - below) * (upper - lower);
}

function orderStatistic(values: readonly ValueCount[], rank: number): number {
  let seen = 0;
  for (const { value, cases } of values) {
    seen += cases;
    if (seen >= rank) return value;
  }
  return values.at(-1)?.value ?? Number.NaN;
}
