/** In which unit a metric is printed: rates as percent and points, everything else in its own unit. */

import { metricName } from '../../counts/index.ts';
import type { Estimate } from '../../stats/index.ts';
import { formatQuantity, formatSigned } from './numbers.ts';

/** How the values of one metric are spelled. */
export interface Scale {
  /** Name of the metric for people, such as `pass rate`. */
  readonly name: string;
  readonly value: (value: number) => string;
  /** With sign. */
  readonly delta: (delta: number) => string;
  /** Without sign, for margins and detectable drops. */
  readonly size: (size: number) => string;
  /** Put after a delta or size in running text: ` points` or nothing. */
  readonly unit: string;
}

const RATES =
  /^(?:passRate|errorRate|flakiness|pass[@^]\d+|macro(?:F1|Recall|Precision)|weightedF1|(?:recall|precision|specificity|f\d+(?:\.\d+)?):[\s\S]+)$/;

/**
 * The scale of a metric id (`passRate`, `pass@3`, `p95:latency`, `mean:helpfulness`).
 *
 * @example scaleOf('passRate').delta(-0.1489) // '-14.9'
 * @example scaleOf('recall:fraud').value(0.9) // '90.0%'
 * @example scaleOf('p95:latency').delta(33.5) // '+33.5'
 */
export function scaleOf(metric: string): Scale {
  const isRate = RATES.test(metric);
  const name = metricName(metric);
  if (!isRate) {
    const delta = (value: number): string => formatSigned(value, (size) => formatQuantity(size, 3));
    return {
      name,
      value: (value) => formatQuantity(value),
      delta,
      size: (size) => formatQuantity(size, 3),
      unit: '',
    };
  }
  const points = (size: number): string => (size * 100).toFixed(1);
  return {
    name,
    value: (value) => `${points(value)}%`,
    delta: (value) => formatSigned(value, points),
    size: points,
    unit: ' points',
  };
}

/** The interval of a difference, `-28.3..-6.2`; `no interval` where there is none. */
export function formatDeltaRange(scale: Scale, estimate: Estimate | null): string {
  if (estimate === null || estimate.lower === null || estimate.upper === null) return 'no interval';
  return `${scale.delta(estimate.lower)}..${scale.delta(estimate.upper)}`;
}

/** The interval of a value, `79.6%..97.2%`. */
export function formatRange(scale: Scale, estimate: Estimate | null): string {
  if (estimate === null || estimate.lower === null || estimate.upper === null) return 'no interval';
  return `${scale.value(estimate.lower)}..${scale.value(estimate.upper)}`;
}

/** A value, or `-` where it is undefined. */
export function formatEstimate(scale: Scale, estimate: Estimate | null): string {
  return estimate === null || estimate.estimate === null ? '-' : scale.value(estimate.estimate);
}

/** A difference, or `-` where it is undefined. */
export function formatDelta(scale: Scale, estimate: Estimate | null): string {
  return estimate === null || estimate.estimate === null ? '-' : scale.delta(estimate.estimate);
}
