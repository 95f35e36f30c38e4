/** Keeps the last few large answers of a session: what one slice needs is asked for again and again until another is chosen. */

import type { StudioSession } from '../session.ts';

/** Answers of one kind that a session keeps; those of the slice that was not asked for the longest go first. */
const MOST = 2;

const KEPT = new WeakMap<StudioSession, Map<string, Map<string, Promise<unknown>>>>();

/**
 * The answer that is kept, else the computed one; a failure is not kept.
 *
 * @param kind of the answer; two of each are kept
 * @param key names the answer and whatever it depends on
 */
export function latest<T>(
  session: StudioSession,
  kind: string,
  key: string,
  compute: () => Promise<T>,
): Promise<T> {
  const kinds = KEPT.get(session) ?? new Map<string, Map<string, Promise<unknown>>>();
  KEPT.set(session, kinds);
  const kept = kinds.get(kind) ?? new Map<string, Promise<unknown>>();
  kinds.set(kind, kept);
  const known = kept.get(key) as Promise<T> | undefined;
  const found = known ?? compute();
  kept.delete(key);
  kept.set(key, found);
  if (known === undefined) {
    found.catch(() => {
      if (kept.get(key) === found) kept.delete(key);
    });
  }
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST) break;
    kept.delete(oldest);
  }
  return found;
}
