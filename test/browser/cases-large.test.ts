/** Cases in Chromium: BIG-Bench Hard in every look, and a list of a million. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAxeClean, expectNoSidewaysScroll, layoutShift, screenshot, useBrowser } from './browser.ts';
import { listed, options, selected, soon, title } from './cases-page.ts';
import { bbhComparison } from './comparisons.ts';
import { type LargeComparison, largeComparison } from './million.ts';
import { useStudio } from './studio.ts';

const browser = useBrowser();

const bbh = bbhComparison();
describe.skipIf(bbh === null)('cases of BIG-Bench Hard', () => {
  afterAll(() => bbh!.remove());
  const studio = useStudio(() => ({ args: bbh!.args, cwd: bbh!.folder }));

  test.each([
    ['light', 'desktop'],
    ['dark', 'narrow'],
    ['dark', 'wide'],
  ] as const)('are clean in %s on a %s window', async (theme, size) => {
    const { page, expectQuiet } = await browser.open(studio().at('/cases?flip=lost'), { theme, size });
    await listed(page, /^573 of 6,511 cases$/);
    await expectAxeClean(page, 'main');
    await expectNoSidewaysScroll(page);
    await screenshot(page, `cases-${theme}-${size}`);
    await options(page).nth(4).click();
    await page.getByText('Asked and expected').waitFor();
    await page.getByRole('button', { name: 'Find cases that ask nearly the same' }).click();
    await page.getByText('By the words of the input').waitFor();
    await expectAxeClean(page, 'main');
    await expectNoSidewaysScroll(page);
    await screenshot(page, `case-${theme}-${size}`, { whole: true });
    expectQuiet();
  });

  test('stand still while they come, and narrow windows go back to the list', async () => {
    const { page, expectQuiet } = await browser.open(studio().at('/cases?flip=lost'), { size: 'narrow' });
    await listed(page, /^573/);
    const row = options(page).nth(3);
    const id = await row.locator('.case-id').innerText();
    await row.click();
    await soon(() => title(page).innerText()).toBe(id);
    await page.keyboard.press('Escape');
    await listed(page, /^573/);
    await options(page).nth(1).click();
    await page.goBack();
    await listed(page, /^573/);
    expectQuiet();
    const wide = await browser.open(studio().at('/cases?flip=lost'));
    await listed(wide.page, /^573/);
    await wide.page.keyboard.press('j');
    await wide.page.getByText('Asked and expected').waitFor();
    expect(await layoutShift(wide.page)).toBeLessThan(0.02);
  });
});

describe('a million cases', () => {
  let large: LargeComparison;
  beforeAll(async () => {
    large = await largeComparison(1_000_000);
  });
  const studio = useStudio(() => ({ args: large.args, cwd: large.folder }));

  test('are scrolled to the middle and to the end, searched and opened', async () => {
    const { page, expectQuiet } = await browser.open(studio().at('/cases?order=id'));
    await listed(page, /^1,000,000 cases$/);
    await options(page).first().locator('.case-id').waitFor();
    const list = page.getByRole('listbox', { name: 'Cases' });
    await list.evaluate((node) => {
      node.scrollTop = (node.scrollHeight - node.clientHeight) / 2;
    });
    const positions = () =>
      options(page).evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('aria-posinset'))));
    await soon(async () => Math.abs((await positions())[0]! - 500_000)).toBeLessThan(1_000);
    await soon(() => page.locator('.case-waits').count()).toBe(0);
    await screenshot(page, 'cases-million-middle');
    const [before] = await positions();
    await list.hover();
    await page.mouse.wheel(0, 310);
    await soon(async () => (await positions())[0]).toBe(before! + 5);
    await list.focus();
    await page.keyboard.press('End');
    await soon(() => selected(page).getAttribute('aria-posinset')).toBe('1000000');
    const last = await title(page).innerText();
    expect((await selected(page).locator('.case-id').innerText()).trim()).toBe(last);
    await page.goto(`${studio().origin}/slices`);
    await page.goBack();
    await soon(() => selected(page).getAttribute('aria-posinset')).toBe('1000000');
    await page.getByLabel('Words in ids and texts').fill('parcel "number 4711"');
    await listed(page, /^\d+ of 1,000,000 cases$/);
    await page.getByRole('button', { name: 'Show all cases' }).click();
    await page.getByRole('button', { name: /^lost/ }).click();
    await listed(page, /^[\d,]+ of 1,000,000 cases$/);
    await expectAxeClean(page, 'main');
    expectQuiet();
  });
});
