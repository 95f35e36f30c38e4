/** The slices in Chromium: forest, funnel, before and after, one slice in full; by pointer, by keys, by address. */

import { afterAll, describe, expect, test } from 'vitest';
import { expectAxeClean, expectNoSidewaysScroll, layoutShift, screenshot, useBrowser } from './browser.ts';
import { articleComparison, bbhComparison, writtenComparison } from './comparisons.ts';
import { largeComparison } from './million.ts';
import { useStudio } from './studio.ts';

const browser = useBrowser();
const REFUND = '/slices?slice=passRate%2Fsegment%3Drefund_flow';

describe('the slices, on the table of the article', () => {
  const article = articleComparison();
  afterAll(() => article.remove());
  const studio = useStudio(() => ({ args: article.args, cwd: article.folder }));
  const open = (path = '/slices', look = {}) => browser.open(studio().at(path), look);

  test('stand worst first with their sums; a head sorts them, and the address keeps it', async () => {
    const { page, expectQuiet } = await open();
    const rows = page.getByRole('grid').locator('.data-body').getByRole('row');
    await rows.first().getByText('refund_flow').waitFor();
    await page.getByText('segment: gated 1,009 in 22 rows + LOW-N 191 in 18 rows = 1,200 cases').waitFor();
    await page.getByText('The mean is not gated').waitFor();
    await page.getByRole('button', { name: 'n', exact: true }).click();
    await rows.first().getByText('4', { exact: true }).waitFor();
    await page.getByRole('button', { name: /^n/ }).click();
    await rows.first().getByText('invoice_parse').waitFor();
    expect(new URL(page.url()).searchParams.get('sort')).toBe('-n');
    await page.reload();
    await rows.first().getByText('invoice_parse').waitFor();
    await page.goBack();
    await rows.first().getByText('invoice_parse').waitFor({ state: 'detached' });
    expect(await layoutShift(page)).toBeLessThan(0.02);
    expectQuiet();
  });

  test('are searched and filtered; what is out of sight is counted, and an empty list offers the way back', async () => {
    const { page, expectQuiet } = await open();
    await page.getByRole('searchbox', { name: 'Search slices' }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('refund');
    await page.getByText('1 of 40 slices').waitFor();
    await page.getByText('not in sight 1,153 in 39 rows = 1,200 cases').waitFor();
    await page.getByRole('searchbox', { name: 'Search slices' }).fill('nothing');
    await page.getByRole('button', { name: 'Show all 40' }).click();
    await page.getByRole('combobox', { name: 'Verdict' }).click();
    await page.getByRole('option', { name: 'LOW-N (18)' }).click();
    await page.getByText('18 of 40 slices').waitFor();
    expect(new URL(page.url()).searchParams.get('verdict')).toBe('LOW-N');
    await page.getByRole('combobox', { name: 'Group rows' }).click();
    await page.getByRole('option', { name: 'By verdict' }).click();
    const heading = page.getByRole('row', { name: /LOW-N 18 slices, 191 cases/ });
    await heading.click();
    expect(await page.getByRole('grid').locator('.data-body').getByRole('row').count()).toBe(1);
    expectQuiet();
  });

  test('an open list and an open menu leave nothing that keys reach and screen readers do not', async () => {
    const { page, expectQuiet } = await open();
    const verdicts = page.getByRole('combobox', { name: 'Verdict' });
    await verdicts.click();
    await page.getByRole('listbox').waitFor();
    await expectAxeClean(page, 'popup');
    await page.keyboard.press('Escape');
    await expect.poll(() => verdicts.evaluate((one) => document.activeElement === one)).toBe(true);
    expect(await page.locator('[inert]').count()).toBe(0);
    // By keys alone, and with a choice: the page below takes keys and clicks again.
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: /^BLOCK/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => new URL(page.url()).searchParams.has('verdict')).toBe(true);
    await page.getByRole('searchbox', { name: 'Search slices' }).click();
    await page.keyboard.type('zzz');
    await page.getByRole('button', { name: /Show all/ }).click();
    await page.getByRole('tab', { name: 'Funnel' }).click();
    const menu = page.getByRole('button', { name: /^Copy / }).first();
    await menu.click();
    await page.getByRole('menuitem', { name: 'CSV' }).waitFor();
    await expectAxeClean(page, 'popup');
    await page.keyboard.press('Escape');
    await expect.poll(() => menu.evaluate((one) => document.activeElement === one)).toBe(true);
    expectQuiet();
  });

  test('on paper every row is there, in order, without controls', async () => {
    const { page, expectQuiet } = await open();
    const rows = page.getByRole('grid').locator('.data-body').getByRole('row');
    await rows.first().getByText('refund_flow').waitFor();
    const names = await page.evaluate(() => document.querySelectorAll('.data-body [role=row]').length);
    expect(names).toBeLessThan(40);
    await page.emulateMedia({ media: 'print' });
    await expect.poll(() => rows.count()).toBe(40);
    await rows.first().getByText('refund_flow').waitFor();
    const tops = await rows.evaluateAll((all) => all.map((row) => row.getBoundingClientRect().top));
    expect(tops).toEqual([...tops].sort((a, b) => a - b));
    expect(new Set(tops).size).toBe(40);
    expect(
      await page
        .locator('.toolbar, .nav')
        .evaluateAll((all) => all.every((one) => one.checkVisibility() === false)),
    ).toBe(true);
    await screenshot(page, 'slices-print', { whole: true });
    await page.emulateMedia({ media: 'screen' });
    await expect.poll(() => rows.count()).toBeLessThan(40);
    // The browser takes the page when `beforeprint` ends: the rows must be there by then.
    const atOnce = await page.evaluate(() => {
      window.dispatchEvent(new Event('beforeprint'));
      const there = document.querySelectorAll('.data-body [role=row]').length;
      window.dispatchEvent(new Event('afterprint'));
      return there;
    });
    expect(atOnce).toBe(40);
    expectQuiet();
  });

  test('keys walk the rows, open a slice, go to the next and close it', async () => {
    const { page, expectQuiet } = await open();
    const rows = page.getByRole('grid').locator('.data-body').getByRole('row');
    await rows.first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'segment = refund_flow' }).waitFor();
    await page.keyboard.press('j');
    await page.getByRole('region', { name: 'segment = benefits_enrollment' }).waitFor();
    await page.keyboard.press('k');
    await page.getByRole('region', { name: 'segment = refund_flow' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('region', { name: 'segment = refund_flow' }).waitFor({ state: 'detached' });
    expect(new URL(page.url()).search).toBe('');
    expectQuiet();
  });

  test('a link opens one slice: its cases, what stands behind it, its definition', async () => {
    const { page, expectQuiet } = await open(REFUND);
    const panel = page.getByRole('region', { name: 'segment = refund_flow' });
    await panel.getByText('7 lost, 0 gained', { exact: true }).waitFor();
    await panel.getByText('This slice adds −0.58 by what changed inside it').waitFor();
    await panel.getByText("segment == 'refund_flow'").waitFor();
    await panel.getByText(`"segment" = 'refund_flow'`).waitFor();
    await panel.getByText('Too few').or(panel.getByText('No word stands out')).waitFor();
    expect(await panel.getByRole('link', { name: 'refund_flow/006' }).getAttribute('href')).toContain(
      '/cases?',
    );
    await page.reload();
    await panel.getByText('7 lost, 0 gained', { exact: true }).waitFor();
    expectQuiet();
  });

  test('a link to a slice of other results says so', async () => {
    const { page } = await open('/slices?slice=nothing');
    await page.getByText('this comparison has no slice').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByText('40 slices').first().waitFor();
  });

  test('funnel and before and after draw what their tables hold', async () => {
    const { page, expectQuiet } = await open('/slices?tab=funnel');
    await page.getByRole('img', { name: 'Funnel plot: 0 of 40 slices lie outside' }).waitFor();
    await page.getByRole('button', { name: 'Table' }).click();
    expect(
      await page
        .getByRole('region', { name: /as a table$/ })
        .getByRole('row')
        .count(),
    ).toBe(41);
    await page.getByRole('tab', { name: 'Before and after' }).click();
    await page.getByText('−7 +0 of 47').waitFor();
    await page.goBack();
    await page.getByRole('tab', { name: 'Funnel', selected: true }).waitFor();
    expectQuiet();
  });

  test('every view is clean for axe and fits, light and dark, wide and narrow', async () => {
    for (const [name, path, look] of [
      ['forest', '/slices', { size: 'desktop' }],
      ['open', REFUND, { size: 'desktop', theme: 'dark' }],
      ['narrow', '/slices?show=values', { size: 'narrow' }],
      ['narrow-open', REFUND, { size: 'narrow', theme: 'dark' }],
      ['funnel', '/slices?tab=funnel', { size: 'tablet', theme: 'dark' }],
      ['before-after', '/slices?tab=dumbbell', { size: 'narrow' }],
    ] as const) {
      const { page, expectQuiet } = await open(path, look);
      await page.locator('.strip, svg.plot, .slice-cases').first().waitFor();
      await page.locator('.loading').first().waitFor({ state: 'detached' });
      await expectAxeClean(page);
      await expectNoSidewaysScroll(page);
      await screenshot(page, `slices-${name}`, { whole: true });
      expectQuiet();
    }
  }, 150_000);
});

