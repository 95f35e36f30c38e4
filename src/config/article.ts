/** Reads the `gating` and `segments` of an eval_config.yaml, as a policy, metrics and slices of Slicewise. */

import { nearestHint } from './nearest-name.ts';
import { type Reading, report, reportRepeats, textsAt } from './reading.ts';
import type { RawConfig } from './schema.ts';
import { plainSlice } from './slice-name.ts';
import type { MetricConfig, Policy, SliceConfig } from './types.ts';

/** What the two blocks become; empty where the file has neither. */
export interface Translation {
  readonly policy: Partial<Policy>;
  readonly metrics: readonly MetricConfig[];
  readonly slices: readonly SliceConfig[];
  readonly notes: readonly string[];
}

const METRICS: ReadonlyMap<string, 'passRate' | 'errorRate'> = new Map([
  ['pass_rate', 'passRate'],
  ['passRate', 'passRate'],
  ['error_rate', 'errorRate'],
  ['errorRate', 'errorRate'],
]);

const WORST = ['min_segment', 'worst_segment', 'min'];
const MEANS = ['mean', 'weighted_mean', 'unweighted_mean'];

/** Translates, and says in the notes what became of each key. */
export function readArticle(reading: Reading, raw: Pick<RawConfig, 'gating' | 'segments'>): Translation {
  const notes: string[] = [];
  const policy: { floor?: number; minCases?: number } = {};
  const { metric, aggregate, threshold, min_cases_per_segment: minCases } = raw.gating ?? {};
  if (threshold !== undefined) {
    policy.floor = threshold;
    notes.push(
      `gating.threshold is read as policy.floor ${threshold}: a slice breaches it only where that is confirmed`,
    );
  }
  if (minCases !== undefined) {
    policy.minCases = minCases;
    notes.push(`gating.min_cases_per_segment is read as policy.minCases ${minCases}`);
  }
  if (aggregate !== undefined) {
    checkAggregate(reading, aggregate);
    notes.push(
      `gating.aggregate ${aggregate} is read as this gate: every slice, floor and delta, adjusted for their number`,
    );
  }
  return {
    policy,
    metrics: metricsOf(reading, metric, notes),
    slices: slicesOf(reading, raw.segments, notes),
    notes,
  };
}

function checkAggregate(reading: Reading, aggregate: string): void {
  const path = ['gating', 'aggregate'];
  if (WORST.includes(aggregate)) return;
  if (MEANS.includes(aggregate)) {
    report(
      reading,
      path,
      `is ${JSON.stringify(aggregate)}; a mean hides the loss of a small segment, so means are shown and never gated`,
      'write aggregate: min_segment, and run "slicewise strategies" to see what each strategy would have done on your data',
    );
    return;
  }
  report(
    reading,
    path,
    `is ${JSON.stringify(aggregate)}, must be min_segment`,
    nearestHint(aggregate, [...WORST, ...MEANS]),
  );
}

function metricsOf(reading: Reading, metric: string | undefined, notes: string[]): readonly MetricConfig[] {
  if (metric === undefined) return [];
  const id = METRICS.get(metric);
  if (id === undefined) {
    report(
      reading,
      ['gating', 'metric'],
      `is ${JSON.stringify(metric)}, must be pass_rate or error_rate`,
      'replace gating by metrics and policy to gate anything else',
    );
    return [];
  }
  notes.push(`gating.metric ${metric} is read as metric ${id}`);
  return [{ id, gate: true, margin: null, floor: null, measure: { kind: id } }];
}

function slicesOf(
  reading: Reading,
  segments: RawConfig['segments'],
  notes: string[],
): readonly SliceConfig[] {
  if (segments === null || segments === undefined || segments.length === 0) return [];
  const only = textsAt(reading, segments, ['segments']);
  reportRepeats(reading, only, ['segments']);
  notes.push(
    `segments: ${only.length} values of the column that holds most of them; all other cases are one slice`,
  );
  return [{ ...plainSlice({ kind: 'column', column: null }), only }];
}
