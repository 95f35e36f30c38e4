/** Which metric decides what became of a case, and which way it counts. */

import type { CaseClass, CaseOrder, UnitMeasure } from '../../counts/index.ts';
import { UsageError } from '../../errors.ts';
import { unitMeasureOf } from '../../stages/index.ts';
import type { MetricReading } from '../contract/index.ts';
import { metricReadings } from '../release/slice-row.ts';
import type { StudioSession } from '../session.ts';

/** A metric that single cases have. */
export interface CaseMeasure {
  readonly metric: MetricReading;
  readonly measure: UnitMeasure;
}

/** The metrics that single cases have, in the order of the report; the pass rate where there is none (quantiles alone). */
export function caseMeasures({ release }: StudioSession): readonly CaseMeasure[] {
  const readings = metricReadings(release.scope);
  const found = release.scope.metrics.flatMap(({ measure }, i) => {
    const own = unitMeasureOf(measure, release.config.policy.errors);
    return own === null ? [] : [{ metric: readings[i]!, measure: own }];
  });
  if (found.length > 0) return found;
  return [
    {
      metric: { id: 'passRate', name: 'pass rate', isRate: true, direction: 'higher', bounds: [0, 1] },
      measure: { kind: 'outcome', of: { kind: 'passRate' }, errors: release.config.policy.errors },
    },
  ];
}

/** @param id empty for the first @throws UsageError for a metric that no case has */
export function caseMeasure(id: string, session: StudioSession): CaseMeasure {
  const all = caseMeasures(session);
  const found = id === '' ? all[0] : all.find(({ metric }) => metric.id === id);
  if (found !== undefined) return found;
  throw new UsageError({
    message: `no single case has the metric ${JSON.stringify(id.slice(0, 200))}`,
    hint: `one of ${all.map(({ metric }) => metric.id).join(', ')}`,
  });
}

const TURNED: Readonly<Partial<Record<CaseClass, CaseClass>>> = { lost: 'gained', gained: 'lost' };

/** A class as engines see it, which know no better than a higher value, and as people do; it turns both ways. */
export function turnClass(name: CaseClass, { direction }: MetricReading): CaseClass {
  return direction === 'higher' ? name : (TURNED[name] ?? name);
}

/** `drop`, `id` or `column:NAME`, with a minus to turn it; the largest loss comes first, whichever way the metric counts. */
export function caseOrder(text: string, { direction }: MetricReading): CaseOrder {
  const descending = text.startsWith('-');
  const by = descending ? text.slice(1) : text;
  if (by === 'drop') return { by, descending: descending !== (direction === 'lower') };
  if (by.startsWith('column:')) return { by: 'column', column: by.slice('column:'.length), descending };
  return { by: 'id', descending };
}
