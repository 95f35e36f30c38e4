/** Nothing that a model or a file says becomes code or takes a page apart, in the studio and in the HTML report. */

import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { slicewise } from '../e2e/cli.ts';
import { expectNoSidewaysScroll, screenshot, untilStill, useBrowser } from './browser.ts';
import { hostileComparison } from './hostile.ts';
import { PAGE_PATHS } from './pages.ts';
import { useStudio } from './studio.ts';

const hostile = hostileComparison();
const out = mkdtempSync(join(tmpdir(), 'slicewise-hostile-'));
const file = join(out, 'report.html');
afterAll(() => {
  hostile.remove();
  rmSync(out, { recursive: true, force: true });
});

const browser = useBrowser();
const studio = useStudio(() => ({ args: hostile.args, cwd: hostile.folder }));

/** No attack has run, nothing was injected, and the page is still ours. */
async function expectUnharmed(page: Page): Promise<void> {
  const found = await page.evaluate(() => ({
    attacked: (window as { __attacked?: unknown }).__attacked ?? null,
    frames: document.querySelectorAll('iframe, object, embed, base, form[action]').length,
    handlers: [...document.querySelectorAll('*')].filter((one) =>
      [...one.attributes].some(({ name }) => name.startsWith('on')),
    ).length,
    links: [...document.querySelectorAll('a[href]')].filter(
      (one) => !['http:', 'file:', 'blob:', 'data:'].includes((one as HTMLAnchorElement).protocol),
    ).length,
    foreign: [...document.querySelectorAll('a[href]')].filter((one) =>
      (one as HTMLAnchorElement).hostname.includes('evil'),
    ).length,
    images: [...document.querySelectorAll('img, link[rel=stylesheet], script[src]')].filter((one) =>
      /evil|^x$/.test(one.getAttribute('src') ?? one.getAttribute('href') ?? ''),
    ).length,
    isShown: getComputedStyle(document.body).display !== 'none',
  }));
  expect(found).toEqual({
    ...{ attacked: null, frames: 0, handlers: 0, links: 0, foreign: 0, images: 0 },
    isShown: true,
  });
}

/** Pages that have at least three things to open; the others have fewer or none. */
const OPENS = /\/(verdict|slices|classes|explore|cases|health)\b/;

/** Opens what can be opened: the first rows of every table and list, then the tabs and what is folded. */
async function openEverything(page: Page): Promise<void> {
  const own = page.url();
  let opened = 0;
  for (const selector of [
    'main [role=grid] [role=rowgroup] [role=row][tabindex]',
    'main [role=option]',
    'main tbody tr',
    'main [role=tab]',
    'main summary',
  ]) {
    const found = page.locator(selector);
    const count = Math.min(await found.count(), 3);
    for (let i = 0; i < count; i += 1) {
      await found
        .nth(i)
        .click({ timeout: 500, position: { x: 8, y: 8 } })
        .then(() => (opened += 1))
        .catch(() => undefined);
      await untilStill(page);
      await expectUnharmed(page);
      await page.keyboard.press('Escape');
    }
    if (page.url().split('?')[0] !== own.split('?')[0]) await page.goto(own);
  }
  if (OPENS.test(own)) expect(opened, own).toBeGreaterThan(2);
}

describe('hostile results in the studio', () => {
  test.each(PAGE_PATHS)('%s runs no script, asks nobody else, and keeps its layout', async (path) => {
    const { page, expectQuiet } = await browser.open(studio().at(path), { size: 'narrow' });
    await untilStill(page);
    await expectUnharmed(page);
    await expectNoSidewaysScroll(page);
    await screenshot(page, `hostile${path.replaceAll('/', '-')}-narrow`);
    await page.setViewportSize({ width: 1440, height: 900 });
    await openEverything(page);
    await expectNoSidewaysScroll(page);
    await screenshot(page, `hostile${path.replaceAll('/', '-')}`);
    expectQuiet();
    await page.context().close();
  });
});

