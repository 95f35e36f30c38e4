/** How often this gate would block or call for review if nothing had changed, on the user's own data. */

import { type Check, finding, grouped, percent } from '../check.ts';

export const gateSelfCheck: Check = {
  kind: 'instrument',
  practice: 'bar 1',
  missing: ({ selfCheck }) => (selfCheck === null ? 'an A/A run of this gate (slicewise aa)' : null),
  run: ({ selfCheck, config }) => {
    if (selfCheck === null) return [];
    const { releases, blocked, reviewed, method } = selfCheck;
    const { blockBudget, reviewBudget } = config.policy;
    // The review budget is for both together.
    const share = (count: number, budget: number): string =>
      `${grouped(count)} (${percent(count / releases)}, budget ${percent(budget)})`;
    return [
      finding({
        check: 'gate-self-check',
        kind: 'instrument',
        reason: `of ${grouped(releases)} unchanged releases this gate blocks ${share(blocked, blockBudget)} and blocks or calls for review ${share(blocked + reviewed, reviewBudget)}`,
        method,
        source: 'A/A',
      }),
    ];
  },
};
