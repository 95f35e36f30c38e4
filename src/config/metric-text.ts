/** Metrics as one word: `passRate`, `errorRate`, `mean:COLUMN`, `p95:COLUMN`, `pass@3`, `pass^3`, `flakiness`, `recall:CLASS`, `macroF1`, ... */

import {
  CLASS_SCORE_METRICS,
  type ClassMeasure,
  type ClassRateMetric,
  type ClassScoreMetric,
  classBounds,
  classMetricId,
  isClassRate,
} from '../counts/index.ts';
import { limitProblem, TRIALS_LIMIT } from './limits.ts';
import type { MetricConfig } from './types.ts';

export type Measure = MetricConfig['measure'];

/** Every form, for messages. */
export const METRIC_FORMS =
  'passRate, errorRate, mean:COLUMN, mean:COLUMN:lower, p95:COLUMN, pass@3, pass^3, flakiness, recall:CLASS, precision:CLASS, f1:CLASS, specificity:CLASS, macroF1, macroRecall, macroPrecision, weightedF1, mcc, kappa or cost';

/**
 * Reads a metric. `mean` is better higher (but for losses such as `derived.log_loss`) and a percentile better lower, unless the
 * text ends in `:lower` or `:higher`.
 *
 * @returns the measure, or what is wrong
 * @example parseMetric('mean:latency:lower') // { kind: 'mean', column: 'latency', direction: 'lower', bounds: null }
 * @example parseMetric('recall:fraud') // { kind: 'class', of: 'recall', label: 'fraud', beta: 1 }
 * @example parseMetric('p99.9:latency') // { kind: 'quantile', column: 'latency', q: 0.999, direction: 'lower' }
 */
export function parseMetric(text: string): Measure | { readonly problem: string } {
  if (text === 'passRate' || text === 'errorRate' || text === 'flakiness') return { kind: text };
  const ofClass = classMeasure(text);
  if (ofClass !== null) return ofClass;
  const trials = /^pass([@^])([0-9]+)$/.exec(text);
  if (trials !== null) {
    const k = Number(trials[2]);
    const wrong = limitProblem(k, TRIALS_LIMIT);
    if (wrong !== null) return { problem: `the number of trials ${wrong}` };
    return { kind: trials[1] === '@' ? 'passAtK' : 'passHatK', k };
  }
  const measured = /^(mean|p[0-9]+(?:\.[0-9]+)?):([\s\S]+?)(?::(higher|lower))?$/.exec(text);
  if (measured === null) return { problem: `is no metric; there are ${METRIC_FORMS}` };
  const [, name, column, side] = measured as unknown as [
    string,
    string,
    string,
    'higher' | 'lower' | undefined,
  ];
  if (name === 'mean')
    return { kind: 'mean', column, direction: side ?? meanDirection(column), bounds: null };
  // A shift of the decimal point, not a division, so that p99.9 is exactly .999.
  const q = Number(`${name.slice(1)}e-2`);
  if (q <= 0 || q >= 1)
    return { problem: `asks for percentile ${name.slice(1)}, must be above 0 and below 100` };
  return { kind: 'quantile', column, q, direction: side ?? 'lower' };
}

/** Other names of scores. */
const SAME_SCORE: Readonly<Record<string, ClassScoreMetric>> = { balancedAccuracy: 'macroRecall' };

function classMeasure(text: string): ClassMeasure | { readonly problem: string } | null {
  const score = SAME_SCORE[text] ?? CLASS_SCORE_METRICS.find((name) => name === text);
  if (score !== undefined) return { kind: 'class', of: score };
  const rate = /^(recall|precision|specificity|f([0-9]+(?:\.[0-9]+)?)):([\s\S]+)$/.exec(text);
  if (rate === null) return null;
  const [, name, beta, label] = rate as unknown as [string, ClassRateMetric, string | undefined, string];
  if (beta === undefined) return { kind: 'class', of: name, label, beta: 1 };
  if (!(Number(beta) > 0)) return { problem: 'weighs recall with 0, must be above 0' };
  return { kind: 'class', of: 'fScore', label, beta: Number(beta) };
}

/** Scores of probabilities that are better lower. */
const LOWER_MEANS: ReadonlySet<string> = new Set(['derived.log_loss', 'derived.brier', 'derived.true_rank']);

/** Which way the mean of a column is good, where nobody says. */
export function meanDirection(column: string): 'higher' | 'lower' {
  return LOWER_MEANS.has(column) ? 'lower' : 'higher';
}

/**
 * The id of a measure, which is its shortest text form.
 *
 * @example metricId({ kind: 'quantile', column: 'latency', q: 0.95, direction: 'lower' }) // 'p95:latency'
 */
export function metricId(measure: Measure): string {
  switch (measure.kind) {
    case 'passAtK':
      return `pass@${measure.k}`;
    case 'passHatK':
      return `pass^${measure.k}`;
    case 'mean':
      return `mean:${measure.column}`;
    case 'quantile':
      return `p${Number((measure.q * 100).toPrecision(12))}:${measure.column}`;
    case 'class':
      return classMetricId(measure);
    default:
      return measure.kind;
  }
}

/**
 * Whether a metric has natural bounds, so that the policy's margin (a share of them) has a meaning. Latency, cost and free
 * scores have none; the mean of a column has where `bounds` are declared.
 */
export function hasBounds(measure: Measure): boolean {
  if (measure.kind === 'class') return classBounds(measure) !== null;
  return measure.kind === 'mean' ? measure.bounds !== null : measure.kind !== 'quantile';
}

/** Whether a metric is a rate in [0, 1]. */
export function isRate(measure: Measure): boolean {
  if (measure.kind === 'mean') return measure.bounds?.[0] === 0 && measure.bounds[1] === 1;
  if (measure.kind === 'class') return isClassRate(measure);
  return measure.kind !== 'quantile';
}
