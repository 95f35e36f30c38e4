/** The decision itself, from evidence and case values to a judgement: no files, no engine, so that studies run it too. */

import type { Policy } from '../config/index.ts';
import type { UnitTable } from '../counts/index.ts';
import { jointTest, type Pairing, type SliceEvidence } from '../evidence/index.ts';
import { type Judgement, type JudgeOptions, judge } from '../gate/index.ts';

/** What a judgement looks at beside the evidence. */
export interface JudgeContext {
  readonly policy: Policy;
  readonly pairing: Pairing;
  /** No case is in two slices (`areDisjoint`). */
  readonly disjoint: boolean;
  readonly clustered: boolean;
  readonly beyondChurn: JudgeOptions['beyondChurn'];
}

/** How often cases are flipped, and what is said meanwhile. */
export interface FlipOptions {
  readonly flips: number;
  readonly seed: number;
  readonly onProgress?: (share: number) => void;
}

/**
 * Gated are, for metrics that gate, the values of a gated grouping and the cases without one; ignored values, contradictory
 * cases and the cases outside a predicate are not.
 */
export function gatedSlices(slices: readonly SliceEvidence[]): SliceEvidence[] {
  return slices.filter(({ scoped, key, metric }) => {
    if (!metric.gate || scoped.role !== 'gated' || key.state === 'changed') return false;
    if (key.state === 'untagged' && scoped.grouping.kind === 'predicate') return false;
    return key.state !== 'value' || !scoped.ignore.has(key.value);
  });
}

/**
 * Slices are disjoint when one grouping gates one metric and its slices, of every state, add up to the cases there are. Where
 * whole clusters are the units, slices of class metrics share clusters, and are tested apart.
 *
 * @param overall all cases together, one row per metric
 */
export function areDisjoint(
  slices: readonly SliceEvidence[],
  overall: readonly SliceEvidence[],
  clustered = false,
): boolean {
  const gated = gatedSlices(slices);
  if (clustered && gated.some(({ metric }) => metric.measure.kind === 'class')) return false;
  const metrics = new Set(gated.map(({ metric }) => metric.id));
  const groupings = new Set(gated.map(({ key }) => key.grouping));
  if (metrics.size > 1 || groupings.size > 1) return false;
  const whole = slices.filter(({ key, metric }) => groupings.has(key.grouping) && metrics.has(metric.id));
  const all = overall.find(({ metric }) => metrics.has(metric.id));
  return whole.reduce((sum, { tally }) => sum + tally.cases, 0) === (all?.tally.cases ?? 0);
}

/** Whether the judgement needs joint sign flips, and so the values of single cases. */
export function needsJointFlips(gated: readonly SliceEvidence[], context: JudgeContext): boolean {
  const { policy, pairing, disjoint } = context;
  if (pairing !== 'paired') return false;
  const tested = testedSlices(gated, policy);
  const flipped = tested.filter(({ metric }) => metric.measure.kind !== 'class');
  if (flipped.some(({ test }) => test?.pValue === null)) return true;
  // Metrics of classes have no values to flip: beside them, slices that overlap are corrected by Holm.
  if (flipped.length < tested.length) return false;
  return policy.multiplicity === 'min-p' && policy.looks === 'fixed' && !disjoint;
}

/** Judges all gated slices; `units` by metric are needed where `needsJointFlips` says so, and null otherwise. */
export function judgeSlices(
  gated: readonly SliceEvidence[],
  units: ReadonlyMap<string, UnitTable> | null,
  context: JudgeContext,
  flips: FlipOptions,
): Judgement {
  const { policy, pairing, disjoint, beyondChurn } = context;
  return judge(gated, policy, {
    hasBaseline: pairing !== 'single run',
    disjoint,
    joint: units === null ? null : jointFamilies(testedSlices(gated, policy), units, context, flips),
    beyondChurn,
  });
}

/**
 * A loss that is confirmed with all pairs, but not without those that have an error on either side, goes to review. Under a
 * metric that counts errors, they are the loss itself.
 */
export function errorsToReview(withErrors: Judgement, withoutErrors: Judgement): Judgement {
  const name = ({ metric, key }: SliceEvidence) => JSON.stringify([metric.id, key]);
  const verdicts = new Map(
    [...withoutErrors.decisions].map(([slice, { verdict }]) => [name(slice), verdict]),
  );
  const decisions = new Map(
    [...withErrors.decisions].map(([slice, decision]) => {
      const vanishes =
        decision.verdict === 'BLOCK' && decision.cause === 'loss' && verdicts.get(name(slice)) !== 'BLOCK';
      return [
        slice,
        vanishes && slice.tally.withErrors > 0 && slice.metric.measure.kind !== 'errorRate'
          ? {
              ...decision,
              verdict: 'REVIEW' as const,
              grade: 'suspected' as const,
              reason: `errors: without the ${slice.tally.withErrors} pairs that have an error on either side the loss is not confirmed`,
            }
          : decision,
      ];
    }),
  );
  return { ...withErrors, decisions };
}

function testedSlices(gated: readonly SliceEvidence[], { minCases }: Policy): SliceEvidence[] {
  return gated.filter(({ n, test }) => n >= minCases && test !== null);
}

/** Critical slices and the others are families of their own. */
function jointFamilies(
  tested: readonly SliceEvidence[],
  units: ReadonlyMap<string, UnitTable>,
  { clustered }: JudgeContext,
  options: FlipOptions,
): NonNullable<JudgeOptions['joint']> {
  return new Map(
    [true, false].flatMap((critical) => {
      const family = tested.filter(
        ({ rules, metric }) => (rules.critical ?? false) === critical && units.has(metric.id),
      );
      return family.length === 0 ? [] : [...jointTest({ family, units, clustered, ...options })];
    }),
  );
}
