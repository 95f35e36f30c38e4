/** Starts a thread for one job. */

import { Worker } from 'node:worker_threads';
import { DataError, InternalError, type Problem } from '../../errors.ts';
import type { StudioSession } from '../session.ts';
import { ASIDE_WORK, type AsideJobs } from './aside-jobs.ts';

/** What the thread is told. */
export interface AsideOrder {
  readonly job: keyof AsideJobs;
  readonly input: unknown;
  readonly cwd: string;
  readonly cacheFolder: string | null;
  /** The time at which it starts, ISO. */
  readonly now: string;
}

/** What the thread says. */
export type AsideNews =
  | { readonly kind: 'stage'; readonly stage: string }
  | { readonly kind: 'done'; readonly result: unknown }
  /** What a user can mend. */
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }
  | { readonly kind: 'failed'; readonly message: string };

/** From sources the thread is a TypeScript file; in the built packages it is JavaScript beside this module. */
const SCRIPT = new URL(
  import.meta.url.endsWith('.ts') ? './aside-worker.ts' : './aside-worker.js',
  import.meta.url,
);

/**
 * Does a job in a thread, which ends with it or with the session.
 *
 * @param progress hears in which stage it is
 * @throws DataError with what the job was refused for
 */
export function aside<Name extends keyof AsideJobs>(
  job: Name,
  input: AsideJobs[Name]['input'],
  { ports, closing }: StudioSession,
  progress: (stage: string) => void = () => {},
): Promise<AsideJobs[Name]['result']> {
  const { cwd, cacheFolder = null } = ports;
  const order: AsideOrder = { job, input, cwd, cacheFolder, now: ports.now().toISOString() };
  return new Promise((resolve, reject) => {
    const fail = (message: string) => reject(new InternalError({ message }));
    const thread = new Worker(SCRIPT, { workerData: order, execArgv: [] });
    const end = () => void thread.terminate();
    closing.addEventListener('abort', end, { once: true });
    thread
      .on('message', (news: AsideNews) => {
        if (news.kind === 'stage') progress(news.stage);
        else if (news.kind === 'done') resolve(news.result as AsideJobs[Name]['result']);
        else if (news.kind === 'refused') reject(new DataError(news.problems));
        else fail(news.message);
      })
      .on('error', (error) => fail(error instanceof Error ? error.message : String(error)))
      .on('exit', () => {
        closing.removeEventListener('abort', end);
        fail(closing.aborted ? 'the studio was closed' : `the thread of ${job} ended without an answer`);
      });
    if (closing.aborted) end();
  });
}

/** Below so many cases, starting a thread takes longer than the work. */
const LEAST_ASIDE = { tree: 20_000, associations: 20_000 } as const;

/** The same, in place where there is little to do. */
export function asideIfLarge<Name extends keyof typeof LEAST_ASIDE>(
  job: Name,
  size: number,
  input: AsideJobs[Name]['input'],
  session: StudioSession,
): Promise<AsideJobs[Name]['result']> {
  return size < LEAST_ASIDE[job] ? ASIDE_WORK[job](input, session.ports) : aside(job, input, session);
}
