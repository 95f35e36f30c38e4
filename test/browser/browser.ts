/** Real Chromium for tests: pages that fail when a console, a script or the content security policy complains. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { chromiumFolder } from './chromium-folder.ts';

/** What a page looks like. */
export interface PageLook {
  readonly theme?: 'light' | 'dark';
  readonly size?: keyof typeof SIZES;
  /** Whether animations are asked to stay away; true unless told, so that pictures do not differ. */
  readonly still?: boolean;
}

/** Windows by name. */
export const SIZES = {
  narrow: { width: 360, height: 740 },
  tablet: { width: 820, height: 1180 },
  desktop: { width: 1440, height: 900 },
  wide: { width: 3840, height: 2160 },
} as const;

/** A page with everything that went wrong in it. */
export interface WatchedPage {
  readonly page: Page;
  /** Errors of the console, of scripts, of the policy, and failed requests, in order. */
  readonly complaints: readonly string[];
  /** Requests to anything but the page's own origin. */
  readonly foreign: readonly string[];
  /** Fails where anything complained; call it at the end of a test. `except` is what a test provokes. */
  expectQuiet(except?: RegExp): void;
}

/** A browser for a whole test file. */
export interface TestBrowser {
  /** Opens a page of its own, without cookies of others. */
  open(url: string, look?: PageLook): Promise<WatchedPage>;
  /** A context for what `open` does not do. */
  context(look?: PageLook, options?: BrowserContextOptions): Promise<BrowserContext>;
}

/**
 * Starts Chromium before the tests of this file, and ends it after them.
 *
 * @example const browser = useBrowser();
 */
export function useBrowser(): TestBrowser {
  let browser: Browser | undefined;
  let folder: string | undefined;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'slicewise-browser-'));
    browser = await launch(folder);
  });
  afterAll(async () => {
    await browser?.close();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });
  const context = async (
    { theme = 'light', size = 'desktop', still = true }: PageLook = {},
    options: BrowserContextOptions = {},
  ) => {
    if (browser === undefined)
      throw new Error('the browser is started before the tests, not while they are collected');
    return browser.newContext({
      viewport: SIZES[size],
      colorScheme: theme,
      reducedMotion: still ? 'reduce' : 'no-preference',
      acceptDownloads: true,
      locale: 'en-US',
      timezoneId: 'UTC',
      ...options,
    });
  };
  return {
    context,
    open: async (url, look) => watch(await (await context(look)).newPage(), url),
  };
}

/** Starts Chromium with its profile in `folder`. */
export async function launch(folder: string): Promise<Browser> {
  const { executable, env, fonts } = await chromiumFolder();
  if (fonts !== null) writeFileSync(join(folder, 'fonts.conf'), fontsOf(fonts));
  return chromium.launch({
    executablePath: executable,
    headless: true,
    args: [
      '--no-sandbox',
      '--no-zygote',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--font-render-hinting=none',
      '--hide-scrollbars',
    ],
    env: {
      ...(process.env as Record<string, string>),
      ...env,
      ...(fonts === null ? {} : { FONTCONFIG_PATH: folder }),
      TMPDIR: folder,
      HOME: folder,
    },
  });
}

/** The package's own configuration names the folders of Amazon's machines alone; without any font Chromium ends at the first text field. */
function fontsOf(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}</dir>
  <dir>/usr/share/fonts</dir>
  <match><test name="family"><string>system-ui</string></test><edit name="family" mode="prepend" binding="strong"><string>Open Sans</string></edit></match>
  <match><test name="family"><string>sans-serif</string></test><edit name="family" mode="prepend" binding="strong"><string>Open Sans</string></edit></match>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;
}

async function watch(page: Page, url: string): Promise<WatchedPage> {
  const complaints: string[] = [];
  const foreign: string[] = [];
  const own = new URL(url).origin;
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`script: ${error.message}`));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (/^(?:data|blob|about):/.test(request.url())) return;
    if (new URL(request.url()).origin !== own) foreign.push(request.url());
  });
  await page.goto(url);
  return {
    page,
    complaints,
    foreign,
    expectQuiet: (except) => {
      expect(complaints.filter((text) => except === undefined || !except.test(text))).toEqual([]);
      expect(foreign).toEqual([]);
    },
  };
}

const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** Advice about the landmarks of a page: lists and menus open beside them, and an open list hides the page from readers. */
const ABOUT_THE_PAGE = ['landmark-one-main', 'page-has-heading-one', 'region'];

/**
 * Axe finds nothing against WCAG 2.2 A and AA.
 *
 * @param within selector of the part to look at; the whole page unless told. `popup`: the whole page, while a list or a menu is open over it
 */
export async function expectAxeClean(page: Page, within?: string): Promise<void> {
  const plain = new AxeBuilder({ page }).withTags(AXE_TAGS);
  const isCovered = within === 'popup';
  const builder = isCovered ? plain.disableRules(ABOUT_THE_PAGE) : plain;
  const { violations } = await (within === undefined || isCovered
    ? builder
    : builder.include(within)
  ).analyze();
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes
      .slice(0, 5)
      .map(({ target, failureSummary }) => `${id}: ${help} at ${target.join(' ')}: ${failureSummary}`),
  );
  expect(found).toEqual([]);
}

/** A page that refines its figures asks on and on; its places are there all the same. */
const LONGEST_ASKING_MS = 8_000;

/** Waits until no place waits for its answer, and until nothing is asked any more where that comes soon. */
export async function untilStill(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle', { timeout: LONGEST_ASKING_MS }).catch(() => undefined);
  await page.waitForFunction(
    () => document.querySelector('main') !== null && document.querySelector('.loading') === null,
  );
}

/** Nothing sticks out sideways: the page itself scrolls only down. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const { scroll, client } = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return { scroll: scrollWidth, client: clientWidth };
  });
  expect(scroll, 'width of the content against the window').toBeLessThanOrEqual(client);
}

/** Sum of the layout shifts since the page was opened that no input caused; 0 is still. Call it twice to compare. */
export function layoutShift(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as unknown as readonly {
            value: number;
            hadRecentInput: boolean;
          }[]) {
            if (!entry.hadRecentInput) sum += entry.value;
          }
        }).observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => resolve(sum), 50);
      }),
  );
}

/** Where pictures go: `SLICEWISE_SCREENSHOTS`, or a folder of the machine. */
const PICTURES = process.env.SLICEWISE_SCREENSHOTS ?? join(tmpdir(), 'slicewise-screenshots');

/** Keeps a picture of what is seen, or of the whole page; gives its path. */
export async function screenshot(
  page: Page,
  name: string,
  options: { readonly whole?: boolean } = {},
): Promise<string> {
  mkdirSync(PICTURES, { recursive: true });
  const path = join(PICTURES, `${name}.png`);
  await page.screenshot({ path, fullPage: options.whole ?? false, animations: 'disabled' });
  return path;
}
