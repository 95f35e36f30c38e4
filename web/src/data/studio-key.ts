/** The key of the studio that served this page. The server sends it once, behind the # of the first address; the storage of this origin keeps it. */

import { KEY_HEADER, KEY_MARK } from '../../../src/studio/contract/studio-key.ts';

const KEPT_AS = 'slicewise-studio-key';

/** Where the browser keeps nothing, the key lives as long as the page. */
let here: string | null = null;

/** Takes the key out of the address, before anything reads the address. */
export function takeStudioKey(): void {
  const { hash, pathname, search } = window.location;
  if (!hash.startsWith(`#${KEY_MARK}`)) return;
  here = hash.slice(1 + KEY_MARK.length);
  window.history.replaceState(window.history.state, '', pathname + search);
  try {
    window.localStorage.setItem(KEPT_AS, here);
  } catch {}
}

/** The header that questions bring; read anew each time, since another tab may have opened the studio once more. */
export function studioKeyHeader(): Readonly<Record<string, string>> {
  const key = kept() ?? here;
  return key === null ? {} : { [KEY_HEADER]: key };
}

function kept(): string | null {
  try {
    return window.localStorage.getItem(KEPT_AS);
  } catch {
    return null;
  }
}
