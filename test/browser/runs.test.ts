import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { slicewise } from '../e2e/cli.ts';
import { searchRows } from '../generators/experiments.ts';
import { expectAxeClean, expectNoSidewaysScroll, layoutShift, screenshot, useBrowser } from './browser.ts';
import { articleComparison, writtenComparison } from './comparisons.ts';
import { useStudio } from './studio.ts';

const CONFIG = `inputs:
  runs: { baseline: release-0.jsonl, candidate: release-5.jsonl }
  experiments: [search.jsonl, losses.jsonl]
slices:
  - flow
ledger: ledger.db
`;

/** A release: refund falls by one case each time, the judge changes before the fifth. */
function release(at: number): string {
  const rows = ['refund', 'invoice', 'contract'].flatMap((flow) =>
    Array.from({ length: 60 }, (_, i) => ({
      ...{ id: `${flow}/${i}`, flow, input: `question ${i} of ${flow}` },
      passed: flow === 'refund' ? i >= 4 + 2 * at : i >= 6,
      judge_version: at < 4 ? 'j1' : 'j2',
    })),
  );
  return lines(rows);
}

const lines = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

const losses = Array.from({ length: 6 }, (_, run) =>
  Array.from({ length: 80 }, (_, step) => ({
    run_id: `run ${run}`,
    step,
    'params.lr': 10 ** (-4 + run / 2),
    'metrics.train_loss': run === 5 ? 1 + (step / 40) ** 3 : 2 * Math.exp(-step / (20 + 5 * run)),
  })),
).flat();

