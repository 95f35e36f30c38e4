/** Reads `--metric`, and `--floor` and `--margin` of single metrics. */

import type { Problem } from '../errors.ts';
import { flagNumber } from './flag-number.ts';
import type { Flags } from './flags.ts';
import { MARGIN_LIMIT, POLICY_LIMITS } from './limits.ts';
import { hasBounds, isRate, metricId, parseMetric } from './metric-text.ts';
import { nearestHint } from './nearest-name.ts';
import type { MetricConfig } from './types.ts';

/** The metrics of the flags in place of the file's, where there are any; then their floors and margins. */
export function mergeMetrics(
  known: readonly MetricConfig[],
  flags: Flags,
  problems: Problem[],
): readonly MetricConfig[] {
  const asked = (flags.metric ?? [])
    .map((typed) => readMetric(typed, known, problems))
    .filter((metric) => metric !== null);
  for (const [at, { id }] of asked.entries()) {
    if (asked.findIndex((other) => other.id === id) < at)
      problems.push({ message: `--metric ${id} is given twice` });
  }
  const chosen = asked.length === 0 ? known : asked;
  const withMargins = (flags.margin ?? []).reduce(
    (metrics, typed) => setRule(metrics, 'margin', typed, problems),
    chosen,
  );
  const metrics = (flags.floor ?? []).reduce(
    (list, typed) => setRule(list, 'floor', typed, problems),
    withMargins,
  );
  for (const { id, gate, margin, measure } of metrics) {
    if (!gate || margin !== null || hasBounds(measure)) continue;
    problems.push({
      message: `--metric ${id} has no natural bounds, so its margin must be given`,
      hint: `add --margin ${id}=NUMBER, the smallest loss that matters in the unit of the column`,
    });
  }
  return metrics;
}

function readMetric(typed: string, known: readonly MetricConfig[], problems: Problem[]): MetricConfig | null {
  const measure = parseMetric(typed);
  if ('problem' in measure) {
    problems.push({ message: `--metric ${JSON.stringify(typed)} ${measure.problem}` });
    return null;
  }
  const id = metricId(measure);
  const old = known.find((metric) => metric.id === id);
  return old ?? { id, gate: true, margin: null, floor: null, measure };
}

/** `METRIC=NUMBER`; a plain number is the policy's. */
function setRule(
  metrics: readonly MetricConfig[],
  rule: 'margin' | 'floor',
  typed: string,
  problems: Problem[],
): readonly MetricConfig[] {
  const split = typed.lastIndexOf('=');
  if (split < 0) return metrics;
  const id = typed.slice(0, split);
  const index = metrics.findIndex((metric) => metric.id === id);
  const metric = metrics[index];
  if (metric === undefined) {
    const hint =
      metrics.length === 0
        ? `add --metric ${id}`
        : nearestHint(
            id,
            metrics.map((one) => one.id),
          );
    problems.push({ message: `--${rule} ${typed}: no metric is called ${JSON.stringify(id)}`, hint });
    return metrics;
  }
  const limit = isRate(metric.measure) ? POLICY_LIMITS[rule] : rule === 'margin' ? MARGIN_LIMIT : {};
  const value = flagNumber(`--${rule} of ${id}`, typed.slice(split + 1), limit, problems);
  return value === null ? metrics : metrics.with(index, { ...metric, [rule]: value });
}
