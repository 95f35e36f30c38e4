/** What both runs did with each case, under the metric that decides. */

import type { MetricConfig } from '../../config/index.ts';
import { isOutcomeMeasure, isRate, type UnitMeasure } from '../../counts/index.ts';
import type { Comparison } from '../load.ts';
import type { CaseValues } from './items.ts';

/** @returns null for metrics that no single case has a value of, such as quantiles */
export async function caseValues(
  { engine, baseline }: Comparison,
  metric: MetricConfig | undefined,
  errors: 'fail' | 'exclude',
): Promise<CaseValues | null> {
  const measure = metric === undefined ? null : unitMeasure(metric, errors);
  if (metric === undefined || measure === null) return null;
  const table = await engine.units({
    groupings: [{ kind: 'all', id: 'all' }],
    measure,
    onlyDiscordant: false,
  });
  return {
    metric: metric.id,
    isRate: isRate(metric.measure),
    hasBaseline: baseline !== null,
    byCase: new Map(
      table.ids.map((id, place) => [
        id,
        { baseline: table.baseline[place] ?? Number.NaN, candidate: table.candidate[place] ?? Number.NaN },
      ]),
    ),
  };
}

function unitMeasure({ measure }: MetricConfig, errors: 'fail' | 'exclude'): UnitMeasure | null {
  if (isOutcomeMeasure(measure)) return { kind: 'outcome', of: measure, errors };
  return measure.kind === 'mean' ? { kind: 'number', column: measure.column } : null;
}
