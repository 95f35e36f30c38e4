/** `npm run pictures`: photographs the built studio for the README and the guide, on the table of the article. */

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch } from '../test/browser/browser.ts';
import { articleComparison } from '../test/browser/comparisons.ts';
import { startStudio } from '../test/browser/studio.ts';

/** One picture: a page, how it looks, and what must be there before it is taken. */
interface Picture {
  readonly name: string;
  readonly path: string;
  readonly theme: 'light' | 'dark';
  /** Pixels of the window, at one pixel of the picture each. */
  readonly size: { readonly width: number; readonly height: number };
  readonly until: string;
}

const PICTURES: readonly Picture[] = [
  {
    name: 'studio-verdict',
    path: '/verdict',
    theme: 'light',
    size: { width: 1280, height: 860 },
    until: 'What could not be told',
  },
  {
    name: 'studio-slices',
    path: '/slices',
    theme: 'dark',
    size: { width: 1280, height: 720 },
    until: 'refund_flow',
  },
  {
    name: 'studio-review',
    path: '/review',
    theme: 'light',
    size: { width: 1280, height: 900 },
    until: 'The lost cases',
  },
  {
    name: 'studio-explore',
    path: '/explore',
    theme: 'light',
    size: { width: 1280, height: 720 },
    until: 'What became of the case',
  },
];

const folder = fileURLToPath(new URL('../docs/images/', import.meta.url));
const profile = mkdtempSync(join(tmpdir(), 'slicewise-pictures-'));
const article = articleComparison();
const studio = await startStudio(article.args, { cwd: article.folder });
const browser = await launch(profile);
try {
  mkdirSync(folder, { recursive: true });
  for (const { name, path, theme, size, until } of PICTURES) {
    const context = await browser.newContext({
      viewport: size,
      colorScheme: theme,
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    await page.goto(studio.at(path));
    await page.getByText(until).first().waitFor();
    await page.waitForLoadState('networkidle');
    await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
    process.stdout.write(`docs/images/${name}.png\n`);
    await context.close();
  }
} finally {
  await browser.close();
  await studio.close();
  article.remove();
  rmSync(profile, { recursive: true, force: true });
}
