/** Writes files whole or not at all, and looks at them before they get their names. */

import { rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { EngineError } from '../../errors.ts';

/** A file to write. */
export interface NewFile {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
  /** Hears where the file lies before it gets its name; what it throws keeps all files from being written. */
  readonly check?: (temporary: string) => Promise<void>;
}

/** @throws EngineError naming the file that could not be written, and what `check` throws */
export async function writeWhole(files: readonly NewFile[]): Promise<void> {
  const temporaries = files.map(({ path }) =>
    join(dirname(path), `.${basename(path).slice(0, 100)}.${process.pid}.tmp`),
  );
  try {
    for (const [at, { path, text, check }] of files.entries()) {
      await naming(path, writeFile(temporaries[at]!, text, { flag: 'wx' }));
      await check?.(temporaries[at]!);
    }
    for (const [at, { path }] of files.entries()) await naming(path, rename(temporaries[at]!, path));
  } catch (error) {
    for (const temporary of temporaries) await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function naming(path: string, work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new EngineError({ message: `${path} could not be written (${code ?? cause})` }, { cause });
  }
}
