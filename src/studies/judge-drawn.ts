/** Judges a drawn release by the functions of the gate, and says what it would have come to. */

import type { SliceCount } from '../counts/index.ts';
import { collectEvidence, type Pairing, type SliceEvidence } from '../evidence/index.ts';
import type { Judgement } from '../gate/index.ts';
import {
  areDisjoint,
  errorsToReview,
  gatedSlices,
  type JudgeContext,
  judgeSlices,
  needsJointFlips,
} from '../stages/index.ts';
import type { Study } from './open-study.ts';
import type { DrawnRelease, UnchangedModel } from './unchanged/model.ts';

/** A drawn release with its evidence and its judgement. */
export interface JudgedRelease {
  readonly judgement: Judgement;
  readonly gated: readonly SliceEvidence[];
  readonly overall: readonly SliceEvidence[];
}

/** Joint sign flips of one drawn release: a Monte Carlo test of 999 is as valid as one of 10,000, and these are thousands. */
const JOINT_FLIPS = 999;

/** What the gate looks at beside the evidence. */
export function contextOf(
  { config, comparison, measured, rerun }: Study,
  slices: readonly SliceEvidence[],
  pairing: Pairing,
  overall: readonly SliceEvidence[] = measured.overall,
): JudgeContext {
  return {
    policy: config.policy,
    pairing,
    disjoint: areDisjoint(slices, overall, comparison.clustered),
    clustered: comparison.clustered,
    beyondChurn: pairing === 'paired' ? (rerun?.beyondChurn ?? null) : null,
  };
}

/** Evidence of slices that several releases of one replicate share: a planted loss is in one slice alone. */
export type SharedEvidence = WeakMap<SliceCount, readonly SliceEvidence[]>;

/**
 * The judgement of one drawn release; errors are looked at again where a loss blocks, as in the gate.
 *
 * @param known of releases of the same study and replicate, where counts were drawn
 */
export function judgeDrawn(
  study: Study,
  model: UnchangedModel,
  drawn: DrawnRelease,
  replicate: number,
  known?: SharedEvidence,
): JudgedRelease {
  const judged = judgeOnce(study, model, drawn, replicate, drawn.units.size > 0 ? undefined : known);
  const doubtful = [...judged.judgement.decisions].some(
    ([slice, { verdict, cause }]) => verdict === 'BLOCK' && cause === 'loss' && slice.tally.withErrors > 0,
  );
  // Values of single cases do not tell errors from failures.
  if (!doubtful || drawn.units.size > 0) return judged;
  const clean = judgeOnce(study, model, drawn, replicate, undefined, true);
  return { ...judged, judgement: errorsToReview(judged.judgement, clean.judgement) };
}

function judgeOnce(
  study: Study,
  model: UnchangedModel,
  drawn: DrawnRelease,
  replicate: number,
  known: SharedEvidence | undefined,
  withoutErrorPairs = false,
): JudgedRelease {
  const { config, comparison } = study;
  const { policy } = config;
  const { slices, overall } = collectEvidence({
    scope: study.scope,
    policy,
    pairing: model.pairing,
    counts: drawn.counts,
    units: drawn.units,
    clustered: comparison.clustered,
    withoutErrorPairs,
    withoutIntervals: true,
    outcomesFromUnits: drawn.units.size > 0,
    ...(known === undefined ? {} : { known }),
  });
  const gated = gatedSlices(slices);
  const context = contextOf(study, slices, model.pairing, overall);
  const judgement = judgeSlices(gated, needsJointFlips(gated, context) ? drawn.units : null, context, {
    flips: Math.min(policy.resamples, JOINT_FLIPS),
    seed: policy.seed + 1 + replicate,
  });
  return { judgement, gated, overall };
}
