/** The gates of the simulation: policies of the product, and two plain rules that show the simulated world is the intended one. */

import { DEFAULT_POLICY, defaultConfirmation, type Policy } from '../../src/config/index.ts';
import type { SliceEvidence } from '../../src/evidence/index.ts';
import type { Verdict } from '../../src/findings/index.ts';
import { confirmNominees, type Judgement } from '../../src/gate/index.ts';
import { judgeRelease } from './release.ts';

/** What a gate said of a release: of the release, and of its watched slice. */
export interface Outcome {
  readonly blocked: boolean;
  readonly reviewed: boolean;
  readonly watchedBlocked: boolean;
  readonly watchedReviewed: boolean;
  /** Slices for which fresh cases were drawn. */
  readonly nominees: number;
}

/** Evidence of fresh cases of a slice, by its place. */
export type DrawFresh = (place: number, cases: number) => SliceEvidence;

export interface Gate {
  readonly name: string;
  /** In words, for tables. */
  readonly title: string;
  readonly run: (evidence: readonly SliceEvidence[], drawFresh: DrawFresh) => Outcome;
}

/** Slices that are critical where a gate declares any: the watched one and four others. */
const CRITICAL = 5;

/** Lowest `minCases`: every slice takes part. */
const EVERY_SIZE: Policy = { ...DEFAULT_POLICY, minCases: 1 };

export const GATES: readonly Gate[] = [
  policyGate('default', 'default policy (min-P, drop >= 5 points, 20 cases)', DEFAULT_POLICY),
  policyGate('min-p', 'min-P, drop >= 5 points, every size', EVERY_SIZE),
  policyGate('holm', 'Holm, drop >= 5 points, every size', { ...EVERY_SIZE, multiplicity: 'holm' }),
  policyGate('tarone', 'Tarone, drop >= 5 points, every size', { ...EVERY_SIZE, multiplicity: 'tarone' }),
  criticalGate('critical', 'min-P, 5 critical slices, drop >= 5 points, every size', EVERY_SIZE),
  criticalGate('critical-default', 'default policy, 5 critical slices', DEFAULT_POLICY),
  twoStageGate('two-stage-50', 'min-P at .02, then 50 fresh cases per nominee, every size', EVERY_SIZE, 50),
  twoStageGate(
    'two-stage-150',
    'min-P at .02, then 150 fresh cases per nominee, every size',
    EVERY_SIZE,
    150,
  ),
  twoStageGate('two-stage-default', 'default policy with 150 fresh cases per nominee', DEFAULT_POLICY, 150),
  anyDropGate('min-p-any-drop', 'min-P, any drop, every size', EVERY_SIZE),
  anyDropGate('holm-any-drop', 'Holm, any drop, every size', { ...EVERY_SIZE, multiplicity: 'holm' }),
  anyDropGate('uncorrected', 'exact McNemar, uncorrected, any drop', { ...EVERY_SIZE, multiplicity: 'none' }),
  { name: 'raw-10', title: 'worst drop > 10 points', run: rawDrop },
];

function policyGate(name: string, title: string, policy: Policy): Gate {
  return { name, title, run: (evidence) => outcomeOf(evidence, policy) };
}

/** The same evidence with the first slices declared critical. */
function criticalGate(name: string, title: string, policy: Policy): Gate {
  const declared = (evidence: SliceEvidence, place: number) =>
    place < CRITICAL ? { ...evidence, rules: { ...evidence.rules, critical: true } } : evidence;
  return { name, title, run: (evidence) => outcomeOf(evidence.map(declared), policy) };
}

/** The same evidence without a margin, which shows the correction alone. */
function anyDropGate(name: string, title: string, policy: Policy): Gate {
  const bare = (evidence: SliceEvidence) => ({ ...evidence, margin: 0 });
  return { name, title, run: (evidence) => outcomeOf(evidence.map(bare), policy) };
}

/** Stage one as the policy declares it, then fresh cases for each nominee; what stage one blocked stays blocked. */
function twoStageGate(name: string, title: string, policy: Policy, cases: number): Gate {
  const declared: Policy = {
    ...policy,
    confirmation: { ...defaultConfirmation(policy.blockBudget), casesPerNominee: cases },
  };
  return {
    name,
    title,
    run: (evidence, drawFresh) => {
      const stageOne = judgeRelease(evidence, declared);
      const nominated = evidence.flatMap((slice, place) => {
        const { verdict, grade } = stageOne.decisions.get(slice)!;
        return verdict === 'REVIEW' && grade === 'suspected' ? [place] : [];
      });
      const fresh = new Map(nominated.map((place) => [String(place), drawFresh(place, cases)]));
      const { nominees } = confirmNominees([...fresh.keys()], fresh, declared, false);
      const confirmed = new Set(
        nominees.filter(({ settled }) => settled === 'confirmed').map(({ id }) => Number(id)),
      );
      const direct = verdictsOf(evidence, stageOne);
      const verdicts = direct.map((verdict, place) => (confirmed.has(place) ? 'BLOCK' : verdict));
      return { ...summary(verdicts), nominees: nominated.length };
    },
  };
}

function outcomeOf(evidence: readonly SliceEvidence[], policy: Policy): Outcome {
  return { ...summary(verdictsOf(evidence, judgeRelease(evidence, policy))), nominees: 0 };
}

/** A critical slice that stays undecided asks for a review too; that is no false suspicion, so it is left out. */
function verdictsOf(evidence: readonly SliceEvidence[], { decisions }: Judgement): (Verdict | null)[] {
  return evidence.map((slice) => {
    const { cause, verdict } = decisions.get(slice)!;
    return cause === null ? null : verdict;
  });
}

function summary(verdicts: readonly (Verdict | null)[]): Omit<Outcome, 'nominees'> {
  const reviewed = (verdict: Verdict | null | undefined) => verdict === 'BLOCK' || verdict === 'REVIEW';
  return {
    blocked: verdicts.includes('BLOCK'),
    reviewed: verdicts.some(reviewed),
    watchedBlocked: verdicts[0] === 'BLOCK',
    watchedReviewed: reviewed(verdicts[0]),
  };
}

function rawDrop(evidence: readonly SliceEvidence[]): Outcome {
  const breaks = ({ loss }: SliceEvidence) => loss !== null && loss > 0.1 * (1 + 1e-12);
  const blocked = evidence.some(breaks);
  const watched = breaks(evidence[0]!);
  return { blocked, reviewed: blocked, watchedBlocked: watched, watchedReviewed: watched, nominees: 0 };
}
