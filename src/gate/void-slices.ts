/** What is void says nothing about a slice, neither a loss nor its absence: a whole comparison, or a dimension of it. */

import { incomparableDimensions } from '../checks/index.ts';
import type { ComparisonProfile } from '../engines/index.ts';
import type { Finding } from '../findings/index.ts';
import type { Scope } from '../scope/index.ts';
import type { SliceReport } from './report.ts';

/** The check whose INVALID voids the whole comparison. */
export const VOIDING_CHECK = 'comparable-runs';

/**
 * Takes the verdicts away from every slice that has enough cases to have one, where the comparison is void: its numbers are
 * shown, and it reads INVALID.
 *
 * @param cause the finding that voids the comparison; null where nothing does
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

/**
 * Takes every difference away from slices by clusters that mean something else in each run: what each run reached is shown,
 * and gated slices read INVALID.
 */
export function voidClusters(
  slices: readonly SliceReport[],
  { scope, profile }: { readonly scope: Scope; readonly profile: ComparisonProfile },
): readonly SliceReport[] {
  const dimensions = incomparableDimensions(scope, profile);
  if (dimensions.size === 0) return slices;
  return slices.map((slice) =>
    dimensions.has(slice.dimension)
      ? {
          ...slice,
          verdict: slice.role === 'gated' && slice.verdict !== null ? ('INVALID' as const) : slice.verdict,
          grade: null,
          reason: 'its clusters differ between the runs, so the two sides are not the same slice',
          delta: null,
          test: null,
          pValue: null,
          pValueTwoSided: null,
          adjustedPValue: null,
          holmPValue: null,
          boschlooPValue: null,
          minimumDetectableDrop: null,
          casesNeeded: null,
          waiver: null,
        }
      : slice,
  );
}
