/** Errors count as failures and are shown apart; too many of them mean that the run, not the model, was tested. */

import type { RunProfile } from '../../engines/index.ts';
import type { Finding } from '../../findings/index.ts';
import { type Check, finding, grouped, percent, plural } from '../check.ts';

export const errors: Check = {
  kind: 'evaluation',
  practice: 'section 4, errors',
  missing: () => null,
  run: ({ profile, config }) => {
    const runs: [string, RunProfile | null][] = [
      ['baseline', profile.baseline],
      ['candidate', profile.candidate],
    ];
    return runs.flatMap(([name, run]) =>
      run === null ? [] : [...errorRows(name, run, config.policy), ...unscoredRows(name, run)],
    );
  },
};

function errorRows(
  name: string,
  run: RunProfile,
  policy: { readonly errors: 'fail' | 'exclude'; readonly errorBudget: number },
): Finding[] {
  if (run.errors === 0) return [];
  const share = run.errors / run.rows;
  const over = share > policy.errorBudget;
  const treated = policy.errors === 'fail' ? 'counted as failures' : 'left out by policy';
  return [
    finding({
      check: 'errors',
      kind: 'evaluation',
      verdict: over ? 'REVIEW' : null,
      reason: `${plural(run.errors, 'error')} in ${plural(run.rows, 'row')} of the ${name} (${percent(share)}), ${treated}${
        over ? `; the error budget is ${percent(policy.errorBudget)}` : ''
      }`,
      remedy: over ? 'rerun the errored cases, then gate again' : null,
    }),
  ];
}

function unscoredRows(name: string, run: RunProfile): Finding[] {
  if (run.unscored === 0) return [];
  return [
    finding({
      check: 'errors',
      kind: 'evaluation',
      reason: `${grouped(run.unscored)} of ${plural(run.rows, 'row')} of the ${name} without a score: left out, not counted as failures`,
      remedy: 'score them, or find out why the scorer gave none',
    }),
  ];
}
