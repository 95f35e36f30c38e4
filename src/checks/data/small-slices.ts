/** slices too small to gate are shown, counted, and neither pass nor fail. */

import type { SliceEvidence } from '../../evidence/index.ts';
import { type Check, finding, plural } from '../check.ts';

export const smallSlices: Check = {
  kind: 'data',
  practice: 'A-2',
  missing: () => null,
  run: ({ slices, config }) => {
    const small = new Map<number, SliceEvidence[]>();
    for (const slice of slices) {
      const needed = Math.max(config.policy.minCases, slice.leastCases ?? 1);
      const { scoped, metric, key, n } = slice;
      if (scoped.role !== 'gated' || !metric.gate || key.state !== 'value' || n >= needed) continue;
      small.set(needed, [...(small.get(needed) ?? []), slice]);
    }
    return [...small].map(([needed, found]) => {
      const cases = found.reduce((sum, { n }) => sum + n, 0);
      const names = new Set(found.map(({ metric }) => metric.id));
      const [metric] = names;
      const what = needed > config.policy.minCases && names.size === 1 ? ` that ${metric} needs` : '';
      return finding({
        check: 'small-slices',
        kind: 'data',
        reason: `${plural(found.length, 'slice')} (${plural(cases, 'case')}) with fewer than ${needed} cases${what}: shown, not gated; ${plural(
          needed * found.length - cases,
          'more case',
        )} would gate all`,
        remedy: 'add cases to these slices, or declare families',
        source: 'A-2',
      });
    });
  },
};
