/** Cases that only one run has are left out of the paired tests, counted, and too many of them need a person. */

import { isRate } from '../../counts/index.ts';
import type { Finding } from '../../findings/index.ts';
import { type Check, type CheckContext, finding, grouped, percent, plural } from '../check.ts';

export const pairing: Check = {
  kind: 'evaluation',
  practice: 'section 4, pairing',
  missing: ({ profile }) => (profile.baseline === null ? 'a baseline run' : null),
  run: (context) => (context.pairing === 'unpaired' ? unpaired(context) : oneSided(context)),
};

function unpaired({ profile }: CheckContext): Finding[] {
  return [
    finding({
      check: 'pairing',
      kind: 'evaluation',
      reason: `the runs share no case (${plural(profile.onlyBaseline, 'case')} in the baseline, ${grouped(profile.onlyCandidate)} in the candidate): compared as independent samples`,
      remedy: 'run both on the same cases: pairing needs far fewer of them',
      method: 'Fisher exact in min-P; Boschloo shown',
    }),
  ];
}

function oneSided({ profile, config, overall }: CheckContext): Finding[] {
  const { onlyBaseline, onlyCandidate, paired } = profile;
  const alone = onlyBaseline + onlyCandidate;
  if (alone === 0) return [];
  const share = alone / (paired + alone);
  const over = share > config.policy.unmatchedBudget;
  const [first] = overall;
  const bounded = first !== undefined && first.loss !== null && isRate(first.metric.measure);
  const bound = bounded && first.loss !== null ? worstCase(first.loss, first.n, alone) : null;
  return [
    finding({
      check: 'pairing',
      kind: 'evaluation',
      verdict: over ? 'REVIEW' : null,
      reason: `${plural(alone, 'case')} (${percent(share)}) in one run only: ${grouped(onlyBaseline)} only in the baseline, ${grouped(onlyCandidate)} only in the candidate${
        bound === null
          ? ''
          : `; if all of these were losses, the overall drop would be ${(bound * 100).toFixed(1)} points`
      }`,
      evidence: [...profile.onlyBaselineIds, ...profile.onlyCandidateIds].slice(0, 100),
      evidenceTotal: alone,
      remedy: over ? 'run both on the same cases, or raise unmatchedBudget' : null,
      method: 'paired by case; worst-case bound',
    }),
  ];
}

function worstCase(loss: number, n: number, alone: number): number {
  return (loss * n + alone) / (n + alone);
}
