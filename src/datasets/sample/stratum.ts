/** Names of strata: the values of the slice columns of a row, joined as crosses of slices are. */

import type { Cell } from '../../cases/index.ts';
import { compareText } from '../../slices/index.ts';

/**
 * The values, one per column; null where one is missing. A list of tags is one value: its tags in order, joined by `, `.
 *
 * @example stratumParts(['acme', ['b', 'a']]) // ['acme', 'a, b']
 */
export function stratumParts(cells: readonly Cell[]): readonly string[] | null {
  const parts: string[] = [];
  for (const cell of cells) {
    if (cell === null || cell.length === 0) return null;
    parts.push(typeof cell === 'string' ? cell : [...new Set(cell)].toSorted(compareText).join(', '));
  }
  return parts;
}
