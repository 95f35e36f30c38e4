/** Cases in Chromium: the article's table, and agents with trials and transcripts. */

import { afterAll, describe, expect, test } from 'vitest';
import { expectAxeClean, screenshot, useBrowser } from './browser.ts';
import { count, listed, options, selected, soon, title } from './cases-page.ts';
import { articleComparison, writtenComparison } from './comparisons.ts';
import { useStudio } from './studio.ts';

const browser = useBrowser();

describe("the article's cases", () => {
  const article = articleComparison();
  afterAll(() => article.remove());
  const studio = useStudio(() => ({ args: article.args, cwd: article.folder }));

  test('are found by words, classes and predicates, and the address restores what is seen', async () => {
    const { page, expectQuiet } = await browser.open(studio().at('/cases'));
    await listed(page, /^1,200 cases$/);
    await page.getByRole('button', { name: /^lost/ }).click();
    await listed(page, / of 1,200 cases$/);
    const lost = await count(page).innerText();
    await page.getByLabel('Words in ids and texts').fill('refund flow');
    await listed(page, /^7 of 1,200 cases$/);
    expect(await options(page).count()).toBe(7);
    await options(page).nth(2).click();
    const third = await title(page).innerText();
    expect(third).toMatch(/^refund_flow\/\d+$/);
    const address = page.url();
    expect(address).toContain('flip=lost');
    await page.reload();
    await listed(page, /^7 of 1,200 cases$/);
    expect(await title(page).innerText()).toBe(third);
    expect(await selected(page).innerText()).toContain(third);
    await page.getByRole('link', { name: 'segment: refund_flow' }).click();
    await soon(() => new URL(page.url()).pathname).toBe('/slices');
    await page.goBack();
    await listed(page, /^7 of 1,200 cases$/);
    expect(page.url()).toBe(address);
    await page.getByRole('button', { name: 'Show all cases' }).click();
    await listed(page, /^1,200 cases$/);
    await page.goBack();
    await listed(page, /^7 of/);
    await page.getByLabel('Words in ids and texts').fill('');
    await listed(page, lost);
    await page.getByLabel('Predicate', { exact: true }).fill("segment == 'refund_flow' andd");
    await soon(() => page.getByRole('alert').innerText()).toContain('found andd at 1:26');
    expect(await page.getByRole('alert').locator('mark').innerText()).toBe('andd');
    await page.getByLabel('Predicate', { exact: true }).fill("segment == 'refund_flow'");
    await listed(page, /^7 of 1,200 cases$/);
    await page.getByLabel('Predicate', { exact: true }).fill("segmnt == 'refund_flow'");
    await page.getByText('No file has a column "segmnt"').waitFor();
    await page.getByText('No case fits').waitFor();
    await page.getByRole('button', { name: 'Show all 1,200' }).click();
    await listed(page, /^1,200 cases$/);
    expectQuiet();
  });

  test('are read with the keyboard alone', async () => {
    const { page, expectQuiet } = await browser.open(studio().at('/cases?order=id'));
    await listed(page, /^1,200 cases$/);
    for (const key of ['j', 'j', 'k', 'j']) await page.keyboard.press(key);
    const second = await options(page).nth(1).getAttribute('id');
    expect(second).toBe('case-1');
    await soon(() => selected(page).getAttribute('id')).toBe('case-1');
    await page.getByRole('listbox', { name: 'Cases' }).focus();
    await page.keyboard.press('End');
    await soon(() => selected(page).getAttribute('id')).toBe('case-1199');
    expect(await selected(page).getAttribute('aria-posinset')).toBe('1200');
    await page.keyboard.press('PageUp');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Home');
    await soon(() => selected(page).getAttribute('id')).toBe('case-0');
    await soon(() => title(page).innerText()).toBe(
      (await options(page).first().locator('.case-id').innerText()).trim(),
    );
    await page.keyboard.press('/');
    await page.keyboard.type('payroll');
    await listed(page, / of 1,200 cases$/);
    expectQuiet();
  });

  test('one by one are open by a link, also one that does not exist', async () => {
    const one = await browser.open(studio().at('/cases?case=refund_flow%2F003'));
    await soon(() => title(one.page).innerText()).toBe('refund_flow/003');
    one.expectQuiet();
    const none = await browser.open(studio().at('/cases?case=never'));
    await none.page.getByText('this comparison has no case "never"').waitFor();
    none.expectQuiet(/400|404|422/);
  });
});

