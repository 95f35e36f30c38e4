/** Third stage: everything gated is judged together, with joint resampling where slices share cases. */

import type { Config } from '../config/index.ts';
import { isOutcomeMeasure, type OutcomeMeasure, type UnitTable } from '../counts/index.ts';
import type { ComparisonProfile } from '../engines/index.ts';
import { type SliceEvidence, type slicePower, slicePowers } from '../evidence/index.ts';
import type { Judgement } from '../gate/index.ts';
import type { Scope } from '../scope/index.ts';
import { memberAdjustments } from './families.ts';
import {
  areDisjoint,
  errorsToReview,
  type FlipOptions,
  gatedSlices,
  type JudgeContext,
  judgeSlices,
  needsJointFlips,
} from './judge-slices.ts';
import type { Comparison } from './load.ts';
import { type Measured, measure } from './measure.ts';
import type { Ports } from './ports.ts';
import type { Rerun } from './rerun.ts';
import { sameCaseGroups } from './same-cases.ts';

/** What the judgement adds to the evidence. */
export interface Decided {
  readonly judgement: Judgement;
  readonly powerOf: typeof slicePower;
  readonly memberP: ReadonlyMap<SliceEvidence, { readonly family: string; readonly adjusted: number | null }>;
  /** Groups of gated slices of different dimensions that hold exactly the same cases. */
  readonly sameCases: readonly (readonly SliceEvidence[])[];
}

/** What a judgement needs; `profile` tells whether errors exist at all. */
export interface DecideInput {
  readonly comparison: Comparison;
  readonly scope: Scope;
  readonly config: Config;
  readonly profile: ComparisonProfile;
  readonly measured: Measured;
  readonly rerun: Rerun | null;
}

/**
 * Judges the release. A slice that blocks only because of errors on either side is sent to review instead: the whole
 * judgement is repeated without those pairs and compared.
 */
export async function decide(input: DecideInput, ports: Ports): Promise<Decided> {
  const { measured, profile, config } = input;
  const judgement = await judgeMeasured(input, measured, ports, false);
  const withErrors = profile.candidate.errors + (profile.baseline?.errors ?? 0) > 0;
  const blocks = [...judgement.decisions.values()].some(
    ({ verdict, cause }) => verdict === 'BLOCK' && cause === 'loss',
  );
  const final = withErrors && blocks ? await withoutErrors(input, judgement, ports) : judgement;
  return {
    judgement: final,
    powerOf: slicePowers(),
    memberP: memberAdjustments(measured, config, input.comparison.clustered),
    sameCases: await sameCaseGroups(input.comparison.engine, [...final.decisions.keys()]),
  };
}

async function judgeMeasured(
  { comparison, scope, config, rerun }: DecideInput,
  measured: Measured,
  ports: Ports,
  withoutErrorPairs: boolean,
): Promise<Judgement> {
  const { policy } = config;
  const gated = gatedSlices(measured.slices);
  const context: JudgeContext = {
    policy,
    pairing: measured.pairing,
    disjoint: areDisjoint(measured.slices, measured.overall, comparison.clustered),
    clustered: comparison.clustered,
    beyondChurn: rerun?.beyondChurn ?? null,
  };
  const flips: FlipOptions = {
    flips: policy.resamples,
    seed: policy.seed,
    onProgress: (share) => ports.progress(`joint sign flips ${Math.round(share * 100)} %`),
  };
  if (!needsJointFlips(gated, context)) return judgeSlices(gated, null, context, flips);
  const units = new Map(measured.units);
  for (const metric of scope.metrics) {
    const { measure } = metric;
    if (units.has(metric.id) || !isOutcomeMeasure(measure)) continue;
    units.set(metric.id, await outcomeUnits(comparison, scope, config, measure, withoutErrorPairs));
  }
  ports.progress('joint sign flips');
  return judgeSlices(gated, units, context, flips);
}

function outcomeUnits(
  { engine, clustered }: Comparison,
  scope: Scope,
  { policy }: Config,
  of: OutcomeMeasure,
  withoutErrorPairs: boolean,
): Promise<UnitTable> {
  return engine.units({
    groupings: scope.groupings.filter(({ role }) => role === 'gated').map(({ grouping }) => grouping),
    measure: { kind: 'outcome', of, errors: withoutErrorPairs ? 'exclude' : policy.errors },
    onlyDiscordant: !clustered,
  });
}

async function withoutErrors(input: DecideInput, first: Judgement, ports: Ports): Promise<Judgement> {
  const { comparison, scope, config, profile } = input;
  const clean = await measure(comparison, scope, config, profile, { withoutErrorPairs: true });
  return errorsToReview(first, await judgeMeasured(input, clean, ports, true));
}
