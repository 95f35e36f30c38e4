/** Worker threads of Node that share the table and take chunks of units as they get free. */

import { Worker } from 'node:worker_threads';
import type { ChunkResult, LevelTask } from './chunk.ts';
import type { Job } from './job.ts';
import { shared } from './share.ts';

/** Threads that take chunks; results come in the order of the chunks. */
export interface Pool {
  readonly run: (
    task: LevelTask,
    chunks: readonly Int32Array[],
    threshold: number,
  ) => Promise<readonly ChunkResult[]>;
  readonly close: () => Promise<void>;
}

/** What a worker is told. */
export type Order =
  | { readonly kind: 'task'; readonly task: LevelTask }
  | { readonly kind: 'chunk'; readonly units: Int32Array; readonly threshold: number };

/** What a worker says: that it is there, a result, or why it has none. */
export type Answer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'result'; readonly result: ChunkResult }
  | { readonly kind: 'failed'; readonly message: string };

/** From sources the worker is a TypeScript file; in the built packages it is JavaScript beside this module. */
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);

/** @throws Error when no worker starts */
export async function createPool(job: Job, threads: number): Promise<Pool> {
  const workerData = shared(job);
  const workers = Array.from({ length: threads }, () => new Worker(WORKER, { workerData, execArgv: [] }));
  const close = async () => {
    await Promise.all(workers.map((worker) => worker.terminate()));
  };
  try {
    await Promise.all(workers.map((worker) => answerOf(worker)));
  } catch (error) {
    await close();
    throw error;
  }
  let current: LevelTask | null = null;
  return {
    close,
    run: async (task, chunks, threshold) => {
      if (task !== current) {
        const order: Order = { kind: 'task', task: shared(task) };
        for (const worker of workers) worker.postMessage(order);
        current = task;
      }
      const results: ChunkResult[] = new Array(chunks.length);
      let next = 0;
      const work = async (worker: Worker) => {
        while (next < chunks.length) {
          const chunk = next++;
          const order: Order = { kind: 'chunk', units: chunks[chunk]!, threshold };
          worker.postMessage(order);
          const answer = await answerOf(worker);
          if (answer.kind === 'result') results[chunk] = answer.result;
        }
      };
      await Promise.all(workers.map(work));
      return results;
    },
  };
}

/** The next answer of a worker; rejects when it failed or ended. */
function answerOf(worker: Worker): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      act();
    };
    const onMessage = (answer: Answer) =>
      settle(() => (answer.kind === 'failed' ? reject(new Error(answer.message)) : resolve(answer)));
    const onError = (error: unknown) => settle(() => reject(error));
    const onExit = (code: number) => settle(() => reject(new Error(`a search worker ended with ${code}`)));
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
  });
}
