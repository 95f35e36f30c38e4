import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { expectAxeClean, expectNoSidewaysScroll, layoutShift, screenshot, useBrowser } from './browser.ts';
import { articleComparison, bbhComparison } from './comparisons.ts';
import { largeComparison } from './million.ts';
import { useStudio } from './studio.ts';

const CONFIG = `# the gate of the article
inputs:
  runs: { baseline: before.jsonl, candidate: after.jsonl }
slices:
  - segment # one slice per workflow
`;

const selection = (page: Page) => page.getByRole('region', { name: 'Selection' });
const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const chosen = (page: Page) => new URL(page.url()).searchParams.get('choose');

/** Keys of a drag are one step of the back button, written when the hand rests. */
const written = (page: Page, part: string) =>
  page.waitForFunction((text) => decodeURIComponent(location.search).includes(text), part);

describe('the explore page, on the table of the article', () => {
  const made = articleComparison({ 'slicewise.yaml': CONFIG });
  afterAll(() => made.remove());
  const browser = useBrowser();
  const studio = useStudio(() => ({ args: made.args, cwd: made.folder }));

  test('a click on a bar moves every chart, is kept in the address, and the back button takes it back', async () => {
    const { page, expectQuiet } = await browser.open(studio().at('/explore'));
    await selection(page).getByText('1,200 of 1,200 cases').waitFor();
    await card(page, 'segment')
      .getByRole('button', { name: /^refund_flow/ })
      .click();
    await selection(page).getByText('47 of 1,200 cases').waitFor();
    await selection(page).getByText('−14.9').waitFor();
    const outcome = card(page, 'What became of the case');
    await outcome.getByRole('button', { name: /^lost: .*7\s*cases/ }).waitFor();
    expect(chosen(page)).toContain('segment|=refund_flow');
    await outcome.getByRole('button', { name: /^lost:/ }).click();
    await selection(page).getByText('7 of 1,200 cases', { exact: true }).waitFor();
    await page.goBack();
    await selection(page).getByText('47 of 1,200 cases').waitFor();
    await page.reload();
    await selection(page).getByText('47 of 1,200 cases').waitFor();
    await page.goBack();
    await selection(page).getByText('1,200 of 1,200 cases').waitFor();
    expectQuiet();
  });

  test('by keyboard alone: arrows move over the bars, Space chooses, a chip clears', async () => {
    const { page, expectQuiet } = await browser.open(studio().at('/explore'));
    const first = card(page, 'segment').getByRole('button', { name: /^invoice_parse/ });
    await first.focus();
    await page.keyboard.press('ArrowDown');
    await page.waitForFunction(() => document.activeElement?.textContent?.startsWith('contract_review'));
    await page.keyboard.press('Space');
    await selection(page).getByText('156 of 1,200 cases').waitFor();
    await selection(page).getByRole('button', { name: 'Clear segment: contract_review' }).focus();
    await page.keyboard.press('Enter');
    await selection(page).getByText('1,200 of 1,200 cases').waitFor();
    expectQuiet();
  });

  test('a selection is saved as a slice, which the configuration keeps beside its comments', async () => {
    const address = `/explore?choose=${encodeURIComponent('["segment|=refund_flow|=invoice_parse"]')}`;
    const { page, expectQuiet } = await browser.open(studio().at(address));
    await selection(page).getByText('257 of 1,200 cases').waitFor();
    await page.getByRole('button', { name: 'Save as slice…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Save as slice' });
    await dialog.getByText("segment in ('invoice_parse', 'refund_flow')").waitFor();
    await expectAxeClean(page, '[role=dialog]');
    await dialog.getByLabel('Name').fill('money');
    await page.keyboard.press('Enter');
    await dialog.getByText('slicewise.yaml has the slice now').waitFor();
    const text = readFileSync(join(made.folder, 'slicewise.yaml'), 'utf8');
    expect(text).toContain('# the gate of the article');
    expect(text).toContain('- segment # one slice per workflow');
    expect(text).toMatch(
      /name: money\n\s+where: segment in \('invoice_parse', 'refund_flow'\)\n\s+foundOn: \w+/,
    );
    expectQuiet();
  });

  test('a selection of lost cases opens the same cases in the list', async () => {
    const address = `/explore?choose=${encodeURIComponent('["segment|=refund_flow","(outcome)|=lost"]')}`;
    const { page, expectQuiet } = await browser.open(studio().at(address));
    await selection(page).getByText('7 of 1,200 cases', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Show these cases' }).click();
    await page.waitForURL(/\/cases\?/);
    const { searchParams } = new URL(page.url());
    expect(searchParams.get('where')).toBe("segment == 'refund_flow'");
    expect(searchParams.get('flip')).toBe('lost');
    expectQuiet();
  });

  test('every view is clean in light and dark, wide and narrow, and does not jump', async () => {
    for (const [theme, size, tab] of [
      ['light', 'desktop', 'filter'],
      ['dark', 'narrow', 'filter'],
      ['dark', 'desktop', 'heatmap'],
      ['light', 'narrow', 'associations'],
      ['light', 'desktop', 'tree'],
      ['dark', 'narrow', 'found'],
      ['light', 'desktop', 'map'],
    ] as const) {
      const { page, expectQuiet } = await browser.open(studio().at(`/explore?tab=${tab}`), { theme, size });
      await page.getByRole('tabpanel').locator(READY[tab]).first().waitFor();
      // Languages are read after what is at hand.
      await page.waitForLoadState('networkidle');
      expect(await layoutShift(page)).toBeLessThan(0.05);
      await expectAxeClean(page);
      await expectNoSidewaysScroll(page);
      await screenshot(page, `explore-${tab}-${theme}-${size}`, { whole: true });
      expectQuiet();
    }
  });

  test('a link to what these results do not have says so, and can be cleared', async () => {
    const address = `/explore?choose=${encodeURIComponent('["segment|=nothing"]')}`;
    const { page, expectQuiet } = await browser.open(studio().at(address));
    await page.getByText('segment has no value "=nothing"').waitFor();
    await page.getByRole('button', { name: 'Clear all filters' }).click();
    await selection(page).getByText('1,200 of 1,200 cases').waitFor();
    expectQuiet(/400|422|Failed to load resource/);
  });
});

const READY = {
  filter: '.dimension-card',
  heatmap: 'svg.plot',
  associations: 'svg.plot',
  tree: '[role=tree]',
  found: 'button:has-text("Search")',
  map: 'svg.plot',
} as const;

const bbh = bbhComparison();

describe.skipIf(bbh === null)('the explore page, on BIG-Bench Hard', () => {
  afterAll(() => bbh!.remove());
  const browser = useBrowser();
  const studio = useStudio(() => ({ args: bbh!.args, cwd: bbh!.folder }));

  test('a histogram is brushed by mouse and by keyboard, and the tree leads to its cases', async () => {
    const { page, expectQuiet } = await browser.open(studio().at('/explore'));
    const steps = card(page, 'steps_after');
    await steps.waitFor();
    await selection(page).getByText('6,511 of 6,511 cases').waitFor();
    const columns = (await steps.locator('.bin-columns').boundingBox())!;
    const y = columns.y + columns.height / 2;
    await page.mouse.move(columns.x + columns.width * 0.4, y);
    await page.mouse.down();
    await page.mouse.move(columns.x + columns.width * 0.7, y, { steps: 6 });
    await page.mouse.move(columns.x + columns.width * 0.99, y, { steps: 6 });
    await page.mouse.up();
    await written(page, 'steps_after|');
    const count = selection(page).getByRole('status');
    await expect.poll(() => count.innerText(), { timeout: 20_000 }).not.toContain('6,511 of 6,511');
    const low = steps.getByRole('slider', { name: 'steps_after, range, from' });
    await low.focus();
    await page.keyboard.press('Home');
    await page.waitForFunction(() => !decodeURIComponent(location.search).includes('steps_after|'));
    await selection(page).getByText('6,511 of 6,511 cases').waitFor();
    await page.getByRole('tab', { name: 'Error tree' }).click();
    const root = page.getByRole('treeitem').first();
    await root.focus();
    await page.keyboard.press('ArrowRight');
    const node = page.getByRole('treeitem', { selected: true });
    await expect.poll(() => node.getAttribute('aria-level'), { timeout: 20_000 }).toBe('2');
    await page.getByRole('button', { name: 'Filter by it' }).click();
    await selection(page).waitFor();
    expect(chosen(page)).not.toBeNull();
    expectQuiet();
  });
});

describe('the explore page, on a million cases', async () => {
  const large = await largeComparison(1_000_000);
  const browser = useBrowser();
  const studio = useStudio(() => ({ args: large.args, cwd: large.folder }));

  test('shows what is at hand first, and every choice counts all cases anew', async () => {
    const { page, expectQuiet } = await browser.open(studio().at('/explore'));
    await selection(page).getByText('1,000,000 of 1,000,000 cases').waitFor();
    const rows = card(page, 'language').getByRole('button', { name: /cases, change/ });
    const status = page.locator('.selection-count');
    for (let i = 0; i < 4; i++) {
      const before = await status.innerText();
      await rows.nth(i).click();
      await expect.poll(() => status.innerText()).not.toBe(before);
    }
    expectQuiet();
  });
});
