/** All slices of a report, compact, with the sums that account for every case. */

import type { OpenRelease } from '../../pipeline.ts';
import type { DimensionTotal, SliceRow, SlicesAnswer } from '../contract/index.ts';
import { noBands } from './no-bands.ts';
import { packRows } from './packed-rows.ts';
import { metricReadings, sliceRow } from './slice-row.ts';

/** Rows worst first, as the report has them. Linear in the number of slices. */
export function slicesAnswer(release: OpenRelease): SlicesAnswer {
  const { report, scope, measured } = release;
  const rows = report.slices.map(sliceRow);
  const cases = new Map(measured.overall.map(({ metric, tally }) => [metric.id, tally.cases]));
  return {
    hasBaseline: report.baseline !== null,
    metrics: metricReadings(scope),
    level: report.policy.level,
    minCases: report.policy.minCases,
    packed: packRows(rows),
    totals: totalsOf(rows, (metric) => cases.get(metric) ?? 0),
    overall: report.overall,
    noBands: noBands(release),
  };
}

function totalsOf(rows: readonly SliceRow[], casesOf: (metric: string) => number): readonly DimensionTotal[] {
  const totals = new Map<string, { metric: string; dimension: string; slices: number; rows: number }>();
  for (const { metric, dimension, cases } of rows) {
    const key = JSON.stringify([metric, dimension]);
    const total = totals.get(key) ?? { metric, dimension, slices: 0, rows: 0 };
    total.slices += 1;
    total.rows += cases;
    totals.set(key, total);
  }
  return [...totals.values()].map((total) => ({ ...total, cases: casesOf(total.metric) }));
}
