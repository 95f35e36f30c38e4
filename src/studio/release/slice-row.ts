/** A slice of the report as a row of tables and plots. */

import { boundsOf, directionOf, isRate, metricName } from '../../counts/index.ts';
import type { Report, SliceReport } from '../../gate/index.ts';
import { ALL_CASES, type Scope } from '../../scope/index.ts';
import type { MetricReading, SliceRow } from '../contract/index.ts';

/** The row of a slice; numbers keep six significant digits. */
export function sliceRow(slice: SliceReport): SliceRow {
  const { baseline, candidate, delta, waiver } = slice;
  return {
    ...{ id: slice.id, metric: slice.metric, dimension: slice.dimension, value: slice.value },
    ...{ state: slice.state, role: slice.role, family: slice.family, owner: slice.owner },
    ...{ critical: slice.critical, verdict: slice.verdict, grade: slice.grade },
    ...{ n: slice.n, cases: slice.counts.cases, lost: slice.lost, gained: slice.gained },
    ...{ before: short(baseline?.estimate), beforeLower: short(baseline?.lower) },
    ...{ beforeUpper: short(baseline?.upper), after: short(candidate?.estimate) },
    ...{ afterLower: short(candidate?.lower), afterUpper: short(candidate?.upper) },
    ...{ delta: short(delta?.estimate), deltaLower: short(delta?.lower), deltaUpper: short(delta?.upper) },
    ...{ p: short(slice.pValue), adjustedP: short(slice.adjustedPValue), floor: slice.floor },
    ...{ margin: slice.margin, detectable: short(slice.minimumDetectableDrop), needed: slice.casesNeeded },
    waiver: waiver && (waiver.expired ? (`expired ${waiver.kind}` as const) : waiver.kind),
  };
}

function short(value: number | null | undefined): number | null {
  return value === null || value === undefined ? null : Number(value.toPrecision(6));
}

/** The means beside the slices; none for a metric whose one gated slice is all cases, which would only repeat it. */
export function meansBeside({ overall, slices }: Report): Report['overall'] {
  const whole = slices.filter(({ role, dimension }) => role === 'gated' && dimension === ALL_CASES);
  return overall.filter(({ metric }) => !whole.some((slice) => slice.metric === metric));
}

/** How the numbers of the metrics read, in the order of the report. */
export function metricReadings({ metrics }: Scope): readonly MetricReading[] {
  return metrics.map(({ id, measure }) => ({
    ...{ id, name: metricName(id), isRate: isRate(measure), bounds: boundsOf(measure) },
    direction: directionOf(measure),
  }));
}
