/** Asks of every dimension how much of the result it explains: those that gate, those shown, and cuts that nobody declared. */

import type { RankedScope } from '../checks/index.ts';
import type { Config } from '../config/index.ts';
import { isOutcomeMeasure, type OutcomeMeasure, outcomeValue, type SliceCount } from '../counts/index.ts';
import {
  type DimensionData,
  dimensionFromColumn,
  dimensionFromCounts,
  RANK_DEFAULTS,
  rankingSteps,
} from '../discovery/index.ts';
import type { ComparisonProfile } from '../engines/index.ts';
import { exploredGroupings, type Scope } from '../scope/index.ts';
import type { Grouping } from '../slices/index.ts';
import { givingWay } from '../steps.ts';
import type { Comparison } from './load.ts';
import type { Measured } from './measure.ts';

/** One dimension on its way into the ranking. */
interface Ranked {
  readonly grouping: Grouping;
  readonly gated: boolean;
}

/** Values of a column that are told apart for the ranking of clustered cases. */
const MOST_VALUES = 1_000;

/**
 * Ranks the dimensions by what they explain of the candidate's first rate; null where no metric is a rate or there is nothing to
 * compare the gated dimension with. Lists are left out: their slices share cases.
 */
export async function rankScope(
  comparison: Comparison,
  scope: Scope,
  config: Config,
  profile: ComparisonProfile,
  measured: Measured,
): Promise<RankedScope | null> {
  const metric = scope.metrics.find((one) => isOutcomeMeasure(one.measure));
  if (metric === undefined || !isOutcomeMeasure(metric.measure)) return null;
  const { measure } = metric;
  const lists = new Set(profile.columns.filter(({ isList }) => isList).map(({ name }) => name));
  const explored = exploredGroupings(scope, profile, comparison.mappings);
  const ranked: readonly Ranked[] = [
    ...scope.groupings
      .filter(({ role, grouping }) => role !== 'members' && isPartition(grouping, lists))
      .map(({ grouping, role }) => ({ grouping, gated: role === 'gated' })),
    ...explored.map((grouping) => ({ grouping, gated: false })),
  ];
  if (!ranked.some(({ gated }) => !gated)) return null;
  const data = comparison.clustered
    ? await fromCases(comparison, ranked, measure, config)
    : fromCounts(
        ranked,
        [
          ...measured.counts,
          ...(explored.length > 0 ? await comparison.engine.count({ groupings: explored }) : []),
        ],
        measure,
        config,
      );
  const { seed, level, minCases } = config.policy;
  return {
    ranking: await givingWay(rankingSteps(data, { ...RANK_DEFAULTS, seed, level, minCases })),
    groupings: new Map(ranked.map(({ grouping }) => [grouping.id, grouping])),
    metric: metric.id,
  };
}

/** Whether every case is in at most one slice, and there can be several slices. */
function isPartition(grouping: Grouping, lists: ReadonlySet<string>): boolean {
  switch (grouping.kind) {
    case 'all':
    case 'predicate':
      return false;
    case 'map':
      return isPartition(grouping.of, lists);
    case 'cross':
      return grouping.parts.every((part) => isPartition(part, lists));
    default:
      return !lists.has(grouping.column);
  }
}

function fromCounts(
  ranked: readonly Ranked[],
  counts: readonly SliceCount[],
  measure: OutcomeMeasure,
  { policy }: Config,
): readonly DimensionData[] {
  const byGrouping = Map.groupBy(counts, ({ grouping }) => grouping);
  return ranked.map(({ grouping, gated }, stream) => {
    const slices = (byGrouping.get(grouping.id) ?? [])
      .filter(({ state }) => state === 'value')
      .map(({ value, cells }) => ({
        label: value,
        cells: cells
          .map((cell) => ({ value: outcomeValue(measure, cell.candidate, policy.errors), count: cell.cases }))
          .filter((cell) => !Number.isNaN(cell.value)),
      }));
    return dimensionFromCounts(grouping.id, gated, slices, policy.seed, stream);
  });
}

/** Clusters are whole only where single cases are looked at. */
async function fromCases(
  { engine }: Comparison,
  ranked: readonly Ranked[],
  measure: OutcomeMeasure,
  { policy }: Config,
): Promise<readonly DimensionData[]> {
  const table = await engine.table({
    groupings: ranked.map(({ grouping }) => grouping),
    measure: { kind: 'outcome', of: measure, errors: policy.errors },
    minCases: 1,
    maxValues: MOST_VALUES,
    split: policy.seed,
    fold: true,
  });
  const rows = {
    values: table.candidate,
    counts: table.count,
    half: table.half ?? new Uint8Array(table.candidate.length),
    clusters: table.cluster,
  };
  const gated = new Map(ranked.map((entry) => [entry.grouping.id, entry.gated]));
  return table.columns.map(({ grouping, values, codes }) => {
    const labels = values.map(({ value }) => value);
    const known = codes.map((code) => (code > 0 && values[code - 1]!.state === 'value' ? code : 0));
    return dimensionFromColumn(
      { id: grouping, gated: gated.get(grouping) ?? false, labels, codes: known },
      rows,
    );
  });
}
