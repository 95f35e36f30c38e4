/** A report that the documentation keeps below words of a person: compared with what is made now, or renewed on request. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect } from 'vitest';

/** Expects the page to end with the text that starts at the mark; with SLICEWISE_UPDATE_GOLDENS=1 the page is renewed first. */
export function expectKept(path: string, mark: string, made: string): void {
  if (process.env.SLICEWISE_UPDATE_GOLDENS === '1') {
    mkdirSync(dirname(path), { recursive: true });
    const kept = existsSync(path) ? readFileSync(path, 'utf8') : '';
    writeFileSync(path, `${kept.slice(0, Math.max(0, kept.indexOf(mark)))}${made}`);
  }
  const kept = readFileSync(path, 'utf8');
  expect(kept.slice(kept.indexOf(mark))).toBe(made);
}
