/** Second stage of the gate: nominees of stage one are decided on fresh cases alone. */

import type { Policy } from '../config/index.ts';
import type { SliceEvidence } from '../evidence/index.ts';
import { continuousAttainable, minPDiscrete } from '../stats/index.ts';
import { type Budgets, confirmationBudget, splitBudgets } from './budgets.ts';
import type { Judgement } from './judge.ts';
import type { Report, SliceReport } from './report.ts';
import { type Adjusted, reachesMargin, type SliceDecision } from './slice-verdict.ts';

/** What fresh cases say about one nominee. */
export interface Settled {
  readonly id: string;
  readonly settled: 'confirmed' | 'cleared' | 'open';
  readonly reason: string;
}

export interface Confirmation {
  readonly judgement: Judgement;
  readonly nominees: readonly Settled[];
}

/** Slices that stage one nominated: gated ones with a suspected loss. A suspected breach of a floor is no loss to confirm. */
export function nomineesOf(stageOne: Pick<Report, 'slices'>): readonly SliceReport[] {
  return stageOne.slices.filter(
    ({ role, verdict, grade, reason }) =>
      role === 'gated' &&
      verdict === 'REVIEW' &&
      grade === 'suspected' &&
      !reason.includes('breach of the floor'),
  );
}

/**
 * Step-down discrete Bonferroni over all nominees on the fresh cases (Holm's procedure that charges each slice only for
 * p-values it can attain, so it holds under any dependence), at the part of the block budget that stage one kept back. A
 * nominee is confirmed when its adjusted p is within that part and the fresh drop is at least the margin; cleared when as
 * many fresh cases as were planned do not confirm it. While there are fewer it is open, whatever they say: to test at every size on
 * the way would cost more than the budget. Always-valid p-values hold on the way, so those confirm at any size.
 *
 * @param fresh evidence of the fresh cases by slice id; a nominee without any stays open
 * @param hasFloors whether the policy gives part of the budget to floors
 */
export function confirmNominees(
  nominees: readonly string[],
  fresh: ReadonlyMap<string, SliceEvidence>,
  policy: Policy,
  hasFloors: boolean,
): Confirmation {
  const kept = confirmationBudget(policy, { hasFloors });
  const budgets = splitBudgets(policy, { hasFloors, hasCritical: false, hasOther: true });
  const tested = nominees.map((id) => ({ id, evidence: fresh.get(id) ?? null }));
  // Nominees with too few fresh cases, or none, count in full: more come, and then other p-values can be attained.
  const adjusted = minPDiscrete(
    tested.map(({ evidence }) => ({
      p: evidence?.test?.pValue ?? 1,
      attainable: (isWhole(evidence, policy) ? evidence?.test?.attainable : null) ?? continuousAttainable,
    })),
    'any',
  );
  const decided = tested.map(({ id, evidence }, i) => ({
    id,
    evidence,
    adjusted: adjusted[i],
    ...settle(evidence, adjusted[i], kept, policy),
  }));
  const confirmBudgets: Budgets = { ...budgets, delta: kept, critical: 0, other: kept };
  return {
    nominees: decided.map(({ id, settled, reason }) => ({ id, settled, reason })),
    judgement: {
      budgets: confirmBudgets,
      adjustment: 'step-down discrete Bonferroni on fresh cases alone',
      tested: decided.filter(({ evidence }) => evidence !== null).length,
      decisions: new Map(
        decided.flatMap(({ evidence, adjusted: p, settled, reason }) =>
          evidence === null ? [] : [[evidence, decision(evidence, p, settled, reason)] as const],
        ),
      ),
    },
  };
}

/** Whether a nominee has as many fresh cases as were planned. */
function isWhole(evidence: SliceEvidence | null, { confirmation }: Policy): boolean {
  return evidence !== null && evidence.n >= (confirmation?.casesPerNominee ?? 0);
}

function settle(
  evidence: SliceEvidence | null,
  adjusted: number | null,
  budget: number,
  { confirmation, looks }: Policy,
): Pick<Settled, 'settled' | 'reason'> {
  const planned = confirmation?.casesPerNominee ?? 0;
  if (evidence === null || evidence.n === 0 || evidence.loss === null) {
    return { settled: 'open', reason: `no fresh case yet; about ${planned} settle it` };
  }
  const missing = planned - evidence.n;
  if (looks === 'fixed' && missing > 0) {
    return {
      settled: 'open',
      reason: `${evidence.n} of ${planned} fresh cases: ${missing} more ${missing === 1 ? 'decides' : 'decide'} it`,
    };
  }
  if (adjusted !== null && adjusted <= budget && reachesMargin(evidence.loss, evidence.margin)) {
    return { settled: 'confirmed', reason: `confirmed loss on ${evidence.n} fresh cases` };
  }
  if (evidence.n < planned) {
    return { settled: 'open', reason: `not confirmed on ${evidence.n} of ${planned} fresh cases` };
  }
  return { settled: 'cleared', reason: `not confirmed on ${evidence.n} fresh cases` };
}

function decision(
  evidence: SliceEvidence,
  adjusted: number | null,
  settled: Settled['settled'],
  reason: string,
): SliceDecision & { readonly adjusted: Adjusted } {
  const { test } = evidence;
  const verdict = settled === 'confirmed' ? 'BLOCK' : settled === 'open' ? 'REVIEW' : 'PASS';
  return {
    verdict,
    grade: settled === 'confirmed' ? 'confirmed' : settled === 'open' ? 'suspected' : 'undecided',
    reason,
    cause: settled === 'cleared' ? null : 'loss',
    adjusted: {
      pValue: test?.pValue ?? null,
      pValueTwoSided: test?.pValueTwoSided ?? null,
      midP: test?.midP ?? null,
      adjusted,
      holm: adjusted,
      floorP: null,
      floorDoubt: null,
      beyondChurn: null,
    },
  };
}
