/** The version of this program, as published. */

import { existsSync, readFileSync } from 'node:fs';

export const VERSION = readManifest(new URL('.', import.meta.url)).version;

/** The nearest package.json above this file: the source, the compiled file and the bundled command stand at different depths. */
function readManifest(folder: URL): { readonly version: string } {
  const file = new URL('package.json', folder);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : readManifest(new URL('..', folder));
}
