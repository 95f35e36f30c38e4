/** Agents in Chromium whose turns stand in the run's own files: two archives of Inspect, read when a case is opened. */

import { renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { archiveOf, log, sample } from '../../src/sources/importers/inspect/test-logs.ts';
import { zipOf } from '../../src/sources/importers/zip/test-zip.ts';
import { expectAxeClean, expectNoSidewaysScroll, screenshot, useBrowser } from './browser.ts';
import { soon } from './cases-page.ts';
import { writtenComparison } from './comparisons.ts';
import { useStudio } from './studio.ts';

const browser = useBrowser();
const made = writtenComparison({ 'old.eval': agentLog('old'), 'new.eval': agentLog('new') }, [
  ...['old.eval', 'new.eval', '--slice', 'tags.topic'],
]);
afterAll(() => made.remove());
const studio = useStudio(() => ({ args: made.args, cwd: made.folder }));

/** The panel with the steps. */
const trace = (page: Page) => page.locator('.trace');
const parting = (page: Page) => page.locator('.trace-row.parting');

test('steps of both runs are aligned, thoughts apart, and the first divergence and the first different call are marked', async () => {
  const { page, expectQuiet } = await browser.open(studio().at('/cases?case=order-1&trial=2'));
  await parting(page).waitFor();
  const head = await trace(page).locator('.trace-head').innerText();
  expect(head).toContain('11 steps before, 11 after');
  expect(head).toContain('Read before from old.eval/samples/order-1_epoch_2.json.');
  expect(await trace(page).locator('.trace-step.reasoning').first().innerText()).toContain(
    'assistant thinks',
  );

  await page.keyboard.press('d');
  await soon(() => parting(page).evaluate((row) => row === document.activeElement)).toBe(true);
  expect(await parting(page).innerText()).toContain('First divergence');
  expect(await parting(page).locator('ins').allInnerTexts()).toEqual(['ask the shop']);

  await page.keyboard.press('f');
  const call = trace(page).locator('.trace-row:focus');
  await soon(() => call.innerText()).toContain('First different call');
  expect(await call.innerText()).toContain('find_order');
  const changes = call.getByRole('table', { name: 'Arguments that differ' });
  expect(await changes.getByRole('row').allInnerTexts()).toEqual([
    'Argument\tBefore\tAfter',
    'filter.shop\t"Bonn"\t"Köln"',
    'limit\tnone\t5',
  ]);

  const rows = trace(page).locator('.trace-row');
  const signs = await rows.locator('.trace-mark').allInnerTexts();
  expect(signs.map((sign) => sign.trim().split('\n').at(-1))).toEqual([
    ...['the same', 'the same', 'different', 'different', 'different', 'the same'],
    ...['different', 'different', 'different', 'different', 'different'],
  ]);
  expect(await rows.nth(9).innerText()).toContain('failed');
  expect(await rows.nth(9).innerText()).toContain('timeout: <b>no</b> answer');
  await expectAxeClean(page, 'main');
  await screenshot(page, 'agent-log', { whole: true });
  expectQuiet();
});

test('trials of a case have courses of their own, and a single answer is read when it is asked for', async () => {
  const { page, expectQuiet } = await browser.open(studio().at('/cases?case=order-1&trial=1'));
  await page.getByText('Both did the same; their thoughts differ.').waitFor();
  expect(await parting(page).count()).toBe(0);
  await page.goto(studio().at('/cases?case=plain-0'));
  await page.getByRole('button', { name: 'Read the transcript' }).click();
  await page.getByText('Be brief.').waitFor();
  expect(page.url()).toContain('steps=true');
  await page.reload();
  await page.getByText('Be brief.').waitFor();
  expectQuiet();
});

test('fit a narrow dark window', async () => {
  const look = { theme: 'dark', size: 'narrow' } as const;
  const { page, expectQuiet } = await browser.open(studio().at('/cases?case=order-1&trial=2'), look);
  await parting(page).waitFor();
  await expectAxeClean(page, 'main');
  await expectNoSidewaysScroll(page);
  await screenshot(page, 'agent-log-narrow-dark', { whole: true });
  expectQuiet();
});

test('a log that is gone is said in the place of its steps, beside those of the other run', async () => {
  const { page } = await browser.open(studio().at('/cases'));
  await page.getByRole('option').first().waitFor();
  renameSync(join(made.folder, 'old.eval'), join(made.folder, 'away.eval'));
  const ask = { ref: 'order-1', trial: '2' };
  const { body } = await studio().ask('case-trace', ask);
  expect(body).toMatchObject({
    state: 'aligned',
    before: {
      steps: 0,
      notes: [expect.stringContaining('old.eval: the file is gone since the run was opened')],
    },
    after: { steps: 11, from: 'new.eval/samples/order-1_epoch_2.json' },
  });
  renameSync(join(made.folder, 'away.eval'), join(made.folder, 'old.eval'));
  expect((await studio().ask('case-trace', ask)).body).toMatchObject({ before: { steps: 11 } });
});

/** Eight agents with two trials, and as many plain answers. In the second trial the candidate goes another way. */
function agentLog(side: 'old' | 'new'): Buffer {
  const agents = Array.from({ length: 8 }, (_, i) => i).flatMap((i) =>
    [1, 2].map((epoch) =>
      sample(`order-${i}`, {
        epoch,
        messages: messagesOf(side, side === 'new' && epoch === 2),
        metadata: { topic: 'orders' },
        scores: { match: { value: side === 'old' || i > 2 || epoch === 1 ? 'C' : 'I' } },
      }),
    ),
  );
  const plain = Array.from({ length: 8 }, (_, i) =>
    sample(`plain-${i}`, {
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: 'yes' },
      ],
    }),
  );
  return zipOf(archiveOf(log([...agents, ...plain])));
}

function messagesOf(side: string, isOther: boolean): readonly unknown[] {
  const call = (id: string, name: string, args: unknown) => ({ id, function: name, arguments: args });
  const says = (thought: string, said: string, ...calls: readonly unknown[]) => ({
    role: 'assistant',
    content: [
      { type: 'reasoning', reasoning: `${side} thinks: ${thought}` },
      { type: 'text', text: said },
    ],
    tool_calls: calls,
  });
  return [
    { role: 'system', content: 'You look after orders.' },
    { role: 'user', content: 'Where is my order?' },
    says(
      'first find it',
      isOther ? 'I ask the shop.' : 'I look.',
      call(
        'c1',
        'find_order',
        isOther ? { filter: { shop: 'Köln' }, limit: 5 } : { filter: { shop: 'Bonn' } },
      ),
    ),
    { role: 'tool', tool_call_id: 'c1', function: 'find_order', content: 'order 7' },
    says(
      'then say it',
      isOther ? 'I call.' : 'I track it.',
      call('c2', isOther ? 'call_shop' : 'track', { id: 7 }),
    ),
    isOther
      ? {
          ...{ role: 'tool', tool_call_id: 'c2', function: 'call_shop', content: '' },
          error: { type: 'timeout', message: '<b>no</b> answer' },
        }
      : { role: 'tool', tool_call_id: 'c2', function: 'track', content: 'on its way' },
    { role: 'assistant', content: isOther ? 'I do not know.' : 'It is on its way.' },
  ];
}
