/** Data health in real Chromium: the walk by keys, pairs side by side, coverage, the plan, label suspects, on three comparisons. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAxeClean, expectNoSidewaysScroll, layoutShift, screenshot, useBrowser } from './browser.ts';
import { bbhComparison, writtenComparison } from './comparisons.ts';
import { type LargeComparison, largeComparison } from './million.ts';
import { type RunningStudio, startStudio, useStudio } from './studio.ts';

const TOPICS = {
  refund: 'please send the money back to my card because the order never came',
  login: 'the password does not work and the site says that my account is locked',
  delivery: 'where is the parcel that should have been here on the day before yesterday',
};

/** A small set with a copy in the training data, one within, a wrong label, and logs with a topic that the set lacks. */
function plantedFiles(): Readonly<Record<string, string>> {
  const names = Object.keys(TOPICS) as (keyof typeof TOPICS)[];
  const rows = Array.from({ length: 90 }, (_, i) => {
    const topic = names[i % 3]!;
    const input = `${TOPICS[topic]} number ${'abcdefghij'[i % 10]}${i} of the year`;
    return { id: `c${i}`, segment: topic, input, expected: i === 4 ? 'refund' : topic, predicted: topic };
  });
  const copy = { ...rows[0]!, id: 'copy <b>bold</b>', input: `${rows[0]!.input.toUpperCase()} ` };
  const lines = (of: readonly object[]) => of.map((row) => JSON.stringify(row)).join('\n');
  const logs = Array.from({ length: 300 }, (_, i) => ({
    timestamp: `2026-01-0${1 + (i % 7)}T10:00:00Z`,
    segment: i % 3 === 0 ? 'refund' : i % 3 === 1 ? 'login' : 'voucher',
  }));
  return {
    'old.jsonl': lines([...rows, copy]),
    'new.jsonl': lines([...rows, copy]),
    'train.jsonl': lines([{ text: rows[2]!.input, label: 'refund' }]),
    'logs.jsonl': lines(logs),
    'slicewise.yaml': `inputs:
  runs: { baseline: old.jsonl, candidate: new.jsonl }
  train: [train.jsonl]
  logs: [logs.jsonl]
slices:
  - segment
`,
  };
}

