/** Counts some units of a level and sorts out what matters: the best slices, those that may have children, all cells. */

import { type Best, createBest, type Scored } from './best.ts';
import { MOST_NUMBERS } from './cost.ts';
import type { Unit } from './count.ts';
import { combinations } from './dense.ts';
import { emptyReading, type Worker } from './job.ts';
import { joinCandidates, type Portion, singleCandidates } from './join.ts';
import type { Cells } from './layout.ts';
import { canLead, doubled, emptyRows, growRows, type Level, type SliceRows } from './level.ts';
import type { Subsets } from './subsets.ts';

/** The units of one level. */
export interface LevelTask {
  readonly subsets: Subsets;
  /** The level below; null for level 1. */
  readonly below: Level | null;
  /** Whether nothing will be joined from the slices found. */
  readonly last: boolean;
}

/** What came out of some units. */
export interface ChunkResult {
  /** Units with slices, ascending, and how many entries of `rows` each has. */
  readonly units: readonly number[];
  readonly sizes: readonly number[];
  /** Slices that may have children, or all with support where nothing is ranked. */
  readonly rows: SliceRows;
  /** Their cells where nothing is ranked. */
  readonly cells: Cells | null;
  /** The best by score, no more than can be among the best of all. */
  readonly best: readonly Scored[];
  /** Candidates counted, and those of them with enough cases. */
  readonly evaluated: number;
  readonly counted: number;
}

/** Candidates that are counted together at most: bounds memory. */
const WINDOW = 2 ** 16;

interface Harvest {
  readonly units: number[];
  readonly sizes: number[];
  readonly rows: SliceRows;
  cells: Cells | null;
  readonly best: Best | null;
  evaluated: number;
  counted: number;
}

/**
 * @param units positions in the subsets of the task, ascending
 * @param threshold score that a slice must reach
 */
export function runChunk(worker: Worker, task: LevelTask, units: Int32Array, threshold: number): ChunkResult {
  const { ranking } = worker.job;
  const harvest: Harvest = {
    units: [],
    sizes: [],
    rows: emptyRows(task.subsets.depth),
    cells: ranking === null ? emptyCells(worker) : null,
    best: ranking === null ? null : createBest(ranking.top, ranking.mostTies),
    evaluated: 0,
    counted: 0,
  };
  let window: (Unit & { readonly id: number })[] = [];
  let load = 0;
  const flush = () => {
    const cells = worker.counter.count(window, task.subsets.size);
    window.forEach((unit, i) => {
      reap(worker, task, unit, cells[i]!, threshold, harvest);
    });
    window = [];
    load = 0;
  };
  for (const id of units) {
    const { depth, columns } = task.subsets;
    const subset = [...columns.subarray(id * depth, (id + 1) * depth)];
    for (let from: number | null = 0; from !== null; ) {
      const { candidates, next } = portionOf(worker, task, id, threshold, from);
      from = next;
      if (candidates.size === 0) continue;
      window.push({ id, subset, candidates });
      load += Math.max(candidates.size / WINDOW, tableShare(worker, subset));
      if (load >= 1) flush();
    }
  }
  flush();
  const { best, rows, ...counts } = harvest;
  return { ...counts, rows: trimmed(rows, task.subsets.depth), best: best?.slices() ?? [] };
}

function portionOf(
  { job, scorer }: Worker,
  { subsets, below }: LevelTask,
  id: number,
  threshold: number,
  from: number,
): Portion {
  if (below !== null) return joinCandidates(below, subsets, id, scorer, threshold, from);
  return singleCandidates(job.table.columns[subsets.columns[id]!]!);
}

/** Share of the memory for dense tables that a unit of these columns might need. */
function tableShare({ job, layout }: Worker, subset: readonly number[]): number {
  return (combinations(subset.map((column) => job.table.columns[column]!)) * layout.width) / MOST_NUMBERS;
}

function reap(
  { job, layout, scorer, read }: Worker,
  task: LevelTask,
  unit: Unit & { readonly id: number },
  cells: Cells,
  threshold: number,
  harvest: Harvest,
): void {
  const { candidates, subset } = unit;
  const { depth, size, codes } = candidates;
  const { rows, best } = harvest;
  const reading = emptyReading();
  const before = rows.size;
  harvest.evaluated += size;
  for (let candidate = 0; candidate < size; candidate++) {
    read(cells, candidate * layout.width, reading);
    if (reading.cases < job.minCases) continue;
    harvest.counted++;
    if (best !== null) {
      const score = scorer.score(reading);
      if (score > 0 && score >= threshold) {
        const own = [...codes.subarray(candidate * depth, (candidate + 1) * depth)];
        const cell = cells.slice(candidate * layout.width, (candidate + 1) * layout.width);
        best.offer({ columns: subset, codes: own, cases: reading.cases, score, cell });
      }
      if (task.last) continue;
    }
    const bound = scorer.bound(reading.cases, reading.weight, reading.positive, reading.largest);
    if (!canLead(bound, threshold)) continue;
    growRows(rows);
    rows.cases[rows.size] = reading.cases;
    rows.weight[rows.size] = reading.weight;
    rows.positive[rows.size] = reading.positive;
    rows.largest[rows.size] = reading.largest;
    rows.bound[rows.size] = bound;
    for (let i = 0; i < depth; i++) rows.codes[rows.size * depth + i] = codes[candidate * depth + i]!;
    if (harvest.cells !== null)
      harvest.cells = keepCells(harvest.cells, rows.size, cells, candidate, layout.width);
    rows.size++;
  }
  if (rows.size === before) return;
  harvest.units.push(unit.id);
  harvest.sizes.push(rows.size - before);
}

function emptyCells({ layout }: Worker): Cells {
  return layout.kind === 'classes' ? new Int32Array(layout.width) : new Float64Array(layout.width);
}

function keepCells(kept: Cells, to: number, cells: Cells, from: number, width: number): Cells {
  const roomy = kept.length < (to + 1) * width ? doubled(kept) : kept;
  for (let i = 0; i < width; i++) roomy[to * width + i] = cells[from * width + i]!;
  return roomy;
}

/** Without unused room: it may travel between threads. */
function trimmed(rows: SliceRows, depth: number): SliceRows {
  const { size } = rows;
  return {
    size,
    codes: rows.codes.slice(0, size * depth),
    cases: rows.cases.slice(0, size),
    weight: rows.weight.slice(0, size),
    positive: rows.positive.slice(0, size),
    largest: rows.largest.slice(0, size),
    bound: rows.bound.slice(0, size),
  };
}
