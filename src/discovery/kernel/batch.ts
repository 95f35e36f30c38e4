/** Chunks of units that threads take one after the other from a common counter, without asking anybody. */

import { type ChunkResult, type LevelTask, runChunk } from './chunk.ts';
import type { Worker } from './job.ts';

/** Chunks of one level with the score that a slice must reach. */
export interface Batch {
  readonly chunks: readonly Int32Array[];
  readonly threshold: number;
  /** The next chunk that nobody has taken; one number in shared memory. */
  readonly next: Int32Array;
}

/** A result with its place among the chunks. */
export interface NumberedResult {
  readonly chunk: number;
  readonly result: ChunkResult;
}

export function createBatch(chunks: readonly Int32Array[], threshold: number): Batch {
  return { chunks, threshold, next: new Int32Array(new SharedArrayBuffer(4)) };
}

/** Carries out the chunks that this thread gets hold of. */
export function takeChunks(
  worker: Worker,
  task: LevelTask,
  { chunks, threshold, next }: Batch,
): NumberedResult[] {
  const results: NumberedResult[] = [];
  for (let chunk = Atomics.add(next, 0, 1); chunk < chunks.length; chunk = Atomics.add(next, 0, 1)) {
    results.push({ chunk, result: runChunk(worker, task, chunks[chunk]!, threshold) });
  }
  return results;
}

/** Consecutive parts that get smaller towards the end, so that no thread waits long for another. */
export function split(units: Int32Array, threads: number): readonly Int32Array[] {
  const chunks: Int32Array[] = [];
  for (let from = 0; from < units.length; ) {
    const to = from + Math.ceil((units.length - from) / (2 * threads));
    chunks.push(units.slice(from, to));
    from = to;
  }
  return chunks;
}