describe('hostile results in an HTML report', () => {
  beforeAll(async () => {
    const { code, stderr } = await slicewise(['gate', '--quiet', '--html', file], { cwd: hostile.folder });
    expect([code, stderr]).toEqual([1, '']);
  });

  test.each(PAGE_PATHS)('%s runs no script, asks nobody, and keeps its layout', async (path) => {
    const { page, foreign, expectQuiet } = await browser.open(`${pathToFileURL(file).href}#${path}`);
    await untilStill(page);
    await expectUnharmed(page);
    await openEverything(page);
    await expectNoSidewaysScroll(page);
    await screenshot(page, `hostile-report${path.replaceAll('/', '-')}`);
    expect(foreign).toEqual([]);
    expectQuiet();
    await page.context().close();
  });

  test('does not hold megabytes of one output', () => {
    expect(existsSync(file)).toBe(true);
    expect(statSync(file).size).toBeLessThan(1_500_000 + 8_000_000);
  });
});

describe('the address', () => {
  test('loses its token at once, and back, reload and a second tab work by the cookie alone', async () => {
    const { page, expectQuiet } = await browser.open(studio().at('/slices'));
    await untilStill(page);
    expect(new URL(page.url()).searchParams.has('token')).toBe(false);
    const second = await page.context().newPage();
    await second.goto(`${studio().origin}/verdict`);
    await untilStill(second);
    expect(await second.title()).toContain('Slicewise');
    await page.reload();
    await untilStill(page);
    const [cookie] = await page.context().cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
    expect(await page.evaluate(() => document.cookie)).toBe('');
    expectQuiet();
  });

  test('shows answers to no other server of this machine, which gets the cookie and not the key', async () => {
    const heard: IncomingHttpHeaders[] = [];
    const server = createServer((request, response) => {
      heard.push(request.headers);
      const name = request.headers.cookie?.split('=')[0];
      const planted = ['/slices', '/verdict', '/api', '/api/status'].map(
        (path) => `${name}=no; Path=${path}`,
      );
      response.setHeader('set-cookie', planted);
      response.end('<title>another server</title>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { page } = await browser.open(studio().at('/verdict'));
    await untilStill(page);
    expect(new URL(page.url()).hash).toBe('');
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const { cookie = '' } = heard[0]!;
    expect(cookie).toMatch(/^slicewise-\d+=/);
    expect(JSON.stringify(heard)).not.toContain('studio-key');
    const stolen = await fetch(`${studio().origin}/api/release`, { headers: { cookie } });
    expect(stolen.status).toBe(401);
    // Its own pages go on, by the back button and by a deep link in another tab, with the planted cookies beside theirs.
    await page.goBack();
    await page.waitForURL(/\/verdict$/);
    await untilStill(page);
    await page.getByRole('heading', { level: 1 }).waitFor();
    const tab = await page.context().newPage();
    await tab.goto(`${studio().origin}/slices?sort=-n`);
    await tab.getByRole('grid').first().waitFor();
    await page.evaluate(() => window.localStorage.clear());
    await page.reload();
    await page.getByText('this request brings no key of this studio').waitFor();
    await page.getByText('open the address that the terminal printed, once more').waitFor();
    server.close();
    server.closeAllConnections();
    await page.context().close();
  });

  test('without its token shows how to get in, and nothing of the comparison', async () => {
    const { page } = await browser.open(`${studio().origin}/slices`);
    await page.getByText('Open the studio from its terminal').waitFor();
    expect(await page.content()).not.toContain('id="root"');
  });

  test('is reached by a link on a page of somebody else, who learns nothing', async () => {
    const context = await browser.context();
    const page = await context.newPage();
    await page.goto(studio().at('/verdict'));
    await untilStill(page);
    await page.goto(`data:text/html,<a href="${studio().origin}/slices">open</a>`);
    await page.getByText('open').click();
    await page.waitForURL(`${studio().origin}/slices`);
    await untilStill(page);
    await page.goto(`data:text/html,<title>foreign</title>`);
    const stolen = await page.evaluate(async (origin) => {
      const tries = [
        () => fetch(`${origin}/api/status`, { credentials: 'include' }).then((answer) => answer.text()),
        () =>
          fetch(`${origin}/api/status`, { credentials: 'include', mode: 'no-cors' }).then((answer) =>
            answer.text(),
          ),
        () =>
          fetch(`${origin}/api/reopen`, {
            method: 'POST',
            credentials: 'include',
            mode: 'no-cors',
            body: '{}',
          }).then((answer) => answer.text()),
      ];
      const results: string[] = [];
      for (const one of tries) results.push(await one().catch(() => ''));
      return results;
    }, studio().origin);
    expect(stolen).toEqual(['', '', '']);
    await context.close();
  });
});
