/** How far the rate of a slice may lie from the mean by chance alone, by its number of cases. */

import { binomialQuantile } from '../../../../src/stats/index.ts';

/** Rates between `lower` and `upper` are within chance at n. */
export interface BandPoint {
  readonly n: number;
  readonly lower: number;
  readonly upper: number;
}

/** Sizes at which a band is drawn. */
const POINTS = 80;

/**
 * Exact binomial limits around a rate: outside lies at most (1 - level) / 2 on each side.
 *
 * @param rate in [0, 1]
 * @param level such as 0.95
 * @param sizes smallest and largest number of cases, at least 1
 */
export function funnelBand(
  rate: number,
  level: number,
  sizes: readonly [number, number],
): readonly BandPoint[] {
  const [from, to] = [Math.max(1, sizes[0]), Math.max(1, sizes[1])];
  const steps = Array.from({ length: POINTS }, (_, i) =>
    Math.round(from * (to / from) ** (i / (POINTS - 1))),
  );
  return [...new Set(steps)].map((n) => ({ n, ...binomialLimits(rate, level, n) }));
}

/** The same at one number of cases. @returns the lowest and the highest rate within chance */
export function binomialLimits(
  rate: number,
  level: number,
  n: number,
): { readonly lower: number; readonly upper: number } {
  const tail = (1 - level) / 2;
  return { lower: binomialQuantile(tail, n, rate) / n, upper: binomialQuantile(1 - tail, n, rate) / n };
}
