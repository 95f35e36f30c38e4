/** What GitHub folds away until it is asked for. */

import type { Block } from './budget.ts';

/** Rows behind a title that opens them; nothing where there are none. */
export function folded(
  title: string,
  rowsAre: string,
  rows: readonly string[],
  head: readonly string[] = [],
): readonly Block[] {
  if (rows.length === 0) return [];
  return [
    {
      rowsAre,
      open: ['', '<details>', `<summary>${title}</summary>`, '', ...head],
      rows,
      close: ['', '</details>'],
    },
  ];
}
