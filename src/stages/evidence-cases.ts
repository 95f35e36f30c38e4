/** The cases behind the verdicts: which were lost and gained in each gated slice. */

import type { Config } from '../config/index.ts';
import type { FlippedCase, UnitMeasure } from '../counts/index.ts';
import type { ComparisonProfile } from '../engines/index.ts';
import type { Scope } from '../scope/index.ts';
import type { Comparison } from './load.ts';

/** Cases listed for each slice and direction; the counts beside them are complete. */
const LISTED = 100;

/** Lost and gained cases of the first metric that has values case by case; none without a baseline. */
export async function collectFlips(
  { engine }: Comparison,
  scope: Scope,
  { policy }: Config,
  profile: ComparisonProfile,
): Promise<readonly FlippedCase[]> {
  if (profile.baseline === null || profile.paired === 0) return [];
  const metric = scope.metrics.find(({ measure }) => measure.kind === 'passRate' || measure.kind === 'mean');
  if (metric === undefined) return [];
  const { measure } = metric;
  const unitMeasure: UnitMeasure =
    measure.kind === 'mean'
      ? { kind: 'number', column: measure.column }
      : { kind: 'passed', errors: policy.errors };
  const groupings = scope.groupings.filter(({ role }) => role !== 'shown').map(({ grouping }) => grouping);
  const flips = await engine.flips({ groupings, measure: unitMeasure, limit: LISTED });
  const turned = { lost: 'gained', gained: 'lost' } as const;
  return measure.kind === 'mean' && measure.direction === 'lower'
    ? flips.map((flip) => ({ ...flip, direction: turned[flip.direction] }))
    : flips;
}
