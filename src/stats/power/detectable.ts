/** What a slice could have shown: the smallest drop it would detect, and the cases that would settle a given drop. */

import { connorPairs, pairedDetectableDrop, smallestTrue } from './connor.ts';
import {
  churnOf,
  type McNemarDesign,
  type McNemarVariant,
  mcnemarPower,
  powerOf,
  rejectionByFlips,
} from './mcnemar-power.ts';

/** Up to here power is enumerated; above, Connor's formula stands in. */
const MOST_ENUMERATED = 700;

/** How much else moves: either the share of cases gained back, or the share that flips either way. */
export type Movement = { readonly gains: number } | { readonly churn: number };

/** Level, power (0.8 unless said) and the test (exact unless said). */
export interface DetectionGoal {
  /** One-sided level, in (0,1). */
  readonly alpha: number;
  /** In (0,1); 0.8 by default. */
  readonly power?: number;
  readonly variant?: McNemarVariant;
}

/**
 * Smallest drop (baseline rate minus candidate rate) that n cases detect with the wanted power; null when no possible
 * drop is detected. Enumerated up to n = 700, Connor's formula above.
 *
 * @param input n cases scored by both; `gains` (share of cases won back) or `churn` (share that flips), in [0,1]
 * Cost: about 0.2 ms.
 * @example minimumDetectableDrop({ n: 47, gains: 0.03, alpha: 0.05 }) // 0.1869224
 */
export function minimumDetectableDrop(
  input: { readonly n: number } & Movement & DetectionGoal,
): number | null {
  const { n, alpha, power = 0.8, variant = 'exact' } = input;
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`n is ${n}, must be an integer of at least 0`);
  const largest = 'churn' in input ? input.churn : 1 - 2 * input.gains;
  if (!(largest > 0)) return null;
  if (n > MOST_ENUMERATED) {
    if ('churn' in input) return pairedDetectableDrop({ n, churn: input.churn, alpha, power });
    const { gains } = input;
    return smallestTrue(
      0,
      largest,
      (drop) => n >= connorPairs({ lossRate: drop + gains, gainRate: gains, alpha, power }),
    );
  }
  return smallestTrue(
    0,
    largest,
    (drop) => mcnemarPower(n, { ...rates(input, drop), alpha, variant }) >= power,
    30,
  );
}

/**
 * Number of cases that show a given drop with the wanted power: the first n found by enumeration up to 700, Connor's
 * formula rounded up above; null when there is no drop or the number is not finite.
 *
 * @param input drop in (0,1], gains (share of cases won back) in [0,1]
 * Cost: below 1 ms.
 * @example casesNeeded({ drop: 0.05, gains: 0.03, alpha: 0.05, variant: 'mid-p' }) // 260
 */
export function casesNeeded(
  input: { readonly drop: number; readonly gains: number } & DetectionGoal,
): number | null {
  const { drop, gains, alpha, power = 0.8, variant = 'exact' } = input;
  if (!(drop > 0) || drop + 2 * gains > 1) return null;
  const design: McNemarDesign = { lossRate: drop + gains, gainRate: gains, alpha, variant };
  const churn = churnOf(design);
  const connor = connorPairs({ lossRate: drop + gains, gainRate: gains, alpha, power });
  if (connor <= 2 * MOST_ENUMERATED) {
    const rejected = rejectionByFlips(MOST_ENUMERATED, design);
    // Far below Connor's n the power cannot be reached; start where it still cannot.
    for (let n = Math.max(1, Math.floor(connor / 2)); n <= MOST_ENUMERATED; n++) {
      if (powerOf(n, churn, rejected) >= power) return n;
    }
  }
  return Number.isFinite(connor) ? Math.max(MOST_ENUMERATED + 1, Math.ceil(connor)) : null;
}

function rates(movement: Movement, drop: number): { lossRate: number; gainRate: number } {
  if ('gains' in movement) return { lossRate: drop + movement.gains, gainRate: movement.gains };
  return { lossRate: (movement.churn + drop) / 2, gainRate: Math.max(0, (movement.churn - drop) / 2) };
}
