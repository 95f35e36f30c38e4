/** A recorded baseline grows old: its age is shown, and beyond the limit the comparison is stale. */

import { type Check, finding } from '../check.ts';

export const baselineAge: Check = {
  kind: 'evaluation',
  practice: 'bar 4',
  missing: ({ baselineAgeDays }) =>
    baselineAgeDays === null
      ? 'a baseline from a ledger (--baseline ledger:NAME@latest), whose age is known'
      : null,
  run: ({ baselineAgeDays, config }) => {
    if (baselineAgeDays === null) return [];
    const { maxBaselineAgeDays } = config.policy;
    const days = Math.floor(baselineAgeDays);
    const stale = maxBaselineAgeDays !== null && baselineAgeDays > maxBaselineAgeDays;
    return [
      finding({
        check: 'baseline-age',
        kind: 'evaluation',
        verdict: stale ? 'STALE' : null,
        reason: `the baseline was recorded ${days} day${days === 1 ? '' : 's'} ago${
          stale ? `, more than the ${maxBaselineAgeDays} that the policy allows` : ''
        }`,
        remedy: stale ? 'run the baseline again and record it' : null,
      }),
    ];
  },
};
