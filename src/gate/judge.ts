/** Judges all gated slices together: families of tests, budgets, floors, then one decision per slice. */

import type { Multiplicity, Policy } from '../config/index.ts';
import type { JointOutcome, SliceEvidence } from '../evidence/index.ts';
import { holm } from '../stats/index.ts';
import { type AdjustedP, adjustFamily, type Hypothesis } from './adjust.ts';
import { type Budgets, splitBudgets } from './budgets.ts';
import { type Adjusted, decideSlice, type SliceDecision } from './slice-verdict.ts';

/** What the gate looks at besides the evidence itself. */
export interface JudgeOptions {
  readonly hasBaseline: boolean;
  readonly disjoint: boolean;
  /** Joint resampling results by slice, where the family needs it. */
  readonly joint: ReadonlyMap<SliceEvidence, JointOutcome> | null;
  /** Whether a slice's loss is beyond the churn of an unchanged rerun, at a given alpha; null without a rerun. */
  readonly beyondChurn: ((evidence: SliceEvidence, alpha: number) => boolean) | null;
}

export interface Judgement {
  readonly budgets: Budgets;
  readonly adjustment: string;
  /** Slices with enough cases to be tested. */
  readonly tested: number;
  readonly decisions: ReadonlyMap<SliceEvidence, SliceDecision & { readonly adjusted: Adjusted }>;
}

/** Most slices among which a loss may block by the churn of a rerun alone; among more, its model blocks too often. */
export const MOST_CHURN_BLOCKS = 200;

const UNADJUSTED: AdjustedP = { pValue: null, adjusted: null, holm: null };

/**
 * Decides every gated slice. Slices below the minimum take no part in the correction: they can neither block nor pass.
 * Critical slices and the others are corrected apart; their adjusted p-values are scaled so that both compare with the
 * whole delta budget.
 */
export function judge(gated: readonly SliceEvidence[], policy: Policy, options: JudgeOptions): Judgement {
  const tested = gated.filter(({ n }) => n >= policy.minCases);
  const critical = tested.filter(({ rules }) => rules.critical);
  const other = tested.filter(({ rules }) => !rules.critical);
  const budgets = splitBudgets(policy, {
    hasFloors: gated.some(({ floor }) => floor !== null),
    hasCritical: critical.length > 0,
    hasOther: other.length > 0,
  });
  const adjusted = new Map<SliceEvidence, AdjustedP>();
  const methods = [
    adjustInto(adjusted, critical, budgets.critical, budgets.delta, policy, options),
    adjustInto(adjusted, other, budgets.other, budgets.delta, policy, options),
  ].filter((method) => method !== null);
  const floors = floorFamily(tested);
  const alpha = tested.length === 0 ? budgets.delta : budgets.delta / tested.length;
  const trustsChurn = tested.length <= MOST_CHURN_BLOCKS && policy.looks === 'fixed';
  const rules: Policy = trustsChurn ? policy : { ...policy, churn: 'nominate' };
  const decisions = new Map(
    gated.map((evidence) => {
      const p = adjusted.get(evidence) ?? UNADJUSTED;
      const values: Adjusted = {
        ...p,
        pValue: p.pValue ?? evidence.test?.pValue ?? null,
        pValueTwoSided: evidence.test?.pValueTwoSided ?? options.joint?.get(evidence)?.twoSided ?? null,
        midP: evidence.test?.midP ?? p.pValue,
        floorP: floors.get(evidence)?.p ?? null,
        floorDoubt: floors.get(evidence)?.doubt ?? null,
        beyondChurn: options.beyondChurn === null ? null : options.beyondChurn(evidence, alpha),
      };
      const decision = decideSlice(evidence, values, budgets, rules, options.hasBaseline);
      return [evidence, { ...decision, adjusted: values }];
    }),
  );
  return { budgets, adjustment: [...new Set(methods)].join('; '), tested: tested.length, decisions };
}

function adjustInto(
  into: Map<SliceEvidence, AdjustedP>,
  slices: readonly SliceEvidence[],
  familyBudget: number,
  wholeBudget: number,
  policy: Policy,
  options: JudgeOptions,
): string | null {
  const family = slices.filter(({ test }) => test !== null);
  if (family.length === 0) return null;
  const hypotheses = family.map(
    (slice): Hypothesis => ({
      test: slice.test as NonNullable<SliceEvidence['test']>,
      joint: options.joint?.get(slice) ?? null,
    }),
  );
  const { values, method } = adjustFamily(hypotheses, methodOf(policy), options.disjoint, familyBudget);
  const scale = familyBudget > 0 ? wholeBudget / familyBudget : 1;
  family.forEach((slice, i) => {
    into.set(slice, {
      ...values[i],
      adjusted: scaled(values[i].adjusted, scale),
      holm: scaled(values[i].holm, scale),
    });
  });
  const split = scale === 1 ? '' : ', scaled for the split between critical and other slices';
  return `${method}${split}`;
}

/** 1/E values are combined by Holm (e-Holm), which holds at every look and under any dependence. */
function methodOf({ looks, multiplicity }: Policy): Multiplicity {
  return looks === 'always-valid' ? 'holm' : multiplicity;
}

function scaled(p: number | null, scale: number): number | null {
  return p === null ? null : Math.min(1, p * scale);
}

function floorFamily(
  tested: readonly SliceEvidence[],
): Map<SliceEvidence, { readonly p: number | null; readonly doubt: number | null }> {
  const family = tested.filter(({ floor }) => floor !== null);
  const p = holm(family.map(({ floor }) => floor?.pValue ?? null));
  const doubt = holm(family.map(({ floor }) => floor?.posteriorDoubt ?? null));
  return new Map(family.map((slice, i) => [slice, { p: p[i], doubt: doubt[i] }]));
}
