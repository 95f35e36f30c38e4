/** What a command lends to the stages, the folder included in which it keeps what can be computed again. */

import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { Ports } from '../stages/index.ts';
import type { Shell } from './shell.ts';

/** The ports of a shell, all but the one that says what takes long. */
export function portsOf(shell: Shell): Omit<Ports, 'progress'> {
  const folder = cacheFolder(shell);
  return {
    cwd: shell.cwd,
    now: shell.now,
    stdin: shell.stdin,
    ...(folder === undefined ? {} : { cacheFolder: folder }),
  };
}

/**
 * The folder for derived columns; undefined keeps nothing, which `SLICEWISE_CACHE=off` asks for. `SLICEWISE_CACHE` may also
 * name another folder by an absolute path.
 */
export function cacheFolder({ env }: Pick<Shell, 'env'>): string | undefined {
  const said = env.SLICEWISE_CACHE;
  if (said === 'off') return undefined;
  if (said !== undefined && isAbsolute(said)) return join(said, 'derived');
  const base = env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache');
  return join(base, 'slicewise', 'derived');
}
