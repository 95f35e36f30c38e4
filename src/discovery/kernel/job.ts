/** One run over the lattice as plain data, and how a thread carries out its part of it. */

import type { Method } from './cost.ts';
import { createCounter } from './count.ts';
import { countAll } from './dense.ts';
import { type Cells, type Layout, type Reading, searchLayout } from './layout.ts';
import type { Prepared } from './prepare.ts';
import { createScorer, NO_BOUND, type Scorer } from './score.ts';
import { fullSums } from './sums.ts';
import type { SearchOptions } from './types.ts';

/** What every thread must know. Holds typed arrays and plain values only. */
export interface Job {
  readonly table: Prepared;
  readonly minCases: number;
  /** How slices are ranked; null counts all of them. */
  readonly ranking: Pick<SearchOptions, 'mode' | 'order' | 'alpha' | 'top' | 'mostTies'> | null;
  /** Forces one method of counting; null takes the cheapest. For tests and benches. */
  readonly method: Method | null;
}

/** A job with everything that is needed to carry out parts of it. */
export interface Worker {
  readonly job: Job;
  readonly layout: Layout;
  readonly counter: ReturnType<typeof createCounter>;
  readonly scorer: Scorer;
  readonly read: (cells: Cells, at: number, into: Reading) => void;
}

/** Lays out the table for the job. */
export function createWorker(job: Job): Worker {
  const { table, ranking, minCases } = job;
  if (ranking === null) {
    const layout = fullSums(table).layOut();
    return { job, layout, counter: counterOf(job, layout), scorer: NO_BOUND, read: casesReader(layout) };
  }
  const { layout, read } = searchLayout(table, ranking.mode);
  const whole: Reading = emptyReading();
  read(countAll(layout, table.rows), 0, whole);
  const totals = {
    weight: whole.weight,
    value: whole.value,
    absolute: 2 * whole.positive - whole.value,
    rows: table.rows,
    exact: layout.kind === 'classes',
    leastWeight: minCases * leastWeightPerCase(table),
  };
  return { job, layout, counter: counterOf(job, layout), scorer: createScorer(totals, ranking), read };
}

function counterOf({ table, method }: Job, layout: Layout): ReturnType<typeof createCounter> {
  return createCounter(table, layout, method ?? undefined);
}

/** A reading of nothing. */
export function emptyReading(): Reading {
  return { cases: 0, weight: 0, value: 0, positive: 0, largest: 0 };
}

/** Reads no more than the size: where nothing is ranked, nothing else decides. */
function casesReader(layout: Layout): Worker['read'] {
  return (cells, at, into) => {
    let cases = cells[at]!;
    if (layout.kind === 'classes') for (let i = 1; i < layout.width; i++) cases += cells[at + i]!;
    into.cases = into.weight = cases;
  };
}

function leastWeightPerCase({ rows, weight, count }: Prepared): number {
  if (weight === null) return 1;
  let least = Number.POSITIVE_INFINITY;
  for (let row = 0; row < rows; row++)
    least = Math.min(least, weight[row]! / (count === null ? 1 : count[row]!));
  return Number.isFinite(least) ? least : 0;
}
