/** Collects what is known of one run while its files are read, in any order. */

import { compareBytes } from './compare-bytes.ts';
import type { Curve, ExperimentRun, RunDataset, RunStatus } from './types.ts';

/** Logged values, in the order in which they were read. */
interface Points {
  readonly steps: number[];
  /** Milliseconds, or the position in the file where nobody knows the time. */
  readonly times: number[];
  readonly values: number[];
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
  const points = new Map<string, Points>();
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
      const own = points.get(metric) ?? { steps: [], times: [], values: [] };
      points.set(metric, own);
      own.steps.push(step);
      own.times.push(time ?? order);
      own.values.push(value);
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
function curveOf({ steps, times, values }: Points): Curve {
  let outOfOrder = 0;
  let highest = Number.NEGATIVE_INFINITY;
  let isSorted = true;
  for (let i = 0; i < steps.length; i += 1) {
    if (steps[i]! < highest) outOfOrder += 1;
    else highest = steps[i]!;
    if (i > 0 && (steps[i]! < steps[i - 1]! || (steps[i] === steps[i - 1] && times[i]! < times[i - 1]!)))
      isSorted = false;
  }
  const order = Int32Array.from(steps.keys());
  if (!isSorted) order.sort((a, b) => steps[a]! - steps[b]! || times[a]! - times[b]! || a - b);
  const kept = order.filter((at, place) => steps[order[place + 1]!] !== steps[at]);
  return {
    steps: Float64Array.from(kept, (at) => steps[at]!),
    values: Float64Array.from(kept, (at) => values[at]!),
    logged: steps.length,
    repeated: steps.length - kept.length,
    outOfOrder,
  };
}
