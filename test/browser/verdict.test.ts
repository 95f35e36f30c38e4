/** The verdict and the findings in Chromium: the answer, what it rests on, links that lead to it, on three comparisons. */

import { cpSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { slicewise } from '../e2e/cli.ts';
import { expectAxeClean, expectNoSidewaysScroll, layoutShift, screenshot, useBrowser } from './browser.ts';
import { articleComparison, bbhComparison } from './comparisons.ts';
import { largeComparison } from './million.ts';
import { useStudio } from './studio.ts';

const browser = useBrowser();

describe('the verdict, on the table of the article with its policy', () => {
  const article = articleComparison();
  cpSync(resolve('examples/article/eval_config.yaml'), join(article.folder, 'eval_config.yaml'));
  afterAll(() => article.remove());
  const studio = useStudio(() => ({
    args: ['before.jsonl', 'after.jsonl', '--config', 'eval_config.yaml'],
    cwd: article.folder,
  }));

  test('says what blocked it with before, after, cases and p, and what could not be told', async () => {
    const { page, expectQuiet } = await browser.open(studio().at('/'));
    await page.getByRole('heading', { level: 1, name: 'Do not ship' }).waitFor();
    const blocked = page.getByRole('region', { name: 'What blocked it' });
    expect(await blocked.innerText()).toMatch(/91\.5%\s*→\s*(?:to\s*)?76\.6%\s*−14\.9 points/);
    expect(await blocked.innerText()).toContain('7 lost, 0 gained of 47 cases; p .0078, adjusted .022');
    expect(await blocked.innerText()).toContain("did you mean 'escalation_route'?");
    await page.getByRole('region', { name: 'The mean, not gated' }).getByText('87.4%').waitFor();
    expect(await page.getByRole('region', { name: 'Cases' }).innerText()).toMatch(/all cases\s*1,200/);
    await page.getByText('14 of 22 checks could not run').waitFor();
    await page
      .getByRole('img', { name: /^Forest plot of the 4 worst slices\. refund_flow is the worst/ })
      .waitFor();
    expect(await layoutShift(page)).toBeLessThan(0.02);
    expectQuiet();
  });

  test('leads to the slice, its lost cases and the review, and back again', async () => {
    const { page, expectQuiet } = await browser.open(studio().at('/verdict'));
    await page.getByRole('link', { name: 'Open the slice' }).click();
    await page.waitForURL(/\/slices\?slice=/);
    await page.getByRole('region', { name: 'segment = refund_flow' }).waitFor();
    await page.goBack();
    await page.getByRole('link', { name: 'See the 7 lost' }).click();
    await page.waitForURL(/\/cases\?/);
    const asked = new URL(page.url()).searchParams;
    expect([asked.get('slice'), asked.get('flip')]).toEqual(['passRate/segment=refund_flow', 'lost']);
    await page.goBack();
    await page.getByRole('link', { name: 'Review in ten minutes' }).click();
    await page.waitForURL(/\/review/);
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'Do not ship' }).waitFor();
    expectQuiet();
  });

  test('the numbers behind the plot are a table', async () => {
    const { page } = await browser.open(studio().at('/verdict'));
    await page.getByRole('button', { name: 'Table' }).click();
    await page.getByRole('cell', { name: 'refund_flow' }).waitFor();
    expect(await page.getByRole('columnheader').allInnerTexts()).toContain('verdict');
  });

  test('is as clear in the dark, on a phone and on a large screen', async () => {
    for (const [theme, size] of [
      ['light', 'desktop'],
      ['dark', 'desktop'],
      ['light', 'narrow'],
      ['dark', 'wide'],
    ] as const) {
      const { page, expectQuiet } = await browser.open(studio().at('/verdict'), { theme, size });
      await page.getByRole('heading', { name: 'Findings' }).waitFor();
      await page.getByText('correct the name in the policy').first().waitFor();
      await page.locator('svg.plot').first().waitFor();
      await expectAxeClean(page);
      await expectNoSidewaysScroll(page);
      await screenshot(page, `verdict-${theme}-${size}`, { whole: true });
      expectQuiet();
    }
  }, 150_000);

  test('the findings stand by family; filters live in the address and survive a reload', async () => {
    const { page, expectQuiet } = await browser.open(studio().at('/findings'));
    await page.getByText('17 of 17 findings').waitFor();
    expect(await page.getByRole('heading', { level: 2 }).allInnerTexts()).toEqual([
      ...['Data', 'Evaluation', 'Model', 'Instrument'],
      '6 checks ran and found nothing',
    ]);
    await page.getByRole('radio', { name: 'BLOCK (1)' }).click();
    await page.getByText('1 of 17 findings').waitFor();
    await page.reload();
    await page.getByText('1 of 17 findings').waitFor();
    await page.getByText('How far to trust this check').click();
    await page.getByText('What it cannot see').waitFor();
    await page.getByRole('link', { name: 'escalation_routing' }).click();
    await page.getByText('the policy names this slice, but no case belongs to it').waitFor();
    await page.goBack();
    await page.keyboard.press('/');
    await page.keyboard.type('nothing has this');
    await page.getByRole('heading', { name: 'No finding fits' }).waitFor();
    await page.getByRole('button', { name: 'Show all 17' }).click();
    await page.getByText('17 of 17 findings').waitFor();
    expect(new URL(page.url()).search).toBe('');
    expectQuiet();
  });

  test('the findings are clean for axe in both themes and narrow', async () => {
    for (const [theme, size] of [
      ['light', 'desktop'],
      ['dark', 'narrow'],
    ] as const) {
      const { page, expectQuiet } = await browser.open(studio().at('/findings'), { theme, size });
      await page.getByText('17 of 17 findings').waitFor();
      await expectAxeClean(page);
      await expectNoSidewaysScroll(page);
      await screenshot(page, `findings-${theme}-${size}`, { whole: true });
      expectQuiet();
    }
  });
});

