/** Near-duplicates of many texts with worker threads: they hash, the calling thread groups and joins. */

import { Worker } from 'node:worker_threads';
import { eachHashed, type HashedBatch, type HashJob } from './hash-batch.ts';
import {
  createNearDuplicates,
  findNearDuplicates,
  type NearDuplicateOptions,
  type NearDuplicates,
} from './near-duplicates.ts';

/** Texts of one batch, and characters from which on threads are worth their start. */
const BATCH = 2_000;
const WORTH_THREADS = 20_000_000;

/** From sources the worker is a TypeScript file; in the built packages it is JavaScript beside this module. */
const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? './hash-worker.ts' : './hash-worker.js',
  import.meta.url,
);

/**
 * The same answer as `findNearDuplicates`, whatever the number of threads.
 *
 * @param threads workers at most, at least 1; 1 starts none, and neither do few texts or grams to skip
 * @param worthThreads characters from which on they are started
 */
export async function findNearDuplicatesInThreads(
  texts: readonly string[],
  options: NearDuplicateOptions,
  threads: number,
  worthThreads = WORTH_THREADS,
): Promise<NearDuplicates> {
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  if (threads < 2 || characters < worthThreads || options.skip != null) {
    return findNearDuplicates(texts, options);
  }
  const builder = createNearDuplicates(options);
  const { leastStored } = builder;
  const job: HashJob = { grams: builder.grams, leastStored };
  const workers = Array.from(
    { length: threads },
    () => new Worker(WORKER, { workerData: job, execArgv: [] }),
  );
  try {
    const batches = Math.ceil(texts.length / BATCH);
    const done = new Map<number, HashedBatch>();
    let next = 0;
    let added = 0;
    const work = async (worker: Worker) => {
      while (next < batches) {
        const batch = next++;
        worker.postMessage(texts.slice(batch * BATCH, (batch + 1) * BATCH));
        done.set(batch, await answerOf(worker));
        // Groups are numbered in the order of texts, whoever was faster.
        for (let ready = done.get(added); ready !== undefined; ready = done.get(added)) {
          eachHashed(ready, leastStored, builder.addHashed);
          done.delete(added++);
        }
      }
    };
    await Promise.all(workers.map(work));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return builder.finish((text) => texts[text]!);
}

/** The next answer of a worker; rejects when it failed or ended. */
function answerOf(worker: Worker): Promise<HashedBatch> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      act();
    };
    const onMessage = (batch: HashedBatch) => settle(() => resolve(batch));
    const onError = (error: unknown) => settle(() => reject(error));
    const onExit = (code: number) => settle(() => reject(new Error(`a hash worker ended with ${code}`)));
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
  });
}
