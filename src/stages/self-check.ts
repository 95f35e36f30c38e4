/** Keeps the summary of an A/A run beside the data, so that later reports can quote it. */

import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SelfCheck } from '../checks/index.ts';

/** Folder, below the working directory, in which commands keep what they computed. */
const CACHE = '.slicewise/aa';

/** The summary for exactly these results and this policy, or null where `slicewise aa` has not been run on them. */
export async function readSelfCheck(cwd: string, runHash: string): Promise<SelfCheck | null> {
  try {
    return JSON.parse(await readFile(join(cwd, CACHE, `${runHash}.json`), 'utf8')) as SelfCheck;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Writes the summary whole or not at all. */
export async function writeSelfCheck(cwd: string, runHash: string, summary: SelfCheck): Promise<void> {
  const folder = join(cwd, CACHE);
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `${runHash}.${process.pid}.tmp`);
  await writeFile(temporary, `${JSON.stringify(summary, null, 2)}\n`);
  await rename(temporary, join(folder, `${runHash}.json`));
}
