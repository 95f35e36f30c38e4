/** Whether a page is there: an HTML report leaves out those that need the results or the ledger. */

import { useSource } from './hooks.ts';

/** @param path such as `/review` @returns false where a link to it would lead nowhere */
export function useHasPage(path: string): boolean {
  const { hidden } = useSource();
  return !hidden.includes(path);
}
