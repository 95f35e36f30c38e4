/** B-11: a changed judge voids a comparison, edited cases leave it, and what cannot be seen is said. */

import type { ComparisonProfile } from '../../engines/index.ts';
import type { Finding } from '../../findings/index.ts';
import { type Check, type CheckContext, finding, percent, plural } from '../check.ts';

const ID = 'comparable-runs';

/** What the practice wants to be known of both runs. */
const KINDS = ['dataset', 'prompt', 'judge', 'code'] as const;

type Kind = (typeof KINDS)[number];

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
    ...changedCandidate('prompt', context),
    ...changedCandidate('code', context),
    ...missingFingerprints(context),
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
  if (!differs(profile, kind)) return [];
  const before = profile.baseline?.fingerprints[kind] ?? [];
  const after = profile.candidate.fingerprints[kind];
  const allowed = config.policy.allowChanged.includes(kind);
  const restricted = kind === 'dataset' && profile.editsVisible;
  const what = `${kind} differs between the runs: ${before.join(', ')} and ${after.join(', ')}${alsoUnknown(profile)}`;
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

/** A release may change its prompt and its code; a reader should know that it did. */
function changedCandidate(kind: 'prompt' | 'code', { profile }: CheckContext): Finding[] {
  const before = profile.baseline?.fingerprints[kind] ?? [];
  const after = profile.candidate.fingerprints[kind];
  if (!differs(profile, kind)) return [];
  return [
    finding({
      check: ID,
      kind: 'evaluation',
      reason: `${kind} differs between the runs: ${before.join(', ')} and ${after.join(', ')}; the runs stay comparable, and the difference is that of everything that changed with it${alsoUnknown(profile)}`,
      method: 'fingerprints compared',
      source: 'B-11',
    }),
  ];
}

/** A fingerprint that one run alone records cannot be compared. Files without any fingerprint get no line: their texts are compared. */
function missingFingerprints({ profile }: CheckContext): Finding[] {
  const { baseline, candidate } = profile;
  if (baseline === null) return [];
  const recorded = (kind: Kind) =>
    [baseline, candidate].filter(({ fingerprints }) => fingerprints[kind].length > 0).length;
  const lost = KINDS.filter((kind) => recorded(kind) === 1);
  if (lost.length === 0) return [];
  const silent = KINDS.filter((kind) => recorded(kind) === 0);
  const parts = [
    ...lost.map(
      (kind) => `${kind} (only in the ${baseline.fingerprints[kind].length > 0 ? 'baseline' : 'candidate'})`,
    ),
    ...silent.map((kind) => `${kind} (in neither run)`),
  ];
  return [
    finding({
      check: ID,
      kind: 'evaluation',
      reason: `${plural(parts.length, 'fingerprint')} not recorded in both runs: ${parts.join(', ')}; a change there cannot be seen`,
      remedy: 'record the missing fingerprints with every run',
      method: 'fingerprints compared',
      source: 'B-11',
    }),
  ];
}

/** Where one thing changed, a reader asks what else did: the fingerprints that cannot say. */
function alsoUnknown(profile: ComparisonProfile): string {
  const unknown = KINDS.filter((kind) => !both(profile, kind));
  return unknown.length === 0 ? '' : ` (not recorded in both runs: ${unknown.join(', ')})`;
}

/** Size of the intersection of both runs without the edited cases. */
function unchanged({ paired, edited }: ComparisonProfile): string {
  return edited === 0
    ? `all ${plural(paired, 'shared case')}, every one unchanged`
    : `the ${plural(paired - edited, 'unchanged case')}`;
}

function both(profile: ComparisonProfile, kind: Kind): boolean {
  return (
    profile.candidate.fingerprints[kind].length > 0 && (profile.baseline?.fingerprints[kind].length ?? 0) > 0
  );
}

function differs(profile: ComparisonProfile, kind: Kind): boolean {
  const before = profile.baseline?.fingerprints[kind] ?? [];
  return both(profile, kind) && before.join('\n') !== profile.candidate.fingerprints[kind].join('\n');
}
