/** Finds out, before any row is handed on, which metric of a run decides and whether its numbers mean pass and fail. */

import type { Direction } from '../importer.ts';
import { directionOf, type Header } from './header.ts';
import type { SampleRow } from './row.ts';

/** What is known of the metrics of one run. */
export interface RunMetrics {
  /** Metrics in the order of the rows; `binary` where every number is 0 or 1. */
  readonly seen: Map<string, { numbers: number; binary: boolean; tuples: number }>;
  rows: number;
}

/** The metric that decides. */
export interface Primary {
  readonly name: string;
  readonly direction: Direction;
  /** Whether 0 and 1 say failed and passed. */
  readonly passes: boolean;
}

/** Takes one row into account. */
export function addRow(metrics: RunMetrics, row: SampleRow): void {
  metrics.rows += 1;
  for (const [name, { value }] of row.metrics) {
    const seen = metrics.seen.get(name) ?? { numbers: 0, binary: true, tuples: 0 };
    if (value === null) seen.tuples += 1;
    else {
      seen.numbers += 1;
      seen.binary &&= value === 0 || value === 1;
    }
    metrics.seen.set(name, seen);
  }
}

/**
 * The metric that the user named, else the first one with numbers; null where no metric of the run has any. Its numbers are
 * verdicts where every row of the run has 0 or 1.
 */
export function primaryOf(
  { seen }: RunMetrics,
  wanted: string | null,
  header: Header | null,
  task: string,
): Primary | null {
  const scored = [...seen].filter(([, { numbers }]) => numbers > 0).map(([name]) => name);
  const name = wanted !== null && scored.includes(wanted) ? wanted : wanted === null ? scored[0] : undefined;
  if (name === undefined) return null;
  const direction = directionOf(header, task, name);
  return { name, direction, passes: seen.get(name)?.binary === true };
}
