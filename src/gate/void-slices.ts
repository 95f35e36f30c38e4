/** A comparison that is void says nothing about any slice: neither a loss nor its absence. */

import type { Finding } from '../findings/index.ts';
import type { SliceReport } from './report.ts';

/** The check whose INVALID voids the whole comparison. */
export const VOIDING_CHECK = 'comparable-runs';

/**
 * Takes the verdicts away from every slice that has enough cases to have one: its numbers are shown, and it reads INVALID.
 *
 * @param cause the finding that voids the comparison; null leaves everything as it is
 */
export function voidSlices(slices: readonly SliceReport[], cause: Finding | null): readonly SliceReport[] {
  if (cause === null) return slices;
  return slices.map((slice) =>
    slice.role !== 'gated' || slice.verdict === null || slice.verdict === 'LOW-N'
      ? slice
      : {
          ...slice,
          verdict: 'INVALID' as const,
          grade: null,
          waiver: null,
          reason: 'the runs are not comparable, so its numbers decide nothing',
        },
  );
}
