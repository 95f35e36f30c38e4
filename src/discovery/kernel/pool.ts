/** Threads of Node that share a job with the calling thread: all of them take chunks of units until none is left. */

import { Worker as Thread } from 'node:worker_threads';
import { type Batch, createBatch, type NumberedResult, takeChunks } from './batch.ts';
import type { ChunkResult, LevelTask } from './chunk.ts';
import { type Job, type Worker, withShelf } from './job.ts';
import { shared } from './share.ts';

/** Threads that wait for a job, or work on it. */
export interface Pool {
  /** Gives the threads their job; the calling thread must work on the one that comes back. */
  readonly begin: (job: Job) => Job;
  /**
   * Carries out chunks together with `own`; results come in the order of the chunks, whoever made them.
   *
   * @throws Error when a thread fails or ends
   */
  readonly run: (
    own: Worker | null,
    task: LevelTask,
    chunks: readonly Int32Array[],
    threshold: number,
  ) => Promise<readonly ChunkResult[]>;
  /** Resolves when every thread has started or failed to. */
  readonly started: Promise<void>;
  /** Threads that have started. */
  readonly running: () => number;
  readonly close: () => Promise<void>;
}

/** What a thread is told. */
export type Order =
  | { readonly kind: 'job'; readonly job: Job }
  | { readonly kind: 'task'; readonly task: LevelTask }
  | { readonly kind: 'batch'; readonly batch: Batch };

/** What a thread says: that it is there, what it has done, or why it has not. */
export type Answer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'results'; readonly results: readonly NumberedResult[] }
  | { readonly kind: 'failed'; readonly message: string };

/** From sources the thread is a TypeScript file; in the built packages it is JavaScript beside this module. */
const SCRIPT = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);

/** Starts threads and does not wait for them: a thread that has not started yet has no part in a batch. */
export function createPool(threads: number): Pool {
  const all = Array.from({ length: threads }, () => new Thread(SCRIPT, { execArgv: [] }));
  const running: Thread[] = [];
  const start = async (thread: Thread) => {
    try {
      await answerOf(thread);
      running.push(thread);
    } catch {
      // A thread that cannot start leaves its part to the others.
    }
  };
  const started = Promise.all(all.map(start)).then(() => {});
  const taskOf = new Map<Thread, LevelTask>();
  return {
    started,
    running: () => running.length,
    close: async () => {
      await Promise.all(all.map((thread) => thread.terminate()));
    },
    begin: (job) => {
      const common = withShelf(shared(job));
      for (const thread of all) tell(thread, { kind: 'job', job: common });
      return common;
    },
    run: async (own, task, chunks, threshold) => {
      // Lets threads report that they have started.
      await new Promise((resolve) => setImmediate(resolve));
      const batch = createBatch(chunks, threshold);
      const common = running.some((thread) => taskOf.get(thread) !== task) ? shared(task) : task;
      const answers = running.map((thread) => {
        if (taskOf.get(thread) !== task) tell(thread, { kind: 'task', task: common });
        taskOf.set(thread, task);
        const answer = answerOf(thread);
        tell(thread, { kind: 'batch', batch });
        return answer;
      });
      const ownPart = async () => (own === null ? [] : takeChunks(own, task, batch));
      const [mine, ...theirs] = await Promise.all([ownPart(), ...answers]);
      const results: ChunkResult[] = new Array(chunks.length);
      const put = (parts: readonly NumberedResult[]) => {
        for (const { chunk, result } of parts) results[chunk] = result;
      };
      put(mine);
      for (const answer of theirs) if (answer.kind === 'results') put(answer.results);
      return results;
    },
  };
}

function tell(thread: Thread, order: Order): void {
  thread.postMessage(order);
}

/** The next answer of a thread; rejects when it failed or ended. */
function answerOf(thread: Thread): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      thread.off('message', onMessage).off('error', onError).off('exit', onExit);
      act();
    };
    const onMessage = (answer: Answer) =>
      settle(() => (answer.kind === 'failed' ? reject(new Error(answer.message)) : resolve(answer)));
    const onError = (error: unknown) => settle(() => reject(error));
    const onExit = (code: number) => settle(() => reject(new Error(`a search worker ended with ${code}`)));
    thread.on('message', onMessage).on('error', onError).on('exit', onExit);
  });
}