describe('a small set with planted faults', () => {
  const made = writtenComparison(plantedFiles(), []);
  afterAll(() => made.remove());
  const browser = useBrowser();
  const studio = useStudio(() => ({ args: made.args, cwd: made.folder }));

  test('the walk begins at the first thing to do; j and k move, the address keeps the step', async () => {
    const { page, expectQuiet } = await browser.open(studio().at('/health'));
    const current = page.locator('.health-step[aria-current]');
    await current.waitFor();
    expect(await current.textContent()).toMatch(/to do: Split overlap/);
    await page.getByRole('heading', { name: 'What to do' }).waitFor();
    await page.keyboard.press('j');
    await expect.poll(() => current.textContent()).not.toMatch(/Split overlap/);
    const step = await current.textContent();
    await page.reload();
    await expect.poll(() => current.textContent()).toBe(step);
    await page.keyboard.press('k');
    await expect.poll(() => current.textContent()).toMatch(/Split overlap/);
    expectQuiet();
  });

  test('a row of the training data stands beside its case; the set is compared with itself when asked', async () => {
    const { page, expectQuiet } = await browser.open(studio().at('/health?tab=overlap'));
    await page.getByText('1 of 91 compared cases stands in 1 row.').waitFor();
    const pairs = page.getByRole('grid', { name: 'Pairs of texts that overlap' });
    await pairs.getByRole('row').nth(1).focus();
    await page.keyboard.press('Enter');
    const sheet = page.getByRole('dialog');
    await sheet.getByText('Both have labels, and they differ.').waitFor();
    await sheet.getByText('train.jsonl:1').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Compare the cases with each other' }).click();
    await page.getByText('1 of 91 compared cases repeats another').waitFor();
    await page.getByRole('radio', { name: 'Eval set' }).click();
    await page.getByRole('radio', { name: 'exact' }).click();
    await expect.poll(() => pairs.getByRole('row').count()).toBe(2);
    const address = page.url();
    await page.goto(address);
    await expect.poll(() => pairs.getByRole('row').count()).toBe(2);
    expectQuiet();
  });

  test('the wrong label is found, and opens', async () => {
    const { page, expectQuiet } = await browser.open(studio().at('/health?tab=labels'));
    await page.getByRole('button', { name: 'Look for suspects' }).click();
    const suspects = page.getByRole('grid', { name: 'Label suspects' });
    await suspects.getByRole('row').nth(1).waitFor();
    await suspects.getByRole('row').nth(1).click();
    await page.getByRole('dialog').getByText('c4').waitFor();
    await expectAxeClean(page);
    expectQuiet();
  });

  test('logs show what the set lacks, and their shares stand in the plan; a larger drop needs fewer cases', async () => {
    const { page, expectQuiet } = await browser.open(studio().at('/health?tab=coverage'));
    await page.getByRole('button', { name: 'Read the logs' }).click();
    await page
      .getByRole('grid', { name: 'Production and eval set by segment' })
      .getByText('voucher')
      .waitFor();
    await page.getByRole('tab', { name: 'Sampling plan' }).click();
    await page.getByRole('columnheader', { name: 'Of production' }).waitFor();
    const toAdd = async () =>
      Number(
        /([\d,]+) cases? to add/
          .exec(
            (await page
              .getByText(/cases? to add/)
              .first()
              .textContent()) ?? '',
          )?.[1]
          ?.replace(',', ''),
      );
    await page.getByRole('slider', { name: 'Cases that flip by chance' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByText('Assumed: 11.0%').waitFor();
    const before = await toAdd();
    await page.getByRole('slider', { name: 'Drop to see' }).focus();
    for (let press = 0; press < 10; press++) await page.keyboard.press('ArrowLeft');
    await expect.poll(toAdd).toBeGreaterThan(before);
    expectQuiet();
  });

  test.each([
    ['light', 'desktop'],
    ['dark', 'narrow'],
  ] as const)(
    '%s and %s: axe finds nothing on any tab, nothing scrolls sideways, nothing jumps',
    async (theme, size) => {
      const { page, expectQuiet } = await browser.open(studio().at('/health'), { theme, size });
      for (const [tab, there] of [
        ['Walk-through', '.health-open'],
        ['Overlap', '[role=grid]'],
        ['Coverage', '.plot'],
        ['Sampling plan', '[role=grid]'],
        ['Label suspects', 'text=suspect'],
      ] as const) {
        await page.getByRole('tab', { name: tab }).click();
        await page.locator(there).first().waitFor();
        await expectAxeClean(page);
        await expectNoSidewaysScroll(page);
        await screenshot(page, `health-${tab.slice(0, 4).toLowerCase()}-${theme}`, { whole: true });
      }
      expect(await layoutShift(page)).toBeLessThan(0.05);
      expectQuiet();
    },
  );
});

const bbh = bbhComparison();

describe.skipIf(bbh === null)('BIG-Bench Hard (skipped where the data are absent)', () => {
  afterAll(() => bbh?.remove());
  const browser = useBrowser();
  const studio = useStudio(() => ({ args: bbh?.args ?? [], cwd: bbh?.folder ?? '.' }));

  test('6,511 real cases are compared with each other, and every case is accounted for', async () => {
    const { page, expectQuiet } = await browser.open(studio().at('/health?tab=overlap'));
    await page.getByRole('button', { name: 'Compare the cases with each other' }).click();
    await page.getByText('6,511 cases in all').waitFor();
    await screenshot(page, 'health-overlap-bbh', { whole: true });
    expectQuiet();
  });
});

describe('a million cases', () => {
  const browser = useBrowser();
  let large: LargeComparison;
  let studio: RunningStudio;
  beforeAll(async () => {
    large = await largeComparison(1_000_000);
    studio = await startStudio(large.args, { cwd: large.folder });
  }, 120_000);
  afterAll(async () => {
    await studio.close();
  });

  test('coverage, plan and walk are there at once: they read counts, not rows', async () => {
    const { page, expectQuiet } = await browser.open(studio.at('/health?tab=coverage'));
    await page.getByText('1,000,000 cases in all').first().waitFor();
    for (const [tab, there] of [
      ['plan', 'to add'],
      ['walk', 'of \\d+ steps'],
      ['coverage', 'cases in all'],
    ] as const) {
      await page
        .getByRole('tab', {
          name: { plan: 'Sampling plan', walk: 'Walk-through', coverage: 'Coverage' }[tab],
        })
        .click();
      await page.getByText(new RegExp(there)).first().waitFor();
    }
    expectQuiet();
  });
});
