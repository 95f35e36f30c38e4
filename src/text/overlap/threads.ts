/** Near-duplicates of many texts with worker threads: all threads hash, the calling one groups and joins as well. */

import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { eachHashed, type HashedBatch, type HashJob, hashBatch } from './hash-batch.ts';
import {
  createNearDuplicates,
  findNearDuplicates,
  type NearDuplicateOptions,
  type NearDuplicates,
} from './near-duplicates.ts';

/** One batch: texts and characters at most; a longer text is a batch of its own. */
const BATCH_TEXTS = 2_000;
const BATCH_CHARACTERS = 2_000_000;

/** Batches that a worker has at a time: while one answer travels, it hashes the other. */
const AHEAD = 2;

/** Characters from which on threads are worth their start. */
const WORTH_THREADS = 20_000_000;

/** From sources the worker is a TypeScript file; in the built packages it is JavaScript beside this module. */
const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? './hash-worker.ts' : './hash-worker.js',
  import.meta.url,
);

/**
 * The same answer as `findNearDuplicates`, whatever the number of threads. Texts are cloned to the workers, which costs a
 * fifteenth of what hashing them does; their hashes come back without a copy.
 *
 * @param threads threads at most, the calling one included; 1 starts none, and neither do few texts or grams to skip
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
  await eachBatchInOrder(texts, job, threads - 1, (batch) =>
    eachHashed(batch, leastStored, builder.addHashed),
  );
  return builder.finish((text) => texts[text]!);
}

/** Hashes all texts with so many workers and the calling thread, which takes a batch whenever no worker waits for one. */
async function eachBatchInOrder(
  texts: readonly string[],
  job: HashJob,
  count: number,
  visit: (batch: HashedBatch) => void,
): Promise<void> {
  const nextBatch = batchesOf(texts);
  const hash = hashBatch(job);
  const workers = Array.from({ length: count }, () => startWorker(job));
  try {
    const done = new Map<number, HashedBatch>();
    let taken = 0;
    let visited = 0;
    const keep = (number: number, batch: HashedBatch): void => {
      done.set(number, batch);
      // Groups are numbered in the order of texts, whoever was faster.
      for (let ready = done.get(visited); ready !== undefined; ready = done.get(visited)) {
        done.delete(visited++);
        visit(ready);
      }
    };
    for (let batch = nextBatch(); batch !== null; batch = nextBatch()) {
      const number = taken++;
      const idle = workers.find(({ waiting }) => waiting() < AHEAD);
      if (idle === undefined) keep(number, hash(batch));
      else idle.give(batch, (answer) => keep(number, answer));
      // Answers arrive between batches.
      await setImmediate();
      for (const { check } of workers) check();
    }
    await Promise.all(workers.map(({ finish }) => finish()));
  } finally {
    await Promise.all(workers.map(({ stop }) => stop()));
  }
}

/** A function that gives batch after batch, null at the end. */
function batchesOf(texts: readonly string[]): () => readonly string[] | null {
  let from = 0;
  return () => {
    if (from === texts.length) return null;
    const start = from;
    let characters = 0;
    do characters += texts[from++]!.length;
    while (
      from < texts.length &&
      from - start < BATCH_TEXTS &&
      characters + texts[from]!.length <= BATCH_CHARACTERS
    );
    return texts.slice(start, from);
  };
}

interface HashThread {
  /** Batches without an answer yet. */
  waiting(): number;
  give(texts: readonly string[], answered: (batch: HashedBatch) => void): void;
  /** @throws what made the thread fail or end */
  check(): void;
  /** Resolves when all batches have their answers; rejects when the thread failed or ended. */
  finish(): Promise<void>;
  stop(): Promise<unknown>;
}

function startWorker(job: HashJob): HashThread {
  const worker = new Worker(WORKER, { workerData: job, execArgv: [] });
  const waiting: ((batch: HashedBatch) => void)[] = [];
  let failure: Error | null = null;
  let notify = (): void => {};
  worker
    .on('message', (batch: HashedBatch) => {
      waiting.shift()!(batch);
      notify();
    })
    .on('error', (error: unknown) => {
      failure ??= error instanceof Error ? error : new Error(String(error));
      notify();
    })
    .on('exit', (code) => {
      failure ??= new Error(`a hash worker ended with ${code}`);
      notify();
    });
  const check = (): void => {
    if (failure !== null) throw failure;
  };
  return {
    waiting: () => waiting.length,
    give: (texts, answered) => {
      waiting.push(answered);
      worker.postMessage(texts);
    },
    check,
    finish: async () => {
      while (waiting.length > 0) {
        check();
        await new Promise<void>((resolve) => {
          notify = resolve;
        });
      }
    },
    stop: () => worker.terminate(),
  };
}