describe('recorded runs, with a past of five releases', () => {
  const files = Object.fromEntries(
    Array.from({ length: 6 }, (_, at) => [`release-${at}.jsonl`, release(at)] as const),
  );
  const made = writtenComparison(
    {
      ...files,
      'slicewise.yaml': CONFIG,
      'search.jsonl': lines(searchRows({ runs: 24, cases: 400, seed: 3, effect: 0.06 })),
      'losses.jsonl': lines(losses),
    },
    ['--config', 'slicewise.yaml', '--baseline', 'release-4.jsonl'],
  );
  afterAll(() => made.remove());
  const browser = useBrowser();
  beforeAll(async () => {
    for (let at = 1; at <= 5; at += 1) {
      const runs = ['--baseline', `release-${at - 1}.jsonl`, '--candidate', `release-${at}.jsonl`];
      await slicewise(['gate', '--quiet', ...runs], { cwd: made.folder });
      if (at === 2) {
        const said = ['--reason', 'new answer policy, reviewed', '--who', 'ana'];
        await slicewise(['anchor', '--ledger', 'ledger.db', ...said], { cwd: made.folder });
      }
    }
  });
  const studio = useStudio(() => ({ args: made.args, cwd: made.folder }));

  test('are a table that sorts by every column; the address keeps the order, keys open a run', async () => {
    const { page, expectQuiet } = await browser.open(studio().at('/runs'));
    const rows = page.getByRole('grid', { name: 'Recorded gates' }).locator('.data-body [role=row]');
    await rows.first().waitFor();
    expect(await rows.count()).toBe(5);
    await page.getByRole('button', { name: /^When/ }).click();
    await expect.poll(() => page.url()).toContain('sort=at');
    await page.reload();
    await rows.first().waitFor();
    expect(await rows.first().textContent()).toContain('refund');
    await rows.first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'One recorded gate' }).waitFor();
    await page.getByText('Run hash, for waivers').waitFor();
    await expectAxeClean(page);
    await screenshot(page, 'runs-open');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    expectQuiet();
  });

  test('have trends with anchor and break, in light, dark and narrow, by gate and by time', async () => {
    for (const [theme, size] of [
      ['light', 'desktop'],
      ['dark', 'desktop'],
      ['light', 'narrow'],
    ] as const) {
      const { page, expectQuiet } = await browser.open(studio().at('/runs?tab=trend'), { theme, size });
      await page.getByText('new answer policy, reviewed').first().waitFor();
      await page.locator('.plot').nth(3).waitFor();
      expect(await page.locator('.plot').first().textContent()).toContain('break');
      expect(await layoutShift(page)).toBeLessThan(0.05);
      await expectAxeClean(page);
      await expectNoSidewaysScroll(page);
      await screenshot(page, `runs-trend-${theme}-${size}`, { whole: true });
      expectQuiet();
    }
    const { page } = await browser.open(studio().at('/runs?tab=trend&axis=time'));
    await page.locator('.plot').first().waitFor();
    await page.getByRole('button', { name: 'Table', exact: true }).first().click();
    await page.getByRole('columnheader', { name: 'changed before it' }).waitFor();
    await page.getByRole('button', { name: 'Remove flow=contract' }).click();
    await expect.poll(() => page.getByRole('button', { name: /^Remove/ }).count()).toBe(3);
    await page.goBack();
    await expect.poll(() => page.getByRole('button', { name: /^Remove/ }).count()).toBe(4);
  });

  test('that are ticked stand side by side; another judge is said, and no difference is told', async () => {
    const { page, expectQuiet } = await browser.open(studio().at('/runs'));
    const boxes = page.getByRole('checkbox', { name: /^Compare the run/ });
    await boxes.first().waitFor();
    await boxes.nth(3).check();
    await boxes.nth(2).check();
    await boxes.nth(0).check();
    await page.getByRole('button', { name: 'Compare 3 runs' }).click();
    await page.getByText('another judge than the first run').waitFor();
    await page.getByRole('cell', { name: '≠ differs: not comparable' }).waitFor();
    await page.getByText('case by case', { exact: true }).first().waitFor();
    await page.getByText('no difference told').first().waitFor();
    const there = page.url();
    await page.goto(there);
    await page.getByText('another judge than the first run').waitFor();
    await expectAxeClean(page);
    await expectNoSidewaysScroll(page);
    await screenshot(page, 'runs-compare', { whole: true });
    expectQuiet();
  });

  test('beside experiments: hyperparameters, curves, what may be compared', async () => {
    const { page, expectQuiet } = await browser.open(studio().at('/runs?tab=experiments'));
    await page.getByText('Hyperparameters and').first().waitFor();
    await page.locator('.plot').first().waitFor();
    await expectAxeClean(page);
    await expectNoSidewaysScroll(page);
    await screenshot(page, 'runs-experiments', { whole: true });
    await page.getByRole('combobox', { name: 'Source' }).click();
    await page.getByRole('option', { name: 'losses.jsonl' }).click();
    await page.getByRole('figure', { name: /^train_loss of 6 runs/ }).waitFor();
    const rows = page.getByRole('grid', { name: 'Experiments' }).locator('.data-body [role=row]');
    await rows.last().click();
    await expect.poll(() => page.url()).toContain('open=');
    await screenshot(page, 'runs-curves', { whole: true });
    expectQuiet();
  });
});

describe('without a ledger', () => {
  const article = articleComparison();
  afterAll(() => article.remove());
  const browser = useBrowser();
  const studio = useStudio(() => ({ args: article.args, cwd: article.folder }));

  test('the page says what to configure, in every tab', async () => {
    const { page, expectQuiet } = await browser.open(studio().at('/runs'), { size: 'narrow' });
    await page.getByText('--ledger FILE').waitFor();
    await page.keyboard.press('2');
    await page.getByRole('heading', { name: 'No history' }).waitFor();
    await page.keyboard.press('3');
    await page.getByRole('heading', { name: 'Choose two runs or more' }).waitFor();
    await page.keyboard.press('4');
    await page.getByRole('heading', { name: 'No experiments are configured' }).waitFor();
    await expectAxeClean(page);
    await expectNoSidewaysScroll(page);
    expectQuiet();
  });
});
