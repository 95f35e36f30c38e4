/** From a metric to the error that is searched, and back to the metric for people. */

import type { MetricConfig } from '../../config/index.ts';
import { boundsOf, directionOf, isOutcomeMeasure, type UnitMeasure } from '../../counts/index.ts';
import { UsageError } from '../../errors.ts';
import type { Estimate } from '../../stats/index.ts';

/** How errors come from values: `error = sign * (value - origin)`, at least 0. */
export interface ErrorScale {
  readonly origin: number;
  /** 1 where less is better, -1 where more is. */
  readonly sign: 1 | -1;
}

/**
 * What the engine reads for a metric.
 *
 * @throws UsageError for quantiles, which are no mean over cases
 */
export function measureOf(metric: MetricConfig, errors: 'fail' | 'exclude'): UnitMeasure {
  const { measure } = metric;
  if (measure.kind === 'quantile') {
    throw new UsageError({
      message: `${metric.id} is a quantile, and slices are searched by means over cases`,
      hint: `--metric mean:${measure.column}`,
    });
  }
  if (measure.kind === 'class') {
    const hasValues = measure.of === 'recall' || measure.of === 'specificity';
    throw new UsageError({
      message: hasValues
        ? `slices are searched over all cases, and ${metric.id} looks at some of them`
        : `${metric.id} has no value per case, and slices are searched by means over cases`,
      hint: hasValues
        ? `write the rows that it looks at into files of their own (${measure.of === 'recall' ? 'those with this true label' : 'those with another true label'}) and search them by --metric passRate`
        : '--metric passRate, which finds the slices with wrong answers',
    });
  }
  return isOutcomeMeasure(measure)
    ? { kind: 'outcome', of: measure, errors }
    : { kind: 'number', column: measure.column };
}

/** The scale on which no value of any run has a negative error. */
export function errorScale({ measure }: MetricConfig, values: readonly Float64Array[]): ErrorScale {
  const isLower = directionOf(measure) === 'lower';
  const bounds = boundsOf(measure);
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const list of values) {
    for (let i = 0; i < list.length; i++) {
      if (list[i]! < least) least = list[i]!;
      if (list[i]! > most) most = list[i]!;
    }
  }
  if (isLower)
    return { origin: Math.min(bounds?.[0] ?? 0, least === Number.POSITIVE_INFINITY ? 0 : least), sign: 1 };
  const natural = bounds?.[1] ?? most;
  return { origin: Math.max(natural, most === Number.NEGATIVE_INFINITY ? natural : most), sign: -1 };
}

/** Errors of values, all at least 0. */
export function toErrors(values: Float64Array, { origin, sign }: ErrorScale): Float64Array {
  const errors = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) errors[i] = Math.max(0, sign * (values[i]! - origin));
  return errors;
}

/** A mean error as a mean of the metric. */
export function toValue(error: number, { origin, sign }: ErrorScale): number {
  return origin + sign * error;
}

/** An estimate of a mean error as one of the metric; where more is better the ends change places. */
export function toEstimate(error: Estimate, scale: ErrorScale): Estimate {
  const turn = (value: number | null) => (value === null ? null : toValue(value, scale));
  const [low, high] = scale.sign === 1 ? [error.lower, error.upper] : [error.upper, error.lower];
  return { ...error, estimate: turn(error.estimate), lower: turn(low), upper: turn(high) };
}
