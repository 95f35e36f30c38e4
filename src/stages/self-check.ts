/** Keeps the summary of an A/A run beside the data, so that later reports can quote it. */

import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SelfCheck } from '../checks/index.ts';

/** Folder, below the working directory, in which commands keep what they computed. */
const CACHE = '.slicewise/aa';

/**
 * The summary for exactly these results and this policy, or null where `slicewise aa` has not been run on them. A file that
 * cannot be read or is no summary is none: what a cache holds decides no release.
 */
export async function readSelfCheck(cwd: string, runHash: string): Promise<SelfCheck | null> {
  try {
    const found: unknown = JSON.parse(await readFile(join(cwd, CACHE, `${runHash}.json`), 'utf8'));
    return isSelfCheck(found) ? found : null;
  } catch {
    return null;
  }
}

function isSelfCheck(value: unknown): value is SelfCheck {
  const { releases, blocked, reviewed, method } = (value ?? {}) as Partial<SelfCheck>;
  const counts = [releases, blocked, reviewed];
  return (
    counts.every((count) => Number.isSafeInteger(count) && Number(count) >= 0) &&
    Number(releases) >= Math.max(1, Number(blocked) + Number(reviewed)) &&
    typeof method === 'string'
  );
}

/**
 * Writes the summary whole or not at all.
 *
 * @returns why it could not be kept, such as `EACCES`; null where it was
 */
export async function writeSelfCheck(
  cwd: string,
  runHash: string,
  summary: SelfCheck,
): Promise<string | null> {
  const folder = join(cwd, CACHE);
  const temporary = join(folder, `${runHash}.${process.pid}.tmp`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(temporary, `${JSON.stringify(summary, null, 2)}\n`);
    await rename(temporary, join(folder, `${runHash}.json`));
    return null;
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}
