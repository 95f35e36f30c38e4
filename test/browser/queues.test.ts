import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { slicewise } from '../e2e/cli.ts';
import { expectAxeClean, expectNoSidewaysScroll, layoutShift, screenshot, useBrowser } from './browser.ts';
import { articleComparison } from './comparisons.ts';
import { useStudio } from './studio.ts';

const HOSTILE = '<img src=x onerror=alert(1)>\u202e';
const PICKED = ['refund_flow/006', 'refund_flow/011', 'refund_flow/025', HOSTILE];

describe('queues', () => {
  const article = articleComparison();
  afterAll(() => article.remove());
  const browser = useBrowser();
  beforeAll(async () => {
    const hostile = `${JSON.stringify({ case_id: HOSTILE, segment: 'refund_flow', passed: true })}\n`;
    for (const run of ['before.jsonl', 'after.jsonl']) appendFileSync(join(article.folder, run), hostile);
    const rows = Array.from({ length: 300 }, (_, i) => ({
      ...{ call_id: `c${i}`, segment: i % 10 === 0 ? 'refund_flow' : 'invoice_parse' },
      ...{ prompt: `call ${i}`, response: 'completed', timestamp: '2026-01-01T00:00:00Z' },
    }));
    writeFileSync(join(article.folder, 'logs.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    const drawn = ['--by', 'segment', '--size', '40', '--ledger', 'ledger.db', '--queue', 'from logs'];
    const { code, stderr } = await slicewise(['sample', 'logs.jsonl', ...drawn], { cwd: article.folder });
    expect([code, code === 0 ? '' : stderr]).toEqual([0, '']);
  });
  const studio = useStudio(() => ({
    args: [...article.args, '--ledger', 'ledger.db'],
    cwd: article.folder,
  }));
  beforeAll(async () => {
    const picked = { queue: 'picked', purpose: 'second look', why: 'lost', caseIds: PICKED };
    expect((await studio().ask('enqueue', picked, { write: true })).status).toBe(200);
  });

  test('list items with why and how likely they were drawn, in light, dark and narrow', async () => {
    for (const [theme, size] of [
      ['light', 'desktop'],
      ['dark', 'desktop'],
      ['light', 'narrow'],
    ] as const) {
      const { page, expectQuiet } = await browser.open(studio().at('/queues?queue=from+logs'), {
        theme,
        size,
      });
      const rows = page.getByRole('grid', { name: 'Items of the queue' }).locator('.data-body [role=row]');
      await rows.first().waitFor();
      await page.getByText('40 items: 40 open, 0 done, 0 skipped').waitFor();
      await page.getByRole('article', { name: 'The open item' }).getByText('Inclusion probability').waitFor();
      expect(await layoutShift(page)).toBeLessThan(0.05);
      await expectAxeClean(page);
      await expectNoSidewaysScroll(page);
      await screenshot(page, `queues-${theme}-${size}`, { whole: true });
      expectQuiet();
    }
  });

  test('are gone through by keys: tag, done, skip, open again; links and the back button keep the place', async () => {
    const { page, expectQuiet } = await browser.open(studio().at('/queues?queue=picked'));
    const rows = page.getByRole('grid', { name: 'Items of the queue' }).locator('.data-body [role=row]');
    const open = page.getByRole('article', { name: 'The open item' });
    await rows.first().waitFor();
    await page.getByLabel('Your name').fill('ana');
    await page.getByRole('heading', { name: 'Queues' }).click();
    await page.keyboard.press('1');
    await expect.poll(() => rows.first().textContent()).toContain('mislabelled');
    await page.keyboard.press('j');
    await open.getByRole('heading', { name: PICKED[1]! }).waitFor();
    await page.keyboard.press('d');
    await page.getByText('4 items: 3 open, 1 done, 0 skipped').waitFor();
    await open.getByRole('heading', { name: PICKED[2]! }).waitFor();
    await page.keyboard.press('s');
    await page.getByText('4 items: 2 open, 1 done, 1 skipped').waitFor();
    await page.getByRole('radio', { name: 'Closed' }).click();
    await expect.poll(() => rows.count()).toBe(2);
    await rows.first().click();
    await page.keyboard.press('o');
    await page.getByText('4 items: 3 open, 0 done, 1 skipped').waitFor();
    await page.goBack();
    await page.goBack();
    await expect.poll(() => page.url()).not.toContain('state=');
    await page.getByRole('button', { name: 'mislabelled', exact: true }).first().click();
    await expect.poll(() => rows.count()).toBeGreaterThan(0);
    expectQuiet();
  });

  test('keep comments, and show what a stranger wrote without running it', async () => {
    const { page, expectQuiet } = await browser.open(studio().at('/queues?queue=picked&state=all'));
    const rows = page.getByRole('grid', { name: 'Items of the queue' }).locator('.data-body [role=row]');
    await rows.nth(3).click();
    const open = page.getByRole('article', { name: 'The open item' });
    await open.getByRole('heading', { name: /<img src=x onerror=alert\(1\)>/ }).waitFor();
    await page.getByLabel('Your name').fill('<script>alert(2)</script>');
    await page.getByRole('textbox', { name: 'Comment' }).fill('line one\nline two <b>bold</b>');
    await page.getByRole('button', { name: 'Add comment' }).click();
    await open.getByRole('list', { name: 'What was written' }).getByText('line two <b>bold</b>').waitFor();
    await page.getByLabel('Another tag').fill('our own');
    await page.getByRole('button', { name: 'Add tag' }).click();
    await page.getByRole('button', { name: 'our own', pressed: true }).waitFor();
    await expectAxeClean(page);
    await expectNoSidewaysScroll(page);
    expect(await page.locator('main img').count()).toBe(0);
    expectQuiet();
  });

  test('two people who close the same item at once leave one event', async () => {
    const params = { queue: 'from logs', state: 'open', tag: '', offset: 0, limit: 1 };
    const { body } = await studio().ask('queue', params);
    const { itemId, caseId } = (body as { rows: readonly { itemId: string; caseId: string }[] }).rows[0]!;
    const event = { itemId, kind: 'done', value: '', who: 'ana' };
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => studio().ask('queue-event', event, { write: true })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 200));
    const { body: noted } = await studio().ask('case-tags', { caseId });
    expect((noted as { events: readonly unknown[] }).events).toHaveLength(1);
  });
});
