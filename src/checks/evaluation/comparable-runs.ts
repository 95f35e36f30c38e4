/** B-11: a changed judge voids a comparison, edited cases leave it, and what cannot be seen is said. */

import type { ComparisonProfile } from '../../engines/index.ts';
import type { Finding } from '../../findings/index.ts';
import { type Check, type CheckContext, finding, percent, plural } from '../check.ts';

const ID = 'comparable-runs';

export const comparableRuns: Check = {
  kind: 'evaluation',
  practice: 'B-11',
  missing: ({ profile }) => {
    if (profile.baseline === null) return 'a baseline run';
    const known = profile.editsVisible || both(profile, 'judge') || both(profile, 'dataset');
    return known
      ? null
      : 'an input, judge or dataset fingerprint column, to see whether the runs are comparable';
  },
  run: (context) => [
    ...edits(context),
    ...changedInstrument('judge', context),
    ...changedInstrument('dataset', context),
    ...changedPrompt(context),
  ],
};

function edits({ profile }: CheckContext): Finding[] {
  if (profile.edited === 0) return [];
  return [
    finding({
      check: ID,
      kind: 'evaluation',
      reason: `${plural(profile.edited, 'case')} edited between the runs (${percent(
        profile.edited / profile.paired,
      )} of the shared ones): left out; the comparison is restricted to ${unchanged(profile)}`,
      evidence: profile.editedIds,
      evidenceTotal: profile.edited,
      remedy: 'run the baseline again on the edited cases',
      method: 'input and expected text compared case by case',
      source: 'B-11',
    }),
  ];
}

function changedInstrument(kind: 'judge' | 'dataset', { profile, config }: CheckContext): Finding[] {
  if (!both(profile, kind)) return [];
  const before = profile.baseline?.fingerprints[kind] ?? [];
  const after = profile.candidate.fingerprints[kind];
  if (before.join('\n') === after.join('\n')) return [];
  const allowed = config.policy.allowChanged.includes(kind);
  const restricted = kind === 'dataset' && profile.editsVisible;
  const what = `${kind} differs between the runs: ${before.join(', ')} and ${after.join(', ')}`;
  return [
    finding({
      check: ID,
      kind: 'evaluation',
      verdict: allowed || restricted ? null : 'INVALID',
      reason: allowed
        ? `${what}; the policy allows it`
        : restricted
          ? `${what}; the comparison is restricted to ${unchanged(profile)}`
          : `NOT COMPARABLE: ${what}`,
      remedy:
        allowed || restricted
          ? null
          : `run both with the same ${kind}, or set policy.allowChanged: [${kind}]`,
      method: 'fingerprints compared',
      source: 'B-11',
    }),
  ];
}

/** A release may change its prompt; a reader should know that it did. */
function changedPrompt({ profile }: CheckContext): Finding[] {
  const before = profile.baseline?.fingerprints.prompt ?? [];
  const after = profile.candidate.fingerprints.prompt;
  if (before.length === 0 || after.length === 0 || before.join('\n') === after.join('\n')) return [];
  return [
    finding({
      check: ID,
      kind: 'evaluation',
      reason: `prompt differs between the runs: ${before.join(', ')} and ${after.join(', ')}; the runs stay comparable, and the difference is that of everything that changed with it`,
      method: 'fingerprints compared',
      source: 'B-11',
    }),
  ];
}

/** Size of the intersection of both runs without the edited cases. */
function unchanged({ paired, edited }: ComparisonProfile): string {
  return edited === 0
    ? `all ${plural(paired, 'shared case')}, every one unchanged`
    : `the ${plural(paired - edited, 'unchanged case')}`;
}

function both(profile: ComparisonProfile, kind: 'judge' | 'dataset'): boolean {
  return (
    profile.candidate.fingerprints[kind].length > 0 && (profile.baseline?.fingerprints[kind].length ?? 0) > 0
  );
}
