/** A simulated share with what chance leaves open, and whether it is above what was promised. */

import { clopperPearsonInterval, wilsonInterval } from '../stats/index.ts';

/** So many of so many simulated releases. */
export interface SimulatedRate {
  readonly count: number;
  readonly releases: number;
  /** In [0,1], with its 95 % Wilson interval. */
  readonly rate: number;
  readonly lower: number;
  readonly upper: number;
}

const LEVEL = 0.95;

/** Level of the two-sided interval whose lower end is a one-sided 99 % bound. */
const BOUND_LEVEL = 0.98;

/**
 * A share of simulated releases.
 *
 * @param releases at least 1
 * @example simulatedRate(24, 1000) // rate 0.024, from 0.0162 to 0.0355
 */
export function simulatedRate(count: number, releases: number): SimulatedRate {
  const { lower, upper } = wilsonInterval(count, releases, LEVEL);
  return { count, releases, rate: count / releases, lower: lower ?? 0, upper: upper ?? 1 };
}

/**
 * Whether a simulated share is above a budget beyond chance: its one-sided 99 % lower bound (Clopper-Pearson) is.
 *
 * @example isAbove(simulatedRate(60, 1000), 0.05) // false: 6 % can be 5 % by chance
 * @example isAbove(simulatedRate(80, 1000), 0.05) // true
 */
export function isAbove({ count, releases }: SimulatedRate, budget: number): boolean {
  return (clopperPearsonInterval(count, releases, BOUND_LEVEL).lower ?? 0) > budget;
}
