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
  const groups = new Map<string, SliceEvidence[]>();
  for (const slice of slices) {
    if (slice.n === 0) continue;
    const key = JSON.stringify([slice.metric.id, slice.tally]);
    groups.set(key, [...(groups.get(key) ?? []), slice]);
  }
  return [...groups.values()].filter((group) => new Set(group.map(({ key }) => key.grouping)).size > 1);
}
