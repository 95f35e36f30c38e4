/** What the cases ask, as hashes, so that a case is known again under another id. */

import { compareText } from '../../slices/index.ts';
import { cellText, hashedText } from '../cell.ts';
import type { ContentKey } from '../contract.ts';
import { type CaseTable, roleColumn, sidesOf } from './case-table.ts';

/** See `Engine.contentKeys`. */
export function contentKeys(table: CaseTable): readonly ContentKey[] {
  const found = new Map<string, string>();
  for (const { rows } of sidesOf(table)) {
    roleColumn(rows, 'input')?.forEach((cell, row) => {
      const text = cellText(cell);
      if (text === null) return;
      const key = hashedText(text);
      const first = found.get(key);
      const id = rows.caseId[row]!;
      if (first === undefined || compareText(id, first) < 0) found.set(key, id);
    });
  }
  return [...found].map(([key, caseId]) => ({ key, caseId })).sort((a, b) => (a.key < b.key ? -1 : 1));
}
