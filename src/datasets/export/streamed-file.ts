/** Writes a file piece by piece under another name and puts it in its place at the end, so that nobody finds half of it. */

import { createHash } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { EngineError } from '../../errors.ts';

/** Characters that are gathered before they are written. */
const BLOCK = 1 << 20;

/** A file that is being written. */
export interface StreamedFile {
  write(text: string): Promise<void>;
  /** Ends writing; the file still has its other name. */
  close(): Promise<{ readonly sha256: string }>;
  /** Gives it its name. */
  commit(): Promise<void>;
  /** Removes what was written; does nothing after `commit`. */
  discard(): Promise<void>;
}

/** @throws EngineError (also while writing) naming the file that cannot be written */
export async function createStreamedFile(path: string): Promise<StreamedFile> {
  const temporary = join(dirname(path), `.${basename(path).slice(0, 100)}.${process.pid}.tmp`);
  const hash = createHash('sha256');
  const handle = await naming(path, () => open(temporary, 'wx'));
  let pending = '';
  let isOpen = true;
  let isDone = false;
  const flush = async (): Promise<void> => {
    const bytes = Buffer.from(pending);
    pending = '';
    hash.update(bytes);
    await naming(path, () => writeAll(handle, bytes));
  };
  return {
    async write(text) {
      pending += text;
      if (pending.length >= BLOCK) await flush();
    },
    async close() {
      await flush();
      await naming(path, () => handle.close());
      isOpen = false;
      return { sha256: hash.digest('hex') };
    },
    async commit() {
      await naming(path, () => rename(temporary, path));
      isDone = true;
    },
    async discard() {
      if (isOpen) await handle.close().catch(() => undefined);
      isOpen = false;
      if (!isDone) await rm(temporary, { force: true });
    },
  };
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  let at = 0;
  while (at < bytes.length) at += (await handle.write(bytes, at)).bytesWritten;
}

async function naming<T>(path: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new EngineError({ message: `${path} could not be written (${code ?? error})` }, { cause: error });
  }
}
