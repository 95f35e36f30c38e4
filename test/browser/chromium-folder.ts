/** Unpacks the test browser once per machine and version; several test files may ask at the same time. */

import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** Where the browser is, and what it needs to find its libraries and fonts. */
export interface ChromiumFolder {
  readonly executable: string;
  readonly env: Readonly<Record<string, string>>;
  /** Folder of the fonts that come with it; null for a browser of one's own, which knows where its fonts are. */
  readonly fonts: string | null;
}

const UNPACK = `
  import { default as chromium } from '@sparticuz/chromium';
  await chromium.executablePath();
`;

/** The browser's folder: `SLICEWISE_CHROMIUM` names a program to use instead. */
export async function chromiumFolder(): Promise<ChromiumFolder> {
  const own = process.env.SLICEWISE_CHROMIUM;
  if (own) return { executable: own, env: {}, fonts: null };
  const folder = join(tmpdir(), `slicewise-chromium-${versionOf('@sparticuz/chromium')}`);
  if (!existsSync(join(folder, 'chromium'))) await unpackInto(folder);
  return {
    executable: join(folder, 'chromium'),
    env: {
      LD_LIBRARY_PATH: [join(folder, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
    },
    fonts: join(folder, 'fonts', 'fonts'),
  };
}

/** Whoever is first puts the whole folder in its place; the others throw theirs away. */
async function unpackInto(folder: string): Promise<void> {
  mkdirSync(dirname(folder), { recursive: true });
  const fresh = mkdtempSync(`${folder}-`);
  try {
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', UNPACK], {
      cwd: import.meta.dirname,
      // The libraries of the browser are unpacked only where the package believes to be on Amazon Linux.
      env: { ...process.env, TMPDIR: fresh, AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' },
    });
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    if (!existsSync(join(folder, 'chromium'))) throw error;
  }
}

function versionOf(name: string): string {
  let folder = dirname(createRequire(import.meta.url).resolve(name));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
}
