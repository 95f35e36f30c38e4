/** The pages that the front end registers, read from its registry. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const REGISTRY = fileURLToPath(new URL('../../web/src/pages.ts', import.meta.url));

/** Every path, in the order of the navigation, such as `/verdict`. */
export const PAGE_PATHS: readonly string[] = [
  ...readFileSync(REGISTRY, 'utf8').matchAll(/^\s+path: '(\/[^']*)'/gm),
].map(([, path = '']) => path);
