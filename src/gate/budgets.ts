/** Splits the release's error budgets over floors, critical slices and the others. */

import type { Policy } from '../config/index.ts';

/** Shares of clean releases that each family of tests may block or call for review. */
export interface Budgets {
  /** Block budget of all deltas, of critical and of other slices, and of floors. */
  readonly delta: number;
  readonly critical: number;
  readonly other: number;
  readonly floors: number;
  /** Review budget of all deltas. */
  readonly review: number;
}

/** Which kinds of tests a release runs. */
export interface BudgetNeeds {
  readonly hasFloors: boolean;
  readonly hasCritical: boolean;
  readonly hasOther: boolean;
}

/**
 * With a floor, `floorShare` of the block budget (.01 of .05) goes to floors. Where a confirmation stage is declared, deltas
 * have its direct budget (.02 of .05), less the floors' share. Critical slices share four fifths of the delta budget, the others one
 * fifth; where only one kind exists it has all of it.
 *
 * @example splitBudgets(DEFAULT_POLICY, { hasFloors: true, hasCritical: false, hasOther: true })
 * // { delta: 0.04, critical: 0, other: 0.04, floors: 0.01, review: 0.25 }
 */
export function splitBudgets(policy: Policy, needs: BudgetNeeds): Budgets {
  const floors = needs.hasFloors ? policy.blockBudget * policy.floorShare : 0;
  const delta = withoutFloors(policy.confirmation?.directBudget ?? policy.blockBudget, policy, needs);
  if (!needs.hasCritical) return { delta, critical: 0, other: delta, floors, review: policy.reviewBudget };
  const share = needs.hasOther ? policy.criticalShare : 1;
  return { delta, critical: delta * share, other: delta * (1 - share), floors, review: policy.reviewBudget };
}

/**
 * What a declared confirmation stage keeps for itself (.03 of .05), less the floors' share.
 *
 * @throws RangeError where the policy declares none
 * @example confirmationBudget({ ...DEFAULT_POLICY, confirmation }, { hasFloors: true }) // 0.024
 */
export function confirmationBudget(policy: Policy, needs: Pick<BudgetNeeds, 'hasFloors'>): number {
  if (policy.confirmation === null) throw new RangeError('the policy declares no confirmation');
  return withoutFloors(policy.confirmation.confirmBudget, policy, needs);
}

function withoutFloors(
  budget: number,
  { floorShare }: Policy,
  needs: Pick<BudgetNeeds, 'hasFloors'>,
): number {
  return needs.hasFloors ? budget - budget * floorShare : budget;
}
