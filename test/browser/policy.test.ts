import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { slicewise } from '../e2e/cli.ts';
import { expectAxeClean, expectNoSidewaysScroll, layoutShift, screenshot, useBrowser } from './browser.ts';
import { articleComparison, bbhComparison } from './comparisons.ts';
import { useStudio } from './studio.ts';

const CONFIG = `inputs:
  runs: { baseline: before.jsonl, candidate: after.jsonl }
slices:
  - segment
ledger: ledger.db
policy:
  margin: 0.05 # five points
`;

describe('the policy tuner, on the table of the article', () => {
  const made = articleComparison({ 'slicewise.yaml': CONFIG });
  afterAll(() => made.remove());
  const browser = useBrowser();
  beforeAll(async () => {
    await slicewise(['gate', '--quiet'], { cwd: made.folder });
  });
  const studio = useStudio(() => ({ args: made.args, cwd: made.folder }));

  test('a margin above the loss lets the release pass; the address keeps it, and the past release is judged anew', async () => {
    const { page, expectQuiet } = await browser.open(studio().at('/policy'));
    await page.getByText('This release: BLOCK').waitFor();
    const margin = page.getByRole('slider', { name: 'Margin' });
    await margin.focus();
    for (let step = 0; step < 24; step++) await page.keyboard.press('ArrowRight');
    await page.getByText('This release: PASS').waitFor();
    await page.getByText('1,000 simulated releases of each kind').waitFor();
    await page.getByText('1 release: 1 judged anew, 1 of them with another outcome').waitFor();
    expect(new URL(page.url()).searchParams.get('margin')).toBe('0.17');
    await page.reload();
    await page.getByText('This release: PASS').waitFor();
    expectQuiet();
  });

  test('the same address in another window is the same view, in dark and narrow as well', async () => {
    for (const [theme, size] of [
      ['light', 'desktop'],
      ['dark', 'desktop'],
      ['dark', 'narrow'],
    ] as const) {
      const { page, expectQuiet } = await browser.open(studio().at('/policy?margin=0.17'), { theme, size });
      await page.getByText('1,000 simulated releases of each kind').waitFor();
      await page.locator('svg.plot, .plot').first().waitFor();
      expect(await layoutShift(page)).toBeLessThan(0.02);
      await expectAxeClean(page);
      await expectNoSidewaysScroll(page);
      await screenshot(page, `policy-${theme}-${size}`, { whole: true });
      expectQuiet();
    }
  });

  test('what is written into slicewise.yaml is what the next gate uses', async () => {
    const { page, expectQuiet } = await browser.open(studio().at('/policy?margin=0.17'));
    await page.getByRole('checkbox', { name: /segment=refund_flow/ }).click();
    await page.getByRole('button', { name: 'Write to slicewise.yaml' }).click();
    await page.getByText('Written to slicewise.yaml').waitFor();
    const written = readFileSync(join(made.folder, 'slicewise.yaml'), 'utf8');
    expect(written).toContain('margin: 0.17 # five points');
    expect(written).toContain('refund_flow:\n        critical: true');
    expect((await slicewise(['gate', '--quiet'], { cwd: made.folder })).code).not.toBe(1);
    expectQuiet();
  });

  test('the configured rules come back by one button', async () => {
    const { page } = await browser.open(studio().at('/policy?margin=0.17'));
    await page.getByRole('button', { name: 'Back to the configured rules' }).click();
    await page.getByText('This release: BLOCK').waitFor();
    expect(new URL(page.url()).searchParams.get('margin')).toBeNull();
  });
});

const bbh = bbhComparison();

describe.skipIf(bbh === null)('the policy tuner, on 27 tasks', () => {
  afterAll(() => bbh?.remove());
  const browser = useBrowser();
  const studio = useStudio(() => ({ args: bbh!.args, cwd: bbh!.folder }));

  test('it says what is missing: a configuration to write to, a ledger to look back in', async () => {
    const { page, expectQuiet } = await browser.open(studio().at('/policy'));
    await page.getByText('This release: BLOCK').waitFor();
    await page.getByText('No ledger is configured').waitFor();
    expect(await page.getByRole('button', { name: /^Write to/ }).isDisabled()).toBe(true);
    await page.getByRole('searchbox', { name: 'Search slices' }).fill('word_sorting');
    await page.getByRole('checkbox', { name: /word_sorting/ }).waitFor();
    await expectAxeClean(page);
    await screenshot(page, 'policy-bbh', { whole: true });
    expectQuiet();
  });
});
