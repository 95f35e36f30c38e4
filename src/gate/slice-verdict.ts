/** The verdict and grade of one slice, from its evidence, its adjusted p-values and the budgets. */

import type { Policy } from '../config/index.ts';
import { metricName } from '../counts/index.ts';
import type { SliceEvidence } from '../evidence/index.ts';
import type { Grade, Verdict } from '../findings/index.ts';
import type { Budgets } from './budgets.ts';

/** What the multiplicity step says about one slice. Adjusted values already contain the split of the budget. */
export interface Adjusted {
  readonly pValue: number | null;
  readonly pValueTwoSided: number | null;
  readonly midP: number | null;
  readonly adjusted: number | null;
  readonly holm: number | null;
  /** Holm-adjusted floor p and posterior doubt; null without a floor. */
  readonly floorP: number | null;
  readonly floorDoubt: number | null;
  /** The rerun's churn alone cannot explain the loss (Skellam tail within alpha / K); null without a rerun. */
  readonly beyondChurn: boolean | null;
}

export interface SliceDecision {
  readonly verdict: Verdict;
  readonly grade: Grade | null;
  readonly reason: string;
  /** Breach of what: the paired loss, the floor, or nothing. */
  readonly cause: 'loss' | 'floor' | null;
}

/** Posterior doubt up to which a floor breach is suspected. */
const FLOOR_SUSPICION = 0.1;

/** Level of the non-inferiority test; a claim about one slice, so it needs no correction (Berger 1982). */
const NON_INFERIORITY_LEVEL = 0.05;

/** Whether the loss reaches the margin, compared without rounding up to floating-point noise. */
export function reachesMargin(loss: number, margin: number): boolean {
  return loss > 0 && loss >= margin * (1 - 1e-12);
}

/**
 * Decides one gated slice.
 *
 * @param hasBaseline without one there is no loss to test; only a confirmed floor breach can block
 */
export function decideSlice(
  evidence: SliceEvidence,
  adjusted: Adjusted,
  budgets: Budgets,
  policy: Policy,
  hasBaseline: boolean,
): SliceDecision {
  if (evidence.n < policy.minCases) {
    const { leastCases = 1 } = evidence;
    return leastCases > policy.minCases
      ? tooFew(evidence, leastCases, policy, ` that ${metricName(evidence.metric.id)} needs`)
      : tooFew(evidence, policy.minCases, policy);
  }
  const shown = lossGrade(evidence, adjusted, budgets, policy);
  const uneven = shown === 'confirmed' && hasMoreTrials(evidence);
  const loss = uneven ? 'suspected' : shown;
  if (loss === 'confirmed') {
    return {
      verdict: 'BLOCK',
      grade: 'confirmed',
      cause: 'loss',
      reason: confirmation(adjusted, budgets),
    };
  }
  const floor = floorState(evidence, adjusted, budgets, hasBaseline);
  if (floor === 'confirmed') {
    return {
      verdict: 'BLOCK',
      grade: 'confirmed',
      cause: 'floor',
      reason: hasBaseline ? 'new breach of the floor: the baseline held it' : 'confirmed breach of the floor',
    };
  }
  if (loss === 'suspected') {
    return {
      verdict: 'REVIEW',
      grade: 'suspected',
      cause: 'loss',
      reason: uneven ? unevenTrials(evidence) : suspicion(adjusted, budgets, policy),
    };
  }
  if (floor === 'suspected') {
    return {
      verdict: 'REVIEW',
      grade: 'suspected',
      cause: 'floor',
      reason: 'suspected new breach of the floor',
    };
  }
  if (floor === 'debt') {
    return {
      verdict: 'DEBT',
      grade: settled(evidence),
      cause: null,
      reason: 'below the floor in both runs, without a confirmed or suspected loss; no owner',
    };
  }
  return settle(evidence, policy, hasBaseline);
}

/** A slice that is too small neither passes nor fails; a critical one that needs evidence has none. */
function tooFew(
  { n, rules }: SliceEvidence,
  needed: number,
  { requireEvidence }: Policy,
  what = '',
): SliceDecision {
  return {
    verdict: requireEvidence && rules.critical ? 'UNTESTED' : 'LOW-N',
    grade: null,
    cause: null,
    reason: `${n} of ${needed} cases${what}: ${needed - n} more needed to gate`,
  };
}

