/** The classes page in real Chromium: report, matrix by pointer and keys, calibration, thresholds, curves, baselines. */

import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { randomStream } from '../generators/index.ts';
import { sharedPath } from '../shared-folder.ts';
import { expectAxeClean, expectNoSidewaysScroll, layoutShift, screenshot, useBrowser } from './browser.ts';
import { articleComparison, writtenComparison } from './comparisons.ts';
import { useStudio } from './studio.ts';

const LABELS = ['spam', '<img src=x onerror=alert(1)>'] as const;

/** Two runs with probabilities; the second tells the classes apart better. The other class has a hostile name. */
function mailRuns(): Readonly<Record<string, string>> {
  const random = randomStream(5);
  const truths = Array.from({ length: 400 }, (_, i) => LABELS[i % 4 === 0 ? 0 : 1]);
  const run = (skill: number) =>
    truths
      .map((expected, i) => {
        const noise = (random() - 0.5) * 0.9;
        const p = Math.min(0.99, Math.max(0.01, 0.5 + (expected === 'spam' ? skill : -skill) + noise));
        const predicted = p >= 0.5 ? LABELS[0] : LABELS[1];
        const probabilities = { [LABELS[0]]: p, [LABELS[1]]: 1 - p };
        const input = `mail number ${i} \u202Eabout things <script>alert(2)</script>`;
        return JSON.stringify({
          id: `mail-${i}`,
          segment: i % 2 === 0 ? 'home' : 'work',
          input,
          expected,
          predicted,
          probabilities,
        });
      })
      .join('\n');
  return { 'old.jsonl': run(0.1), 'new.jsonl': run(0.25) };
}

describe('two classes with probabilities', () => {
  const made = writtenComparison(mailRuns(), ['old.jsonl', 'new.jsonl', '--slice', 'segment']);
  afterAll(() => made.remove());
  const browser = useBrowser();
  const studio = useStudio(() => ({ args: made.args, cwd: made.folder }));

  test('the report has every class; search, metric and slice are kept in the address, and the back button takes them back', async () => {
    const { page, expectQuiet } = await browser.open(studio().at('/classes'));
    const grid = page.getByRole('grid', { name: /Recall of each class/ });
    await grid.waitFor();
    expect(await grid.getByRole('row').count()).toBe(3);
    await page.getByText('400 cases in all classes = 400 compared cases').waitFor();
    await page.getByRole('radio', { name: 'Precision' }).click();
    await page.getByRole('grid', { name: /Precision of each class, all cases/ }).waitFor();
    await page.getByRole('combobox', { name: 'Cases' }).click();
    await page.getByRole('option', { name: /segment = home/ }).click();
    await page.getByRole('grid', { name: /Precision of each class, segment=home/ }).waitFor();
    expect(new URL(page.url()).searchParams.get('metric')).toBe('precision');
    await page.reload();
    await page.getByRole('grid', { name: /Precision of each class, segment=home/ }).waitFor();
    await page.goBack();
    await page.getByRole('grid', { name: /Precision of each class, all cases/ }).waitFor();
    expectQuiet();
  });

  test('cells are walked by arrows, Enter opens the cases, Escape closes them, and the address keeps the open cell', async () => {
    const { page, expectQuiet } = await browser.open(studio().at('/classes?tab=confusion&as=cells'));
    const grid = page.getByRole('grid', { name: /Confusion matrix/ });
    await grid.waitFor();
    await grid.getByRole('gridcell').first().focus();
    await page.keyboard.press('ArrowRight');
    const here = grid.locator('td:focus');
    const cases = Number(/ (\d+) after$/.exec((await here.getAttribute('aria-label')) ?? '')?.[1]);
    await page.keyboard.press('Enter');
    const sheet = page.getByRole('dialog');
    await sheet.getByText(new RegExp(`^${cases} cases?$`)).waitFor();
    expect(await sheet.getByRole('listitem').count()).toBe(cases);
    const address = page.url();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });
    await page.goto(address);
    await sheet.getByText(new RegExp(`^${cases} cases?$`)).waitFor();
    expectQuiet();
  });

  test('a slider moves the threshold by keys; costs change the cheapest one; the address restores both', async () => {
    const { page, expectQuiet } = await browser.open(studio().at('/classes?tab=thresholds'));
    const slider = page.getByRole('slider', { name: 'Threshold after' });
    await slider.focus();
    const before = await slider.getAttribute('aria-valuetext');
    expect(before).toBe('0.5');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => slider.getAttribute('aria-valuetext')).not.toBe(before);
    await page.getByRole('textbox', { name: 'A miss costs' }).fill('20');
    await page.getByText('Cost by threshold: a miss costs 20, a false alarm 1').waitFor();
    await page.getByRole('button', { name: 'Take the cheapest of each run' }).click();
    await expect.poll(async () => Number(await slider.getAttribute('aria-valuetext'))).toBeLessThan(0.5);
    const cheapest = await slider.getAttribute('aria-valuetext');
    await page.reload();
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe(cheapest);
    await page.getByRole('textbox', { name: 'A miss costs' }).fill('many');
    await page.getByText('a number such as 5 or 0.5').waitFor();
    expectQuiet();
  });

  test.each([
    ['light', 'desktop'],
    ['dark', 'narrow'],
  ] as const)(
    '%s and %s: axe finds nothing on any tab, nothing scrolls sideways, nothing jumps',
    async (theme, size) => {
      const { page, expectQuiet } = await browser.open(studio().at('/classes'), { theme, size });
      for (const [tab, role, name] of [
        ['Report', 'grid', /of each class/],
        ['Confusion', 'grid', 'Kinds of mistakes'],
        ['Calibration', 'figure', /Reliability/],
        ['Thresholds', 'figure', /Cost by threshold/],
        ['ROC & PR', 'figure', 'ROC'],
        ['Baselines', 'figure', /beside its baselines/],
      ] as const) {
        await page.getByRole('tab', { name: tab }).click();
        await page.getByRole(role, { name }).first().waitFor();
        await page.locator('.plot').first().waitFor();
        await expectAxeClean(page);
        await expectNoSidewaysScroll(page);
        await screenshot(page, `classes-${tab.slice(0, 3).toLowerCase()}-${theme}`, { whole: true });
      }
      expect(await layoutShift(page)).toBeLessThan(0.05);
      expectQuiet();
    },
  );
});

