/** Where the parts of the cases page are, and how to wait for its list. */

import type { Page } from 'playwright-core';
import { expect } from 'vitest';

export const LIST = 'List of cases';

/** Waits for what a busy machine shows late. */
export const soon = <T>(get: () => T | Promise<T>) => expect.poll(get, { timeout: 20_000 });

export const options = (page: Page) => page.getByRole('option');
export const selected = (page: Page) => page.locator('[role=option][aria-selected=true]');
/** How many cases the list says that it has. */
export const count = (page: Page) => page.getByLabel(LIST).getByRole('status').first();

/** The id of the open case. */
export const title = (page: Page) =>
  page.getByLabel('The open case').getByRole('heading', { level: 2 }).first();

/** Waits until the list says how many cases it has. */
export async function listed(page: Page, text: string | RegExp): Promise<void> {
  await soon(() => count(page).innerText()).toMatch(text);
}
