/** How far an unchanged rerun of the baseline moves by itself. */

import { type Check, finding, grouped, percent, plural } from '../check.ts';

export const rerunChurn: Check = {
  kind: 'evaluation',
  practice: 'A2',
  missing: ({ rerun, profile }) =>
    profile.baseline === null
      ? 'a baseline run'
      : rerun === null
        ? 'a second run of the unchanged baseline (--rerun FILE)'
        : null,
  run: ({ rerun }) =>
    rerun === null
      ? []
      : [
          finding({
            check: 'rerun-churn',
            kind: 'evaluation',
            reason: `an unchanged rerun flips ${grouped(rerun.flips)} of ${plural(rerun.paired, 'case')} (${percent(
              rerun.paired === 0 ? 0 : rerun.flips / rerun.paired,
            )}); overall differences within ${(rerun.band * 100).toFixed(1)} points are rerun noise`,
            method: 'flips between two runs of the unchanged baseline; 95% band of the difference',
            source: 'A2',
          }),
        ],
};