describe('names that attack', () => {
  const names = [
    '<img src=x onerror=alert(1)>',
    '\u202Etxt.exe',
    '=cmd()',
    'a\u0000b',
    ' ',
    'x'.repeat(5000),
  ];
  const rows = (isNew: boolean) =>
    names.flatMap((segment, s) =>
      Array.from({ length: 30 }, (_, i) => ({
        ...{ id: `${s}-${i}`, segment, input: segment, output: `${segment}${isNew}` },
        passed: !(isNew && s === 0 && i < 12),
      })),
    );
  const text = (isNew: boolean) =>
    rows(isNew)
      .map((row) => `${JSON.stringify(row)}\n`)
      .join('');
  const made = writtenComparison({ 'old.jsonl': text(false), 'new.jsonl': text(true) }, [
    ...['old.jsonl', 'new.jsonl', '--slice', 'segment'],
  ]);
  afterAll(() => made.remove());
  const studio = useStudio(() => ({ args: made.args, cwd: made.folder }));

  test('stay texts in every view, and break no layout', async () => {
    for (const path of ['/verdict', '/slices', '/slices?tab=dumbbell', '/slices?tab=funnel', '/findings']) {
      const { page, expectQuiet } = await browser.open(studio().at(path), { size: 'narrow' });
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.locator('.loading').first().waitFor({ state: 'detached' });
      await expectNoSidewaysScroll(page);
      expectQuiet();
    }
    const { page, expectQuiet } = await browser.open(studio().at('/slices'));
    await page.getByText(names[0]!, { exact: true }).first().click();
    await page.getByText('12 lost, 0 gained', { exact: true }).waitFor();
    await page.getByText("segment == '<img src=x onerror=alert(1)>'").waitFor();
    await screenshot(page, 'slices-hostile');
    expectQuiet();
  });
});

