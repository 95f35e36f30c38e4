/** The metrics of a report as people write them: those that classes are compared by, and those that the gate has as well. */

import { type MetricConfig, metricId, parseMetric } from '../../config/index.ts';
import { UsageError } from '../../errors.ts';
import { CLASS_METRICS, type ClassMetric } from './request.ts';

/** What `--metric` asks for. */
export interface ReportMetrics {
  readonly classMetrics: readonly ClassMetric[];
  /** Without margin or floor: nothing is gated. */
  readonly metrics: readonly MetricConfig[];
}

/**
 * Reads metrics such as `f1`, `recall:fraud` or `mean:score`.
 *
 * @throws UsageError naming each that is none
 */
export function readReportMetrics(texts: readonly string[]): ReportMetrics {
  const isOfClasses = (name: string): name is ClassMetric => CLASS_METRICS.some((known) => known === name);
  const read = texts
    .filter((text) => !isOfClasses(text))
    .map((text) => ({ text, measure: parseMetric(text) }));
  const problems = read.flatMap(({ measure }) =>
    'problem' in measure ? [{ message: `--metric ${measure.problem}` }] : [],
  );
  if (problems.length > 0) throw new UsageError(problems);
  const metrics = read.flatMap(({ measure }): readonly MetricConfig[] =>
    'problem' in measure ? [] : [{ id: metricId(measure), gate: false, margin: null, floor: null, measure }],
  );
  return { classMetrics: texts.filter(isOfClasses), metrics };
}
