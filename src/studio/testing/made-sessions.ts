/** Real sessions for tests of services: over rows that a test makes, in a folder that goes with the test file. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll } from 'vitest';
import { configFromFlags, type Flags } from '../../config/index.ts';
import type { GateRequest } from '../../pipeline.ts';
import { prepareRequest } from '../../request/index.ts';
import type { Ports } from '../../stages/index.ts';
import { openSession, type StudioSession } from '../session.ts';

/** What tests of one file share. */
export interface MadeSessions {
  readonly folder: string;
  readonly ports: Ports;
  /** Writes rows as JSON lines; gives the file as flags want it. */
  write(name: string, rows: readonly object[]): string[];
  /** The request of these flags alone. */
  request(flags: Flags): GateRequest;
  /** Opens a session, which is closed after the tests; `more` takes the place of parts of the request. */
  open(flags: Flags, more?: Partial<GateRequest>): Promise<StudioSession>;
  /** Opens one as commands do, which check the flags and read files that they name. */
  openPrepared(flags: Flags): Promise<StudioSession>;
  /** Opens a session over any request; it is closed after the tests. */
  openRequest(made: GateRequest): Promise<StudioSession>;
}

/**
 * Makes the folder at once; closes the sessions and removes the folder after the tests of this file.
 *
 * @param now the time at which everything happens, ISO 8601
 * @example const { open, write } = madeSessions();
 */
export function madeSessions(now = '2026-01-02T03:04:05Z'): MadeSessions {
  const folder = mkdtempSync(join(tmpdir(), 'slicewise-session-'));
  const sessions: StudioSession[] = [];
  afterAll(async () => {
    await Promise.all(sessions.map((session) => session.close()));
    rmSync(folder, { recursive: true, force: true });
  });
  const ports: Ports = { cwd: folder, now: () => new Date(now), progress: () => {} };
  const request = (flags: Flags): GateRequest => ({
    ...{ config: configFromFlags(flags), waivers: [], inputs: 'old new', rules: '', recordAs: 'main' },
  });
  const openRequest = async (made: GateRequest) => {
    const session = await openSession(made, ports);
    sessions.push(session);
    return session;
  };
  return {
    ...{ folder, ports, request, openRequest },
    write: (name, rows) => {
      writeFileSync(join(folder, name), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
      return [name];
    },
    open: (flags, more = {}) => openRequest({ ...request(flags), ...more }),
    openPrepared: async (flags) => openRequest(await prepareRequest({ flags, configFile: null }, folder)),
  };
}

/** A file of the article's example, as flags want it. */
export function articleFile(name: string): string[] {
  return [resolve('examples/article', name)];
}
