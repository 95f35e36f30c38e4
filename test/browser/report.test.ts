/** The HTML report from the disk: every page that it names is there, without a server and without a network. */

import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { slicewise } from '../e2e/cli.ts';
import { expectAxeClean, expectNoSidewaysScroll, screenshot, untilStill, useBrowser } from './browser.ts';
import { articleComparison, bbhComparison } from './comparisons.ts';
import { largeComparison } from './million.ts';
import { PAGE_PATHS } from './pages.ts';

const HIDDEN = ['/review', '/runs', '/policy', '/queues'];
const SHOWN = PAGE_PATHS.filter((path) => !HIDDEN.includes(path));

const browser = useBrowser();
const out = mkdtempSync(join(tmpdir(), 'slicewise-report-'));
afterAll(() => rmSync(out, { recursive: true, force: true }));

/** Bytes of a file beside its data. */
function pagesSize(file: string): number {
  const text = readFileSync(file, 'utf8');
  const data = /<script id="slicewise-data"[^>]*>(.*?)<\/script>/s.exec(text)![1]!;
  return Buffer.byteLength(text) - Buffer.byteLength(data);
}

const article = articleComparison();
const bbh = bbhComparison();
afterAll(() => {
  article.remove();
  bbh?.remove();
});

describe.each([
  ['the article', article],
  ['bbh', bbh],
] as const)('the report of %s', (name, comparison) => {
  if (comparison === null) {
    test.skip('skipped: the shared folder with data/bbh is absent', () => {});
    return;
  }
  const file = join(out, `${name.replaceAll(' ', '-')}.html`);
  const at = (path: string) => `${pathToFileURL(file).href}#${path}`;
  beforeAll(async () => {
    const { code, stderr } = await slicewise(['gate', ...comparison.args, '--html', file, '--quiet'], {
      cwd: comparison.folder,
    });
    expect([code, stderr]).toEqual([1, '']);
  });

  test('is small beside its data', () => {
    expect(pagesSize(file)).toBeLessThan(1_500_000);
    expect(statSync(file).size).toBeLessThan(1_500_000 + 10_000_000);
  });

  test.each(SHOWN)('%s is in the file', async (path) => {
    const { page, expectQuiet } = await browser.open(at(path));
    await untilStill(page);
    expect(await page.getByText('Not in this file').count()).toBe(0);
    await expectAxeClean(page);
    await expectNoSidewaysScroll(page);
    await screenshot(page, `report-${name.replaceAll(' ', '-')}${path.replaceAll('/', '-')}`);
    expectQuiet();
    await page.context().close();
  });

  test('says of a page that needs the results themselves how to see it', async () => {
    const { page } = await browser.open(at('/review'));
    await page.getByRole('heading', { name: 'Review is not in this file' }).waitFor();
    await page.getByRole('link', { name: 'Go to the first page' }).click();
    await page.waitForURL(/#\/verdict$/);
    await page.context().close();
  });

  test('names no page that it cannot show, and links to the others by keys', async () => {
    const { page, expectQuiet } = await browser.open(at('/verdict'), { size: 'narrow', theme: 'dark' });
    await untilStill(page);
    const links = await page
      .locator('nav a')
      .evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''));
    for (const path of HIDDEN) expect(links.filter((href) => href.includes(path))).toEqual([]);
    await page.getByRole('link', { name: 'Where' }).focus();
    await page.keyboard.press('Enter');
    await untilStill(page);
    expect(new URL(page.url()).hash).toContain('/slices');
    await page.goBack();
    await untilStill(page);
    expect(new URL(page.url()).hash).toContain('/verdict');
    await expectNoSidewaysScroll(page);
    await expectAxeClean(page);
    expectQuiet();
    await page.context().close();
  });
});

test('a report of many cases says what it leaves out, and without scripts it is the report as text', async () => {
  const { folder, args } = await largeComparison(10_000);
  const file = join(out, 'large.html');
  await slicewise(['gate', ...args, '--html', file, '--quiet'], { cwd: folder });
  const { page } = await browser.open(pathToFileURL(file).href);
  await untilStill(page);
  await page
    .getByText(/This file holds [\d,]+ of [\d,]+ /)
    .first()
    .waitFor();
  await screenshot(page, 'report-large');
  await page.context().close();

  const plain = await (await browser.context({}, { javaScriptEnabled: false })).newPage();
  await plain.goto(pathToFileURL(file).href);
  await plain.getByText(/Ship\?\s+(?:BLOCK|PASS|REVIEW)/).waitFor();
  await plain.context().close();
});

test('the report command has numbers and no verdict', async () => {
  const file = join(out, 'numbers.html');
  const { code, stderr } = await slicewise(['report', ...article.args, '--html', file, '--quiet'], {
    cwd: article.folder,
  });
  expect([code, stderr]).toEqual([0, '']);
  const { page, expectQuiet } = await browser.open(pathToFileURL(file).href);
  await untilStill(page);
  expect(new URL(page.url()).hash).toContain('/slices');
  expect(await page.getByRole('link', { name: 'Verdict' }).count()).toBe(0);
  expect(await page.getByText('Not in this file').count()).toBe(0);
  await screenshot(page, 'report-numbers');
  expectQuiet();
});
