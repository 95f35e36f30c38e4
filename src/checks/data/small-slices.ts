/** slices too small to gate are shown, counted, and neither pass nor fail. */

import { type Check, finding, plural } from '../check.ts';

export const smallSlices: Check = {
  kind: 'data',
  practice: 'A-2',
  missing: () => null,
  run: ({ slices, config }) => {
    const { minCases } = config.policy;
    const small = slices.filter(
      ({ scoped, n, key }) => scoped.role === 'gated' && n < minCases && key.state === 'value',
    );
    if (small.length === 0) return [];
    const cases = small.reduce((sum, { n }) => sum + n, 0);
    const needed = small.reduce((sum, { n }) => sum + minCases - n, 0);
    return [
      finding({
        check: 'small-slices',
        kind: 'data',
        reason: `${plural(small.length, 'slice')} (${plural(cases, 'case')}) with fewer than ${minCases} cases: shown, not gated; ${plural(
          needed,
          'more case',
        )} would gate all`,
        remedy: 'add cases to these slices, or declare families',
        source: 'A-2',
      }),
    ];
  },
};
