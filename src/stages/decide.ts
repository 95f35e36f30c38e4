/** Third stage: everything gated is judged together, with joint resampling where slices share cases. */

import { sameSlices } from '../checks/index.ts';
import type { Config } from '../config/index.ts';
import { isOutcomeMeasure, type UnitTable } from '../counts/index.ts';
import type { ComparisonProfile } from '../engines/index.ts';
import { jointTest, type SliceEvidence, slicePower } from '../evidence/index.ts';
import { type Judgement, type JudgeOptions, judge } from '../gate/index.ts';
import type { Scope } from '../scope/index.ts';
import { memberAdjustments } from './families.ts';
import type { Comparison, Ports } from './load.ts';
import { type Measured, measure } from './measure.ts';
import type { Rerun } from './rerun.ts';

/** What the judgement adds to the evidence. */
export interface Decided {
  readonly judgement: Judgement;
  readonly powerOf: typeof slicePower;
  readonly memberP: ReadonlyMap<SliceEvidence, { readonly family: string; readonly adjusted: number | null }>;
  readonly sameCases: ReadonlyMap<SliceEvidence, readonly SliceEvidence[]>;
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
  const gated = [...final.decisions.keys()];
  return {
    judgement: final,
    powerOf: slicePower,
    memberP: memberAdjustments(measured, config),
    sameCases: sameCases(gated),
  };
}

async function judgeMeasured(
  input: DecideInput,
  measured: Measured,
  ports: Ports,
  withoutErrorPairs: boolean,
): Promise<Judgement> {
  const { policy } = input.config;
  const gated = measured.slices.filter(isGated);
  const { disjoint, joint } = await jointResults(input, measured, gated, ports, withoutErrorPairs);
  const options: JudgeOptions = {
    hasBaseline: measured.pairing !== 'single run',
    disjoint,
    joint,
    beyondChurn: input.rerun?.beyondChurn ?? null,
  };
  return judge(gated, policy, options);
}

/** Gated are the values and gaps of a gated grouping; ignored values and contradictory cases are not. */
function isGated({ scoped, key }: SliceEvidence): boolean {
  if (scoped.role !== 'gated' || key.state === 'changed') return false;
  return key.state !== 'value' || !scoped.ignore.has(key.value);
}

async function jointResults(
  { comparison, scope, config }: DecideInput,
  measured: Measured,
  gated: readonly SliceEvidence[],
  ports: Ports,
  withoutErrorPairs: boolean,
): Promise<Pick<JudgeOptions, 'disjoint' | 'joint'>> {
  const { policy } = config;
  const tested = gated.filter(({ n, test }) => n >= policy.minCases && test !== null);
  const disjoint = isDisjoint(gated, measured);
  const resampled = tested.some(({ test }) => test?.pValue === null);
  const resamples = policy.multiplicity === 'min-p' && policy.looks === 'fixed';
  if (measured.pairing !== 'paired' || (!resampled && (disjoint || !resamples)))
    return { disjoint, joint: null };
  const joinable = tested.every(
    ({ metric }) => !isOutcomeMeasure(metric.measure) || metric.measure.kind === 'passRate',
  );
  if (!joinable && !resampled) return { disjoint, joint: null };
  const units = new Map(measured.units);
  for (const metric of scope.metrics) {
    if (units.has(metric.id) || metric.measure.kind !== 'passRate') continue;
    units.set(metric.id, await passedUnits(comparison, scope, config, withoutErrorPairs));
  }
  ports.progress('joint sign flips');
  const joint = new Map(
    [true, false].flatMap((critical) => {
      const family = tested.filter(
        ({ rules, metric }) => (rules.critical ?? false) === critical && units.has(metric.id),
      );
      if (family.length === 0) return [];
      const results = jointTest({
        family,
        units,
        clustered: comparison.clustered,
        flips: policy.resamples,
        seed: policy.seed,
        onProgress: (share) => ports.progress(`joint sign flips ${Math.round(share * 100)} %`),
      });
      return [...results];
    }),
  );
  return { disjoint, joint };
}

function passedUnits(
  { engine, clustered }: Comparison,
  scope: Scope,
  { policy }: Config,
  withoutErrorPairs: boolean,
): Promise<UnitTable> {
  return engine.units({
    groupings: scope.groupings.filter(({ role }) => role === 'gated').map(({ grouping }) => grouping),
    measure: { kind: 'passed', errors: withoutErrorPairs ? 'exclude' : policy.errors },
    onlyDiscordant: !clustered,
  });
}

/** Slices are disjoint when one grouping gates one metric and its slices, of every state, add up to the cases there are. */
function isDisjoint(gated: readonly SliceEvidence[], { slices, overall }: Measured): boolean {
  const metrics = new Set(gated.map(({ metric }) => metric.id));
  const groupings = new Set(gated.map(({ key }) => key.grouping));
  if (metrics.size > 1 || groupings.size > 1) return false;
  const whole = slices.filter(({ key, metric }) => groupings.has(key.grouping) && metrics.has(metric.id));
  return whole.reduce((sum, { tally }) => sum + tally.cases, 0) === (overall[0]?.tally.cases ?? 0);
}

async function withoutErrors(input: DecideInput, first: Judgement, ports: Ports): Promise<Judgement> {
  const { comparison, scope, config, profile } = input;
  const clean = await measure(comparison, scope, config, profile, { withoutErrorPairs: true });
  const second = await judgeMeasured(input, clean, ports, true);
  const name = ({ metric, key }: SliceEvidence) => JSON.stringify([metric.id, key]);
  const verdicts = new Map([...second.decisions].map(([slice, { verdict }]) => [name(slice), verdict]));
  const decisions = new Map(
    [...first.decisions].map(([slice, decision]) => {
      const vanishes =
        decision.verdict === 'BLOCK' && decision.cause === 'loss' && verdicts.get(name(slice)) !== 'BLOCK';
      return [
        slice,
        vanishes && slice.tally.withErrors > 0
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
  return { ...first, decisions };
}

function sameCases(gated: readonly SliceEvidence[]): Map<SliceEvidence, readonly SliceEvidence[]> {
  return new Map(
    sameSlices(gated).flatMap((group) =>
      group.map((slice) => [slice, group.filter((other) => other !== slice)] as const),
    ),
  );
}
