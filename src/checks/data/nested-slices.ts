/** Slices of different dimensions with exactly the same cases are one fact, reported once. */

import type { SliceEvidence } from '../../evidence/index.ts';
import { type Check, finding, plural } from '../check.ts';

export const nestedSlices: Check = {
  kind: 'data',
  practice: 'bar 11',
  missing: ({ scope }) =>
    scope.groupings.filter(({ role }) => role === 'gated').length > 1 ? null : 'a second gated dimension',
  run: ({ sameCases, scope }) =>
    sameCases
      .filter(([first]) => first?.metric.id === scope.metrics.find(({ gate }) => gate)?.id)
      .map((group) =>
        finding({
          check: 'nested-slices',
          kind: 'data',
          reason: `${plural(group.length, 'slice')} hold the same cases and are told once: ${group
            .map(({ scoped, key }) => `${scoped.dimension} = ${key.value}`)
            .join('; ')}`,
          remedy: 'drop one of the definitions',
        }),
      ),
};

/** Groups of slices (same metric, different groupings) whose pairs and totals are identical, so that they may be the same. */
export function sameCounts(slices: readonly SliceEvidence[]): SliceEvidence[][] {
  const counted = slices.filter(({ n }) => n > 0);
  // Small slices share their counts with thousands of others: groups are filled, not copied.
  const groups = Map.groupBy(counted, ({ metric, tally }) => JSON.stringify([metric.id, tally]));
  return [...groups.values()].filter((group) => new Set(group.map(({ key }) => key.grouping)).size > 1);
}
