/** Closed forms for paired 0/1 outcomes where enumeration is too long: Connor, Miettinen, and the detectable drop. */

import { normalQuantile } from '../special/index.ts';

/** Flip rates, one-sided level and power wanted. */
export interface PairedSizeInput {
  /** P(baseline passes, candidate fails), in [0,1]. */
  readonly lossRate: number;
  /** P(baseline fails, candidate passes), in [0,1], below lossRate. */
  readonly gainRate: number;
  /** One-sided level, in (0,1). */
  readonly alpha: number;
  /** In (0,1). */
  readonly power: number;
}

/**
 * Connor's number of pairs, not rounded; Infinity when there is no drop to find.
 *
 * @source Connor 1987, Biometrics 43:207
 * @example connorPairs({ lossRate: 0.1, gainRate: 0.05, alpha: 0.05, power: 0.8 }) // 368.8549472
 */
export function connorPairs({ lossRate, gainRate, alpha, power }: PairedSizeInput): number {
  const churn = lossRate + gainRate;
  const drop = lossRate - gainRate;
  if (!(drop > 0)) return Number.POSITIVE_INFINITY;
  const reach = normalQuantile(1 - alpha) * Math.sqrt(churn) + normalQuantile(power) * spread(churn, drop);
  return (reach / drop) ** 2;
}

/**
 * Miettinen's number of pairs, not rounded, a little smaller than Connor's.
 *
 * @source Miettinen 1968, Biometrics 24:339
 * @example miettinenPairs({ lossRate: 0.1, gainRate: 0.05, alpha: 0.05, power: 0.8 }) // 359.8005722
 */
export function miettinenPairs({ lossRate, gainRate, alpha, power }: PairedSizeInput): number {
  const churn = lossRate + gainRate;
  const drop = lossRate - gainRate;
  if (!(drop > 0)) return Number.POSITIVE_INFINITY;
  const given = Math.sqrt(Math.max(0, churn - (drop * drop * (3 + churn)) / (4 * churn)));
  const reach = normalQuantile(1 - alpha) * Math.sqrt(churn) + normalQuantile(power) * given;
  return (reach / drop) ** 2;
}

/**
 * The drop that Connor's formula detects with n pairs at a fixed churn; null when it would exceed the churn.
 *
 * @param churn share of cases that flip either way, in [0,1]
 * @example pairedDetectableDrop({ n: 200, churn: 0.242, alpha: 0.05, power: 0.8 }) // 0.0860408955
 */
export function pairedDetectableDrop(input: {
  readonly n: number;
  readonly churn: number;
  readonly alpha: number;
  readonly power: number;
}): number | null {
  const { n, churn, alpha, power } = input;
  const zAlpha = normalQuantile(1 - alpha);
  const zPower = normalQuantile(power);
  return smallestTrue(0, churn, (drop) => {
    const reach = zAlpha * Math.sqrt(churn) + zPower * spread(churn, drop);
    return Math.sqrt(n) * drop >= reach;
  });
}

/**
 * Bisection: the smallest x in [low, high] from which on `holds` is true; null when it is false at high.
 *
 * @param steps halvings of the range: 60 leave a double's rounding
 * @example smallestTrue(0, 1, (x) => x >= 0.25) // 0.25
 */
export function smallestTrue(
  low: number,
  high: number,
  holds: (x: number) => boolean,
  steps = 60,
): number | null {
  if (!holds(high)) return null;
  let from = low;
  let to = high;
  for (let i = 0; i < steps; i++) {
    const middle = (from + to) / 2;
    if (holds(middle)) to = middle;
    else from = middle;
  }
  return to;
}

function spread(churn: number, drop: number): number {
  return Math.sqrt(Math.max(0, churn - drop * drop));
}
