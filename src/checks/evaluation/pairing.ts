/** Cases that only one run has are left out of the paired tests, counted, and too many of them need a person. */

import { isRate, type Tally } from '../../counts/index.ts';
import type { SliceEvidence } from '../../evidence/index.ts';
import type { Finding } from '../../findings/index.ts';
import { groupingColumns } from '../../slices/index.ts';
import { type Check, type CheckContext, finding, grouped, percent, plural } from '../check.ts';
import { idSpelling } from './id-spelling.ts';

export const pairing: Check = {
  kind: 'evaluation',
  practice: 'section 4, pairing',
  missing: ({ profile }) => (profile.baseline === null ? 'a baseline run' : null),
  run: (context) => [
    ...(context.pairing === 'unpaired' ? unpaired(context) : oneSided(context)),
    ...movedCases(context),
    ...unsettledColumns(context),
    ...oneSidedColumns(context),
  ],
};

function unpaired({ profile }: CheckContext): Finding[] {
  const spelling = idSpelling(profile.onlyBaselineIds, profile.onlyCandidateIds);
  return [
    finding({
      check: 'pairing',
      kind: 'evaluation',
      reason: `the runs share no case (${plural(profile.onlyBaseline, 'case')} in the baseline, ${grouped(profile.onlyCandidate)} in the candidate): compared as independent samples`,
      remedy: spelling ?? 'run both on the same cases: pairing needs far fewer of them',
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
  const kinds = [
    { cases: onlyBaseline, where: 'only in the baseline' },
    { cases: onlyCandidate, where: 'only in the candidate' },
    { cases: halfScored, where: 'in both but scored in one' },
  ].filter(({ cases }) => cases > 0);
  const spelling = idSpelling(profile.onlyBaselineIds, profile.onlyCandidateIds);
  const [only] = kinds;
  const said =
    kinds.length === 1
      ? `${plural(alone, 'case')} (${percent(share)}) ${only!.where}`
      : `${plural(alone, 'case')} (${percent(share)}) without a result in both runs: ${kinds
          .map(({ cases, where }) => `${grouped(cases)} ${where}`)
          .join(', ')}`;
  return [
    finding({
      check: 'pairing',
      kind: 'evaluation',
      verdict: over ? 'REVIEW' : null,
      reason: `${said}${
        bound === null
          ? ''
          : `; if all of these were losses, the overall drop would be ${(bound * 100).toFixed(1)} points`
      }`,
      evidence: [...profile.onlyBaselineIds, ...profile.onlyCandidateIds].slice(0, 100),
      evidenceTotal: alone,
      remedy: spelling ?? (over ? 'run both on the same cases, or raise unmatchedBudget' : null),
      method: 'paired by case; worst-case bound',
    }),
  ];
}

/** So many pairs of values are spelt out. */
const SHOWN_MOVES = 3;

/** The candidate cannot take a case out of its slice by spelling it differently, and a person should know that it does. */
function movedCases({ profile, settled = [] }: CheckContext): Finding[] {
  return settled.map(({ column, cases, ids, open, moves }) => {
    const listed = moves
      .slice(0, SHOWN_MOVES)
      .map(
        ({ from, to, cases: n }) =>
          `'${from}' became ${to === null ? 'several values' : `'${to}'`} (${grouped(n)})`,
      );
    const more = moves.length - listed.length;
    const byBaseline =
      cases === 0
        ? []
        : [
            `${column} differs between the runs in ${plural(cases, 'case')} (${percent(cases / profile.paired)}), which count in the slice of the baseline's value: ${listed.join(', ')}${more > 0 ? ', and others' : ''}`,
          ];
    const nowhere =
      open === 0
        ? []
        : [
            `${plural(open, 'case')} whose baseline rows differ in ${column} ${open === 1 ? 'is' : 'are'} in no slice`,
          ];
    return finding({
      check: 'pairing',
      kind: 'evaluation',
      verdict: 'REVIEW',
      reason: [...byBaseline, ...nowhere].join('; '),
      evidence: ids,
      evidenceTotal: cases,
      remedy: `write ${column} alike in both runs; if it says what a run did, gate on another column with --slice COLUMN`,
      method: 'attributes compared case by case',
      source: 'A-1',
    });
  });
}

/** Cases that leave a gated dimension because its column says what a run did. Edited cases have a finding of their own. */
function unsettledColumns({ profile, scope, config, settled = [] }: CheckContext): Finding[] {
  const known = new Set(settled.map(({ column }) => column));
  const gated = gatedColumns(scope);
  return profile.columns
    .filter(({ name, changedCases }) => gated.has(name) && !known.has(name) && changedCases > profile.edited)
    .map(({ name, changedCases }) => {
      const share = changedCases / (profile.paired + profile.onlyBaseline + profile.onlyCandidate);
      return finding({
        check: 'pairing',
        kind: 'evaluation',
        verdict: share > config.policy.unmatchedBudget ? 'REVIEW' : null,
        reason: `${name} differs between the rows of ${plural(changedCases, 'case')} (${percent(share)}) and says what a run did: these are in no slice of it`,
        remedy: 'gate on a column that says what a case is, with --slice COLUMN',
        method: 'attributes compared case by case',
        source: 'A-1',
      });
    });
}

function gatedColumns({ groupings }: CheckContext['scope']): ReadonlySet<string> {
  const gated = groupings.filter(({ role }) => role === 'gated');
  return new Set(gated.flatMap(({ grouping }) => groupingColumns(grouping)));
}

/** A gated column that one run alone has is used for both, for cases are paired. */
function oneSidedColumns({ profile, scope }: CheckContext): Finding[] {
  if (profile.baseline === null) return [];
  const gated = gatedColumns(scope);
  return profile.columns
    .filter(({ name, inBaseline, inCandidate }) => gated.has(name) && inBaseline !== inCandidate)
    .map(({ name, inBaseline }) => {
      const [has, lacks] = inBaseline ? ['baseline', 'candidate'] : ['candidate', 'baseline'];
      return finding({
        check: 'pairing',
        kind: 'evaluation',
        reason: `only the ${has} has ${name}: its values say in which slice a case is; cases that only the ${lacks} has are in none`,
        remedy: `write ${name} in both runs`,
        method: 'columns compared',
        source: 'A-1',
      });
    });
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