const bbh = bbhComparison();

describe.skipIf(bbh === null)('the verdict, on 27 tasks', () => {
  afterAll(() => bbh?.remove());
  const studio = useStudio(() => ({ args: bbh!.args, cwd: bbh!.folder }));

  test('blocks on one task although the mean rose by a fifth', async () => {
    const { page, expectQuiet } = await browser.open(studio().at('/verdict'));
    await page.getByRole('heading', { level: 1, name: 'Do not ship' }).waitFor();
    expect(await page.getByRole('region', { name: 'What blocked it' }).innerText()).toContain(
      '44 lost, 19 gained of 250 cases',
    );
    expect(await page.getByRole('region', { name: 'The mean, not gated' }).innerText()).toContain('+21.6');
    await page.getByText('5 slices undecided', { exact: true }).waitFor();
    await expectAxeClean(page);
    await screenshot(page, 'verdict-bbh', { whole: true });
    expectQuiet();
  });
});

describe('the verdict of a release that passes by exception', () => {
  const article = articleComparison();
  afterAll(() => article.remove());
  const args = [...article.args, '--waivers', 'waivers.yaml'];
  beforeAll(async () => {
    // The file does not exist yet: it counts as empty.
    const { stdout } = await slicewise(['gate', ...args, '--format', 'json'], { cwd: article.folder });
    const { runHash } = JSON.parse(stdout) as { runHash: string };
    const entry = `{ slice: segment=refund_flow, reason: declined on purpose, owner: ana, reviewer: bo, date: 2020-01-01, expires: 2999-01-31, runHash: "${runHash}" }`;
    writeFileSync(join(article.folder, 'waivers.yaml'), `- ${entry}\n`);
  });
  const studio = useStudio(() => ({ args, cwd: article.folder }));

  test('names what was waived, its owner and its end, and leads to its card of the review', async () => {
    for (const [theme, size] of [
      ['light', 'desktop'],
      ['dark', 'narrow'],
    ] as const) {
      const { page, expectQuiet } = await browser.open(studio().at('/verdict'), { theme, size });
      await page.getByRole('heading', { level: 1, name: 'Passes by exception' }).waitFor();
      const waived = page.getByRole('region', { name: 'What was waived' });
      expect(await waived.innerText()).toMatch(/refund_flow\s+7 lost, 0 gained of 47 cases/);
      expect(await waived.innerText()).toContain(
        'Waived until 2999-01-31, owner ana, reviewer bo: declined on purpose',
      );
      const rest = page.getByRole('region', { name: 'Why the rest passes' });
      expect(await rest.innerText()).toContain(
        '21 other gated slices: 4 proved no worse by more than the margin, 17 too small',
      );
      await expectAxeClean(page);
      await expectNoSidewaysScroll(page);
      await screenshot(page, `verdict-waived-${theme}-${size}`, { whole: true });
      await waived.getByRole('link', { name: 'Open in Review' }).click();
      await page.getByText('waived: ana, until 2999-01-31').first().waitFor();
      expect(await page.locator('.decision-form').getByRole('radio', { checked: true }).count()).toBe(0);
      expectQuiet();
    }
  });
});

const million = await largeComparison(1_000_000);

describe('the verdict, on a million cases', () => {
  const studio = useStudio(() => ({ args: million.args, cwd: million.folder }));

  test('is there within a second, and its cases sum', async () => {
    const { page, expectQuiet } = await browser.open(studio().at('/verdict'));
    await page.getByRole('heading', { level: 1 }).waitFor();
    const paint = await page.evaluate(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
    );
    expect(paint).toBeLessThan(1000);
    expect(await page.getByRole('region', { name: 'Cases' }).innerText()).toMatch(/all cases\s*1,000,000/);
    await screenshot(page, 'verdict-million', { whole: true });
    expectQuiet();
  });
});
