/** The cases behind the verdicts: which were lost and gained in each slice, under each metric. */

import type { Config } from '../config/index.ts';
import {
  directionOf,
  type FlippedCase,
  isOutcomeMeasure,
  type Measure,
  type UnitMeasure,
} from '../counts/index.ts';
import type { ComparisonProfile } from '../engines/index.ts';
import type { Scope } from '../scope/index.ts';
import type { Comparison } from './load.ts';

/** Cases listed for each slice and direction; the counts beside them are complete. */
const LISTED = 100;

/** Lost is turned into gained for metrics where lower is better: engines only know values that fell and rose. */
const TURNED = { lost: 'gained', gained: 'lost' } as const;

/** Lost and gained cases by metric; none without a baseline, and none for quantiles, which no single case has. */
export async function collectFlips(
  { engine }: Comparison,
  scope: Scope,
  { policy }: Config,
  profile: ComparisonProfile,
): Promise<ReadonlyMap<string, readonly FlippedCase[]>> {
  const found = new Map<string, readonly FlippedCase[]>();
  if (profile.baseline === null || profile.paired === 0) return found;
  const groupings = scope.groupings.filter(({ role }) => role !== 'shown').map(({ grouping }) => grouping);
  for (const { id, measure } of scope.metrics) {
    const unitMeasure = unitMeasureOf(measure, policy.errors);
    if (unitMeasure === null) continue;
    const flips = await engine.flips({ groupings, measure: unitMeasure, limit: LISTED });
    const higher = directionOf(measure) === 'higher';
    found.set(id, higher ? flips : flips.map((flip) => ({ ...flip, direction: TURNED[flip.direction] })));
  }
  return found;
}

/** The value of each case under a metric; null for metrics that no single case has. */
export function unitMeasureOf(measure: Measure, errors: 'fail' | 'exclude'): UnitMeasure | null {
  if (isOutcomeMeasure(measure)) return { kind: 'outcome', of: measure, errors };
  return measure.kind === 'mean' ? { kind: 'number', column: measure.column } : null;
}
