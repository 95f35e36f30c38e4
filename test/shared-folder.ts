/** Where the data shared with this repository's tests lies, when it is there at all. */

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = process.env.SLICEWISE_SHARED ?? resolve(import.meta.dirname, '../../shared');

/**
 * Path of a shared file or folder, or null when it is absent; a test without it skips and prints why.
 *
 * @example sharedPath('golden', 'stats', 'sequential.json')
 */
export function sharedPath(...parts: string[]): string | null {
  const path = join(root, ...parts);
  return existsSync(path) ? path : null;
}
