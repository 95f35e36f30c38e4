/** Collects what is known of one run while its files are read, in any order. */

import { compareBytes } from './compare-bytes.ts';
import type { Curve, ExperimentRun, RunDataset, RunStatus } from './types.ts';

/** One logged value. */
interface Point {
  readonly step: number;
  /** Milliseconds, or the position in the file where nobody knows the time. */
  readonly time: number;
  readonly value: number;
}

/** A run that is still being read. */
export interface RunDraft {
  name: string;
  experiment: string | null;
  status: RunStatus;
  started: number | null;
  ended: number | null;
  readonly id: string;
  readonly place: string;
  readonly params: Map<string, string>;
  readonly tags: Map<string, string>;
  readonly datasets: RunDataset[];
  readonly artifacts: string[];
  /** A value of a curve; a time that is absent means "after the points before". */
  point(metric: string, value: number, step: number, time?: number): void;
  /** A value without a step, which wins over the last point of a curve. */
  summary(metric: string, value: number): void;
  finish(): ExperimentRun;
}

/** An empty draft. */
export function createRunDraft(id: string, tool: ExperimentRun['tool'], place: string): RunDraft {
  const points = new Map<string, Point[]>();
  const summaries = new Map<string, number>();
  let order = 0;
  return {
    id,
    place,
    name: id,
    experiment: null,
    status: 'unknown',
    started: null,
    ended: null,
    params: new Map(),
    tags: new Map(),
    datasets: [],
    artifacts: [],
    point(metric, value, step, time) {
      const own = points.get(metric) ?? [];
      points.set(metric, own);
      own.push({ step, time: time ?? order, value });
      order += 1;
    },
    summary: (metric, value) => void summaries.set(metric, value),
    finish() {
      const curves = sorted([...points].map(([name, own]) => [name, curveOf(own)]));
      const metrics = new Map([...curves].map(([name, curve]) => [name, curve.values.at(-1)!]));
      for (const [name, value] of summaries) metrics.set(name, value);
      return {
        id,
        place,
        tool,
        name: this.name,
        experiment: this.experiment,
        status: this.status,
        started: this.started,
        ended: this.ended,
        params: sorted([...this.params]),
        metrics: sorted([...metrics]),
        curves: sorted([...curves].filter(([, { steps }]) => steps.length > 1)),
        tags: sorted([...this.tags]),
        datasets: this.datasets.toSorted(
          (a, b) => compareBytes(a.name, b.name) || compareBytes(a.digest, b.digest),
        ),
        artifacts: this.artifacts.toSorted(compareBytes),
      };
    },
  };
}

function sorted<T>(entries: readonly (readonly [string, T])[]): ReadonlyMap<string, T> {
  return new Map(entries.toSorted(([a], [b]) => compareBytes(a, b)));
}

/** Of several points of one step the one that was logged last counts. */
function curveOf(points: readonly Point[]): Curve {
  let outOfOrder = 0;
  let highest = Number.NEGATIVE_INFINITY;
  for (const { step } of points) {
    if (step < highest) outOfOrder += 1;
    else highest = step;
  }
  const ordered = points.toSorted((a, b) => a.step - b.step || a.time - b.time);
  const kept = ordered.filter(({ step }, at) => ordered[at + 1]?.step !== step);
  return {
    steps: Float64Array.from(kept, ({ step }) => step),
    values: Float64Array.from(kept, ({ value }) => value),
    logged: points.length,
    repeated: points.length - kept.length,
    outOfOrder,
  };
}