describe('five thousand slices', () => {
  const rows = (isNew: boolean) =>
    Array.from({ length: 10_000 }, (_, i) => ({
      ...{ id: `c${i}`, customer: `customer ${i % 5000}` },
      passed: (i * 7919) % 100 >= (isNew ? 14 : 10),
    }));
  const text = (isNew: boolean) =>
    rows(isNew)
      .map((row) => `${JSON.stringify(row)}\n`)
      .join('');
  const made = writtenComparison({ 'old.jsonl': text(false), 'new.jsonl': text(true) }, [
    ...['old.jsonl', 'new.jsonl', '--slice', 'customer', '--min-cases', '2'],
  ]);
  afterAll(() => made.remove());
  const studio = useStudio(() => ({ args: made.args, cwd: made.folder }));

  test('are a list of which only what is in sight is in the page; keys reach its end, a link its middle', async () => {
    const { page, expectQuiet } = await browser.open(studio().at('/slices'));
    const grid = page.getByRole('grid');
    const shown = grid.locator('.data-body').getByRole('row');
    await shown.first().waitFor();
    expect(await grid.getAttribute('aria-rowcount')).toBe('5001');
    expect(await shown.count()).toBeLessThan(80);
    await page.getByRole('button', { name: 'Slice: customer' }).click();
    await shown.first().getByText('customer 0', { exact: true }).waitFor();
    await shown.first().focus();
    await page.keyboard.press('End');
    await grid.getByText('customer 999', { exact: true }).waitFor();
    await page.getByText('customer: gated 10,000 in 5,000 rows = 10,000 cases').waitFor();
    const link = `${studio().at('/slices')}&sort=slice&slice=passRate%2Fcustomer%3Dcustomer+2500`;
    const other = await browser.open(link);
    await other.page.locator('.data-row[aria-selected="true"]').getByText('customer 2500').waitFor();
    other.expectQuiet();
    await page.emulateMedia({ media: 'print' });
    await page.getByText('500 of 5,000 rows are printed, in this order.').waitFor();
    expect(await shown.count()).toBe(501);
    expectQuiet();
  });
});

const bbh = bbhComparison();

describe.skipIf(bbh === null)('the slices, on 27 tasks', () => {
  afterAll(() => bbh?.remove());
  const studio = useStudio(() => ({ args: bbh!.args, cwd: bbh!.folder }));

  test('show gated tasks first and other dimensions below, each with its own sum', async () => {
    const { page, expectQuiet } = await browser.open(studio().at('/slices'));
    await page.getByText('task: gated 6,511 in 27 rows = 6,511 cases').waitFor();
    await page.getByText('word_sorting').first().click();
    const panel = page.getByRole('region', { name: 'task = word_sorting' });
    await panel.getByText('44 lost, 19 gained', { exact: true }).waitFor();
    await panel.getByText('Words over-represented').waitFor();
    await page.locator('.loading').first().waitFor({ state: 'detached' });
    await expectAxeClean(page);
    await screenshot(page, 'slices-bbh', { whole: true });
    expectQuiet();
  });
});

const million = await largeComparison(1_000_000);

describe('the slices, on a million cases', () => {
  const studio = useStudio(() => ({ args: million.args, cwd: million.folder }));

  test('the table is sorted by a press, and a slice opens with what stands behind it', async () => {
    const { page, expectQuiet } = await browser.open(studio().at('/slices'));
    const rows = page.getByRole('grid').locator('.data-body').getByRole('row');
    await rows.first().waitFor();
    await page.locator('.sort', { hasText: 'Lost' }).click();
    await expect.poll(() => new URL(page.url()).searchParams.get('sort')).toBe('lost');
    await page.getByRole('searchbox', { name: 'Search slices' }).fill('refund_flow x de');
    await rows.first().getByText('refund_flow x de', { exact: true }).click();
    await page.getByText("segment == 'refund_flow' and language == 'de'").waitFor();
    await page.getByText('What each condition adds').waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Read the inputs of this slice' }).click();
    await page.getByText('No word stands out').waitFor({ timeout: 60_000 });
    await screenshot(page, 'slices-million');
    expectQuiet();
  }, 150_000);
});
