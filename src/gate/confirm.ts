/** Second stage of the gate: nominees of stage one are decided on fresh cases alone. */

import type { Policy } from '../config/index.ts';
import type { SliceEvidence } from '../evidence/index.ts';
import { holm } from '../stats/index.ts';
import { type Budgets, splitBudgets } from './budgets.ts';
import type { Judgement } from './judge.ts';
import type { Report } from './report.ts';
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

/** Slices that stage one nominated: suspected ones that gate. */
export function nomineesOf(stageOne: Report): readonly string[] {
  return stageOne.slices
    .filter(({ role, verdict, grade }) => role === 'gated' && verdict === 'REVIEW' && grade === 'suspected')
    .map(({ id }) => id);
}

/**
 * Holm over the nominees on the fresh cases, at the part of the block budget that stage one kept back. A nominee is
 * confirmed when its adjusted p is within that part and the fresh drop is at least the margin; cleared when as many fresh
 * cases as were planned do not confirm it; open while there are fewer.
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
  const { confirmation } = policy;
  if (confirmation === null) throw new RangeError('the policy declares no confirmation');
  const budgets = splitBudgets(policy, { hasFloors, hasCritical: false, hasOther: true });
  const kept = policy.blockBudget - budgets.floors - budgets.delta;
  const tested = nominees.map((id) => ({ id, evidence: fresh.get(id) ?? null }));
  const adjusted = holm(
    tested.map(({ evidence }) => evidence?.test?.pValue ?? (evidence === null ? null : 1)),
  );
  const decided = tested.map(({ id, evidence }, i) => ({
    id,
    evidence,
    adjusted: adjusted[i],
    ...settle(evidence, adjusted[i], kept, confirmation.casesPerNominee),
  }));
  const confirmBudgets: Budgets = { ...budgets, delta: kept, critical: 0, other: kept };
  return {
    nominees: decided.map(({ id, settled, reason }) => ({ id, settled, reason })),
    judgement: {
      budgets: confirmBudgets,
      adjustment: 'Holm on fresh cases alone',
      tested: decided.filter(({ evidence }) => evidence !== null).length,
      decisions: new Map(
        decided.flatMap(({ evidence, adjusted: p, settled, reason }) =>
          evidence === null ? [] : [[evidence, decision(evidence, p, settled, reason)] as const],
        ),
      ),
    },
  };
}

function settle(
  evidence: SliceEvidence | null,
  adjusted: number | null,
  budget: number,
  planned: number,
): Pick<Settled, 'settled' | 'reason'> {
  if (evidence === null || evidence.n === 0 || evidence.loss === null) {
    return { settled: 'open', reason: `no fresh case yet; about ${planned} settle it` };
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
