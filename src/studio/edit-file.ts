/** Changes a text file that people edit too: one writer at a time, the whole new text or the old one, and nothing lost in between. */

import { randomUUID } from 'node:crypto';
import { open, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError, SlicewiseError } from '../errors.ts';

/** A file before and after; equal texts where nothing had to be written. */
export interface EditedFile {
  readonly before: string;
  readonly after: string;
}

/** How to wait for other writers. */
export interface EditOptions {
  readonly cwd: string;
  /** How long to wait for another process that writes, in milliseconds; 5,000 unless told. */
  readonly patienceMs?: number;
}

const RETRY_MS = 25;
/** A lock that is older was left by a killed process: a change takes milliseconds. */
const LOCK_AGE_MS = 30_000;
/** Changes that came in between while ours was computed. */
const MOST_ATTEMPTS = 20;

/**
 * Reads the file, lets the caller make the new text, and puts it in place at once. Writers of this program wait for each
 * other by a lock file beside it; where an editor changed the file meanwhile, the change is made again on the new text.
 *
 * @param path relative to `cwd`; a missing file is the empty text
 * @param change makes the new text; what it throws is thrown, and nothing is written
 * @throws EngineError where the file cannot be read as UTF-8, is locked, or cannot be written
 */
export async function editFile(
  path: string,
  change: (text: string) => Promise<string>,
  { cwd, patienceMs = 5_000 }: EditOptions,
): Promise<EditedFile> {
  const target = await realpath(resolve(cwd, path)).catch(() => resolve(cwd, path));
  const place = (suffix: string) => join(dirname(target), `.${basename(target).slice(0, 100)}.${suffix}`);
  const lock = place('lock');
  try {
    await takeLock(lock, path, patienceMs);
    try {
      for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
        const before = await readText(target);
        const after = await change(before);
        if (after === before || (await replace(target, place(`${randomUUID()}.tmp`), before, after))) {
          return { before, after };
        }
      }
      throw new EngineError({ message: `${path} is changed by another program again and again` });
    } finally {
      await rm(lock, { force: true });
    }
  } catch (error) {
    if (error instanceof SlicewiseError) throw error;
    const why = error instanceof TypeError ? 'it is no UTF-8 text' : (error as NodeJS.ErrnoException).code;
    const message = `${path} could not be changed (${why ?? String(error)})`;
    throw new EngineError({ message, hint: 'nothing was written' }, { cause: error });
  }
}

async function takeLock(lock: string, path: string, patienceMs: number): Promise<void> {
  for (let waited = 0; ; waited += RETRY_MS) {
    try {
      await writeFile(lock, `${process.pid} ${hostname()}`, { flag: 'wx' });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    if (await isAbandoned(lock)) {
      await rm(lock, { force: true });
    } else if (waited >= patienceMs) {
      throw new EngineError({
        message: `${path} is being changed by another process`,
        hint: `try again; where no other slicewise runs, delete ${basename(lock)} beside it`,
      });
    } else await sleep(RETRY_MS);
  }
}

/** Whether who took the lock is gone: a process of this machine that runs no more, or anybody after half a minute. */
async function isAbandoned(lock: string): Promise<boolean> {
  const made = await stat(lock).catch(() => null);
  if (made === null) return false;
  if (performance.timeOrigin + performance.now() - made.mtimeMs > LOCK_AGE_MS) return true;
  const [pid = '', host] = (await readFile(lock, 'utf8').catch(() => '')).split(' ');
  if (host !== hostname() || !/^\d+$/.test(pid)) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

async function readText(target: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(target));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** @returns false where the file is no longer what the change was made from */
async function replace(target: string, temporary: string, before: string, after: string): Promise<boolean> {
  const found = await stat(target).catch(() => null);
  try {
    const file = await open(temporary, 'wx', found === null ? 0o666 : found.mode & 0o777);
    try {
      await file.writeFile(after);
      await file.sync();
    } finally {
      await file.close();
    }
    if ((await readText(target)) !== before) return false;
    await rename(temporary, target);
    return true;
  } finally {
    await rm(temporary, { force: true });
  }
}
