/** The classes page on a million cases: 64 classes, and two classes whose million scores are all different. */

import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { expectAxeClean, expectNoSidewaysScroll, layoutShift, screenshot, useBrowser } from './browser.ts';
import { largeClasses } from './million.ts';
import { useStudio } from './studio.ts';

const { folder, intents, fraud } = await largeClasses(1_000_000);
/** A busy machine reads a million cases for minutes. */
const PATIENCE = { timeout: 240_000 };
const LONGEST_MS = 300_000;

/** Bytes of the largest answer that the page got. */
function largestAnswer(page: Page): Promise<number> {
  return page.evaluate(() =>
    Math.max(
      ...performance
        .getEntriesByType('resource')
        .filter(({ name }) => name.includes('/api/'))
        .map((entry) => (entry as PerformanceResourceTiming).decodedBodySize),
    ),
  );
}

describe('64 classes in a million cases', () => {
  const browser = useBrowser();
  const studio = useStudio(() => ({ args: intents, cwd: folder, early: true }));

  test(
    'the report counts all cases, and the confusion that came up stands first and opens its cases',
    async () => {
      const { page, expectQuiet } = await browser.open(studio().at('/classes'));
      await page.getByRole('grid', { name: /Recall of each class/ }).waitFor(PATIENCE);
      await page.getByText('1,000,000 cases in all classes = 1,000,000 compared cases').waitFor();
      await page.getByRole('tab', { name: 'Confusion' }).click();
      const mistakes = page.getByRole('grid', { name: 'Kinds of mistakes' });
      const first = mistakes.locator('.data-body').getByRole('row').first();
      await first.waitFor(PATIENCE);
      const text = await first.innerText();
      expect(text).toContain('dispute_invoice');
      expect(text).toContain('explain_invoice');
      await page.getByRole('radio', { name: 'Difference' }).click();
      await page.getByRole('radio', { name: 'Cells', exact: true }).click();
      const matrix = page.getByRole('grid', { name: /Confusion matrix/ });
      const cell = matrix.locator('td[aria-label^="dispute_invoice, answered as explain_invoice"]');
      const cases = /([\d,]+) after$/.exec((await cell.getAttribute('aria-label')) ?? '')?.[1];
      await cell.focus();
      await page.keyboard.press('Enter');
      const sheet = page.getByRole('dialog');
      await sheet.getByText(`${cases} cases, the first 200 by id`).waitFor(PATIENCE);
      expect(await sheet.getByRole('listitem').count()).toBe(200);
      await screenshot(page, 'classes-million-cell');
      const address = page.url();
      await page.keyboard.press('Escape');
      await sheet.waitFor({ state: 'hidden' });
      await page.reload();
      await matrix.waitFor(PATIENCE);
      await page.goto(address);
      await sheet.getByText(`${cases} cases, the first 200 by id`).waitFor(PATIENCE);
      expect(await largestAnswer(page)).toBeLessThan(500_000);
      expectQuiet();
    },
    LONGEST_MS,
  );

  test('cells that were not asked for before are answered', async () => {
    for (const label of ['cancel_parcel', 'change_refund', 'find_account', 'renew_voucher']) {
      const answer = { kind: 'class', label };
      const { status, body } = await studio().ask('confusion-cases', {
        ...{ slice: null, run: 'baseline', expected: label, answer },
      });
      expect(status).toBe(200);
      expect((body as { readonly total: number }).total).toBeGreaterThan(1_000);
    }
  });
});

describe('a million scores, all different', () => {
  const browser = useBrowser();
  const studio = useStudio(() => ({ args: fraud, cwd: folder, early: true }));

  test(
    'every tab is there; a threshold is followed by keys, back and reload; nothing jumps',
    async () => {
      const { page, expectQuiet } = await browser.open(studio().at('/classes?tab=calibration'));
      await page.getByRole('figure', { name: /Reliability/ }).waitFor(PATIENCE);
      await page.getByText(/^99\d,\d{3} cases with a true label and usable probabilities/).waitFor();
      await page.getByRole('tab', { name: 'Thresholds' }).click();
      const slider = page.getByRole('slider', { name: 'Threshold after' });
      await slider.waitFor(PATIENCE);
      await slider.focus();
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('ArrowLeft');
      const chosen = await slider.getAttribute('aria-valuetext');
      expect(chosen).not.toBe('0.5');
      await page.getByText(/^p [<.\d]/).waitFor(PATIENCE);
      await page.getByRole('textbox', { name: 'A miss costs' }).fill('20');
      await page.getByText('Cost by threshold: a miss costs 20, a false alarm 1').waitFor(PATIENCE);
      await screenshot(page, 'classes-million-thresholds', { whole: true });
      await page.reload();
      await slider.waitFor(PATIENCE);
      expect(await slider.getAttribute('aria-valuetext')).toBe(chosen);
      await page.getByRole('tab', { name: 'ROC & PR' }).click();
      await page.getByRole('figure', { name: 'ROC' }).waitFor(PATIENCE);
      await screenshot(page, 'classes-million-curves', { whole: true });
      await page.getByRole('tab', { name: 'Baselines' }).click();
      await page.getByRole('grid', { name: 'Baselines of all cases' }).waitFor(PATIENCE);
      await page.goBack();
      await page.getByRole('figure', { name: 'ROC' }).waitFor(PATIENCE);
      await page.goBack();
      await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe(chosen);
      expect(await largestAnswer(page)).toBeLessThan(500_000);
      expect(await layoutShift(page)).toBeLessThan(0.05);
      expectQuiet();
    },
    LONGEST_MS,
  );

  test('thresholds and curves of slices that were not asked for before are answered', async () => {
    const all = { slice: null, costs: { miss: 1, falseAlarm: 1 } };
    for (const candidate of [0.311, 0.322, 0.333]) {
      const { status } = await studio().ask('threshold-choice', { ...all, baseline: 0.5, candidate });
      expect(status).toBe(200);
    }
    for (const slice of ['segment=returns', 'segment=warranty', 'segment=billing_dispute']) {
      const { status } = await studio().ask('curves', { slice, label: null });
      expect(status).toBe(200);
    }
  }, 300_000);

  test(
    'dark and narrow: axe finds nothing, nothing scrolls sideways',
    async () => {
      const { page, expectQuiet } = await browser.open(studio().at('/classes?tab=thresholds'), {
        ...{ theme: 'dark', size: 'narrow' },
      });
      await page.locator('.plot').first().waitFor(PATIENCE);
      await expectAxeClean(page);
      await expectNoSidewaysScroll(page);
      await page.getByRole('tab', { name: 'Confusion' }).click();
      await page.getByRole('grid', { name: 'Kinds of mistakes' }).waitFor(PATIENCE);
      await expectAxeClean(page);
      await expectNoSidewaysScroll(page);
      await screenshot(page, 'classes-million-narrow', { whole: true });
      expectQuiet();
    },
    LONGEST_MS,
  );
});
