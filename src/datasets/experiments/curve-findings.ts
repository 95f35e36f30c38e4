/** What the curves of every run show: divergence, falling at the end, plateaus, spikes, and validation that turns. */

import type { Curve, ExperimentRun } from '../../sources/index.ts';
import { type CurveFacts, describeCurve, type OverfittingGap, overfittingGap } from '../../stats/index.ts';
import { directionOf, type MetricDirection } from './metric-choice.ts';
import { isAsideMetric, partOfMetric } from './run-fields.ts';

/** One curve of one run, in the metric's own direction and sign. */
export interface CurveReport {
  readonly run: string;
  readonly metric: string;
  readonly direction: MetricDirection;
  readonly logged: number;
  readonly repeated: number;
  readonly outOfOrder: number;
  /** Of values of which lower is better: the negative of a metric of which higher is. */
  readonly facts: CurveFacts;
  /** With the training curve of the same metric; null where there is none, or too few points follow the best. */
  readonly overfitting: (OverfittingGap & { readonly trainingMetric: string }) | null;
}

/**
 * Curves whose direction is known by name; the others cannot be judged.
 *
 * @param only the metrics wanted; empty takes all
 */
export function curveReports(
  runs: readonly ExperimentRun[],
  only: readonly string[],
): {
  readonly curves: readonly CurveReport[];
  readonly undirected: readonly string[];
} {
  const undirected = new Set<string>();
  const curves = runs.flatMap((run) =>
    [...run.curves].flatMap(([metric, curve]): readonly CurveReport[] => {
      if (only.length > 0 && !only.includes(metric)) return [];
      const direction = directionOf(metric);
      if (isAsideMetric(metric)) return [];
      if (direction === null) undirected.add(metric);
      if (direction === null) return [];
      const { logged, repeated, outOfOrder } = curve;
      return [
        {
          run: run.id,
          metric,
          direction,
          logged,
          repeated,
          outOfOrder,
          facts: describeCurve(facing(curve, direction)),
          overfitting: withTraining(run, metric, curve, direction),
        },
      ];
    }),
  );
  return { curves, undirected: [...undirected] };
}

function facing(
  { steps, values }: Curve,
  direction: MetricDirection,
): { steps: Float64Array; values: Float64Array } {
  return { steps, values: direction === 'lower' ? values : values.map((value) => -value) };
}

/** The training curve of the same quantity: its name without `train` is the other's without `val`. */
function withTraining(
  run: ExperimentRun,
  metric: string,
  curve: Curve,
  direction: MetricDirection,
): CurveReport['overfitting'] {
  if (partOfMetric(metric) !== 'validation') return null;
  for (const [name, training] of run.curves) {
    if (partOfMetric(name) === 'validation' || stemOf(name) !== stemOf(metric)) continue;
    const gap = overfittingGap(facing(training, direction), facing(curve, direction));
    return gap === null ? null : { ...gap, trainingMetric: name };
  }
  return null;
}

/** `val_loss`, `eval/loss` and `train.loss` are all `loss`. */
function stemOf(name: string): string {
  return name
    .toLowerCase()
    .split(/[_/.\- ]/)
    .filter((word) => !/^(?:train|training|val|valid|validation|eval|test|dev|epoch)$/.test(word))
    .join('_');
}
