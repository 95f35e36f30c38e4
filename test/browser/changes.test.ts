/** Results that change or break while somebody looks at them. */

import { copyFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { expectAxeClean, expectNoSidewaysScroll, screenshot, untilStill, useBrowser } from './browser.ts';
import { articleComparison } from './comparisons.ts';
import { useStudio } from './studio.ts';

const article = articleComparison();
afterAll(() => article.remove());
const browser = useBrowser();
const studio = useStudio(() => ({ args: article.args, cwd: article.folder }));
const file = (name: string) => join(article.folder, name);

test('a file that goes away is said on every page, and reading it again shows the pages again', async () => {
  const { page, expectQuiet } = await browser.open(studio().at('/slices'));
  await untilStill(page);
  await page.getByText('refund_flow').first().waitFor();
  renameSync(file('after.jsonl'), file('elsewhere.jsonl'));
  await page.waitForTimeout(1100);
  await page.reload();
  await page.getByText('after.jsonl was there when the studio read it, and is gone').waitFor();
  await expectAxeClean(page);
  await screenshot(page, 'changes-gone');
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 1440, height: 900 });

  renameSync(file('elsewhere.jsonl'), file('after.jsonl'));
  await page.getByRole('button', { name: /again/i }).click();
  await page.getByText('refund_flow').first().waitFor();
  expect(new URL(page.url()).pathname).toBe('/slices');
  expectQuiet();
});

test('what one window has read anew, another one shows from its next page on', async () => {
  const { page: old } = await browser.open(studio().at('/verdict'));
  await old.getByText('Do not ship').waitFor();
  copyFileSync(file('after.jsonl'), file('kept.jsonl'));
  copyFileSync(file('before.jsonl'), file('after.jsonl'));
  const { page: other } = await browser.open(studio().at('/slices'));
  await other.waitForTimeout(1100);
  await other.reload();
  await other.getByText('after.jsonl has changed since the studio read it').waitFor();
  await other.getByRole('button', { name: /again/i }).click();
  await other.getByText('refund_flow').first().waitFor();
  await old.getByRole('link', { name: 'Where' }).click();
  await old.getByText('refund_flow').first().waitFor();
  await old.getByRole('link', { name: 'Ship' }).click();
  await old.getByText('Do not ship').waitFor({ state: 'detached' });
  renameSync(file('kept.jsonl'), file('after.jsonl'));
});

test('a file that was broken says where, line by line', async () => {
  writeFileSync(file('after.jsonl'), '{"case_id": 1\n[]\n');
  const { page } = await browser.open(studio().at('/verdict'));
  await page.waitForTimeout(1100);
  await page.reload();
  await page.getByText('after.jsonl has changed since the studio read it').waitFor();
  await page.getByRole('button', { name: /again/i }).click();
  await page
    .getByText(/after\.jsonl:1/)
    .first()
    .waitFor();
  await screenshot(page, 'changes-broken');
});