function settle(evidence: SliceEvidence, policy: Policy, hasBaseline: boolean): SliceDecision {
  if (!hasBaseline) {
    return { verdict: 'UNTESTED', grade: null, cause: null, reason: 'no baseline to compare with' };
  }
  const { n, metric, leastCases = 1 } = evidence;
  if (n < leastCases) return tooFew(evidence, leastCases, policy, ` that ${metricName(metric.id)} needs`);
  if (metric.measure.kind === 'quantile' && evidence.test === null) {
    const reason = `${metricName(metric.id)} has no test for runs without common cases`;
    return { verdict: 'UNTESTED', grade: null, cause: null, reason };
  }
  const vanished = undefinedNow(evidence);
  // A value of 0 or less had nothing to lose: a class without a case that is falsely answered no more is no loss.
  if (vanished !== null && (evidence.baseline?.estimate ?? 0) > 0) {
    return { verdict: 'REVIEW', grade: 'suspected', cause: null, reason: `undefined only now: ${vanished}` };
  }
  const grade = settled(evidence);
  if (grade === 'non-inferior') {
    return { verdict: 'PASS', grade, cause: null, reason: 'non-inferior at the margin' };
  }
  const undecided = vanished ?? 'neither a loss nor its absence could be shown';
  if (evidence.rules.critical) {
    return policy.requireEvidence
      ? { verdict: 'UNTESTED', grade, cause: null, reason: `critical, evidence required: ${undecided}` }
      : { verdict: 'REVIEW', grade, cause: null, reason: `critical: ${undecided}` };
  }
  return { verdict: 'PASS', grade, cause: null, reason: undecided };
}

/** Why a metric of classes has no value in the candidate; null where it has one. Others always have one where there are cases. */
function undefinedNow({ candidate, metric }: SliceEvidence): string | null {
  if (metric.measure.kind !== 'class' || candidate === null || candidate.estimate !== null) return null;
  return candidate.reason ?? 'the metric has no value here';
}

function settled(evidence: SliceEvidence): Grade {
  const { nonInferiorityP } = evidence;
  return nonInferiorityP !== null && nonInferiorityP <= NON_INFERIORITY_LEVEL ? 'non-inferior' : 'undecided';
}

function lossGrade(
  evidence: SliceEvidence,
  adjusted: Adjusted,
  budgets: Budgets,
  policy: Policy,
): 'confirmed' | 'suspected' | null {
  if (evidence.loss === null || !reachesMargin(evidence.loss, evidence.margin)) return null;
  if (adjusted.adjusted !== null && adjusted.adjusted <= budgets.delta) return 'confirmed';
  if (adjusted.beyondChurn && policy.churn === 'block') return 'confirmed';
  if (adjusted.adjusted !== null && adjusted.adjusted <= budgets.review) return 'suspected';
  if (adjusted.beyondChurn) return 'suspected';
  const { confirmation } = policy;
  return confirmation !== null && adjusted.midP !== null && adjusted.midP <= confirmation.nominateMidP
    ? 'suspected'
    : null;
}

function confirmation(adjusted: Adjusted, budgets: Budgets): string {
  return adjusted.adjusted !== null && adjusted.adjusted <= budgets.delta
    ? 'confirmed loss: at least the margin, adjusted p within the block budget'
    : 'confirmed loss: at least the margin, more than the churn of an unchanged rerun explains';
}

/** Share of cases with more trials in the candidate above which p-values are too small to block on. */
const MOST_UNEVEN = 0.05;

/**
 * A case that passes mostly gains much in few trials and loses little in many: with more trials in the candidate small
 * losses are frequent and large gains rare, although nothing changed, and sign flips take that for a loss.
 */
function hasMoreTrials({ tally }: SliceEvidence): boolean {
  return (tally.moreTrials ?? 0) > MOST_UNEVEN * tally.compared;
}

function unevenTrials({ tally }: SliceEvidence): string {
  return `trials: ${tally.moreTrials} of ${tally.compared} cases have more trials in the candidate than in the baseline, so that the p-value is too small; run both with the same number`;
}

function suspicion(adjusted: Adjusted, budgets: Budgets, policy: Policy): string {
  if (policy.confirmation !== null) {
    return `nominated for confirmation: about ${policy.confirmation.casesPerNominee} fresh cases settle it`;
  }
  if (adjusted.adjusted !== null && adjusted.adjusted <= budgets.review) {
    return 'suspected loss: at least the margin, adjusted p within the review budget';
  }
  return 'suspected loss: more than the churn of an unchanged rerun explains';
}

function floorState(
  evidence: SliceEvidence,
  adjusted: Adjusted,
  budgets: Budgets,
  hasBaseline: boolean,
): 'confirmed' | 'suspected' | 'debt' | null {
  const { floor } = evidence;
  if (floor === null) return null;
  const better = evidence.direction === 'higher' ? 1 : -1;
  const below = (observed: number) => (observed - floor.floor) * better < 0;
  if (!below(floor.candidateObserved)) return null;
  const confirmed = adjusted.floorP !== null && adjusted.floorP <= budgets.floors;
  if (!hasBaseline || floor.baselineObserved === null) return confirmed ? 'confirmed' : null;
  if (below(floor.baselineObserved)) return 'debt';
  if (confirmed) return 'confirmed';
  const doubtful = adjusted.floorDoubt !== null && adjusted.floorDoubt <= FLOOR_SUSPICION;
  return doubtful && evidence.loss !== null && reachesMargin(evidence.loss, evidence.margin)
    ? 'suspected'
    : null;
}
