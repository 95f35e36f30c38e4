/** Repeated trials that disagree: noise that the release would otherwise take for change. */

import { type Check, finding, grouped, percent, plural } from '../check.ts';

export const flakyTrials: Check = {
  kind: 'evaluation',
  practice: 'bar 8',
  missing: ({ profile }) =>
    Math.max(profile.candidate.maxTrials, profile.baseline?.maxTrials ?? 0) > 1
      ? null
      : 'several trials per case',
  run: ({ overall }) =>
    overall
      .filter(({ metric }) => metric.measure.kind === 'passRate')
      .flatMap(({ tally }) => {
        const values = tally.candidateValues;
        const cases = values.reduce((sum, value) => sum + value.cases, 0);
        const flaky = values
          .filter(({ value }) => value > 0 && value < 1)
          .reduce((sum, value) => sum + value.cases, 0);
        if (cases === 0) return [];
        return [
          finding({
            check: 'flaky-trials',
            kind: 'evaluation',
            reason: `${grouped(flaky)} of ${plural(cases, 'case')} (${percent(flaky / cases)}) ${flaky === 1 ? 'passes' : 'pass'} some trials and ${flaky === 1 ? 'fails' : 'fail'} others; each counts once, with its share of passes`,
            remedy: flaky > 0 ? 'lower the temperature, or add trials to these cases' : null,
          }),
        ];
      }),
};
