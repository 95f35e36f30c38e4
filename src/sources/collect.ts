/** Goes on after a problem, so that all of them are found. */

import type { ProblemLog } from '../cases/index.ts';
import { DataError } from '../errors.ts';

/** The result, or null after its problems went to the log. */
export async function collect<T>(log: ProblemLog, work: () => T | Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    for (const problem of error.problems) log.add(problem);
    return null;
  }
}

/** The results of those that have no problem. */
export async function collectAll<T, R extends object>(
  log: ProblemLog,
  items: readonly T[],
  work: (item: T) => R | Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) {
    const result = await collect(log, () => work(item));
    if (result !== null) results.push(result);
  }
  return results;
}
