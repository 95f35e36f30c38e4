/** Who carries out the units of a level: the calling thread, or workers when there is enough to do. */

import { type ChunkResult, type LevelTask, runChunk } from './chunk.ts';
import { createWorker, type Job, type Worker } from './job.ts';
import type { Pool } from './pool.ts';

/** Carries out parts of a job; results come in the order of the chunks, whoever made them. */
export interface Crew {
  readonly run: (task: LevelTask, units: Int32Array, threshold: number) => Promise<readonly ChunkResult[]>;
  readonly close: () => Promise<void>;
}

/** Row visits (rows times subsets) below which starting threads costs more than it saves. */
export const WORTH_THREADS = 5e7;

/** Chunks per thread, so that no thread waits long for another. */
const CHUNKS_PER_THREAD = 4;

/**
 * @param threads workers at most, at least 1; 1 starts none
 * @param worthThreads row visits from which on they are started
 */
export function createCrew(job: Job, threads: number, worthThreads = WORTH_THREADS): Crew {
  let alone: Worker | null = null;
  let pool: Pool | null = null;
  let mayStart = threads > 1;
  return {
    run: async (task, units, threshold) => {
      if (mayStart && job.table.rows * task.subsets.size >= worthThreads) {
        mayStart = false;
        pool = await startPool(job, threads);
      }
      if (pool !== null) return pool.run(task, split(units, threads * CHUNKS_PER_THREAD), threshold);
      alone ??= createWorker(job);
      return [runChunk(alone, task, units, threshold)];
    },
    close: async () => pool?.close(),
  };
}

/** Null where the platform has no worker threads: a browser, or a process that may not start any. */
async function startPool(job: Job, threads: number): Promise<Pool | null> {
  try {
    const { createPool } = await import('./pool.ts');
    return await createPool(job, threads);
  } catch {
    return null;
  }
}

/** Consecutive parts of nearly equal length. */
function split(units: Int32Array, parts: number): readonly Int32Array[] {
  const chunks: Int32Array[] = [];
  for (let part = 0; part < parts; part++) {
    const from = Math.floor((part * units.length) / parts);
    const to = Math.floor(((part + 1) * units.length) / parts);
    if (to > from) chunks.push(units.slice(from, to));
  }
  return chunks;
}
