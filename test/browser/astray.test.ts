/** Addresses that nobody meant, files that go away under an open page, and a studio that was closed. */

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  expectAxeClean,
  expectNoSidewaysScroll,
  screenshot,
  untilStill,
  useBrowser,
  type WatchedPage,
} from './browser.ts';
import { articleComparison } from './comparisons.ts';
import { PAGE_PATHS } from './pages.ts';
import { useStudio } from './studio.ts';

const article = articleComparison();
afterAll(() => article.remove());
const browser = useBrowser();
const studio = useStudio(() => ({ args: [...article.args, '--ledger', 'ledger.db'], cwd: article.folder }));
const file = (name: string) => join(article.folder, name);

let opened: WatchedPage;
beforeAll(async () => {
  opened = await browser.open(studio().at('/verdict'));
});

test.each(PAGE_PATHS)('%s stands up to names that objects inherit', async (path) => {
  const { page, complaints } = opened;
  const before = complaints.length;
  for (const word of ['__proto__', '-constructor']) {
    const keys = ['sort', 'tab', 'by', 'show', 'group', 'order', 'axis', 'source', 'as', 'side', 'q'];
    await page.goto(`${studio().origin}${path}?${new URLSearchParams(keys.map((key) => [key, word]))}`);
    await untilStill(page);
    await page.locator('main h1').waitFor();
    expect(await page.getByText('This page has failed').count()).toBe(0);
    await expectNoSidewaysScroll(page);
  }
  expect(complaints.slice(before).filter((text) => !text.includes('status of 4'))).toEqual([]);
});

test('a filter with a value as long as a page stays within the page', async () => {
  const { page } = opened;
  await page.goto(`${studio().origin}/slices?role=${'x'.repeat(3000)}`);
  await untilStill(page);
  await expectNoSidewaysScroll(page);
});

test('where the system chooses the colours, the open tab and the open page are still marked', async () => {
  const context = await browser.context({}, { forcedColors: 'active' });
  const page = await context.newPage();
  await page.goto(studio().at('/slices'));
  await untilStill(page);
  for (const chosen of ['[role=tab][data-state=active]', '.nav-page[aria-current]']) {
    const line = await page.locator(chosen).evaluate((one) => getComputedStyle(one).textDecorationLine);
    expect([chosen, line]).toEqual([chosen, 'underline']);
  }
  await context.close();
});

test('a table in which nothing is left is one that screen readers can read', async () => {
  const { page } = opened;
  await page.goto(`${studio().origin}/slices?q=nothing-has-this-name`);
  await untilStill(page);
  await expectAxeClean(page);
});

test('a dialog that a key opened gives the focus back', async () => {
  const { page } = opened;
  await page.goto(`${studio().origin}/slices`);
  await untilStill(page);
  const row = page.locator('main [role=row][tabindex="0"]').first();
  await row.focus();
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await row.evaluate((one) => one === document.activeElement)).toBe(true);
});

test('a page begins at its top in a window of few lines', async () => {
  const context = await browser.context({}, { viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 });
  const page = await context.newPage();
  await page.goto(studio().at('/review'));
  await untilStill(page);
  expect(await page.evaluate(() => globalThis.scrollY)).toBe(0);
  await expectNoSidewaysScroll(page);
  await context.close();
});

test('a file that changes under an open page is said on the next page, and opening again shows that page', async () => {
  const { page } = opened;
  await page.goto(`${studio().origin}/verdict`);
  await page.getByRole('heading', { name: 'Do not ship' }).waitFor();
  const text = readFileSync(file('after.jsonl'));
  renameSync(file('after.jsonl'), file('elsewhere.jsonl'));
  await page.waitForTimeout(1100);
  await page.getByRole('link', { name: 'Review', exact: true }).click();
  await page.getByText('The runs cannot be shown').waitFor();
  await page.goBack();
  await page.getByText('after.jsonl was there when the studio read it, and is gone').waitFor();
  expect(await page.getByRole('heading', { name: 'Do not ship' }).count()).toBe(0);
  writeFileSync(file('after.jsonl'), text);
  await page.getByRole('button', { name: 'Open again' }).click();
  await page.getByRole('heading', { name: 'Do not ship' }).waitFor();
});

test('a page that was not loaded when the studio closed says so, not in words of the browser', async () => {
  const { page, context } = await (async () => {
    const one = await browser.context();
    return { page: await one.newPage(), context: one };
  })();
  await page.goto(studio().at('/verdict'));
  await untilStill(page);
  await studio().close();
  await page.getByRole('link', { name: 'Where' }).click();
  await page.getByText('The studio does not answer.').first().waitFor();
  expect(await page.getByText(/preload|dynamically imported/).count()).toBe(0);
  await expectAxeClean(page);
  await screenshot(page, 'astray-closed');
  await context.close();
});
