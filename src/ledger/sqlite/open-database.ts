/** Opens the SQLite file of a ledger so that several processes can use it at the same time. */

import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError, UsageError } from '../../errors.ts';
import { ledgerFailure } from './failure.ts';

/** `SLWI`: marks the file as a Slicewise ledger in SQLite's own header. */
export const APPLICATION_ID = 0x534c5749;

export interface OpenDatabaseOptions {
  /** How long to wait for another process that writes, in milliseconds. */
  readonly busyTimeoutMs: number;
  /** Whether a missing file is made. */
  readonly create: boolean;
  /** The path as the user wrote it, for messages. */
  readonly shownAs: string;
}

/**
 * Opens (or makes) a ledger file in WAL mode with full durability and foreign keys.
 *
 * @param path an absolute path
 * @throws UsageError where the file is missing and may not be made; EngineError where it is damaged, locked, not
 *   writable, or the database of another program
 */
export async function openDatabase(path: string, options: OpenDatabaseOptions): Promise<DatabaseSync> {
  const { shownAs } = options;
  if (!options.create && !existsSync(path)) {
    throw new UsageError({
      message: 'there is no ledger at this path',
      hint: 'name the ledger in slicewise.yaml (ledger: PATH) and run a gate: it records itself',
      where: { file: shownAs },
    });
  }
  let database: DatabaseSync | null = null;
  try {
    makeFolder(dirname(path));
    database = new DatabaseSync(path, { timeout: options.busyTimeoutMs });
    claim(shownAs, database);
    await useWriteAheadLog(database, options.busyTimeoutMs);
    database.exec('pragma synchronous = full; pragma foreign_keys = on; pragma recursive_triggers = on');
    return database;
  } catch (error) {
    database?.close();
    throw ledgerFailure(shownAs, error);
  }
}

/** Makes a folder and those above it. Node's own recursive way never ends where a file system refuses folders, such as /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process that started with this one was faster.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** Refuses the database of another program, and marks an empty one as ours. */
function claim(path: string, database: DatabaseSync): void {
  const id = database.prepare('pragma application_id').get()?.application_id;
  if (id === APPLICATION_ID) return;
  const tables = database.prepare('select count(*) as n from sqlite_master').get()?.n;
  if (tables !== 0) {
    throw new EngineError({
      message: 'this file is an SQLite database of another program, not a Slicewise ledger',
      hint: 'name another file as the ledger',
      where: { file: path },
    });
  }
  database.exec(`pragma application_id = ${APPLICATION_ID}`);
}

const RETRY_MS = 20;

/** SQLite does not wait for others when it changes the journal mode, so two processes that start together must retry. */
async function useWriteAheadLog(database: DatabaseSync, busyTimeoutMs: number): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += RETRY_MS) {
    try {
      if (database.prepare('pragma journal_mode').get()?.journal_mode === 'wal') return;
      database.exec('pragma journal_mode = wal');
      return;
    } catch (error) {
      if ((error as { errcode?: number }).errcode !== 5 || waitedMs >= busyTimeoutMs) throw error;
      await sleep(RETRY_MS);
    }
  }
}
