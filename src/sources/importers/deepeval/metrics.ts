/** Reads the `metricsData` of a DeepEval test case: scores, verdicts, judges, and metrics that failed themselves. */

import type { Cell } from '../../../cases/index.ts';
import type { Direction } from '../importer.ts';
import { boolean, contentId, list, number, record, text } from '../json-access.ts';

/** One metric on one case. */
export interface MetricRow {
  readonly name: string;
  readonly score: number | null;
  readonly success: boolean | null;
  /** The metric itself failed; then it says nothing about the case. */
  readonly error: string | null;
  /** Marked flaky by the user: it never decides. */
  readonly flaky: boolean;
  readonly reason: string | null;
  readonly threshold: number | null;
  readonly judge: string | null;
  readonly strict: boolean;
}

/** The metrics in the order of the file; a name that occurs again gets a number. */
export function metricsOf(value: unknown): readonly MetricRow[] {
  const names = new Map<string, number>();
  return (list(value) ?? []).flatMap((entry) => {
    const metric = record(entry);
    const given = text(metric?.name);
    if (metric === null || given === null) return [];
    const times = (names.get(given) ?? 0) + 1;
    names.set(given, times);
    return [
      {
        name: times === 1 ? given : `${given} (${times})`,
        score: number(metric.score),
        success: boolean(metric.success),
        error: text(metric.error),
        flaky: boolean(metric.flaky) === true,
        reason: text(metric.reason),
        threshold: number(metric.threshold),
        judge: text(metric.evaluationModel),
        strict: boolean(metric.strictMode) === true,
      },
    ];
  });
}

/** Whether a metric gave a result. */
export function isMeasured({ score, error }: MetricRow): boolean {
  return score !== null && error === null;
}

/**
 * Which way a metric points, as its verdict shows: bias and toxicity pass below their threshold. The file does not say it, and
 * a score at the threshold shows nothing.
 */
export function directionOf({ score, threshold, success, strict }: MetricRow): Direction {
  if (score === null || threshold === null || success === null || strict || score === threshold)
    return 'unknown';
  return score > threshold === success ? 'higher' : 'lower';
}

/**
 * What the metrics say of the case: a metric that failed itself does not fail the case, flaky ones do not decide.
 *
 * @param success the tool's own verdict, which counts metrics that failed themselves as failures
 * @returns null where it was not scored
 */
export function verdictOf(metrics: readonly MetricRow[], success: boolean | null): boolean | null {
  const deciding = metrics.filter(({ flaky }) => !flaky);
  if (deciding.some((metric) => isMeasured(metric) && metric.success === false)) return false;
  if (deciding.some((metric) => !isMeasured(metric))) return null;
  return deciding.length === 0 ? null : success;
}

/** Every score and verdict by name; null where the metric failed itself. */
export function scoresOf(metrics: readonly MetricRow[]): Record<string, number | boolean | null> {
  return Object.fromEntries(
    metrics.flatMap((metric) => {
      const measured = isMeasured(metric);
      return [
        [metric.name, measured ? metric.score : null],
        [`${metric.name}.passed`, measured ? metric.success : null],
      ];
    }),
  );
}

/** Rationales and errors of the metrics, kept beside the case. */
export function notesOf(metrics: readonly MetricRow[]): Record<string, Cell> {
  return Object.fromEntries(
    metrics.flatMap(({ name, reason, error, flaky }) => [
      ...(reason === null ? [] : [[`reason.${name}`, reason]]),
      ...(error === null ? [] : [[`metric_error.${name}`, error]]),
      ...(flaky ? [[`flaky.${name}`, 'true']] : []),
    ]),
  );
}

/** Changes when a judge's model, a threshold or a mode changes; null without metrics. */
export function judgeFingerprintOf(metrics: readonly MetricRow[]): string | null {
  if (metrics.length === 0) return null;
  return contentId(
    metrics.map(({ name, judge, threshold, strict }) => [name, judge, threshold, strict]).sort(),
  );
}
