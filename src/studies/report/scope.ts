/** Which slices and metrics a report looks at: those that are configured, or every dimension that is found. */

import type { ColumnMapping } from '../../cases/index.ts';
import type { Config, MetricConfig } from '../../config/index.ts';
import type { ComparisonProfile } from '../../engines/index.ts';
import { resolveScope, type Scope } from '../../scope/index.ts';
import { groupingColumns } from '../../slices/index.ts';

/** What a report looks at. */
export interface ReportScope {
  /** Without all cases together, which every report begins with. */
  readonly scope: Scope;
  /** There is something to measure beside labels: rows that passed or failed, or a metric that was asked for. */
  readonly hasRates: boolean;
}

/** Stands in where labels are all there is; it is not measured. */
const UNUSED: MetricConfig = {
  id: 'passRate',
  gate: false,
  margin: null,
  floor: null,
  measure: { kind: 'passRate' },
};

/**
 * Resolves groupings and metrics as the gate does. The column of true labels is no dimension where classes are reported: its values
 * are the classes.
 *
 * @param hasLabels both runs have true and predicted labels, or parts are read
 * @param isAnswer whether a column holds answers, which are no dimension unless a person names them
 * @throws ConfigError where a configured column does not exist, or nothing can be measured
 */
export function reportScope(
  config: Config,
  profile: ComparisonProfile,
  mappings: readonly ColumnMapping[],
  hasLabels: boolean,
  isAnswer: (column: string) => boolean,
): ReportScope {
  const runs = [profile.baseline, profile.candidate].filter((run) => run !== null);
  const hasRates = !hasLabels || config.metrics.length > 0 || runs.every(({ hasPassed }) => hasPassed);
  const resolved = resolveScope(hasRates ? config : { ...config, metrics: [UNUSED] }, profile, mappings);
  const expected = new Set(mappings.map((mapping) => mapping.expected));
  const groupings = resolved.groupings.filter(
    ({ grouping }) =>
      grouping.kind !== 'all' &&
      (config.slices.length > 0 ||
        !hasLabels ||
        !groupingColumns(grouping).some((column) => expected.has(column) || isAnswer(column))),
  );
  const metrics = resolved.metrics.map((metric) => ({ ...metric, gate: false, margin: null, floor: null }));
  return {
    scope: { ...resolved, groupings: config.slices.length > 0 ? configured(groupings) : groupings, metrics },
    hasRates,
  };
}

/** Where slices are named, only those are reported: the other dimensions that a gate shows beside them were not asked for. */
function configured(groupings: Scope['groupings']): Scope['groupings'] {
  return groupings.filter(({ rules }) => Object.keys(rules).length > 0);
}