describe('cases of agents', () => {
  const folder = writtenComparison({ 'old.jsonl': agentRows('old'), 'new.jsonl': agentRows('new') }, [
    ...['old.jsonl', 'new.jsonl', '--slice', 'topic', '--ledger', 'ledger.db'],
  ]);
  afterAll(() => folder.remove());
  const studio = useStudio(() => ({ args: folder.args, cwd: folder.folder }));

  test('show trials, judges, links, the course of both runs and where they part', async () => {
    const { page, expectQuiet } = await browser.open(studio().at('/cases?case=trip-1'));
    await page.getByText('First divergence').waitFor();
    await page.getByRole('button', { name: /^They part at row 3/ }).click();
    const parting = page.locator('.trace-row.parting');
    expect(await parting.innerText()).toContain('city');
    expect(await parting.locator('ins').innerText()).toBe('"Cologne"');
    expect(await page.getByRole('link', { name: 'Source trace after' }).getAttribute('href')).toBe(
      'https://traces.example/new/trip-1',
    );
    expect(await page.getByRole('region', { name: 'Why the judge said so' }).innerText()).toContain(
      '<b>new</b>',
    );
    await expectAxeClean(page, 'main');
    await screenshot(page, 'case-agent', { whole: true });
    const trials = page.getByRole('group', { name: 'Trials' });
    expect(await trials.getByRole('button').count()).toBe(3);
    expect(await trials.locator('[aria-pressed=true]').innerText()).toContain('1');
    await trials.getByRole('button').nth(2).click();
    await soon(() => page.url()).toMatch(/trial=%223%22|trial=3/);
    expect(await trials.locator('[aria-pressed=true]').innerText()).toContain('3');
    expectQuiet();
  });

  test('read on in long texts, and are copied as Markdown that stays inside of its fences', async () => {
    const { page, expectQuiet } = await browser.open(studio().at('/cases?case=trip-2'));
    await page
      .getByText(/more characters, without marks/)
      .first()
      .waitFor();
    const before = await page.locator('.case-text-body').nth(2).innerText();
    await page.getByRole('button', { name: 'Read on' }).first().click();
    await soon(async () => (await page.locator('.case-text-body').nth(2).innerText()).length).toBeGreaterThan(
      before.length,
    );
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.keyboard.press('m');
    await soon(() => page.evaluate(() => navigator.clipboard.readText())).toContain('### Case `trip-2`');
    const markdown = await page.evaluate(() => navigator.clipboard.readText());
    expect(markdown).toContain('````text\n```\nnot the end');
    await page.keyboard.press('y');
    await soon(() => page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
    expectQuiet();
  });
});

function agentRows(side: 'old' | 'new'): string {
  const messages = (i: number) => [
    { role: 'system', content: 'You book trips.' },
    { role: 'user', content: `A trip number ${i}, please` },
    {
      role: 'assistant',
      content: null,
      tool_calls: [
        {
          id: 'c1',
          type: 'function',
          function: {
            name: 'find_trip',
            arguments: JSON.stringify({ city: side === 'new' && i === 1 ? 'Cologne' : 'Bonn', nights: i }),
          },
        },
      ],
    },
    { role: 'tool', tool_call_id: 'c1', content: '2 hotels' },
    { role: 'assistant', content: `${side}: booked` },
  ];
  return Array.from({ length: 12 }, (_, i) => i)
    .flatMap((i) =>
      [1, 2, 3].map((trial) => ({
        case_id: `trip-${i}`,
        trial,
        topic: i % 2 === 0 ? 'hotel' : 'train',
        input: `A trip number ${i}, please`,
        expected: 'booked',
        output:
          i === 2
            ? `\`\`\`\nnot the end ${side}\n${'all work and no play '.repeat(3_000)}`
            : `${side}: booked ${trial}`,
        passed: side === 'old' || i > 3,
        rationale: `<b>${side}</b> did as it was told`,
        trace_url: `https://traces.example/${side}/trip-${i}`,
        messages: messages(i),
      })),
    )
    .map((row) => `${JSON.stringify(row)}\n`)
    .join('');
}
