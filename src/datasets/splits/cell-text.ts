/** A cell as one text. */

import type { Cell } from '../../cases/index.ts';

/** The text of a cell; lists as JSON; blank cells are missing. */
export function textOf(cell: Cell | undefined): string | null {
  if (cell === null || cell === undefined) return null;
  const text = typeof cell === 'string' ? cell : JSON.stringify(cell);
  return text.trim() === '' ? null : text;
}
