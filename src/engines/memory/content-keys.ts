/** What the cases ask, as hashes, so that a case is known again under another id. */

import { cellText, hashedText } from '../cell.ts';
import { type CaseTable, roleColumn, sidesOf } from './case-table.ts';

/** See `Engine.contentKeys`. */
export function contentKeys(table: CaseTable): readonly string[] {
  const keys = new Set<string>();
  for (const { rows } of sidesOf(table)) {
    for (const cell of new Set(roleColumn(rows, 'input'))) {
      const text = cellText(cell);
      if (text !== null) keys.add(hashedText(text));
    }
  }
  return [...keys].sort();
}
