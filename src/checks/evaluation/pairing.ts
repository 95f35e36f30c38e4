/** Cases that only one run has are left out of the paired tests, counted, and too many of them need a person. */

import { isRate, type Tally } from '../../counts/index.ts';
import type { SliceEvidence } from '../../evidence/index.ts';
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
  const [first] = overall;
  const missing = onlyBaseline + onlyCandidate;
  const halfScored = scoredInOneRun(first, missing);
  const alone = missing + halfScored;
  if (alone === 0) return [];
  const share = alone / (paired + missing);
  const over = share > config.policy.unmatchedBudget;
  const bounded = first !== undefined && first.loss !== null && isRate(first.metric.measure);
  const bound = bounded && first.loss !== null ? worstCase(first.loss, first.n, alone) : null;
  return [
    finding({
      check: 'pairing',
      kind: 'evaluation',
      verdict: over ? 'REVIEW' : null,
      reason: `${plural(alone, 'case')} (${percent(share)}) in one run only: ${grouped(onlyBaseline)} only in the baseline, ${grouped(onlyCandidate)} only in the candidate${
        halfScored === 0 ? '' : `, ${grouped(halfScored)} in both but scored in one`
      }${
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

/** Cases of both runs that only one run has a usable value for: outputs that could not be scored must not vanish. */
function scoredInOneRun(all: SliceEvidence | undefined, missing: number): number {
  if (all === undefined) return 0;
  const usable = (values: Tally['baselineValues']) => values.reduce((sum, { cases }) => sum + cases, 0);
  const { baselineValues, candidateValues, compared } = all.tally;
  return Math.max(0, usable(baselineValues) + usable(candidateValues) - 2 * compared - missing);
}

function worstCase(loss: number, n: number, alone: number): number {
  return (loss * n + alone) / (n + alone);
}
