/** Packages that Slicewise can use but does not bring: found from the user's folder, then from its own. */

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Codes with which Node says that a package is not there. */
const ABSENT: ReadonlySet<unknown> = new Set(['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND']);

/**
 * The package as the user installed it.
 *
 * @param folder absolute path of the folder where the command runs
 * @returns null where it is not installed
 * @throws whatever the package throws while it is loaded
 */
export async function optionalPackage(name: string, folder: string): Promise<unknown> {
  const path = pathFrom(name, folder);
  if (path !== null) return import(pathToFileURL(path).href);
  try {
    return await import(name);
  } catch (error) {
    if (isAbsent(error, name)) return null;
    throw error;
  }
}

function pathFrom(name: string, folder: string): string | null {
  try {
    return createRequire(join(folder, 'package.json')).resolve(name);
  } catch (error) {
    if (isAbsent(error, name)) return null;
    throw error;
  }
}

/** A package that is there but misses one of its own is not absent. */
function isAbsent(error: unknown, name: string): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return ABSENT.has(code) && String(message).includes(`'${name}'`);
}
