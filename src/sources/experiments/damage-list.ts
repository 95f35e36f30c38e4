/** Notes what could not be read of an experiment store, so that the rest can be read and nothing is lost silently. */

import { foundText } from '../../cases/index.ts';
import type { Damage } from './types.ts';

/** A growing list; what is of one kind in one place is counted. */
export interface DamageList {
  add(place: string, reason: string): void;
  all(): readonly Damage[];
}

/** An empty list. */
export function createDamageList(): DamageList {
  const counts = new Map<string, { readonly place: string; readonly reason: string; times: number }>();
  return {
    add(place, reason) {
      const key = JSON.stringify([place, reason]);
      const known = counts.get(key);
      if (known === undefined) counts.set(key, { place, reason, times: 1 });
      else known.times += 1;
    },
    all: () =>
      [...counts.values()].map(({ place, reason, times }) => ({
        place,
        reason: times === 1 ? reason : `${reason} (${times} times)`,
      })),
  };
}

/** Why a file of a store could not be opened, in a few words. */
export function failureWords(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'does not exist';
  if (code === 'EACCES' || code === 'EPERM') return 'may not be read';
  if (code === 'EISDIR') return 'is a folder';
  if (code === 'ENOTDIR') return 'is no folder';
  if (code !== undefined && /^[A-Z][A-Z0-9]+$/.test(code)) return code;
  return foundText(message);
}
