/** What a slice is too small to see, and how many cases would settle it. */

import { casesNeeded, minimumDetectableDrop, normalQuantile } from '../stats/index.ts';
import { differences, moments } from './moments.ts';
import type { SliceEvidence } from './types.ts';

export interface SlicePower {
  /** Smallest drop found with 80 % power at this n and churn, in the metric's unit; null where none is. */
  readonly minimumDetectableDrop: number | null;
  /** Cases that would show the drop observed, but at least the margin, with 80 % power; null where not finite. */
  readonly casesNeeded: number | null;
}

const POWER = 0.8;
const NOTHING: SlicePower = { minimumDetectableDrop: null, casesNeeded: null };

/**
 * Power of the one-sided paired test at a slice's share of the budget. Pass or fail outcomes use the exact McNemar test
 * with the slice's own share of gains, where one half case is added so that a slice without flips is not taken for
 * one that never flips; other metrics use the normal formula with the observed spread of the differences.
 */
export function slicePower(evidence: SliceEvidence, alpha: number): SlicePower {
  const { n, gained, loss, margin, tally, test } = evidence;
  if (n === 0 || loss === null || test === null || !(alpha > 0 && alpha < 1)) return NOTHING;
  const drop = Math.max(loss, margin);
  if (test.name === 'exact McNemar') {
    const gains = Math.min((gained + 0.5) / (n + 1), 0.45);
    return {
      minimumDetectableDrop: minimumDetectableDrop({ n, gains, alpha, power: POWER }),
      casesNeeded: drop + gains >= 1 ? null : casesNeeded({ drop, gains, alpha, power: POWER }),
    };
  }
  const { variance } = moments(differences(tally.pairs));
  if (variance === 0) return NOTHING;
  const z = normalQuantile(1 - alpha) + normalQuantile(POWER);
  return {
    minimumDetectableDrop: z * Math.sqrt(variance / n),
    casesNeeded: drop > 0 ? Math.ceil((z * z * variance) / (drop * drop)) : null,
  };
}
