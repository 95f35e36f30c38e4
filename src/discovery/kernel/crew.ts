/** Who carries out the units of a level: the calling thread, and others beside it when there is enough to do. */

import { split } from './batch.ts';
import { type ChunkResult, type LevelTask, runChunk } from './chunk.ts';
import type { Conduct } from './conduct.ts';
import { createJob, createWorker, type Task, type Worker } from './job.ts';
import type { Pool } from './pool.ts';
import type { Prepared } from './prepare.ts';
import { subsetsUpTo } from './subsets.ts';

/** Carries out parts of a job; results come in the order of the chunks, whoever made them. */
export interface Crew {
  /** The calling thread's own part of the crew. */
  readonly own: Worker;
  readonly run: (task: LevelTask, units: Int32Array, threshold: number) => Promise<readonly ChunkResult[]>;
}

/** Threads that start while the table is prepared; null where one thread is enough. */
export type Helpers = Pool | null;

/** Row visits (rows times subsets) below which starting threads costs more than it saves. */
const WORTH_THREADS = 5e7;

/** Whether a table has so much to count that threads beside the calling one pay. */
function worthThreads(rows: number, columns: number, maxLevel: number, { worthThreads }: Conduct): boolean {
  return rows * subsetsUpTo(columns, maxLevel) >= (worthThreads ?? WORTH_THREADS);
}

/**
 * Starts threads beside the calling one, if they pay, without waiting for them.
 *
 * @param threads all of them, at least 1
 * @param table as it came in, before rows are folded
 */
export async function callHelpers(
  threads: number,
  table: { readonly rows: number; readonly columns: readonly unknown[] },
  maxLevel: number,
  conduct: Conduct,
): Promise<Helpers> {
  if (threads === 1 || !worthThreads(table.rows, table.columns.length, maxLevel, conduct)) return null;
  try {
    const { createPool } = await import('./pool.ts');
    const pool = createPool(threads - 1);
    if (conduct.awaitThreads) await pool.started;
    return pool;
  } catch {
    // No worker threads: a browser, or a process that may not start any.
    return null;
  }
}

/** Lays out a prepared table and shares it with the helpers, if they still pay after rows were folded. */
export function createCrew(
  table: Prepared,
  task: Task,
  maxLevel: number,
  helpers: Helpers,
  conduct: Conduct,
): Crew {
  const job = createJob(table, task);
  if (helpers === null || !worthThreads(table.rows, table.columns.length, maxLevel, conduct)) {
    const own = createWorker(job);
    return { own, run: async (level, units, threshold) => [runChunk(own, level, units, threshold)] };
  }
  const own = createWorker(helpers.begin(job));
  return {
    own,
    run: (level, units, threshold) => helpers.run(own, level, split(units, helpers.running() + 1), threshold),
  };
}
