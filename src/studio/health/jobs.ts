/** Work that takes a while: begun once per session, looked at until it is done. */

import { SlicewiseError } from '../../errors.ts';
import type { Job } from '../contract/index.ts';
import type { StudioSession } from '../session.ts';

/** Says what is being done now. */
export type Say = (stage: string) => void;

/** One kind of work. */
export interface Work<Result> {
  readonly key: string;
  /** Why it cannot be done here, and what to do about it; null where it can. */
  readonly impossible: { readonly reason: string; readonly todo: string } | null;
  run(say: Say): Promise<Result>;
}

interface Running {
  readonly since: number;
  stage: string;
  done: Job<never> | { readonly state: 'ready'; readonly result: unknown } | null;
}

const RUNNING = new WeakMap<StudioSession, Map<string, Running>>();

/**
 * Looks at a work of the session, and begins it where that is asked and it does not run. What failed is begun again.
 *
 * @param start whether to begin it
 */
export function lookAt<Result>(session: StudioSession, work: Work<Result>, start: boolean): Job<Result> {
  const known = RUNNING.get(session) ?? new Map<string, Running>();
  RUNNING.set(session, known);
  const now = () => session.ports.now().getTime();
  const found = known.get(work.key);
  if (found !== undefined && !(start && found.done?.state === 'failed')) {
    return (found.done as Job<Result> | null) ?? running(found, now());
  }
  if (work.impossible !== null) {
    return { state: 'idle', impossible: work.impossible.reason, todo: work.impossible.todo };
  }
  if (!start) return { state: 'idle', impossible: null, todo: null };
  const begun: Running = { since: now(), stage: 'starting', done: null };
  known.set(work.key, begun);
  work
    .run((stage) => {
      begun.stage = stage;
    })
    .then(
      (result) => {
        begun.done = { state: 'ready', result };
      },
      (error: unknown) => {
        begun.done = failedBy(error);
      },
    );
  return running(begun, now());
}

/** The result of a work that is done; null before. */
export function resultOf<Result>(session: StudioSession, key: string): Result | null {
  const done = RUNNING.get(session)?.get(key)?.done ?? null;
  return done?.state === 'ready' ? (done.result as Result) : null;
}

function running({ since, stage }: Running, now: number): Job<never> {
  return { state: 'running', stage, elapsedMs: Math.max(0, now - since) };
}

function failedBy(error: unknown): Job<never> {
  if (!(error instanceof SlicewiseError)) {
    const message = `this should not have happened: ${error instanceof Error ? error.message : String(error)}`;
    return { state: 'failed', problems: [{ message, hint: 'please report it', where: null }] };
  }
  return {
    state: 'failed',
    problems: error.problems.map(({ message, hint, where }) => ({
      message,
      hint: hint ?? null,
      where: where?.file ?? where?.field ?? null,
    })),
  };
}
