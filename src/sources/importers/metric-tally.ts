/** Sums the metrics of one run case by case, so that repeats of a case weigh no more than one case. */

import type { Direction } from './imported-result.ts';
import type { MetricSummary } from './notebook.ts';

/** The metrics of one run. */
export interface MetricTally {
  /** Direction and rank; what is said first stays. */
  describe(name: string, about: { readonly direction?: Direction; readonly primary?: boolean }): void;
  /** The values of one row; null and numbers that are not finite are unscored. */
  add(caseId: string, scores: Readonly<Record<string, number | boolean | null>>): void;
  /** Mean of the case means, null where nothing is scored. */
  mean(name: string): number | null;
  summary(run: string): readonly MetricSummary[];
}

interface Metric {
  /** Sum and number of values by the number of the case. */
  readonly sums: number[];
  readonly counts: number[];
  direction: Direction;
  primary: boolean;
  scored: number;
  numbers: number;
}

/** A tally without rows. */
export function createMetricTally(): MetricTally {
  const metrics = new Map<string, Metric>();
  const cases = new Map<string, number>();

  const metricOf = (name: string): Metric => {
    const known = metrics.get(name);
    if (known !== undefined) return known;
    const made: Metric = {
      sums: [],
      counts: [],
      direction: 'unknown',
      primary: false,
      scored: 0,
      numbers: 0,
    };
    metrics.set(name, made);
    return made;
  };
  const mean = (name: string): number | null => {
    const metric = metrics.get(name);
    return metric === undefined ? null : meanOfCases(metric);
  };

  return {
    describe(name, { direction, primary }) {
      const metric = metricOf(name);
      if (direction !== undefined && metric.direction === 'unknown') metric.direction = direction;
      if (primary === true) metric.primary = true;
    },
    add(caseId, scores) {
      const at = cases.get(caseId) ?? cases.size;
      cases.set(caseId, at);
      for (const [name, value] of Object.entries(scores)) {
        const metric = metricOf(name);
        if (value === null || !Number.isFinite(Number(value))) continue;
        if (typeof value === 'number') metric.numbers += 1;
        metric.scored += 1;
        metric.sums[at] = (metric.sums[at] ?? 0) + Number(value);
        metric.counts[at] = (metric.counts[at] ?? 0) + 1;
      }
    },
    mean,
    summary: (run) =>
      [...metrics].map(([name, metric]) => ({
        run,
        name,
        kind: metric.numbers > 0 ? 'number' : 'pass',
        scored: metric.scored,
        mean: meanOfCases(metric),
        direction: metric.direction,
        primary: metric.primary,
      })),
  };
}

function meanOfCases({ sums, counts }: Metric): number | null {
  let total = 0;
  let cases = 0;
  counts.forEach((count, at) => {
    total += sums[at]! / count;
    cases += 1;
  });
  return cases === 0 ? null : total / cases;
}
