/** One run over the lattice as plain data, and how a thread carries out its part of it. */

import type { Method } from './cost.ts';
import { type Counter, createCounter } from './count.ts';
import { countAll } from './dense.ts';
import { type Cells, type Layout, type Reader, type Reading, searchLayout, searchReader } from './layout.ts';
import type { LiveTable, Prepared } from './prepare.ts';
import { createRowShelf } from './row-index.ts';
import { createScorer, NO_BOUND, type Scorer, type Totals } from './score.ts';
import type { Shelf } from './shelf.ts';
import { fullSums } from './sums.ts';
import type { SearchOptions } from './types.ts';

/** What is asked of a table. */
export interface Task {
  readonly minCases: number;
  /** How slices are ranked; null counts all of them. */
  readonly ranking: Pick<SearchOptions, 'mode' | 'order' | 'alpha' | 'top' | 'mostTies'> | null;
  /** Forces one method of counting; null takes the cheapest. For tests and benches. */
  readonly method: Method | null;
}

/** What every thread must know. Holds typed arrays and plain values only; whatever takes a look at every row is done. */
export interface Job extends Task {
  readonly table: LiveTable;
  readonly layout: Layout;
  /** The cell of all rows. */
  readonly whole: Cells;
  /** What it says; null where nothing is ranked. */
  readonly totals: Totals | null;
  /** Where threads share indexes; null in a single thread. */
  readonly shelf: Shelf | null;
}

/** A job with everything that is needed to carry out parts of it. */
export interface Worker {
  readonly job: Job;
  readonly layout: Layout;
  readonly counter: Counter;
  readonly scorer: Scorer;
  readonly read: Reader;
}

/** Lays out the table for the task. */
export function createJob(table: Prepared, task: Task): Job {
  const { rows, columns, totalCases } = table;
  const { ranking } = task;
  const layout = ranking === null ? fullSums(table).layOut() : searchLayout(table, ranking.mode);
  const whole = countAll(layout, rows);
  const job = { ...task, table: { rows, columns, totalCases }, layout, whole, shelf: null };
  if (ranking === null) return { ...job, totals: null };
  const all = emptyReading();
  searchReader(layout, ranking.mode)(whole, 0, all);
  const totals = {
    weight: all.weight,
    value: all.value,
    absolute: 2 * all.positive - all.value,
    rows,
    exact: layout.kind === 'classes',
    leastWeight: task.minCases * leastWeightPerCase(table),
  };
  return { ...job, totals };
}

/** The job with room for what its threads share. */
export function withShelf(job: Job): Job {
  const { columns, rows } = job.table;
  return { ...job, shelf: createRowShelf(columns, rows, job.layout) };
}

/** Makes a thread ready for the job: looks at no row. */
export function createWorker(job: Job): Worker {
  const { table, layout, ranking, totals, method, shelf } = job;
  const counter = createCounter(table, layout, method ?? undefined, shelf);
  if (ranking === null) return { job, layout, counter, scorer: NO_BOUND, read: casesReader(layout) };
  const read = searchReader(layout, ranking.mode);
  return { job, layout, counter, scorer: createScorer(totals!, ranking), read };
}

/** A reading of nothing. */
export function emptyReading(): Reading {
  return { cases: 0, weight: 0, value: 0, positive: 0, largest: 0 };
}

/** Reads no more than the size: where nothing is ranked, nothing else decides. */
function casesReader(layout: Layout): Reader {
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
