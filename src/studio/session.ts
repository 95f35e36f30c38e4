/** One opened comparison with everything that services ask it: the gated release, its engine taken in turns, and what was computed before. */

import { type GateRequest, type OpenRelease, openRelease } from '../pipeline.ts';
import type { Ports } from '../stages/index.ts';

/** What services work on. */
export interface StudioSession {
  readonly request: GateRequest;
  readonly ports: Ports;
  readonly release: OpenRelease;
  /**
   * Computes once per session and key; a failure is not kept.
   *
   * @param key names the value and whatever it depends on
   */
  once<T>(key: string, compute: () => Promise<T>): Promise<T>;
  /** Takes the engine for oneself: it answers one question at a time. Never call it from within another turn. */
  inTurn<T>(work: (release: OpenRelease) => Promise<T>): Promise<T>;
  /** Tells work that goes on by itself, such as a thread, that nobody waits for it any more. */
  readonly closing: AbortSignal;
  close(): Promise<void>;
}

/**
 * Gates the configured release without recording it, and keeps it open.
 *
 * @throws ConfigError, DataError, EngineError or UsageError as the gate does
 */
export async function openSession(request: GateRequest, ports: Ports): Promise<StudioSession> {
  return sessionOver(request, ports, await openRelease(request, ports, { records: false }));
}

/** The same over a release that is open already, such as one that was just recorded; closing the session closes it. */
export function sessionOver(request: GateRequest, ports: Ports, release: OpenRelease): StudioSession {
  const kept = new Map<string, Promise<unknown>>();
  const closing = new AbortController();
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: (release: OpenRelease) => Promise<T>): Promise<T> => {
    const turn = last.then(() => work(release));
    last = turn.catch(() => {});
    return turn;
  };
  return {
    request,
    ports,
    release,
    once: <T>(key: string, compute: () => Promise<T>) => {
      const known = kept.get(key);
      if (known !== undefined) return known as Promise<T>;
      const computed = compute();
      kept.set(key, computed);
      computed.catch(() => kept.delete(key));
      return computed;
    },
    inTurn,
    closing: closing.signal,
    close: async () => {
      closing.abort();
      await last;
      await release.close();
    },
  };
}
