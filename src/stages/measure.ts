/** Second stage: the engine counts, and the counts become evidence for every slice and metric. */

import type { Config, MetricConfig } from '../config/index.ts';
import { isOutcomeMeasure, type SliceCount, type UnitMeasure, type UnitTable } from '../counts/index.ts';
import type { ComparisonProfile, SettledColumn } from '../engines/index.ts';
import { ConfigError } from '../errors.ts';
import { evidenceSteps, type Pairing, type SliceEvidence, weightedRates } from '../evidence/index.ts';
import { allGrouping, type Scope, settledColumns } from '../scope/index.ts';
import { givingWay } from '../steps.ts';
import { countClasses } from './class-counts.ts';
import type { Comparison } from './load.ts';

/** Counts and evidence of one comparison. */
export interface Measured {
  readonly pairing: Pairing;
  readonly counts: readonly SliceCount[];
  readonly slices: readonly SliceEvidence[];
  readonly overall: readonly SliceEvidence[];
  /** Case values by metric, where single cases were needed. */
  readonly units: ReadonlyMap<string, UnitTable>;
  /** Weighted pass rates by metric, where a weight column is mapped. */
  readonly weighted: ReadonlyMap<string, ReturnType<typeof weightedRates>>;
  /** Gated columns that differ between the runs, with the cases that the baseline's value put into their slices. */
  readonly settled: readonly SettledColumn[];
}

/** Options that a second look at the same comparison changes. */
export interface MeasureOptions {
  /** Leave out every pair with an error on either side. */
  readonly withoutErrorPairs?: boolean;
}

/** How the runs can be compared: by pairs wherever they share a case. */
export function pairingOf(profile: ComparisonProfile): Pairing {
  if (profile.baseline === null) return 'single run';
  return profile.paired > 0 ? 'paired' : 'unpaired';
}

/** Counts every grouping of the scope, and all cases together, and turns the counts into evidence. */
export async function measure(
  comparison: Comparison,
  scope: Scope,
  config: Config,
  profile: ComparisonProfile,
  options: MeasureOptions = {},
): Promise<Measured> {
  const { engine, clustered } = comparison;
  const pairing = pairingOf(profile);
  if (pairing === 'unpaired' && config.policy.looks === 'always-valid') {
    throw new ConfigError({
      message: 'the always-valid mode compares the same cases in both runs, but these runs share none',
      hint: 'run both systems on the same cases, or look once, without --always-valid',
    });
  }
  const groupings = [allGrouping(), ...scope.groupings.map(({ grouping }) => grouping)];
  const distinct = [...new Map(groupings.map((grouping) => [grouping.id, grouping])).values()];
  const disagreeing = settledColumns(scope, profile, comparison.mappings);
  const settled = disagreeing.length === 0 ? [] : await engine.settle(disagreeing);
  const counts = await engine.count({ groupings: distinct });
  const units = new Map<string, UnitTable>();
  for (const metric of scope.metrics) {
    const unitMeasure = unitsFor(metric, config, clustered, options);
    if (unitMeasure !== null) {
      units.set(
        metric.id,
        await engine.units({ groupings: distinct, measure: unitMeasure, onlyDiscordant: false }),
      );
    }
  }
  const classes = await countClasses(comparison, distinct, scope.metrics, config);
  const { policy } = config;
  const evidence = await givingWay(
    evidenceSteps({ scope, policy, pairing, counts, units, classes, clustered, ...options }),
  );
  const weighted = await weightedOverall(comparison, scope, config);
  return { pairing, counts, units, weighted, settled, ...evidence };
}

async function weightedOverall(
  { engine, mappings }: Comparison,
  { metrics }: Scope,
  { policy }: Config,
): Promise<Measured['weighted']> {
  const passRate = metrics.find(({ measure }) => measure.kind === 'passRate');
  if (passRate === undefined || mappings.every(({ weight }) => weight === undefined)) return new Map();
  const units = await engine.units({
    groupings: [allGrouping()],
    measure: { kind: 'outcome', of: { kind: 'passRate' }, errors: policy.errors },
    onlyDiscordant: false,
  });
  return new Map([[passRate.id, weightedRates(units, policy)]]);
}

/** Single cases are needed for columns of numbers, and for clustered cases. */
function unitsFor(
  { measure }: MetricConfig,
  { policy }: Config,
  clustered: boolean,
  { withoutErrorPairs }: MeasureOptions,
): UnitMeasure | null {
  if (measure.kind === 'class') return null;
  if (!isOutcomeMeasure(measure)) return { kind: 'number', column: measure.column };
  if (!clustered) return null;
  return { kind: 'outcome', of: measure, errors: withoutErrorPairs ? 'exclude' : policy.errors };
}