describe('the table of the article, which has no classes', () => {
  const article = articleComparison();
  afterAll(() => article.remove());
  const browser = useBrowser();
  const studio = useStudio(() => ({ args: article.args, cwd: article.folder }));

  test('every tab says which column to add', async () => {
    const { page, expectQuiet } = await browser.open(studio().at('/classes'));
    await page.getByText('--map expected=COLUMN').first().waitFor();
    for (const name of ['Confusion', 'Calibration', 'Thresholds', 'ROC & PR', 'Baselines']) {
      await page.getByRole('tab', { name }).click();
      await page
        .getByText(/--map \w+=COLUMN/)
        .first()
        .waitFor();
    }
    await expectAxeClean(page);
    expectQuiet();
  });
});

const banking = sharedPath('data', 'banking77', 'cases.csv.gz');

describe.skipIf(banking === null)('77 real classes (skipped where the data are absent)', () => {
  const roles = [
    'expected=label',
    'input=text',
    'baseline.predicted=pred_before',
    'candidate.predicted=pred_after',
    'baseline.passed=pass_before',
    'candidate.passed=pass_after',
  ];
  const made = writtenComparison(
    banking === null ? {} : { 'banking.csv': gunzipSync(readFileSync(banking)) },
    ['banking.csv', ...roles.flatMap((role) => ['--map', role]), '--slice', 'topic'],
  );
  afterAll(() => made.remove());
  const browser = useBrowser();
  const studio = useStudio(() => ({ args: made.args, cwd: made.folder }));

  test('the matrix of 20 classes sums to all cases, and the difference has a sign in every cell', async () => {
    const { page, expectQuiet } = await browser.open(
      studio().at('/classes?tab=confusion&as=cells&show=difference'),
    );
    const grid = page.getByRole('grid', { name: /Confusion matrix/ });
    await grid.waitFor();
    expect(await grid.getByRole('row').count()).toBe(22);
    const cells = await grid.getByRole('gridcell').allTextContents();
    expect(cells.every((text) => /^(?:·|[+−][\d,]+)$/.test(text))).toBe(true);
    await page.getByRole('radio', { name: 'After' }).click();
    await expect
      .poll(async () =>
        (await grid.getByRole('gridcell').allTextContents()).reduce(
          (sum, text) => sum + (text === '·' ? 0 : Number(text.replace(',', ''))),
          0,
        ),
      )
      .toBe(3080);
    await expectNoSidewaysScroll(page);
    await screenshot(page, 'classes-banking', { whole: true });
    expectQuiet();
  });
});
