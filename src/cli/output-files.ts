/** Writes reports to files, whole or not at all, and never over an input. */

import { appendFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { EngineError, UsageError } from '../errors.ts';

/** A file to write. */
export interface OutputFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Refuses files that cannot be written or that are inputs, before any work is done.
 *
 * @param flag that names the files, for messages
 * @param inputs paths of files that are read; names that are no files are passed over
 * @throws UsageError with every problem
 */
export async function checkOutputs(
  paths: readonly string[],
  inputs: readonly string[],
  cwd: string,
  flag = '--out',
): Promise<void> {
  const known = new Map<string, string>();
  for (const input of inputs) {
    const id = await identity(resolve(cwd, input));
    if (id !== null) known.set(id, input);
  }
  const problems = [];
  const seen = new Set<string>();
  for (const path of paths) {
    const absolute = resolve(cwd, path);
    if (seen.has(absolute)) problems.push({ message: `${flag} ${path} names a file for the second time` });
    seen.add(absolute);
    const found = await stat(absolute).catch(() => null);
    const folder = await stat(dirname(absolute)).catch(() => null);
    const input = known.get((await identity(absolute)) ?? '');
    if (input !== undefined) {
      problems.push({
        message: `${flag} ${path} is an input (${input}) and is not written over`,
        hint: 'name another file',
      });
    } else if (found?.isDirectory()) {
      problems.push({ message: `${flag} ${path} is a directory, expected a file` });
    } else if (!folder?.isDirectory()) {
      problems.push({
        message: `the folder of ${flag} ${path} does not exist`,
        hint: `mkdir -p ${dirname(path)}`,
      });
    }
  }
  if (problems.length > 0) throw new UsageError(problems);
}

/** Device and number of a file, the same for all of its names; null where there is none. */
async function identity(path: string): Promise<string | null> {
  const found = await stat(path, { bigint: true }).catch(() => null);
  return found?.isFile() ? `${found.dev}:${found.ino}` : null;
}

/**
 * Writes all files, each first under another name in the same folder. A failure leaves every file as it was, unless it comes
 * between two renames.
 *
 * @throws EngineError naming the file that could not be written
 */
export async function writeOutputs(files: readonly OutputFile[], cwd: string): Promise<void> {
  const written: { readonly temporary: string; readonly target: string; readonly path: string }[] = [];
  try {
    for (const { path, text } of files) {
      const target = await realpath(resolve(cwd, path)).catch(() => resolve(cwd, path));
      const found = await stat(target).catch(() => null);
      await naming(path, async () => {
        // A pipe or a device such as /dev/stderr is written to; it must not be replaced.
        if (found !== null && !found.isFile()) return appendFile(target, text);
        const temporary = join(dirname(target), `.${basename(target).slice(0, 100)}.${process.pid}.tmp`);
        written.push({ temporary, target, path });
        await writeFile(temporary, text, {
          flag: 'wx',
          ...(found === null ? {} : { mode: found.mode & 0o777 }),
        });
      });
    }
    for (const { temporary, target, path } of written) await naming(path, () => rename(temporary, target));
  } catch (error) {
    for (const { temporary } of written) await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Adds a text to a file that a CI system names, such as the summary of a step. */
export async function appendOutput(path: string, text: string): Promise<void> {
  await naming(path, () => appendFile(path, text));
}

async function naming(path: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new EngineError({ message: `${path} could not be written (${code ?? error})` }, { cause: error });
  }
}
