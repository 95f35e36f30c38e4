/** Mean and spread of counted values. */

import type { ValueCount, ValuePair } from '../counts/index.ts';

export interface Moments {
  readonly n: number;
  readonly sum: number;
  readonly mean: number;
  /** Unbiased variance of one case; 0 for a single case. */
  readonly variance: number;
}

/** Moments of counted values, in two passes so that large means keep their digits. */
export function moments(values: readonly ValueCount[]): Moments {
  let n = 0;
  let sum = 0;
  for (const { value, cases } of values) {
    n += cases;
    sum += value * cases;
  }
  const mean = n === 0 ? 0 : sum / n;
  let squares = 0;
  for (const { value, cases } of values) squares += cases * (value - mean) ** 2;
  return { n, sum, mean, variance: n < 2 ? 0 : squares / (n - 1) };
}

/** Differences candidate - baseline of counted pairs, equal ones merged, ascending. */
export function differences(pairs: readonly ValuePair[]): ValueCount[] {
  const counts = new Map<number, number>();
  for (const { baseline, candidate, cases } of pairs) {
    const d = candidate - baseline;
    counts.set(d, (counts.get(d) ?? 0) + cases);
  }
  return [...counts].map(([value, cases]) => ({ value, cases })).sort((a, b) => a.value - b.value);
}

/** Cases that got worse and better; equal values count in neither. */
export function flipCounts(
  pairs: readonly ValuePair[],
  direction: 'higher' | 'lower',
): { readonly lost: number; readonly gained: number } {
  let down = 0;
  let up = 0;
  for (const { baseline, candidate, cases } of pairs) {
    if (candidate < baseline) down += cases;
    else if (candidate > baseline) up += cases;
  }
  return direction === 'higher' ? { lost: down, gained: up } : { lost: up, gained: down };
}
